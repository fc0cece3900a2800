package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.ir.Esc;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
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
          && seen.add(c.variable().pos)) {
        boolean together = Tree.same(ctx.tree().function(name), ctx.tree().function(c.literal()));
        report(ctx, c, name, together && literals.add(c.literal().pos()));
      }
    }
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
        .because(literal, "captured by reference, as it is assigned after it is declared")
        .because(way.steps())
        .cost(
            first ? 2 : 1,
            ctx.heapBytes(c.variable().type())
                + (first ? ctx.heapBytes(Captures.sizeBytes(c, ctx.types().facts()), true) : 0),
            first
                ? "the variable, and the function literal for all that it captures"
                : "the variable, without the function literal")
        .fix(fix(ctx, c, name, way))
        .message(
            name.value()
                + " is on the heap: a function literal that outlives it "
                + (isAssignedIn(ctx, c.literal(), name)
                    ? "changes it"
                    : "shares it, as it is assigned again"));
  }

  /**
   * Who takes a function cannot take something else, unless it is this package's to change; then
   * only what the function shares can be put together.
   */
  private static @Nullable Fix fix(RuleContext ctx, Captures.Capture c, Expr.Name name, Way way) {
    long together =
        ctx.captures().all().stream()
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
    return switch (way.end()) {
      case RETURNED ->
          Fix.of(
              "return a small struct with the variable and a method instead of the function, where"
                  + " the callers can take it",
              "no allocation if the struct stays in the caller's frame, one otherwise");
      case INTERFACE_CALL, FUNCTION_VALUE ->
          Fix.of(
              "write a loop instead of the function literal, where what calls it offers one",
              "no allocation");
      case CALLEE -> null; // its parameter is a function
      default ->
          Fix.of(
              "keep a small struct with the variable and a method instead of the function, where"
                  + " nothing asks for a function",
              "1 allocation instead of 2");
    };
  }

  /** Declared in the same function and the same loop. */
  private static boolean isBeside(RuleContext ctx, Captures.Capture other, Expr.Name name) {
    Expr.Name declared = ctx.tree().at(other.variable().pos, Expr.Name.class);
    Var v = ctx.types().defined(declared);
    return declared != null
        && v != null
        && v.kind() == VarKind.LOCAL
        && Tree.same(ctx.tree().function(declared), ctx.tree().function(name))
        && Tree.same(ctx.tree().loop(declared), ctx.tree().loop(name));
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
