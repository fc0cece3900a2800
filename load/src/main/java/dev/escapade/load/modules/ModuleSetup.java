package dev.escapade.load.modules;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modfile.ModFile;
import dev.escapade.load.modfile.ModFileParser;
import dev.escapade.load.modfile.VendorList;
import dev.escapade.load.modfile.WorkFile;
import dev.escapade.load.modules.Modules.Replacement;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the main module, or those of a workspace, and decides how dependencies are found
 * (cmd/go: modload.Init and loadModFile).
 */
public final class ModuleSetup {
  private static final ModFile EMPTY =
      new ModFile("", "", "", List.of(), List.of(), List.of(), List.of(), List.of());

  private final FileTree tree;
  private final Modules.Surroundings around;
  private final Options options;
  private final List<String> warnings;

  private @Nullable String workPath;
  private WorkFile work = new WorkFile("", "", List.of(), List.of());
  private final List<MainModule> mains = new ArrayList<>();

  /**
   * What the user asked for; absent flags are null.
   *
   * @param goWork the value of GOWORK
   * @param tempDir the system's folder for temporary files, whose go.mod is ignored
   */
  public record Options(
      String goWork, @Nullable String mod, @Nullable String modfile, String tempDir) {}

  private ModuleSetup(
      FileTree tree, Modules.Surroundings around, Options options, List<String> warnings) {
    this.tree = tree;
    this.around = around;
    this.options = options;
    this.warnings = warnings;
  }

  /** The modules around the working directory, and their root requirements. */
  public record Result(Modules modules, Requirements requirements) {}

  /**
   * Reads go.work, go.mod and vendor/modules.txt.
   *
   * @param warnings takes what the go command would print and go on
   * @throws ModuleException if they are broken or contradict each other
   */
  public static Result read(
      FileTree tree,
      Modules.Surroundings around,
      Options options,
      int threads,
      List<String> warnings)
      throws ModuleException {
    return new ModuleSetup(tree, around, options, warnings).run(threads);
  }

  private Result run(int threads) throws ModuleException {
    workPath = findWorkFile();
    if (workPath != null) {
      if (options.modfile != null) {
        throw new ModuleException("-modfile cannot be used in workspace mode");
      }
      readWorkspace(workPath);
    } else {
      readMainModule();
    }
    boolean hasRoot = !mains.isEmpty();
    if (!hasRoot) {
      mains.add(new MainModule(MainModule.COMMAND_LINE, MainModule.COMMAND_LINE, "", EMPTY, false));
    }
    String goVersion = goVersion(hasRoot);
    ModMode mode = mode(hasRoot);
    Map<ModuleVersion, Replacement> replacements = replacements();
    VendorList vendor = mode.isVendor() && hasRoot ? readVendorList() : VendorList.EMPTY;
    Modules modules =
        new Modules(tree, around, mode, mains, workPath, goVersion, vendor, replacements);
    if (mode.isVendor() && hasRoot) {
      VendorCheck.check(modules, work);
    }
    Requirements requirements = requirements(modules, threads, hasRoot);
    if (mode.isVendor()) {
      requirements.setVendorGraph();
    }
    return new Result(modules, requirements);
  }

  // ---- go.work and go.mod

  /** The nearest directory from {@code dir} upwards that has a file {@code name}, or empty. */
  static String findUpwards(FileTree tree, String dir, String name) {
    for (String d = dir; ; d = Paths.parent(d)) {
      if (tree.isFile(Paths.join(d, name))) {
        return d;
      }
      if (d.equals(Paths.parent(d))) {
        return "";
      }
    }
  }

  private @Nullable String findWorkFile() throws ModuleException {
    String setting = options.goWork;
    if (setting.equals("off")) {
      return null;
    }
    if (!setting.isEmpty() && !setting.equals("auto")) {
      if (!Paths.isAbsolute(setting)) {
        throw new ModuleException("invalid GOWORK: not an absolute path");
      }
      return Paths.clean(setting);
    }
    for (String d = around.cwd(); ; d = Paths.parent(d)) {
      String file = Paths.join(d, "go.work");
      if (tree.isFile(file)) {
        return file;
      }
      String parent = Paths.parent(d);
      if (d.equals(parent) || parent.equals(around.goroot()) || d.equals(around.goroot())) {
        return null; // the search does not cross GOROOT
      }
    }
  }

