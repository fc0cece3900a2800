package dev.escapade.middle;

import dev.escapade.ir.build.Compilation.Sources;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.TypeName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The functions whose bodies a package hands on to its importers (cmd/compile/internal/noder,
 * linker.exportBody).
 *
 * <p>The compiler reads the export data of the packages that a package imports itself, and no
 * others. So a function of some package further away can be inlined only if one in between hands
 * its body on: a package does so for the inlinable functions of its own, and for those of others
 * that were inlined somewhere in it, as far as they can be reached from what it exports.
 *
 * @param bodies the functions whose bodies are handed on
 * @param reached all objects that can be reached, those of other packages included
 */
public record ExportedBodies(Set<Func> bodies, Set<Obj> reached) {
  /** Those of a package that nobody imports. */
  public static final ExportedBodies NONE = new ExportedBodies(Set.of(), Set.of());

  /**
   * Finds the bodies that {@code local} hands on.
   *
   * @param isHandedOn whether the body of a function that can be reached, of this package or
   *     another, is handed on
   */
  static ExportedBodies of(Package local, Sources sources, Predicate<Func> isHandedOn) {
    Search search = new Search(local, sources, isHandedOn);
    search.run();
    return new ExportedBodies(search.bodies, search.reached);
  }

  private static final class Search {
    private final Package local;
    private final Sources sources;
    private final Predicate<Func> isHandedOn;
    private final Set<Func> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Obj> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Obj> pending = new ArrayDeque<>();

    Search(Package local, Sources sources, Predicate<Func> isHandedOn) {
      this.local = local;
      this.sources = sources;
      this.isHandedOn = isHandedOn;
    }

    private void run() {
      for (String name : local.scope().names()) {
        Obj obj = local.scope().lookup(name);
        if (obj != null && obj.exported()) {
          reach(obj);
        }
      }
      while (!pending.isEmpty()) {
        Obj obj = pending.removeFirst();
        references(obj).forEach(this::reach);
        switch (obj) {
          case Func f -> function(f);
          case TypeName t -> methods(t);
          default -> {}
        }
      }
    }

    private List<Obj> references(Obj obj) {
      Package pkg = obj.pkg();
      PackageSource source = pkg == null || pkg == local ? null : sourceOrNull(pkg);
      return source == null ? PackageSource.references(obj) : source.importedReferences(obj);
    }

    private void reach(Obj obj) {
      if (obj.pkg() != null && reached.add(obj)) {
        pending.add(obj);
      }
    }

    private void methods(TypeName t) {
      if (t.type() instanceof Named n && n.obj() == t) {
        for (int i = 0; i < n.numMethods(); i++) {
          function(n.origin().method(i));
        }
      }
    }

    private void function(Func f) {
      Package pkg = f.pkg();
      if (pkg == null) {
        return;
      }
      if (PackageSource.isGeneric(f)) {
        reachBody(pkg, f);
      } else if (isHandedOn.test(f) && bodies.add(f)) {
        reachBody(pkg, f);
      }
    }

    private void reachBody(Package pkg, Func f) {
      PackageSource source = sourceOrNull(pkg);
      if (source != null) {
        source.bodyReferences(f).forEach(this::reach);
      }
    }

    private @Nullable PackageSource sourceOrNull(Package pkg) {
      return pkg.path().equals("unsafe") ? null : sources.of(pkg);
    }
  }
}
