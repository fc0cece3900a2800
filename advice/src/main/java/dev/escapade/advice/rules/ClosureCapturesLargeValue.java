package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Esc;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.Struct;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    Set<Integer> moved = new HashSet<>();
    for (Captures.Capture c : ctx.captures().all()) {
      Expr.Name name = ctx.tree().at(c.variable().pos, Expr.Name.class);
      if (name != null
          && c.decision().widthBytes() >= LARGE_BYTES
          && !c.decision().assigned()
          && !c.decision().addrTaken()
          && (c.decision().byValue() || c.variable().esc() == Esc.HEAP)
          && (c.variable().type().underlying() instanceof Struct
              || c.variable().type().underlying() instanceof Array)
          && isRun(ctx, name)
          && (c.decision().byValue() || moved.add(name.pos()))) {
        report(ctx, c, name);
      }
    }
  }

  private static boolean isRun(RuleContext ctx, Expr.Name name) {
    Decl.FuncDecl d = ctx.tree().declaration(name);
    return d == null || ctx.calls().isRunOutOfLine(d);
  }

  /** Other literals on the heap need the variable as a whole. */
  private static boolean isShared(RuleContext ctx, Captures.Capture c) {
    return !c.decision().byValue()
        && ctx.captures().all().stream()
            .anyMatch(other ->
                other.variable().pos == c.variable().pos
                    && !ctx.tree().isWithin(other.literal(), c.literal()));
  }

  /** The variable does not change: its parts can be copied if the literal needs only some. */
  private static @Nullable Fix fix(RuleContext ctx, Captures.Capture c, Expr.Name declared) {
    Var v = ctx.types().defined(declared);
    Map<String, Long> parts = new TreeMap<>();
    for (Expr.Name name : Tree.below(c.literal().body(), Expr.Name.class)) {
      if (v == null || ctx.types().info().use(name) != v) {
        continue;
      }
      Expr part = name;
      while (ctx.tree().parent(part) instanceof Expr p && isPart(ctx, p, part)) {
        part = p;
      }
      parts.put(RuleContext.text(part), ctx.types().sizeBytes(ctx.types().of(part)));
    }
    long size = parts.values().stream().mapToLong(Long::longValue).sum();
    return parts.isEmpty() || size > c.decision().widthBytes() / 2 || size > LARGE_BYTES
        ? null
        : Fix.of(
            "copy what the literal reads, "
                + String.join(", ", parts.keySet())
                + ", to variables before it, and use these in it",
            "the literal takes only " + size + " bytes of " + declared.value() + " along");
  }

  private static boolean isPart(RuleContext ctx, Expr p, Expr part) {
    return switch (p) {
      case Expr.SelectorExpr s ->
          Tree.same(s.x(), part)
              && ctx.types().field(s) != null
              && ctx.types().underlying(part) instanceof Struct;
      case Expr.IndexExpr x ->
          Tree.same(x.x(), part)
              && ctx.types().underlying(part) instanceof Array
              && ctx.types().isConstant(x.index());
      default -> false; // something else is made of it
    };
  }

  private void report(RuleContext ctx, Captures.Capture c, Expr.Name name) {
    long size = c.decision().widthBytes();
    boolean byValue = c.decision().byValue();
    boolean withVariable = !byValue && ctx.captures().isMadeWith(c, name);
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
            withVariable ? 2 : 1,
            ctx.heapBytes(Captures.sizeBytes(c, ctx.types().facts()), true)
                + (withVariable ? ctx.heapBytes(c.variable().type()) : 0),
            byValue || withVariable
                ? ""
                : "the function literal; the variable is another one, made where it is declared")
        .fix(isShared(ctx, c) ? null : fix(ctx, c, name))
        .message(
            "the function literal takes all "
                + size
                + " bytes of "
                + name.value()
                + " to the heap");
  }
}