  private void readWorkspace(String path) throws ModuleException {
    String shown = around.shorten(path);
    WorkFile.Parsed parsed;
    try {
      parsed = ModFileParser.parseWork(shown, tree.read(path));
    } catch (IOException e) {
      throw new ModuleException("reading go.work: " + e.getMessage());
    }
    if (!parsed.errors().isEmpty()) {
      throw new ModuleException("errors parsing go.work:\n" + String.join("\n", parsed.errors()));
    }
    work = parsed.file();
    if (isTooNew(work.goVersion())) {
      throw new ModuleException(around.tooNew(shown, work.goVersion()));
    }
    Set<String> seen = new HashSet<>();
    List<String> errors = new ArrayList<>();
    for (WorkFile.Use use : work.uses()) {
      String dir = Paths.absolute(Paths.parent(path), use.path());
      if (!seen.add(dir)) {
        throw new ModuleException(
            "error loading go.work:\n"
                + shown
                + ":"
                + use.line()
                + ": path "
                + dir
                + " appears multiple times in workspace");
      }
      try {
        mains.add(readWorkspaceModule(dir));
      } catch (ModuleException e) {
        errors.add(e.getMessage());
      }
    }
    if (!errors.isEmpty()) {
      throw new ModuleException(String.join("\ngo: ", errors));
    }
    Set<String> paths = new HashSet<>();
    for (MainModule m : mains) {
      if (!paths.add(m.path())) {
        throw new ModuleException("module " + m.path() + " appears multiple times in workspace");
      }
    }
  }

  private MainModule readWorkspaceModule(String dir) throws ModuleException {
    MainModule m;
    try {
      m = readModule(dir, dir + "/go.mod");
    } catch (ModuleException e) {
      throw new ModuleException(
          "cannot load module "
              + around.shorten(dir)
              + " listed in go.work file: "
              + String.valueOf(e.getMessage())
                  .replace(dir + "/go.mod", around.shorten(dir + "/go.mod")));
    }
    String needs = m.file().goVersion();
    String has = work.goVersion().isEmpty() ? GoVersion.DEFAULT_GO_WORK : work.goVersion();
    if (!needs.isEmpty()
        && GoVersion.compare(needs, has) > 0
        && GoVersion.compare(needs, GoVersion.STRICT) >= 0) {
      throw new ModuleException(
          "module "
              + around.shorten(dir)
              + " listed in go.work file requires go >= "
              + needs
              + ", but go.work "
              + (work.goVersion().isEmpty() ? "implicitly requires" : "lists")
              + " go "
              + has
              + "; to update it:\n\tgo work use");
    }
    return m;
  }

  private void readMainModule() throws ModuleException {
    String dir = findUpwards(tree, around.cwd(), "go.mod");
    String modfile = options.modfile;
    if (dir.isEmpty()) {
      if (modfile != null) {
        throw new ModuleException(
            "cannot find main module, but -modfile was set.\n"
                + "\t-modfile cannot be used to set the module root directory.");
      }
      return;
    }
    if (dir.equals(options.tempDir)) {
      warnings.add("go: warning: ignoring go.mod in system temp root " + options.tempDir);
      return;
    }
    if (modfile != null && !modfile.endsWith(".mod")) {
      throw new ModuleException("-modfile=" + modfile + ": file does not have .mod extension");
    }
    String file = modfile == null ? dir + "/go.mod" : Paths.absolute(around.cwd(), modfile);
    mains.add(readModule(dir, file));
  }

