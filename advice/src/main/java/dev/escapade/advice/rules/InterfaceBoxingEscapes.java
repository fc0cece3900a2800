package dev.escapade.advice.rules;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxing.Box;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Site.Kind;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that is no pointer becomes an interface that outlives the frame, so a box for it is made
 * on the heap. Arguments of variadic calls are left to {@link VariadicAnyBoxing}, errors and panics
 * to nobody.
 */
final class InterfaceBoxingEscapes implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "interface-boxing-escapes",
          "a value is boxed on the heap to become an interface",
          Question.WHERE,
          Severity.INFO);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(RuleContext ctx) {
    Set<Integer> seen = new HashSet<>();
    for (Site site : ctx.sites().all()) {
      if (site.kind() == Kind.BOX
          && site.onHeap()
          && site.node() instanceof ConvExpr box
          && box.x instanceof ExprNode value
          && ctx.boxing().of(box) != Box.NEVER) {
        Expr at = place(ctx, site);
        if (at != null && !isLeftToOthers(ctx, at) && seen.add(site.outerPos())) {
          report(ctx, site, at, box, value.type());
        }
      }
    }
  }

  /** The expression of this package that is boxed, or the call that brings the box in. */
  private static @Nullable Expr place(RuleContext ctx, Site site) {
    Expr best = null;
    for (Node n : ctx.tree().at(site.outerPos())) {
      if (n instanceof Expr e) {
        best = site.isInlined() && !(e instanceof Expr.CallExpr) ? best : e;
      }
    }
    return best;
  }

  private static boolean isLeftToOthers(RuleContext ctx, Expr at) {
    Node child = at;
    for (Node p = ctx.tree().parent(at); p != null; child = p, p = ctx.tree().parent(p)) {
      if (p instanceof Expr.CallExpr call && !Tree.same(child, call.fun())) {
        return ctx.types().builtin(call) == BuiltinId.PANIC || isVariadicArgument(ctx, call, child);
      }
      if (!(p instanceof Expr.ParenExpr)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isVariadicArgument(RuleContext ctx, Expr.CallExpr call, Node arg) {
    Signature sig = ctx.types().signature(call);
    return sig != null
        && sig.variadic()
        && !call.hasDots()
        && call.args().indexOf(arg) >= sig.params().len() - 1;
  }

  private void report(RuleContext ctx, Site site, Expr at, ConvExpr box, Type type) {
    Way way = ctx.ways().of(site);
    if (way.end() == Way.End.PANIC || Types.isError(box.type())) {
      return;
    }
    boolean freeIfSmall = ctx.boxing().of(box) == Box.UNLESS_SMALL;
    long size = ctx.types().sizeBytes(type);
    String name = ctx.types().text(type);
    String what =
        site.isInlined()
            ? "the inlined call boxes a " + name
            : RuleContext.text(at) + " (" + name + ") is boxed";
    ctx.report(this, at)
        .warnInLoop()
        .because(way.steps())
        .cost(1, size, freeIfSmall ? "none for integers below 256 and empty values" : "")
        .fix(fix(way), "no allocation")
        .message(what + " on the heap to become " + ctx.types().text(box.type()));
  }

  private static String fix(Way way) {
    return switch (way.end()) {
      case GLOBAL, STORED ->
          "keep it in a variable or field of its own type, or store a pointer that exists already";
      case RETURNED -> "return the concrete type";
      case INTERFACE_CALL, FUNCTION_VALUE ->
          "pass a pointer that exists already, or take the concrete type in the callee";
      case SENT -> "make it a channel of the concrete type";
      default -> "take the concrete type on this path, or pass a pointer that exists already";
    };
  }
}
