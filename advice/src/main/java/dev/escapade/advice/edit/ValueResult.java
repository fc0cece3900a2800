package dev.escapade.advice.edit;

import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.List;

/**
 * Lets a function return a value instead of a pointer to one: a function that only this package can
 * call, that returns nothing but literals (nil beside an error), and whose callers give the result
 * a name and select from it, no more.
 */
public final class ValueResult {
  private final Tree tree;
  private final Types types;
  private final Calls calls;

  /** Changes in a package. */
  public ValueResult(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
  }

  /** Changes the function {@code d}, if that may be done. */
  public void change(Rewrite rewrite, Decl.FuncDecl d) {
    Func f = calls.function(d);
    int index = pointerResult(d);
    if (f == null
        || index < 0
        || !isOwn(d, f)
        || !calls.of(f).stream().allMatch(c -> isPlain(c, index))) {
      rewrite.spoil();
      return;
    }
    Expr.UnaryExpr pointer = (Expr.UnaryExpr) d.type().results().get(index).type();
    String type = rewrite.source(pointer.x());
    rewrite.replace(pointer, type);
    for (Stmt.ReturnStmt r : Tree.belowInFunction(d, Stmt.ReturnStmt.class)) {
      List<Expr> results = Syntax.unpackList(r.results());
      if (results.size() != d.type().results().size()) {
        rewrite.spoil();
        return;
      }
      Expr result = results.get(index);
      if (result instanceof Expr.UnaryExpr u
          && u.op() == Operator.AND
          && u.x() instanceof Expr.CompositeLit) {
        rewrite.replace(u, rewrite.source(u.x()));
      } else if (types.isNil(result)
          && results.size() > index + 1
          && Types.isError(types.of(d.type().results().getLast().type()))
          && !types.isNil(results.getLast())) {
        rewrite.replace(result, type + "{}");
      } else {
        rewrite.spoil();
      }
    }
  }

  /** The only result that is a pointer, or -1. */
  private static int pointerResult(Decl.FuncDecl d) {
    List<Field> results = d.type().results();
    int index = -1;
    for (int i = 0; i < results.size(); i++) {
      boolean isPointer =
          results.get(i).type() instanceof Expr.UnaryExpr u
              && u.op() == Operator.MUL
              && u.x() instanceof Expr.Name;
      if (results.get(i).name() != null || (isPointer && index >= 0)) {
        return -1;
      }
      index = isPointer ? i : index;
    }
    return index;
  }

  private boolean isOwn(Decl.FuncDecl d, Func f) {
    return d.recv() == null
        && d.typeParams().isEmpty()
        && d.pragma() == null
        && d.body() != null
        && !f.exported()
        && !calls.isUsedAsValue(f)
        && !calls.of(f).isEmpty();
  }

  /** {@code v := f()} or {@code v, err := f()}, and then only {@code v.x}. */
  private boolean isPlain(Expr.CallExpr call, int index) {
    if (!(tree.parent(call) instanceof Stmt.AssignStmt s) || s.op() != Operator.DEF) {
      return false;
    }
    List<Expr> targets = Syntax.unpackList(s.lhs());
    Var v = index < targets.size() ? types.defined(targets.get(index)) : null;
    Decl.FuncDecl around = tree.declaration(call);
    if (v == null || around == null) {
      return false;
    }
    for (Expr.Name name : Tree.below(around, Expr.Name.class)) {
      if (types.info().use(name) == v
          && !(tree.parent(name) instanceof Expr.SelectorExpr x && Tree.same(x.x(), name))) {
        return false;
      }
    }
    return true;
  }
}