  private MainModule readModule(String dir, String goMod) throws ModuleException {
    String shown = around.shorten(goMod);
    byte[] data;
    try {
      data = tree.read(goMod);
    } catch (IOException e) {
      throw new ModuleException(String.valueOf(e.getMessage()));
    }
    ModFile.Parsed parsed = ModFileParser.parseMod(shown, goMod, data, true);
    ModFile file = parsed.file();
    if (!parsed.errors().isEmpty()) {
      ModFile.Parsed lax = ModFileParser.parseMod(shown, goMod, data, false);
      if (lax.errors().isEmpty() && isTooNew(lax.file().goVersion())) {
        throw new ModuleException(around.tooNew(shown, lax.file().goVersion()));
      }
      throw new ModuleException(
          "errors parsing " + shown + ":\n" + String.join("\n", parsed.errors()));
    }
    if (isTooNew(file.goVersion())) {
      throw new ModuleException(around.tooNew(shown, file.goVersion()));
    }
    String path = file.modulePath();
    if (path.isEmpty()) {
      throw new ModuleException(
          "error reading "
              + shown
              + ": missing module declaration. To specify the module path:\n"
              + "\tgo mod edit -module=example.com/mod");
    }
    if (ModuleVersion.isToolchain(path)) {
      throw new ModuleException(
          "error reading " + shown + ": invalid module path: \"" + path + "\"");
    }
    String fault = ModulePath.checkImportPath("module", path);
    if (fault != null) {
      throw new ModuleException(fault);
    }
    boolean inGorootSrc = Paths.isWithin(dir, around.gorootSrc());
    String prefix = inGorootSrc && path.equals("std") ? "" : path;
    return new MainModule(path, prefix, dir, file, inGorootSrc);
  }

  private boolean isTooNew(String goVersion) {
    return !goVersion.isEmpty() && GoVersion.compare(goVersion, around.localVersion()) > 0;
  }

  private String goVersion(boolean hasRoot) {
    if (workPath != null) {
      return work.goVersion().isEmpty() ? GoVersion.DEFAULT_GO_WORK : work.goVersion();
    }
    if (!hasRoot) {
      return around.localVersion();
    }
    String v = mains.getFirst().file().goVersion();
    return v.isEmpty() ? GoVersion.DEFAULT_GO_MOD : v;
  }

  // ---- mode

  private ModMode mode(boolean hasRoot) throws ModuleException {
    if (options.mod != null) {
      ModMode.Mode mode =
          switch (options.mod) {
            case "readonly" -> ModMode.Mode.READONLY;
            case "vendor" -> ModMode.Mode.VENDOR;
            case "mod" -> ModMode.Mode.MOD;
            default ->
                throw new ModuleException("unknown value \"" + options.mod + "\" for flag -mod");
          };
      if (workPath != null && mode == ModMode.Mode.MOD) {
        throw new ModuleException(
            "-mod may only be set to readonly or vendor when in workspace mode, but it is set to"
                + " \"mod\"\n\tRemove the -mod flag to use the default readonly value, \n"
                + "\tor set GOWORK=off to disable workspace mode.");
      }
      return new ModMode(mode, true, "");
    }
    return hasRoot ? defaultMode() : new ModMode(ModMode.Mode.READONLY, false, "");
  }

  private ModMode defaultMode() {
    String source = workPath != null ? "go.work" : "go.mod";
    String version = workPath != null ? work.goVersion() : mains.getFirst().file().goVersion();
    String root = workPath != null ? Paths.parent(workPath) : mains.getFirst().dir();
    String dir = root + "/vendor";
    if (!tree.isDirectory(dir)) {
      return new ModMode(ModMode.Mode.READONLY, false, "");
    }
    if (version.isEmpty()) {
      return new ModMode(
          ModMode.Mode.READONLY,
          false,
          "Go version in " + source + " is unspecified, so vendor directory was not used.");
    }
    if (GoVersion.compare(version, "1.14") < 0) {
      return new ModMode(
          ModMode.Mode.READONLY,
          false,
          "Go version in " + source + " is " + version + ", so vendor directory was not used.");
    }
    boolean forWorkspace = readVendorFile(dir).forWorkspace();
    if (forWorkspace != (workPath != null)) {
      return new ModMode(
          ModMode.Mode.READONLY,
          false,
          forWorkspace
              ? "Outside workspace mode, but vendor directory is for a workspace."
              : "In workspace mode, but vendor directory is not for a workspace");
    }
    return new ModMode(
        ModMode.Mode.VENDOR,
        false,
        "Go version in " + source + " is at least 1.14 and vendor directory exists.");
  }

