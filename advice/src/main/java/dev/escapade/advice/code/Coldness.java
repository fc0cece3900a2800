package dev.escapade.advice.code;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs seldom: once, when the program starts, or on the way to a panic or to the return of an
 * error.
 */
public final class Coldness {
  private static final Set<String> LAST_WORDS =
      Set.of("Fatal", "Fatalf", "Fatalln", "FailNow", "Panic", "Panicf", "Panicln");

  private final Tree tree;
  private final Types types;

  /** What is cold in a package. */
  public Coldness(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /** Reports whether {@code n} runs seldom. */
  public boolean isCold(Node n) {
    if (n instanceof Decl) {
      return false;
    }
    if (n instanceof Expr e && isGivingUp(e)) {
      return true;
    }
    Node child = n;
    for (Node p = tree.parent(n); p != null; p = tree.parent(p)) {
      if (p instanceof Expr.FuncLit) {
        return false; // nobody knows when it runs
      }
      if (p instanceof Decl.FuncDecl d) {
        return d.recv() == null && d.name().value().equals("init") && !tree.isInLoop(n);
      }
      if (isCold(p, child)) {
        return true;
      }
      child = p;
    }
    return false;
  }

  private boolean isCold(Node p, Node child) {
    return switch (p) {
      case Decl.VarDecl _ -> tree.function(p) == null;
      case Expr.CallExpr call ->
          !Tree.same(child, call.fun()) && types.builtin(call) == BuiltinId.PANIC;
      case Stmt.ReturnStmt r -> returnsFreshError(r);
      case Stmt.BlockStmt b ->
          tree.parent(b) instanceof Stmt.IfStmt f && (isWayOut(b.list()) || isAfterPanic(f));
      case CaseClause c -> !Tree.same(child, c.cases()) && isWayOut(c.body());
      default -> false; // as cold as what is around it
    };
  }

  /** {@code if err := recover(); err != nil}. */
  private boolean isAfterPanic(Stmt.IfStmt f) {
    return (f.init() instanceof Stmt.AssignStmt s && isRecover(s.rhs()))
        || (Syntax.unparen(f.cond()) instanceof Expr.BinaryExpr b
            && (isRecover(b.x()) || isRecovered(types.variable(b.x()))));
  }

  private boolean isRecovered(@Nullable Var v) {
    Expr.Name name = v == null ? null : tree.at(v.pos(), Expr.Name.class);
    return name != null && tree.parent(name) instanceof Stmt.AssignStmt s && isRecover(s.rhs());
  }

  private boolean isRecover(@Nullable Expr e) {
    return e != null && types.builtin(e) == BuiltinId.RECOVER;
  }

  /** Reports whether statements end by giving up. */
  public boolean isWayOut(List<Stmt> list) {
    if (list.isEmpty()) {
      return false;
    }
    return switch (list.getLast()) {
      case Stmt.ReturnStmt r -> returnsError(r);
      case Stmt.ExprStmt s -> isGivingUp(s.x());
      default -> false; // goes on
    };
  }

  /** Reports whether an expression is a call after which the function does not go on. */
  public boolean isGivingUp(Expr e) {
    return types.builtin(e) == BuiltinId.PANIC
        || types.isCall(e, "os", "Exit")
        || types.isCall(e, "log", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln")
        || isLastWord(e);
  }

  /** Methods of loggers and tests have these names in all packages. */
  private boolean isLastWord(Expr e) {
    if (!(Syntax.unparen(e) instanceof Expr.CallExpr call)) {
      return false;
    }
    Func f = types.callee(call);
    return f != null && f.signature().recv() != null && LAST_WORDS.contains(f.name());
  }

  /** Reports whether the last result is an error that is not nil. */
  public boolean returnsError(Stmt.ReturnStmt r) {
    List<Expr> results = Syntax.unpackList(r.results());
    if (results.isEmpty()) {
      return false;
    }
    Expr last = results.getLast();
    return !types.isNil(last) && isErrorResult(r) && (results.size() > 1 || !isPlainCall(last));
  }

  private boolean returnsFreshError(Stmt.ReturnStmt r) {
    List<Expr> results = Syntax.unpackList(r.results());
    return !results.isEmpty()
        && isErrorResult(r)
        && (types.isCall(results.getLast(), "fmt", "Errorf")
            || types.isCall(results.getLast(), "errors", "New"));
  }

  /** A call whose results are handed on says nothing about success. */
  private boolean isPlainCall(Expr e) {
    return Syntax.unparen(e) instanceof Expr.CallExpr call
        && !types.isConversion(call)
        && !types.isCall(call, "fmt", "Errorf")
        && !types.isCall(call, "errors");
  }

  private boolean isErrorResult(Stmt.ReturnStmt r) {
    Node function = tree.function(r);
    List<dev.escapade.syntax.Field> results =
        switch (function) {
          case Decl.FuncDecl d -> d.type().results();
          case Expr.FuncLit f -> f.type().results();
          case null, default -> List.of(); // outside of functions
        };
    return !results.isEmpty() && Types.isError(types.of(results.getLast().type()));
  }
}
