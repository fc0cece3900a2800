package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error is wrapped by formatting where it is a normal outcome: a caller in a loop goes on to the
 * next round after it, or asks what it is; or it says that something was not found. Wrapping on the
 * way out of a failure is as it should be, and is found as a cold note only.
 */
final class ErrorWrapOnHotPath extends SimpleRule {
  ErrorWrapOnHotPath() {
    super(
        "error-wrap-on-hot-path",
        Question.HOW_MANY,
        Severity.INFO,
        "an error is wrapped with a format call where it is a normal outcome");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().isCall(call, "fmt", "Errorf") && wraps(ctx, call)) {
        check(ctx, call);
      }
    }
  }

  /** The format has a verb, and an argument is an error. */
  private static boolean wraps(RuleContext ctx, Expr.CallExpr call) {
    String format = call.args().isEmpty() ? null : ctx.types().stringOf(call.args().getFirst());
    if (format == null || !format.contains("%")) {
      return false;
    }
    return call.args().stream()
        .skip(1)
        .anyMatch(a -> {
          Type t = ctx.types().of(a);
          return t != null && (Types.isError(t) || ctx.types().hasMethod(t, "Error"));
        });
  }

  private void check(RuleContext ctx, Expr.CallExpr call) {
    Decl.FuncDecl d = ctx.tree().declaration(call);
    Func f = d == null ? null : ctx.calls().function(d);
    if (f == null || isStart(f)) {
      return;
    }
    Expr.CallExpr tolerant = isReturned(ctx, call) ? tolerantCaller(ctx, f) : null;
    if (tolerant != null) {
      report(
          ctx,
          call,
          tolerant,
          "a caller goes on after the error, in a loop",
          "an error after which a loop goes on is wrapped by formatting");
    } else if (ctx.tree().isInLoop(call)
        && !leavesLoop(ctx, call)
        && !isCollected(ctx, call)
        && !isPanic(ctx, call)) {
      report(ctx, call, null, "", "an error is wrapped by formatting in a loop that goes on");
    } else if (isMiss(ctx, call)) {
      report(
          ctx,
          call,
          null,
          "it says that a map has no such key",
          "an error that may be a normal outcome is wrapped by formatting");
    } else {
      ctx.report(this, call)
          .severity(Severity.NOTE)
          .cold()
          .cost(
              allocs(ctx, call),
              Cost.UNKNOWN,
              "the error and its text, besides boxes for arguments that need one")
          .message("an error is wrapped by formatting");
    }
  }

  /** {@code err = fmt.Errorf("%w; %w", err, e)}: what is told of together has failed before. */
  private static boolean isCollected(RuleContext ctx, Expr.CallExpr call) {
    if (!(ctx.tree().parentSkippingParens(call) instanceof Stmt.AssignStmt s)) {
      return false;
    }
    Var target = ctx.types().variable(s.lhs());
    return target != null && call.args().stream().anyMatch(a -> ctx.types().isUse(a, target));
  }

  private static boolean isPanic(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().parentSkippingParens(call) instanceof Expr e
        && ctx.types().builtin(e) == BuiltinId.PANIC;
  }

  private static boolean isStart(Func f) {
    return f.signature().recv() == null && (f.name().equals("main") || f.name().equals("init"));
  }

  private static boolean isReturned(RuleContext ctx, Expr.CallExpr call) {
    Node p = ctx.tree().parentSkippingParens(call);
    return p instanceof Stmt.ReturnStmt
        || (p instanceof Expr.ListExpr && ctx.tree().parent(p) instanceof Stmt.ReturnStmt)
        || p instanceof Stmt.AssignStmt;
  }

  /** A call of {@code f} in a loop that goes on when there was an error, or asks which it was. */
  private static Expr.@Nullable CallExpr tolerantCaller(RuleContext ctx, Func f) {
    for (Expr.CallExpr call : ctx.calls().of(f)) {
      Stmt.ForStmt loop = ctx.tree().loop(call);
      if (loop == null) {
        continue;
      }
      Stmt.IfStmt check = nilCheck(ctx, call);
      if (check != null && !leaves(ctx, check) && !isReported(ctx, call, check)) {
        return call;
      }
    }
    return null;
  }

  /** The if statement that compares the error of a call with nil, or null. */
  private static Stmt.@Nullable IfStmt nilCheck(RuleContext ctx, Expr.CallExpr call) {
    Node p = ctx.tree().parent(call);
    if (!(p instanceof Stmt.AssignStmt s)) {
      return null;
    }
    Var error = ctx.types().variable(Syntax.unpackList(s.lhs()).getLast());
    if (error == null) {
      return null;
    }
    if (ctx.tree().parent(s) instanceof Stmt.IfStmt f && Tree.same(f.init(), s)) {
      return isNilCheck(ctx, f, error) ? f : null;
    }
    List<Stmt> following = ctx.tree().following(s);
    return !following.isEmpty()
            && following.getFirst() instanceof Stmt.IfStmt f
            && isNilCheck(ctx, f, error)
        ? f
        : null;
  }

  /** A caller that logs the error, or keeps it, does not take it for a normal outcome. */
  private static boolean isReported(RuleContext ctx, Expr.CallExpr call, Stmt.IfStmt check) {
    if (!(ctx.tree().parent(call) instanceof Stmt.AssignStmt s)) {
      return false;
    }
    Var error = ctx.types().variable(Syntax.unpackList(s.lhs()).getLast());
    return error != null
        && Tree.any(
            check.then(),
            n ->
                n instanceof Expr.Name name
                    && ctx.types().isUse(name, error)
                    && !isLookedAt(ctx, name));
  }

  private static boolean isLookedAt(RuleContext ctx, Expr.Name name) {
    return switch (ctx.tree().parentSkippingParens(name)) {
      case Expr.BinaryExpr _ -> true;
      case Expr.CallExpr c -> ctx.types().isCall(c, "errors", "Is", "As");
      case Stmt.AssignStmt s -> ctx.tree().isWithin(name, s.lhs());
      case null, default -> false; // handed on
    };
  }

  private static boolean isNilCheck(RuleContext ctx, Stmt.IfStmt f, Var error) {
    return Tree.any(
        f.cond(),
        n ->
            (n instanceof Expr.BinaryExpr b
                    && b.op() == Operator.NEQ
                    && ctx.types().isUse(b.x(), error))
                || (n instanceof Expr.CallExpr c && ctx.types().isCall(c, "errors", "Is", "As")));
  }

  private static boolean leaves(RuleContext ctx, Stmt.IfStmt f) {
    List<Stmt> body = f.then().list();
    if (body.isEmpty()) {
      return false;
    }
    return switch (body.getLast()) {
      case Stmt.ReturnStmt _ -> true;
      case Stmt.BranchStmt b ->
          b.kind() == Stmt.BranchKind.BREAK || b.kind() == Stmt.BranchKind.GOTO;
      default -> ctx.coldness().isWayOut(body);
    };
  }

  /** Reports whether what is around a call, within the loop, ends with leaving it. */
  private static boolean leavesLoop(RuleContext ctx, Expr.CallExpr call) {
    Node p = ctx.tree().listed(call);
    if (p instanceof Stmt.ReturnStmt) {
      return true;
    }
    if (!(p instanceof Stmt s)) {
      return false;
    }
    List<Stmt> following = ctx.tree().following(s);
    return !following.isEmpty()
        && (following.getLast() instanceof Stmt.ReturnStmt
            || (following.getLast() instanceof Stmt.BranchStmt b
                && b.kind() == Stmt.BranchKind.BREAK));
  }

  /** In the branch in which a map, or a comma-ok form, had nothing. */
  private static boolean isMiss(RuleContext ctx, Expr.CallExpr call) {
    Stmt.IfStmt f = ctx.tree().enclosing(call, Stmt.IfStmt.class);
    if (f == null
        || !(Syntax.unparen(f.cond()) instanceof Expr.UnaryExpr u)
        || u.op() != Operator.NOT) {
      return false;
    }
    Var v = ctx.types().variable(u.x());
    return v != null && dev.escapade.types.Predicates.isBoolean(v.type()) && isMapMiss(ctx, f, v);
  }

  /** A map of the package says what is allowed: what it does not have is a mistake. */
  private static boolean isTable(RuleContext ctx, Expr.IndexExpr x) {
    Expr map = Syntax.unparen(x.x());
    while (map instanceof Expr.IndexExpr outer) {
      map = Syntax.unparen(outer.x());
    }
    return ctx.types().global(map) != null;
  }

  private static boolean isMapMiss(RuleContext ctx, Stmt.IfStmt f, Var ok) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(f));
    if (body == null) {
      return false;
    }
    for (Stmt.AssignStmt s : Tree.belowInFunction(body, Stmt.AssignStmt.class)) {
      List<Expr> targets = Syntax.unpackList(s.lhs());
      if (targets.size() == 2
          && ctx.types().isUse(targets.get(1), ok)
          && s.rhs() != null
          && Syntax.unparen(s.rhs()) instanceof Expr.IndexExpr x
          && ctx.types().underlying(x.x()) instanceof dev.escapade.types.MapType) {
        return !isTable(ctx, x);
      }
    }
    return false;
  }

  private static boolean isUnwrapped(RuleContext ctx, Expr.CallExpr call) {
    String format = ctx.types().stringOf(call.args().getFirst());
    return format != null && format.contains("%w");
  }

  private void report(
      RuleContext ctx, Expr.CallExpr call, @Nullable Node caller, String why, String message) {
    var report =
        ctx.report(this, call)
            .notCold()
            .severity(
                caller != null || ctx.tree().isInLoop(call) ? Severity.WARNING : Severity.INFO);
    if (caller != null) {
      report.because(caller, why);
    } else if (!why.isEmpty()) {
      report.because(call, why);
    }
    report
        .cost(
            allocs(ctx, call),
            Cost.UNKNOWN,
            "the error and its text, besides boxes for arguments that need one")
        .fix(fix(ctx, call))
        .message(message);
  }

  private static int allocs(RuleContext ctx, Expr.CallExpr call) {
    Format format = Format.of(ctx.types(), call);
    return format == null ? 2 : format.resultAllocs();
  }

  /** The text is made later, unless it is wanted at once. */
  private static @Nullable Fix fix(RuleContext ctx, Expr.CallExpr call) {
    if (Unboxed.isReadAtOnce(ctx, call)) {
      return null;
    }
    return Fix.of(
        "where its text is seldom read, a type of error that has the arguments as fields, with"
            + " an Error method that makes the text"
            + (isUnwrapped(ctx, call)
                ? ", and an Unwrap method that returns the error that %w wraps"
                : ""),
        "1 allocation until the text is read");
  }
}
