package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Esc;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A variable that changes is captured by a function literal that outlives the frame: the variable
 * and the literal are both on the heap. Goroutines share variables on purpose, and are left out.
 */
final class ClosureCapturesByReference extends SimpleRule {
  ClosureCapturesByReference() {
    super(
        "closure-captures-by-reference",
        Question.WHERE,
        Severity.INFO,
        "a variable that changes is captured by a function literal on the heap");
  }

  @Override
  public void check(RuleContext ctx) {
    Set<Integer> seen = new HashSet<>();
    Set<Integer> literals = new HashSet<>();
    for (Captures.Capture c : ctx.captures().all()) {
      Expr.Name name = ctx.tree().at(c.variable().pos, Expr.Name.class);
      Decl.FuncDecl d = name == null ? null : ctx.tree().declaration(name);
      if (name != null
          && d != null
          && !c.decision().byValue()
          && c.decision().assigned()
          && c.variable().esc() == Esc.HEAP
          && !Captures.isGoOrDefer(ctx.tree(), c.literal())
          && !isStarted(ctx, c.literal())
          && ctx.ways().of(c.closure()).end() != Way.End.GOROUTINE
          && ctx.calls().isRunOutOfLine(d)
          && !isOnHeapAnyway(ctx, c, name)
          && seen.add(c.variable().pos)) {
        boolean together = ctx.captures().isMadeWith(c, name);
        report(ctx, c, name, together && literals.add(c.literal().pos()));
      }
    }
  }

  /** Its address goes somewhere else, too, or may. */
  private static boolean isOnHeapAnyway(RuleContext ctx, Captures.Capture c, Expr.Name name) {
    if (!c.decision().addrTaken()) {
      return false;
    }
    Var v = ctx.types().defined(name);
    Node around = ctx.tree().declaration(name);
    Site variable = ctx.sites().at(name.pos(), Site.Kind.VARIABLE);
    List<CauseStep> steps = variable == null ? List.of() : ctx.ways().of(variable).steps();
    return v == null
        || around == null
        || steps.isEmpty()
        || !steps.getFirst().text().startsWith("captured")
        || Tree.any(
            around,
            n ->
                (n instanceof Expr.UnaryExpr u
                        && u.op() == Operator.AND
                        && ctx.types().isPartOf(u.x(), v))
                    || (n instanceof Expr.SliceExpr x
                        && ctx.types().underlying(x.x()) instanceof Array
                        && ctx.types().isPartOf(x.x(), v)));
  }

