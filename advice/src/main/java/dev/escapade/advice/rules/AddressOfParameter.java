package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Sites;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Var;
import java.util.List;
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

  private static boolean isRoot(RuleContext ctx, Node n, Var v) {
    return n instanceof Expr.Name name && ctx.types().info().use(name) == v;
  }

  private static String advice(Way way, boolean makesPointer) {
    if (makesPointer) {
      return "return the value, where its callers can do without a pointer";
    }
    return way.end() == Way.End.STORED
        ? "keep the value there, and whether it is set, or take a pointer"
        : "take a pointer";
  }

  /** {@code func pointer(x T) *T { return &x }} is there to make a pointer. */
  private static boolean isMakerOfPointers(RuleContext ctx, Expr address, Way way) {
    Node p = ctx.tree().parentSkippingParens(address);
    return way.end() == Way.End.RETURNED
        && (p instanceof Stmt.ReturnStmt
            || (p instanceof Expr.ListExpr list
                && ctx.tree().parent(list) instanceof Stmt.ReturnStmt));
  }

  private static boolean isChanged(RuleContext ctx, Decl.FuncDecl d, Expr.Name name) {
    Var v = ctx.types().defined(name);
    return v != null
        && Tree.below(d, Stmt.AssignStmt.class).stream()
            .flatMap(s -> Syntax.unpackList(s.lhs()).stream())
            .anyMatch(lhs -> Tree.any(lhs, n -> isRoot(ctx, n, v)));
  }

  private void report(RuleContext ctx, Site site, Expr.Name name, Expr address, Decl.FuncDecl d) {
    Way way = ctx.ways().of(site);
    boolean isFree = d.recv() == null;
    ctx.report(this, name)
        .because(address, "its address is taken: " + RuleContext.text(address))
        .because(way.steps())
        .cost(1, ctx.types().sizeBytes(Sites.type(site)), "")
        .fix(
            new Fix(
                advice(way, isMakerOfPointers(ctx, address, way))
                    + (isFree ? "" : ", where no interface asks for the method as it is"),
                isMakerOfPointers(ctx, address, way)
                    ? "no allocation"
                    : "no allocation where the callers have the value on the heap already",
                isChanged(ctx, d, name) ? "what the function changes of it, the caller sees" : "",
                List.of()))
        .message(
            "parameter "
                + name.value()
                + " is copied to the heap in each call, because its address outlives the call");
  }
}
