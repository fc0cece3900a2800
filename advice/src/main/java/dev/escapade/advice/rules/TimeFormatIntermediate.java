package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A time is made a string only for that to be formatted or written again. */
final class TimeFormatIntermediate extends SimpleRule {
  private static final String APPENDED = "appended to a buffer";
  private static final String COPIED = "copied to bytes";
  private static final String WRITTEN = "written";

  private static final Set<String> WRITES = Set.of("WriteString", "Write");

  TimeFormatIntermediate() {
    super(
        "time-format-intermediate",
        Question.HOW_MANY,
        Severity.INFO,
        "a time is made a string only to be written or formatted again");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().isMethodCall(call, "time", "Time", "Format", "String")) {
        String use = use(ctx, call);
        if (use != null) {
          ctx.report(this, call)
              .warnInLoop()
              .cost(1, Cost.UNKNOWN, "the intermediate string, besides its box if it needs one")
              .fix(hasLayout(ctx, call) ? fix(use) : null)
              .message(RuleContext.text(call) + " makes a string that is only " + use);
        }
      }
    }
  }

  /** What String writes is no layout alone: it tells of the monotonic clock as well. */
  private static boolean hasLayout(RuleContext ctx, Expr.CallExpr call) {
    return ctx.types().isMethodCall(call, "time", "Time", "Format");
  }

  private static Fix fix(String use) {
    return switch (use) {
      case COPIED ->
          Fix.of(
              "make the bytes with AppendFormat, of a []byte with room for them",
              "1 allocation less, the string");
      case APPENDED ->
          Fix.of("append it to that buffer with AppendFormat", "no allocation for the time");
      case WRITTEN ->
          Fix.of(
              "use AppendFormat into a buffer that is used again, and write that",
              "no allocation for the time");
      default ->
          Fix.of(
              "build the whole text in a buffer that is used again, the time with AppendFormat",
              "no allocation for the time");
    };
  }

  /** The only use of the variable that a statement defines, or null. */
  private static Expr.@Nullable Name onlyUse(RuleContext ctx, Stmt.AssignStmt s) {
    Var v = ctx.types().defined(s.lhs());
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(s));
    if (v == null || body == null) {
      return null;
    }
    List<Expr.Name> uses =
        Tree.below(body, Expr.Name.class).stream()
            .filter(n -> ctx.types().info().use(n) == v)
            .toList();
    return uses.size() == 1 ? uses.getFirst() : null;
  }

  /** What becomes of the string, or null if it may be kept. */
  private static @Nullable String use(RuleContext ctx, Expr call) {
    Node child = call;
    Node p = ctx.tree().parent(call);
    while (p instanceof Expr.ParenExpr
        || (p instanceof Expr.CallExpr c && ctx.types().isConversion(c))) {
      child = p;
      p = ctx.tree().parent(p);
    }
    if (p instanceof Stmt.AssignStmt s && s.op() == Operator.DEF && Tree.same(child, call)) {
      Expr.Name only = onlyUse(ctx, s);
      return only == null ? null : use(ctx, only);
    }
    if (p instanceof Expr.BinaryExpr b && b.op() == Operator.ADD) {
      return "concatenated to another";
    }
    boolean isBytes = Types.isBytes(ctx.types().of((Expr) child));
    if (!(p instanceof Expr.CallExpr outer) || !outer.args().contains(child)) {
      return isBytes ? COPIED : null;
    }
    if (Format.of(ctx.types(), outer) != null) {
      return "formatted again by " + ExprPrinter.toString(outer.fun());
    }
    if (ctx.types().builtin(outer) == BuiltinId.APPEND && outer.hasDots()) {
      return APPENDED;
    }
    Func f = ctx.types().callee(outer);
    boolean writes =
        f != null
            && WRITES.contains(f.name())
            && (f.signature().recv() != null
                || ctx.types().isCall(Syntax.unparen(outer), "io", "WriteString"));
    if (writes) {
      return WRITTEN;
    }
    return isBytes ? COPIED : null;
  }
}
