package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;

/** What is linked into a package variable lives on the heap, as it has to: told, not blamed. */
final class GlobalStoreEscapes extends SimpleRule {
  GlobalStoreEscapes() {
    super(
        "global-store-escapes",
        Question.WHO,
        Severity.NOTE,
        "a value is kept by a package variable, and so is on the heap");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.onHeap()
          && !site.isInlined()
          && (site.kind() == Site.Kind.NEW || site.kind() == Site.Kind.VARIABLE)) {
        Way way = ctx.ways().of(site);
        Expr at = ctx.tree().at(site.pos(), Expr.class);
        if (way.end() == Way.End.GLOBAL && at != null) {
          Type t = Sites.type(site);
          Type made = t instanceof Pointer p && site.kind() == Site.Kind.NEW ? p.elem() : t;
          boolean isAlways = isAlwaysStored(ctx, at, way);
          ctx.report(this, at)
              .because(way.steps())
              .cost(
                  1,
                  ctx.types().sizeBytes(made),
                  isAlways
                      ? "needed for as long as the variable keeps it"
                      : "needed where the variable keeps it")
              .message(
                  (site.kind() == Site.Kind.NEW ? RuleContext.text(at) : site.text())
                      + (isAlways
                          ? " is on the heap, as it has to be: package variable "
                          : " is on the heap, because package variable ")
                      + way.keeper()
                      + (isAlways ? " keeps it" : " may keep it"));
        }
      }
    }
  }

  /** The statement that stores it comes next to the one that makes it, or is the same. */
  private static boolean isAlwaysStored(RuleContext ctx, Expr at, Way way) {
    Stmt made = ctx.tree().listed(at);
    Node stored = ctx.tree().at(way.endPos(), Node.class);
    Stmt end = stored == null ? null : ctx.tree().listed(stored);
    return made != null
        && end != null
        && (Tree.same(made, end)
            || ctx.tree().following(made).stream().anyMatch(s -> Tree.same(s, end)));
  }
}
