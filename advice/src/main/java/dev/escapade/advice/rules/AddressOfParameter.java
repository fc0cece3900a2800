package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/**
 * The address of a parameter that is passed by value outlives the call: the copy is on the heap.
 */
final class AddressOfParameter extends SimpleRule {
  AddressOfParameter() {
    super(
        "address-of-parameter",
        Question.WHERE,
        Severity.INFO,
        "the address of a parameter is kept, so that its copy is made on the heap");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Site site : ctx.sites().all()) {
      if (site.kind() == Site.Kind.VARIABLE
          && !site.isInlined()
          && site.node() instanceof Name n
          && isParameter(n)) {
        Expr.Name name = ctx.tree().at(site.pos(), Expr.Name.class);
        Decl.FuncDecl d = name == null ? null : ctx.tree().declaration(name);
        Expr address =
            name != null && ctx.types().info().def(name) instanceof Var v ? address(ctx, v) : null;
        if (name != null && d != null && address != null && ctx.calls().isRunOutOfLine(d)) {
          report(ctx, site, name, address, d);
        }
      }
    }
  }

  /** Reports whether a variable is a parameter, or was one before it was moved to the heap. */
  static boolean isParameter(Name n) {
    return n.storage == StorageClass.PARAM
        || (n.storage == StorageClass.AUTOHEAP && n.heapAddr != null);
  }

  /** Where the address is taken, or null if it is taken by a capture. */
  private static @Nullable Expr address(RuleContext ctx, Var v) {
    for (Expr.UnaryExpr u : ctx.tree().all(Expr.UnaryExpr.class)) {
      if (u.op() == Operator.AND && Tree.any(u.x(), n -> isRoot(ctx, n, v))) {
        return u;
      }
    }
    return null;
  }

  private static boolean isRoot(RuleContext ctx, dev.escapade.syntax.Node n, Var v) {
    return n instanceof Expr.Name name && ctx.types().info().use(name) == v;
  }

  private void report(RuleContext ctx, Site site, Expr.Name name, Expr address, Decl.FuncDecl d) {
    Way way = ctx.ways().of(site);
    ctx.report(this, name)
        .because(address, "its address is taken: " + RuleContext.text(address))
        .because(way.steps())
        .cost(1, ctx.types().sizeBytes(Sites.type(site)), "")
        .fix(
            (way.end() == Way.End.STORED
                    ? "keep the value there, and whether it is set, or take a pointer"
                    : "take a pointer")
                + (d.recv() == null ? "" : " where no interface asks for the value")
                + ", so that the caller decides where the value is"
                + (way.end() == Way.End.RETURNED ? ", or return the value" : ""),
            "no copy in each call")
        .message(
            "parameter "
                + name.value()
                + " is copied to the heap in each call, because its address outlives the call");
  }
}
