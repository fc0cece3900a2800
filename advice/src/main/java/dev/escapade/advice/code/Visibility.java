package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Package;
import dev.escapade.types.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who besides the callers in a package has a say in what its functions take and return: other
 * packages that import it, interfaces that methods are there for, and variables that hold
 * functions.
 */
public final class Visibility {
  private final Tree tree;
  private final Types types;
  private final Calls calls;

  /** Methods that encoders, printers and databases look for. */
  private static final Set<String> KNOWN =
      Set.of(
          "String",
          "GoString",
          "Error",
          "Format",
          "Scan",
          "Value",
          "MarshalJSON",
          "UnmarshalJSON",
          "MarshalText",
          "UnmarshalText",
          "MarshalBinary",
          "UnmarshalBinary",
          "MarshalYAML",
          "UnmarshalYAML",
          "MarshalXML",
          "UnmarshalXML",
          "GobEncode",
          "GobDecode",
          "Encode",
          "Decode");

  /** The methods of the interfaces that imported packages show. */
  private @Nullable Map<String, List<Func>> imported;

  /** The names of the methods of the interfaces that are written in the package. */
  private @Nullable Set<String> asked;

  /** Questions about a package. */
  public Visibility(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
  }

  /** Reports whether packages of other modules may import this one. */
  public boolean isImportable() {
    String path = "/" + types.pkg().path() + "/";
    return !types.pkg().name().equals("main") && !path.contains("/internal/");
  }

  /** Reports whether other modules may call a function. */
  public boolean isApi(Func f) {
    return f.exported() && isImportable();
  }

  /**
   * Reports whether something else than the calls of a function needs its type: it is used as a
   * value, or is a method of which an interface of this package has the name. For exported methods
   * there may be other interfaces.
   */
  public boolean isAskedFor(Decl.FuncDecl d, Func f) {
    return calls.isUsedAsValue(f) || (d.recv() != null && isOfInterface(f));
  }

  /**
   * The same, also by interfaces that are seen from here in packages that are imported, or of which
   * methods like it are commonly known.
   */
  public boolean isAskedForAnywhere(Decl.FuncDecl d, Func f) {
    return isAskedFor(d, f)
        || (d.recv() != null && f.exported() && (KNOWN.contains(f.name()) || isOfImported(f)));
  }

  private boolean isOfImported(Func f) {
    if (imported == null) {
      imported = new HashMap<>();
      for (Package p : types.pkg().imports()) {
        for (String name : p.scope().names()) {
          if (p.scope().lookup(name) instanceof TypeName t
              && t.exported()
              && t.type() != null
              && t.type().underlying() instanceof Interface i) {
            collect(i, imported);
          }
        }
      }
    }
    return imported.getOrDefault(f.name(), List.of()).stream()
        .anyMatch(m ->
            m.signature().params().len() == f.signature().params().len()
                && m.signature().results().len() == f.signature().results().len());
  }

  private static void collect(Interface i, Map<String, List<Func>> methods) {
    for (int k = 0; k < i.numMethods(); k++) {
      methods.computeIfAbsent(i.method(k).name(), _ -> new ArrayList<>(1)).add(i.method(k));
    }
  }

  private boolean isOfInterface(Func f) {
    if (asked == null) {
      asked = new HashSet<>();
      for (Expr.InterfaceType t : tree.all(Expr.InterfaceType.class)) {
        for (Field m : t.methods()) {
          if (m.name() != null) {
            asked.add(m.name().value());
          }
        }
      }
    }
    return asked.contains(f.name());
  }
}
