package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Guards;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to one element of a slice that was given or made here is returned or kept: all elements
 * stay alive with it. Slices in fields live on with their owner, and are left out.
 */
final class ElementPointerPinsArray extends SimpleRule {
  ElementPointerPinsArray() {
    super(
        "element-pointer-pins-array",
        Question.WHO,
        Severity.INFO,
        "a pointer to one element keeps all elements alive");
  }

  @Override
  public void check(RuleContext ctx) {
    Uses uses = new Uses(ctx.tree(), ctx.types());
    for (Expr.UnaryExpr e : ctx.tree().all(Expr.UnaryExpr.class)) {
      if (e.op() != Operator.AND
          || !(element(ctx, e.x()) instanceof Expr.IndexExpr x)
          || !(ctx.types().underlying(x.x()) instanceof Slice s)) {
        continue;
      }
      Var slice = ctx.types().variable(x.x());
      if (slice != null
          && (slice.kind() == VarKind.LOCAL || slice.kind() == VarKind.PARAM)
          && !uses.isKept(slice, e)
          && !isEach(ctx, e, x)
          && !isChanged(ctx, uses, e)
          && !isOfOwner(ctx, slice, e)
          && !isOnly(ctx, x)
          && (isKept(ctx, e) || isNameKept(ctx, uses, e))) {
        ctx.report(this, e)
            .cost(
                Cost.UNKNOWN,
                Cost.UNKNOWN,
                "all elements of "
                    + slice.name()
                    + " ("
                    + ctx.types().sizeBytes(s.elem())
                    + " bytes each) live as long as this pointer")
            .fix(
                new Fix(
                    "return or keep a copy of the element",
                    "the array can be collected, once nothing else has it; the copy is an"
                        + " allocation of its own",
                    "changes of the copy do not show in the slice, nor the other way round",
                    List.of()))
            .message(
                RuleContext.text(e) + " keeps all of " + slice.name() + " alive, not one element");
      }
    }
  }

  /** The loop's own index, of a slice from outside, and no way out: all elements are wanted. */
  private static boolean isEach(RuleContext ctx, Expr e, Expr.IndexExpr x) {
    Stmt.ForStmt loop = ctx.tree().loop(e);
    Var index = ctx.types().variable(x.index());
    return loop != null
        && index != null
        && ctx.tree().isInLoop(e)
        && loop.init() != null
        && Tree.any(loop.init(), n -> n instanceof Expr n2 && ctx.types().defined(n2) == index)
        && ctx.tree().enclosing(e, Stmt.IfStmt.class) == null
        && Tree.belowInFunction(loop.body(), Stmt.ReturnStmt.class).isEmpty();
  }

  /** The element is changed by way of the pointer: a copy would not do. */
  private static boolean isChanged(RuleContext ctx, Uses uses, Expr e) {
    Var v = uses.variable(e);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    return v != null
        && body != null
        && Tree.below(body, Stmt.AssignStmt.class).stream()
            .flatMap(s -> Syntax.unpackList(s.lhs()).stream())
            .anyMatch(lhs ->
                !(Syntax.unparen(lhs) instanceof Expr.Name)
                    && Tree.any(lhs, n -> n instanceof Expr x && ctx.types().isUse(x, v)));
  }

