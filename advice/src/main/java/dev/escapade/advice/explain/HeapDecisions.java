package dev.escapade.advice.explain;

import dev.escapade.advice.Rule;
import dev.escapade.advice.RuleContext;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.RuleInfo;
import dev.escapade.advice.finding.Severity;
import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Node;
import org.jspecify.annotations.Nullable;

/** Lists what is on the heap, what leaks and what can be inlined, in the compiler's words. */
public final class HeapDecisions implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo("decision", "what was decided", Question.WHERE, Severity.NOTE);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(RuleContext ctx) {
    for (Decision d : ctx.unit().log().decisions()) {
      String text = text(d);
      if (text != null && d.pos() > 0) {
        Node node = ctx.tree().files().getFirst();
        for (Node n : ctx.tree().at(d.pos())) {
          node = n;
        }
        ctx.report(this, node, ctx.extents().at(d.pos())).message(text);
      }
    }
  }

  private static @Nullable String text(Decision decision) {
    return switch (decision) {
      case Decision.MovedToHeap d -> "moved to heap: " + d.variable();
      case Decision.EscapesToHeap d -> d.subject() + " escapes to heap";
      case Decision.LeakingParam d -> "leaking param: " + d.parameter();
      case Decision.LeakingParamContent d -> "leaking param content: " + d.parameter();
      case Decision.CanInline d -> "can inline " + d.function();
      case Decision.Devirtualizing d -> "devirtualizing " + d.method() + " to " + d.type();
      default -> null; // follows from these, or costs nothing
    };
  }
}
