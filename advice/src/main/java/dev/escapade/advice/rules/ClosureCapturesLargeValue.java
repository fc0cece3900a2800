package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Esc;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.Struct;

/**
 * A function literal that outlives the frame takes a large variable along: up to 128 bytes as a
 * copy, beyond that the variable itself is moved to the heap.
 */
final class ClosureCapturesLargeValue extends SimpleRule {
  private static final long LARGE_BYTES = 96;

  ClosureCapturesLargeValue() {
    super(
        "closure-captures-large-value",
        Question.WHERE,
        Severity.INFO,
        "a function literal on the heap takes a large variable along");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Captures.Capture c : ctx.captures().all()) {
      Expr.Name name = ctx.tree().at(c.variable().pos, Expr.Name.class);
      if (name != null
          && c.decision().widthBytes() >= LARGE_BYTES
          && !c.decision().assigned()
          && !c.decision().addrTaken()
          && (c.decision().byValue() || c.variable().esc() == Esc.HEAP)
          && (c.variable().type().underlying() instanceof Struct
              || c.variable().type().underlying() instanceof Array)) {
        report(ctx, c, name);
      }
    }
  }

  private void report(RuleContext ctx, Captures.Capture c, Expr.Name name) {
    long size = c.decision().widthBytes();
    boolean byValue = c.decision().byValue();
    ctx.report(this, c.literal(), ctx.extents().at(c.literal().pos()))
        .warnInLoop()
        .because(
            name,
            name.value()
                + (byValue
                    ? " is copied into the function literal"
                    : " is moved to the heap, as it is too large to be copied"))
        .because(c.closure())
        .cost(
            byValue ? 1 : 2,
            ctx.heapBytes(Captures.sizeBytes(c, ctx.types().facts()), true)
                + (byValue ? 0 : ctx.heapBytes(c.variable().type())),
            "")
        .fix(
            "capture a pointer that exists already, or only the fields that are needed",
            "1 small allocation")
        .message(
            "the function literal takes all "
                + size
                + " bytes of "
                + name.value()
                + " to the heap");
  }
}