  /** The slice is a part of what the callee's receiver has, or a package variable. */
  private static boolean isOfOwner(RuleContext ctx, Var slice, Expr e) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    return body != null
        && Tree.below(body, Stmt.AssignStmt.class).stream()
            .anyMatch(s ->
                ctx.types().variable(s.lhs()) == slice
                    && Types.singleRight(s) != null
                    && isPartOfOwner(ctx, Types.singleRight(s)));
  }

  private static boolean isPartOfOwner(RuleContext ctx, @Nullable Expr value) {
    return switch (value == null ? null : Syntax.unparen(value)) {
      case Expr.CallExpr call -> returnsOwned(ctx, call);
      case Expr e -> isOwned(ctx, e);
      case null -> false;
    };
  }

  /** {@code if len(s) == 1}, or no way on otherwise: the element is all. */
  private static boolean isOnly(RuleContext ctx, Expr.IndexExpr x) {
    String slice = RuleContext.text(x.x());
    Var v = ctx.types().variable(x.x());
    if (v != null
        && new Guards(ctx.tree(), ctx.types())
            .before(x, v).stream().anyMatch(fact -> isOne(ctx, fact, v))) {
      return true;
    }
    for (Node n = x; n != null; n = ctx.tree().parent(n)) {
      if (ctx.tree().parent(n) instanceof Stmt.IfStmt i
          && Tree.same(i.then(), n)
          && Tree.any(
              i.cond(),
              c ->
                  c instanceof Expr.BinaryExpr b
                      && b.op() == Operator.EQL
                      && b.x() instanceof Expr.CallExpr len
                      && ctx.types().builtin(len) == BuiltinId.LEN
                      && RuleContext.text(len.args().getFirst()).equals(slice)
                      && ctx.types().intOr(b.y(), -1) == 1)) {
        return true;
      }
    }
    return false;
  }

  /** What is known of the length leaves no more than one element. */
  private static boolean isOne(RuleContext ctx, Guards.Fact fact, Var v) {
    long n = ctx.types().intOr(fact.test().y(), -1);
    return fact.test().x() instanceof Expr.CallExpr len
        && ctx.types().builtin(len) == BuiltinId.LEN
        && ctx.types().isUse(len.args().getFirst(), v)
        && switch (fact.test().op()) {
          case EQL -> fact.holds() && n == 1;
          case NEQ, GTR -> !fact.holds() && n == 1;
          case LSS -> fact.holds() && n == 2;
          case GEQ -> !fact.holds() && n == 2;
          case LEQ -> fact.holds() && n == 1;
          default -> false; // no comparison
        };
  }

  private static boolean returnsOwned(RuleContext ctx, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    Decl.FuncDecl d = f == null ? null : ctx.calls().declaration(f);
    return d != null
        && d.body() != null
        && Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class).stream()
            .anyMatch(r -> r.results() != null && isOwned(ctx, Syntax.unparen(r.results())));
  }

  private static boolean isOwned(RuleContext ctx, Expr e) {
    return switch (e) {
      case Expr.SliceExpr s -> isOwned(ctx, Syntax.unparen(s.x()));
      case Expr.SelectorExpr s -> ctx.types().field(s) != null || ctx.types().global(s) != null;
      case Expr.Name n -> ctx.types().global(n) != null;
      default -> false; // made for the caller
    };
  }

  /** The element of which {@code e} is all or a field; or null. */
  private static @Nullable Expr element(RuleContext ctx, Expr e) {
    Expr x = Syntax.unparen(e);
    while (x instanceof Expr.SelectorExpr s
        && ctx.types().field(s) != null
        && !(ctx.types().underlying(s.x()) instanceof Pointer)) {
      x = Syntax.unparen(s.x());
    }
    return x;
  }

  /** A variable for the pointer is returned or stored as it is. */
  private static boolean isNameKept(RuleContext ctx, Uses uses, Expr e) {
    Var v = uses.variable(e);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    return v != null
        && body != null
        && (v.kind() == VarKind.LOCAL || v.kind() == VarKind.RESULT)
        && Tree.below(body, Expr.Name.class).stream()
            .anyMatch(name -> ctx.types().info().use(name) == v && isKept(ctx, name));
  }

  private static boolean isKept(RuleContext ctx, Expr e) {
    Node p = ctx.tree().parentSkippingParens(e);
    return switch (p) {
      case Stmt.ReturnStmt _ -> true;
      case Expr.ListExpr l -> ctx.tree().parent(l) instanceof Stmt.ReturnStmt;
      case Stmt.AssignStmt s ->
          Tree.same(s.rhs() == null ? null : Syntax.unparen(s.rhs()), e)
              && isStored(ctx, Syntax.unparen(s.lhs()));
      case null, default -> false; // used here
    };
  }

  private static boolean isStored(RuleContext ctx, Expr target) {
    return switch (target) {
      case Expr.SelectorExpr _ -> true;
      case Expr.Name n -> ctx.types().global(n) != null;
      case Expr.IndexExpr x -> {
        Var v = ctx.types().variable(x.x());
        yield v == null || v.kind() == VarKind.PACKAGE;
      }
      default -> false; // a list, or through a pointer
    };
  }
}
