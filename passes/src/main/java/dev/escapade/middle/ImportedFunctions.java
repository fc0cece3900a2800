package dev.escapade.middle;

import dev.escapade.ir.Func;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.TypeName;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.Unit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds functions of other packages by the linker's names, as profiles have them
 * (cmd/compile/internal/noder: LookupFunc, go 1.26). Found is what the export data of an import
 * has: what can be reached from what that package exports.
 */
final class ImportedFunctions {
  private final Compilation compilation;
  private final Unit.Imports summaries;

  ImportedFunctions(Compilation compilation, Unit.Imports summaries) {
    this.compilation = compilation;
    this.summaries = summaries;
  }

  /** What can be found of what a package lets be seen, by the linker's names. */
  static Map<String, Obj> byName(Iterable<Obj> objects) {
    Map<String, Obj> names = new HashMap<>();
    for (Obj obj : objects) {
      Package pkg = obj.pkg();
      if (pkg != null && pkg.scope().lookup(obj.name()) == obj) {
        names.put(TypeFmt.linkPrefix(pkg) + "." + obj.name(), obj);
      }
    }
    return names;
  }

  /** The function, or null if there is none to be seen, or a generic one. */
  @Nullable Func find(String linkName) {
    int dot = linkName.indexOf('.', linkName.lastIndexOf('/') + 1);
    if (dot < 0 || linkName.indexOf('[') >= 0) {
      return null;
    }
    String prefix = linkName.substring(0, dot);
    String name = linkName.substring(dot + 1);
    for (Package pkg : compilation.local().pkg().imports()) {
      PackageSummary summary = summaries.summary(pkg);
      dev.escapade.types.Func f = summary == null ? null : find(summary, prefix, name);
      if (f != null) {
        return compilation.function(f);
      }
    }
    return null;
  }

  /** Looks among what a package lets be seen, of itself and of others. */
  private dev.escapade.types.@Nullable Func find(
      PackageSummary summary, String prefix, String name) {
    int split = name.lastIndexOf('.');
    String outer = split < 0 ? name : typeName(name.substring(0, split));
    return switch (summary.visible().get(prefix + "." + outer)) {
      case dev.escapade.types.Func f when split < 0 && !PackageSource.isGeneric(f) -> f;
      case TypeName t when split >= 0 -> method(t, name.substring(split + 1));
      case null, default -> null;
    };
  }

  private static String typeName(String receiver) {
    return receiver.startsWith("(*") && receiver.endsWith(")")
        ? receiver.substring(2, receiver.length() - 1)
        : receiver;
  }

  /**
   * A method of a type, which counts as occurring from now on, whether it has the method or not.
   */
  private dev.escapade.types.@Nullable Func method(TypeName t, String name) {
    if (t.type() instanceof Named generic && !generic.typeParams().isEmpty()) {
      return null;
    }
    compilation.lookAt(t);
    if (!(t.type() instanceof Named n)
        || n.obj() != t
        || n.underlying() instanceof dev.escapade.types.Interface) {
      return null;
    }
    for (int i = 0; i < n.numMethods(); i++) {
      if (n.method(i).name().equals(name)) {
        return n.method(i);
      }
    }
    return null;
  }
}
