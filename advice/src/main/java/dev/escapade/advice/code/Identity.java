package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;

/**
 * Tells types whose values must not be copied freely: they have a lock or the like in them, or
 * methods that change what their pointer receiver points to.
 */
public final class Identity {
  private final Tree tree;
  private final Types types;

  /** The types that are declared in a package, and others. */
  public Identity(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /** Reports whether values of {@code t} are meant to be shared, not copied. */
  public boolean isNeeded(Type t) {
    return hasLock(t, 0) || hasMutatingMethod(t) || isLinked(t);
  }

  /**
   * Reports whether somebody uses pointers to {@code t} as interfaces, or may: an exported type
   * with methods of the pointer, which other packages have seen.
   */
  public boolean isUsedByPointer(Type t) {
    if (t.unalias() instanceof Named n) {
      Named origin = n.origin();
      for (int i = 0; i < origin.numMethods(); i++) {
        if (hasPointerReceiver(origin.method(i)) && (n.obj().exported() || isConverted(t))) {
          return true;
        }
      }
      return isEmbeddedPointer(t);
    }
    return false;
  }

  /** Methods of the pointer are there for an interface if some result or parameter wants one. */
  private boolean isConverted(Type t) {
    for (Decl.FuncDecl d : tree.all(Decl.FuncDecl.class)) {
      Func f = types.info().def(d.name()) instanceof Func func ? func : null;
      Var recv = f == null ? null : f.signature().recv();
      if (f != null
          && recv != null
          && f.exported()
          && hasPointerReceiver(f)
          && dev.escapade.types.Predicates.identical(Types.deref(recv.type()), t)) {
        return true;
      }
    }
    return false;
  }

  /** Methods that come from an embedded type may be there for an interface as well. */
  private static boolean isEmbeddedPointer(Type t) {
    return t.underlying() instanceof Struct s && s.fields().stream().anyMatch(Var::embedded);
  }

  private static boolean hasLock(Type t, int depth) {
    if (depth > 8) {
      return false;
    }
    if (t.unalias() instanceof Named n) {
      Package p = n.obj().pkg();
      if (p != null && (p.path().equals("sync") || p.path().equals("sync/atomic"))) {
        return true;
      }
      for (int i = 0; i < n.origin().numMethods(); i++) {
        if (n.origin().method(i).name().equals("Lock")) {
          return true;
        }
      }
    }
    return switch (t.underlying()) {
      case Struct s -> s.fields().stream().anyMatch(f -> hasLock(f.type(), depth + 1));
      case Array a -> hasLock(a.elem(), depth + 1);
      default -> false; // what is referred to is not copied
    };
  }

  /** Reports whether a field is a pointer to the type itself, as in lists and trees. */
  private static boolean isLinked(Type t) {
    if (!(t.underlying() instanceof Struct s)) {
      return false;
    }
    for (Var f : s.fields()) {
      Type field = f.type().unalias();
      Type elem =
          switch (field) {
            case Pointer p -> p.elem();
            case dev.escapade.types.Slice x when x.elem().unalias() instanceof Pointer p ->
                p.elem();
            default -> field;
          };
      if (elem != field && dev.escapade.types.Predicates.identical(elem, t)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasMutatingMethod(Type t) {
    if (!(t.unalias() instanceof Named n)) {
      return false;
    }
    Named origin = n.origin();
    for (int i = 0; i < origin.numMethods(); i++) {
      Func m = origin.method(i);
      Var recv = m.signature().recv();
      if (recv != null && recv.type().unalias() instanceof Pointer && mayMutate(m, recv)) {
        return true;
      }
    }
    return false;
  }

  /** Methods of other packages may do anything. */
  private boolean mayMutate(Func m, Var recv) {
    for (Decl.FuncDecl d : tree.all(Decl.FuncDecl.class)) {
      if (types.info().def(d.name()) == m && d.body() != null) {
        return Tree.any(d.body(), n -> changes(n, recv));
      }
    }
    return true;
  }

  private boolean changes(Node n, Var recv) {
    return switch (n) {
      case Stmt.AssignStmt s ->
          Syntax.unpackList(s.lhs()).stream().anyMatch(e -> !isName(e) && isRooted(e, recv));
      case Expr.UnaryExpr u -> u.op() == Operator.AND && isRooted(u.x(), recv);
      case Expr.CallExpr call -> {
        Expr receiver = types.receiver(call);
        Func f = types.callee(call);
        yield receiver != null && f != null && isRooted(receiver, recv) && hasPointerReceiver(f);
      }
      default -> false; // changes nothing by itself
    };
  }

  private static boolean hasPointerReceiver(Func f) {
    Var recv = f.signature().recv();
    return recv != null && recv.type().unalias() instanceof Pointer;
  }

  private static boolean isName(Expr e) {
    return Syntax.unparen(e) instanceof Expr.Name;
  }

  private boolean isRooted(Expr e, Var v) {
    Expr x = Syntax.unparen(e);
    while (true) {
      switch (x) {
        case Expr.SelectorExpr s -> x = Syntax.unparen(s.x());
        case Expr.IndexExpr i -> x = Syntax.unparen(i.x());
        case Expr.UnaryExpr u when u.op() == Operator.MUL -> x = Syntax.unparen(u.x());
        default -> {
          return types.isUse(x, v);
        }
      }
    }
  }
}
