package dev.escapade.advice.code;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a function could have another result type than an interface. */
public final class Results {
  private final Tree tree;
  private final Types types;

  /** Results of the functions of a package. */
  public Results(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /** What the result type of a function could be instead of the interface that it is. */
  public enum Choice {
    /** The type of all values that it returns. */
    CONCRETE,
    /** The same, if no interface that the method is for asks for the interface. */
    CONCRETE_UNLESS_ASKED,
    /** Values of several types are returned. */
    SEVERAL,
    /** None: something else than the value is returned, or somebody else sets the type. */
    NONE
  }

  /** The choice that there is where {@code value} is returned. */
  public Choice choice(Expr value, Type concrete, Calls calls, Narrowing narrowing) {
    Stmt.ReturnStmt r = returning(value);
    Type own = types.of(value);
    if (own != null && Predicates.isInterface(own)) {
      return Choice.NONE; // an inlined call, of which the interface is the result
    }
    if (r == null || !(tree.function(r) instanceof Decl.FuncDecl d) || d.body() == null) {
      return Choice.NONE;
    }
    int index = index(r, value);
    if (types.info().def(d.name()) instanceof Func f
        && (calls.isUsedAsValue(f) || !narrowing.couldReturn(f, index))) {
      return Choice.NONE; // the function's type is given, or callers hand the interface on
    }
    for (Stmt.ReturnStmt other : Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class)) {
      if (!isOf(concrete, other, index, d.type().results())) {
        return Choice.SEVERAL;
      }
    }
    if (!types.isNameable(concrete)
        || (d.recv() != null
            && types.info().def(d.name()) instanceof Func m
            && isAskedFor(m, index))) {
      return Choice.NONE;
    }
    return d.recv() == null ? Choice.CONCRETE : Choice.CONCRETE_UNLESS_ASKED;
  }

  private int index(Stmt.ReturnStmt r, Expr value) {
    List<Expr> values = Syntax.unpackList(r.results());
    int index = 0;
    while (index < values.size() && !tree.isWithin(value, values.get(index))) {
      index++;
    }
    return index;
  }

  /** An interface of this package, or of one that it imports, has a method with that result. */
  private boolean isAskedFor(Func method, int index) {
    List<Package> known = new ArrayList<>(types.pkg().imports());
    known.add(types.pkg());
    for (Package p : known) {
      for (String name : p.scope().names()) {
        if (p.scope().lookup(name) instanceof TypeName t
            && t.type() != null
            && t.type().underlying() instanceof Interface i
            && asks(i, method, index)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean asks(Interface i, Func method, int index) {
    for (int k = 0; k < i.numMethods(); k++) {
      Func m = i.method(k);
      if (m.name().equals(method.name())
          && m.signature().results().len() == method.signature().results().len()
          && Predicates.identical(
              m.signature().results().at(index).type(),
              method.signature().results().at(index).type())) {
        return true;
      }
    }
    return false;
  }

  /** The statement that returns {@code value} as it is, or null. */
  private Stmt.@Nullable ReturnStmt returning(Expr value) {
    Node p = tree.parentSkippingParens(value);
    if (p instanceof Expr.ListExpr list) {
      p = tree.parent(list);
    }
    return p instanceof Stmt.ReturnStmt r ? r : null;
  }

  /** A value of that type, or nothing beside an error. */
  private boolean isOf(Type concrete, Stmt.ReturnStmt r, int index, List<Field> results) {
    List<Expr> values = Syntax.unpackList(r.results());
    if (index >= values.size()) {
      return false; // of a call, or of named results
    }
    Expr value = values.get(index);
    if (types.isNil(value)) {
      return index < values.size() - 1
          && Types.isError(types.of(results.getLast().type()))
          && !types.isNil(values.getLast());
    }
    Type t = types.of(value);
    return t != null && Predicates.identical(t, concrete);
  }

  /**
   * The variable of which a type switch asks the type, if {@code value} is what it found: the
   * variable has the same box. Null if either may have become something else.
   */
  public Expr.@Nullable Name asked(Expr value) {
    if (!(Syntax.unparen(value) instanceof Expr.Name name)
        || !(types.info().use(name) instanceof Var v)) {
      return null;
    }
    for (Node p = tree.parent(name); p != null; p = tree.parent(p)) {
      if (p instanceof CaseClause c && types.info().implicit(c) == v) {
        Stmt.SwitchStmt s = tree.enclosing(c, Stmt.SwitchStmt.class);
        Stmt.BlockStmt body = Tree.body(tree.function(value));
        Expr.Name held =
            s != null && s.tag() instanceof Expr.TypeSwitchGuard g ? name(g.x()) : null;
        Var source = types.variable(held);
        return s != null
                && held != null
                && body != null
                && source != null
                && source.kind() != VarKind.PACKAGE
                && !held.value().equals(name.value())
                && !isChanged(v, body, c)
                && !isChanged(source, body, s)
            ? held
            : null;
      }
    }
    return null;
  }

  private static Expr.@Nullable Name name(Expr e) {
    return Syntax.unparen(e) instanceof Expr.Name n ? n : null;
  }

  /**
   * Reports whether a local variable, or a part of it, may change in {@code part} of a function:
   * something is assigned to it there, or its address is taken somewhere in the function.
   */
  public boolean isChanged(Var v, Stmt.BlockStmt body, Node part) {
    return isAssigned(v, part)
        || Tree.any(
            body,
            n ->
                switch (n) {
                  case Expr.UnaryExpr u -> u.op() == Operator.AND && isPartOf(u.x(), v);
                  case Expr.SliceExpr x ->
                      types.underlying(x.x()) instanceof Array && isPartOf(x.x(), v);
                  case Expr.SelectorExpr s ->
                      isPartOf(s.x(), v) && isPointerMethod(types.function(s));
                  case Expr.FuncLit literal -> isAssigned(v, literal);
                  default -> false; // only looks at it
                });
  }

  private boolean isAssigned(Var v, Node part) {
    return Tree.any(
        part,
        n ->
            n instanceof Stmt.AssignStmt a
                && Syntax.unpackList(a.lhs()).stream().anyMatch(lhs -> isPartOf(lhs, v)));
  }

  private static boolean isPointerMethod(@Nullable Func f) {
    Var recv = f == null ? null : f.signature().recv();
    return recv != null && recv.type().unalias() instanceof Pointer;
  }

  private boolean isPartOf(Expr e, Var v) {
    Expr x = Syntax.unparen(e);
    while (true) {
      switch (x) {
        case Expr.SelectorExpr s -> x = Syntax.unparen(s.x());
        case Expr.IndexExpr i -> x = Syntax.unparen(i.x());
        default -> {
          return types.isUse(x, v);
        }
      }
    }
  }
}