  private VendorList readVendorList() {
    String root = workPath != null ? Paths.parent(workPath) : mains.getFirst().dir();
    return readVendorFile(root + "/vendor");
  }

  private VendorList readVendorFile(String dir) {
    try {
      return VendorList.parse(tree.read(dir + "/modules.txt"));
    } catch (IOException _) {
      return VendorList.EMPTY; // such directories exist; their packages are found without the list
    }
  }

  // ---- replacements

  private Map<ModuleVersion, Replacement> replacements() throws ModuleException {
    Map<ModuleVersion, Replacement> all = new LinkedHashMap<>();
    Set<String> byWork = new HashSet<>();
    for (ModFile.Replace r : work.replaces()) {
      String path = r.old().path();
      if (r.old().version().isEmpty() && mains.stream().anyMatch(m -> m.path().equals(path))) {
        throw new ModuleException(
            "workspace module "
                + path
                + " is replaced at all versions in the go.work file. To fix, remove the"
                + " replacement from the go.work file or specify the version at which to replace"
                + " the module.");
      }
      byWork.add(path);
      put(all, r, workPath == null ? "" : Paths.parent(workPath), "go.work");
    }
    for (MainModule main : mains) {
      Map<ModuleVersion, Replacement> own = new LinkedHashMap<>();
      for (ModFile.Replace r : main.file().replaces()) {
        if (!byWork.contains(r.old().path())) {
          put(own, r, main.dir(), main.dir() + "/go.mod");
        }
      }
      for (Map.Entry<ModuleVersion, Replacement> e : own.entrySet()) {
        Replacement previous = all.putIfAbsent(e.getKey(), e.getValue());
        if (previous != null && !previous.target().equals(e.getValue().target())) {
          throw new ModuleException(
              "conflicting replacements for "
                  + e.getKey()
                  + ":\n\t"
                  + previous.target()
                  + "\n\t"
                  + e.getValue().target()
                  + "\nuse \"go work edit -replace "
                  + e.getKey()
                  + "=[override]\" to resolve");
        }
      }
    }
    return all;
  }

  private static void put(
      Map<ModuleVersion, Replacement> to, ModFile.Replace r, String dir, String source)
      throws ModuleException {
    ModuleVersion shown = r.replacement();
    ModuleVersion target =
        shown.version().isEmpty()
            ? new ModuleVersion(Paths.absolute(dir, shown.path()), "")
            : shown;
    Replacement previous = to.put(r.old(), new Replacement(target, shown, source));
    if (previous != null && !previous.shown().equals(shown)) {
      throw new ModuleException(
          "conflicting replacements for " + r.old() + ":\n\t" + previous.shown() + "\n\t" + shown);
    }
  }

  // ---- requirements

  private Requirements requirements(Modules modules, int threads, boolean hasRoot) {
    List<ModuleVersion> roots = new ArrayList<>();
    Set<String> direct = new LinkedHashSet<>(List.of("go"));
    String toolchain = workPath != null ? work.toolchain() : "";
    Pruning pruning = Pruning.WORKSPACE;
    if (workPath != null) {
      mains.forEach(m -> roots.add(new ModuleVersion(m.path(), "")));
    } else if (hasRoot) {
      ModFile file = mains.getFirst().file();
      pruning = Modules.isPruned(modules.goVersion()) ? Pruning.PRUNED : Pruning.UNPRUNED;
      toolchain = file.toolchain();
      for (ModFile.Require r : file.requires()) {
        if (modules.isExcluded(r.module())) {
          warnings.add(
              "go: "
                  + (modules.mode().mode() == ModMode.Mode.MOD ? "dropping" : "ignoring")
                  + " requirement on excluded version "
                  + r.module().path()
                  + " "
                  + r.module().version());
          continue;
        }
        roots.add(r.module());
        if (!r.indirect()) {
          direct.add(r.module().path());
        }
      }
    } else {
      pruning = Pruning.PRUNED;
      toolchain = "go" + around.localVersion();
    }
    roots.add(new ModuleVersion("go", modules.goVersion()));
    if (!toolchain.isEmpty()) {
      roots.add(new ModuleVersion("toolchain", toolchain));
    }
    return new Requirements(modules, threads, pruning, roots, direct);
  }
}
