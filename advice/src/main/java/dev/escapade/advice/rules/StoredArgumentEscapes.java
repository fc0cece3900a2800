package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * A string or slice that is built as an argument is kept by the callee: nothing at the call says
 * so, and every call allocates.
 */
final class StoredArgumentEscapes extends SimpleRule {
  StoredArgumentEscapes() {
    super(
        "stored-argument-escapes",
        Question.WHO,
        Severity.INFO,
        "a value built for a call is kept by the callee");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      boolean built =
          switch (site.kind()) {
            case CONCATENATION, BYTES_TO_STRING, STRING_TO_BYTES, SLICE_LITERAL -> true;
            default -> false; // said by other rules
          };
      if (built && site.onHeap() && !site.isInlined()) {
        Expr at = ctx.expression(site);
        Expr.CallExpr call = at == null ? null : call(ctx, at);
        Way way = call == null ? Way.UNKNOWN : ctx.ways().of(site);
        if (at != null
            && call != null
            && !(at instanceof Expr.CompositeLit lit && lit.elems().isEmpty())
            && (way.end() == Way.End.STORED || way.end() == Way.End.GLOBAL)) {
          report(ctx, site.kind(), at, call, way);
        }
      }
    }
  }

  /** The call of a function whose argument {@code at} is, or null. */
  private static Expr.@Nullable CallExpr call(RuleContext ctx, Expr at) {
    Node child = at;
    Node p = ctx.tree().parent(at);
    while (p instanceof Expr.ParenExpr
        || (p instanceof Expr.BinaryExpr && child instanceof Expr.BinaryExpr)) {
      child = p;
      p = ctx.tree().parent(p);
    }
    return p instanceof Expr.CallExpr call
            && ctx.types().builtin(call) == null
            && !ctx.types().isConversion(call)
            && call.args().contains(child)
            && !isBoxed(ctx, call, call.args().indexOf(child))
        ? call
        : null;
  }

  /** The parameter is an interface: its box is what others tell of. */
  private static boolean isBoxed(RuleContext ctx, Expr.CallExpr call, int index) {
    Signature s = ctx.types().signature(call);
    if (s == null || s.params().len() == 0) {
      return false;
    }
    Type t = s.params().at(Math.min(index, s.params().len() - 1)).type();
    boolean isElement = s.variadic() && index >= s.params().len() - 1 && !call.hasDots();
    return Predicates.isInterface(isElement && t instanceof Slice list ? list.elem() : t);
  }

  private void report(RuleContext ctx, Site.Kind kind, Expr at, Expr.CallExpr call, Way way) {
    String callee = ExprPrinter.toString(call.fun());
    var report =
        ctx.report(this, at)
            .warnInLoop()
            .because(way.steps())
            .cost(1, Cost.UNKNOWN, free(ctx, kind, at));
    if (mayBeSame(ctx, at)) {
      report.fix(
          at instanceof Expr.CompositeLit
              ? "if it is the same each time, and nobody changes it, build it once and hand that"
                  + " over"
              : "if it is the same each time, build it once and hand that over",
          "no allocation at this call");
    }
    report.message(RuleContext.text(at) + " is built for " + callee + ", which may keep it");
  }

  /** For which values the run-time system needs no memory. */
  private static String free(RuleContext ctx, Site.Kind kind, Expr at) {
    return switch (kind) {
      case BYTES_TO_STRING -> isLonger(ctx, at) ? "" : "none for less than 2 bytes";
      case STRING_TO_BYTES -> isFilled(ctx, at) ? "" : "none for an empty string";
      case CONCATENATION ->
          texts(ctx, at) > 1 ? "" : "none if not more than one of the parts has any bytes";
      default -> "";
    };
  }

  /** A conversion of a whole array, or of a part that is always longer than a byte. */
  private static boolean isLonger(RuleContext ctx, Expr at) {
    if (!(at instanceof Expr.CallExpr call)
        || call.args().size() != 1
        || !(Syntax.unparen(call.args().getFirst()) instanceof Expr.SliceExpr s)) {
      return false;
    }
    Type sliced = ctx.types().of(s.x());
    long low = s.low() == null ? 0 : ctx.types().intOr(s.low(), -1);
    long high =
        s.high() != null
            ? ctx.types().intOr(s.high(), -1)
            : sliced != null && Types.deref(sliced.underlying()).underlying() instanceof Array a
                ? a.len()
                : -1;
    return low >= 0 && high - low > 1;
  }

  /** Some part of the string is a constant with bytes. */
  private static boolean isFilled(RuleContext ctx, Expr at) {
    return at instanceof Expr.CallExpr call
        && call.args().size() == 1
        && texts(ctx, call.args().getFirst()) > 0;
  }

  /** The constants in a concatenation that have bytes. */
  private static int texts(RuleContext ctx, Expr e) {
    String text = ctx.types().stringOf(e);
    if (text != null) {
      return text.isEmpty() ? 0 : 1;
    }
    return Syntax.unparen(e) instanceof Expr.BinaryExpr b
        ? texts(ctx, b.x()) + texts(ctx, b.y())
        : 0;
  }

  /** It is made of what is there before the call of the function: other values are new ones. */
  private static boolean mayBeSame(RuleContext ctx, Expr at) {
    return !Tree.any(
        at,
        n ->
            switch (n) {
              case Expr.CallExpr c -> !ctx.types().isConversion(c);
              case Expr.Name name -> isOfOneCall(ctx.types().variable(name));
              default -> false; // constants, types
            });
  }

  private static boolean isOfOneCall(@Nullable Var v) {
    return v != null
        && switch (v.kind()) {
          case LOCAL, PARAM, RESULT -> true;
          case PACKAGE, FIELD, RECV -> false;
        };
  }
}
