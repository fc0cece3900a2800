package dev.escapade.load.modules;

import dev.escapade.load.files.Paths;
import dev.escapade.load.modfile.ModFile;
import dev.escapade.load.modfile.VendorList;
import dev.escapade.load.modfile.WorkFile;
import dev.escapade.load.modules.Modules.Replacement;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModuleVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares vendor/modules.txt with what go.mod and go.work ask for. */
final class VendorCheck {
  private final Modules modules;
  private final VendorList list;
  private final boolean lenient;
  private final StringBuilder faults = new StringBuilder();

  private VendorCheck(Modules modules) {
    this.modules = modules;
    this.list = modules.vendorList();
    this.lenient = !modules.inWorkspace() && GoVersion.compare(modules.goVersion(), "1.14") < 0;
  }

  /**
   * Reports all contradictions in one text.
   *
   * @throws ModuleException if there are any
   */
  static void check(Modules modules, WorkFile work) throws ModuleException {
    VendorCheck c = new VendorCheck(modules);
    modules.mains().forEach(m -> m.file().requires().forEach(c::requirement));
    List<ModFile.Replace> replaces = new ArrayList<>();
    modules.mains().forEach(m -> replaces.addAll(m.file().replaces()));
    replaces.addAll(work.replaces());
    Set<ModuleVersion> seen = new HashSet<>();
    for (ModFile.Replace r : replaces) {
      if (seen.add(r.old())) {
        c.replacement(r.old());
      }
    }
    c.listed();
    if (!c.faults.isEmpty()) {
      throw new ModuleException(
          "inconsistent vendoring in "
              + Paths.parent(modules.vendorDir())
              + ":"
              + c.faults
              + "\n\n\tTo ignore the vendor directory, use -mod=readonly or -mod=mod."
              + "\n\tTo sync the vendor directory, run:\n\t\tgo "
              + (modules.inWorkspace() ? "work" : "mod")
              + " vendor");
    }
  }

  private void fault(ModuleVersion m, String detail) {
    faults.append("\n\t").append(m).append(": ").append(detail);
  }

  private void requirement(ModFile.Require r) {
    ModuleVersion m = r.module();
    if (list.mark(m).explicit()) {
      return;
    }
    if (!lenient) {
      fault(
          m, "is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt");
      return;
    }
    String version = list.versions().get(m.path());
    if (version != null && !version.equals(m.version())) {
      fault(
          m,
          "is explicitly required in go.mod, but vendor/modules.txt indicates "
              + m.path()
              + "@"
              + version);
    }
  }

  private void replacement(ModuleVersion old) {
    Replacement r = modules.replacementOf(old);
    ModuleVersion listed = list.mark(old).replacement();
    if (listed == null) {
      boolean unlisted =
          lenient
              && (old.version().isEmpty()
                  || !old.version().equals(list.versions().get(old.path())));
      if (r != null && !unlisted) {
        fault(
            old,
            "is replaced in "
                + shownSource(r)
                + ", but not marked as replaced in vendor/modules.txt");
      }
    } else if (r == null || !listed.equals(canonical(r))) {
      fault(
          old,
          "is replaced by "
              + (r == null ? "" : r.shown())
              + " in "
              + (r == null ? "" : shownSource(r))
              + ", but marked as replaced by "
              + listed
              + " in vendor/modules.txt");
    }
  }

  private String shownSource(Replacement r) {
    return modules.surroundings().shorten(r.source());
  }

  /** In a workspace, directories are relative to go.work, whoever replaces. */
  private ModuleVersion canonical(Replacement r) {
    String work = modules.workFile();
    boolean asWritten =
        work == null
            || !r.shown().version().isEmpty()
            || Paths.isAbsolute(r.shown().path())
            || r.source().equals("go.work");
    if (asWritten || work == null) {
      return r.shown();
    }
    String relative = Paths.relative(Paths.parent(work), r.target().path());
    return new ModuleVersion(relative.startsWith(".") ? relative : "./" + relative, "");
  }

  private void listed() {
    for (ModuleVersion m : list.modules()) {
      if (list.mark(m).explicit() && !isRequired(m)) {
        fault(
            m,
            "is marked as explicit in vendor/modules.txt, but not explicitly required in "
                + (modules.inWorkspace() ? "a " : "")
                + "go.mod");
      }
    }
    for (ModuleVersion m : list.replaced()) {
      @Nullable Replacement r = modules.replacementOf(m);
      if (r == null) {
        fault(
            m,
            "is marked as replaced in vendor/modules.txt, but not replaced in "
                + (modules.inWorkspace() ? "the workspace" : "go.mod"));
      }
    }
  }

  private boolean isRequired(ModuleVersion m) {
    for (MainModule main : modules.mains()) {
      for (ModFile.Require r : main.file().requires()) {
        if (r.module().equals(m)) {
          return true;
        }
      }
    }
    return false;
  }
}