  /** {@code work := func() {…}; go work()}. */
  private static boolean isStarted(RuleContext ctx, Expr.FuncLit literal) {
    Var v = new Uses(ctx.tree(), ctx.types()).variable(literal);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(literal));
    return v != null
        && body != null
        && Tree.below(body, Stmt.CallStmt.class).stream()
            .anyMatch(s ->
                !s.defer()
                    && Syntax.unparen(s.call()) instanceof Expr.CallExpr call
                    && ctx.types().isUse(call.fun(), v));
  }

  /**
   * Reports a variable.
   *
   * @param first whether the literal is counted with it: it is the first that the literal shares,
   *     and they are made by the same function
   */
  private void report(RuleContext ctx, Captures.Capture c, Expr.Name name, boolean first) {
    Way way = ctx.ways().of(c.closure());
    Node literal = c.literal();
    ctx.report(this, name)
        .warnInLoop()
        .because(
            literal,
            "captured by reference, as it is assigned after it is declared" + orTooLarge(c))
        .because(way.steps())
        .cost(
            first ? 2 : 1,
            ctx.heapBytes(c.variable().type())
                + (first ? ctx.heapBytes(Captures.sizeBytes(c, ctx.types().facts()), true) : 0),
            first
                ? "the variable, and the function literal for all that it captures"
                : "the variable; the function literals that share it are not counted here")
        .fix(fix(ctx, c, name, way))
        .message(
            name.value()
                + " is on the heap: a function literal that may outlive it "
                + (isAssignedIn(ctx, c.literal(), name)
                    ? "changes it"
                    : "shares it, as it is assigned again" + orTooLarge(c)));
  }

  private static String orTooLarge(Captures.Capture c) {
    return c.decision().widthBytes() > CapturedCopy.BY_VALUE_BYTES
        ? ", and too large to be copied"
        : "";
  }

  /**
   * Who takes a function cannot take something else: what it shares can be put together, or copied
   * if it does not change any more.
   */
  private static @Nullable Fix fix(RuleContext ctx, Captures.Capture c, Expr.Name name, Way way) {
    long together =
        !isBeside(ctx, c, name)
            ? 0
            : ctx.captures().all().stream()
                .filter(other ->
                    Tree.same(other.literal(), c.literal())
                        && !other.decision().byValue()
                        && other.variable().esc() == Esc.HEAP
                        && isBeside(ctx, other, name))
                .count();
    if (together > 1) {
      return Fix.of(
          "declare the variables that the literal shares as fields of one struct variable",
          "1 allocation instead of " + together + " for these variables");
    }
    Fix copy = new CapturedCopy(ctx).fix(c, name);
    if (copy != null) {
      return copy;
    }
    return way.end() == Way.End.RETURNED && isOnlyCalled(ctx, c.literal())
        ? Fix.of(
            "return a small struct with the variable and a method instead of the function",
            "no allocation if the struct stays in the caller's frame, one otherwise")
        : null;
  }

  /** All callers of the function that returns the literal just call what they get. */
  private static boolean isOnlyCalled(RuleContext ctx, Expr.FuncLit literal) {
    Func f =
        ctx.tree().function(literal) instanceof Decl.FuncDecl d ? ctx.calls().function(d) : null;
    Decl.FuncDecl d = ctx.tree().declaration(literal);
    return f != null
        && d != null
        && !ctx.visibility().isApi(f)
        && !ctx.visibility().isAskedFor(d, f)
        && !ctx.calls().of(f).isEmpty()
        && ctx.calls().of(f).stream().allMatch(call -> isOnlyCalled(ctx, call));
  }

  private static boolean isOnlyCalled(RuleContext ctx, Expr.CallExpr maker) {
    Var v = new Uses(ctx.tree(), ctx.types()).variable(maker);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(maker));
    return v != null
        && body != null
        && v.kind() == VarKind.LOCAL
        && Tree.below(body, Expr.Name.class).stream()
            .filter(name -> ctx.types().info().use(name) == v)
            .allMatch(name ->
                ctx.tree().parentSkippingParens(name) instanceof Expr.CallExpr call
                    && Tree.same(Syntax.unparen(call.fun()), name));
  }

  /** Declared in the same function and the same loop. */
  private static boolean isBeside(RuleContext ctx, Captures.Capture other, Expr.Name name) {
    Expr.Name declared = ctx.tree().at(other.variable().pos, Expr.Name.class);
    Var v = ctx.types().defined(declared);
    return declared != null
        && v != null
        && v.kind() == VarKind.LOCAL
        && !isOfRound(ctx, declared)
        && Tree.same(ctx.tree().function(declared), ctx.tree().function(name))
        && Tree.same(ctx.tree().loop(declared), ctx.tree().loop(name));
  }

  /** Each round has its own variable of a loop. */
  private static boolean isOfRound(RuleContext ctx, Expr.Name declared) {
    Stmt.ForStmt loop = ctx.tree().enclosing(declared, Stmt.ForStmt.class);
    return loop != null && loop.init() != null && ctx.tree().isWithin(declared, loop.init());
  }

  private static boolean isAssignedIn(RuleContext ctx, Expr.FuncLit literal, Expr.Name name) {
    Var v = ctx.types().defined(name);
    return v != null
        && Tree.any(
            literal.body(),
            n ->
                n instanceof Stmt.AssignStmt s
                    && Syntax.unpackList(s.lhs()).stream()
                        .anyMatch(lhs -> ctx.types().isPartOf(lhs, v)));
  }
}
