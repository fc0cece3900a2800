package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.types.Func;
import java.util.HashSet;
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
