package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Identity;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
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
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A slice of pointers is filled in a loop with pointers to small fresh values of a type that needs
 * no identity: one allocation for each element where one for all would do.
 */
final class SliceOfPointers extends SimpleRule {
  /** Above, copying a value when the slice grows costs about what the pointer does. */
  private static final long SMALL_BYTES = 64;

  SliceOfPointers() {
    super(
        "slice-of-pointers",
        Question.HOW_MANY,
        Severity.INFO,
        "a slice of pointers to small values, each allocated by itself");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.UnaryExpr e : ctx.tree().all(Expr.UnaryExpr.class)) {
      if (e.op() == Operator.AND && Syntax.unparen(e.x()) instanceof Expr.CompositeLit lit) {
        check(ctx, e, ctx.types().of(lit));
      }
    }
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      if (ctx.types().builtin(call) == BuiltinId.NEW
          && ctx.types().underlying(call) instanceof Pointer p) {
        check(ctx, call, p.elem());
      }
    }
  }

  private void check(RuleContext ctx, Expr e, @Nullable Type elem) {
    if (elem == null
        || !(elem.underlying() instanceof Struct)
        || !ctx.tree().isInLoop(e)
        || !ctx.sites().isOnHeap(e.pos(), Site.Kind.NEW)) {
      return;
    }
    Expr slice = target(ctx, e);
    if (slice != null
        && isSlicePointer(ctx.types().underlying(slice), elem)
        && ctx.types().sizeBytes(elem) <= SMALL_BYTES
        && !new Identity(ctx.tree(), ctx.types()).isNeeded(elem)
        && !isApi(ctx, e)
        && !isForInterface(ctx, slice, elem)
        && isMadeHere(ctx, slice)
        && !isComparedWithNil(ctx, elem)
        && !hasOthers(ctx, e, ctx.types().variable(slice))) {
      report(ctx, e, elem);
    }
  }

  /** The type of an exported field is not the maker's to change. */
  private static boolean isApi(RuleContext ctx, Expr e) {
    Var field = ctx.types().field(target(ctx, e));
    return field != null && field.exported();
  }

  /**
   * The elements are handed on as interfaces, as container/heap does: each would need a box. Or
   * they are the result of a method that an interface asks for.
   */
  private static boolean isForInterface(RuleContext ctx, Expr slice, Type elem) {
    Type t = ctx.types().of(slice);
    Decl.FuncDecl d = ctx.tree().declaration(slice);
    Func f = d == null ? null : ctx.calls().function(d);
    return (t != null && (ctx.types().hasMethod(t, "Push") || ctx.types().hasMethod(t, "Pop")))
        || (d != null
            && f != null
            && d.recv() != null
            && ctx.visibility().isAskedForAnywhere(d, f)
            && f.signature().results().vars().stream()
                .anyMatch(v -> isSlicePointer(v.type().underlying(), elem)))
        || ctx.tree().all(Expr.TypeAssertExpr.class).stream()
            .anyMatch(a -> isPointerTo(ctx.types().of(a.type()), elem));
  }

  /** A local slice that begins as one of somebody else has the type that he gives it. */
  private static boolean isMadeHere(RuleContext ctx, Expr slice) {
    Var v = ctx.types().variable(slice);
    Expr.Name declared = v == null ? null : ctx.tree().at(v.pos(), Expr.Name.class);
    if (v == null || v.isField() || declared == null) {
      return true; // a field of a type of this package
    }
    if (v.kind() == VarKind.PARAM) {
      return false;
    }
    Stmt.AssignStmt s = ctx.tree().enclosing(declared, Stmt.AssignStmt.class);
    Expr value = s == null || s.rhs() == null ? null : Syntax.unparen(s.rhs());
    return !(value instanceof Expr.CallExpr call)
        || ctx.types().builtin(call) != null
        || ctx.types().isConversion(call);
  }

  /** An element may be nil, and that is asked for. */
  private static boolean isComparedWithNil(RuleContext ctx, Type elem) {
    return ctx.tree().all(Expr.BinaryExpr.class).stream()
        .anyMatch(b ->
            (b.op() == Operator.EQL || b.op() == Operator.NEQ)
                && ctx.types().isNil(b.y())
                && isPointerTo(ctx.types().of(b.x()), elem)
                && isElement(ctx, b.x()));
  }

  private static boolean isElement(RuleContext ctx, Expr e) {
    Var v = ctx.types().variable(e);
    Expr.Name declared = v == null ? null : ctx.tree().at(v.pos(), Expr.Name.class);
    return Syntax.unparen(e) instanceof Expr.IndexExpr
        || (declared != null && ctx.tree().enclosing(declared, Stmt.RangeClause.class) != null);
  }

  private static boolean isPointerTo(@Nullable Type t, Type elem) {
    return t != null
        && t.unalias() instanceof Pointer p
        && dev.escapade.types.Predicates.identical(p.elem(), elem);
  }

  /** A function that others call, or that something asks for, has such a slice as its result. */
  private static boolean isResultForOthers(RuleContext ctx, Expr e) {
    Decl.FuncDecl d = ctx.tree().declaration(e);
    Func f = d == null ? null : ctx.calls().function(d);
    return d != null
        && f != null
        && (ctx.visibility().isApi(f) || ctx.visibility().isAskedFor(d, f))
        && f.signature().results().vars().stream()
            .anyMatch(v -> isSlicePointer(v.type().underlying(), made(ctx, e)));
  }

  private static Type made(RuleContext ctx, Expr e) {
    return Types.deref(Objects.requireNonNull(ctx.types().of(e)));
  }

  /** The slice is given pointers to what exists already, too, which somebody else may change. */
  private static boolean hasOthers(RuleContext ctx, Expr e, @Nullable Var slice) {
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    if (slice == null || body == null) {
      return false;
    }
    for (Stmt.AssignStmt s : Tree.below(body, Stmt.AssignStmt.class)) {
      if (Syntax.unparen(s.lhs()) instanceof Expr.IndexExpr x
          && ctx.types().isUse(x.x(), slice)
          && isOther(ctx, e, Types.singleRight(s))) {
        return true;
      }
    }
    for (Expr.CallExpr call : Tree.below(body, Expr.CallExpr.class)) {
      if (ctx.types().builtin(call) == BuiltinId.APPEND
          && ctx.types().isUse(call.args().getFirst(), slice)
          && call.args().stream().skip(1).anyMatch(a -> isOther(ctx, e, a))) {
        return true;
      }
    }
    return false;
  }

  /** A variable that is not the fresh value itself. */
  private static boolean isOther(RuleContext ctx, Expr fresh, @Nullable Expr value) {
    Var v = ctx.types().variable(value);
    return v != null && v != new Uses(ctx.tree(), ctx.types()).variable(fresh) && !isFresh(ctx, v);
  }

  /** Some assignment to a variable makes a new value. */
  private static boolean isFresh(RuleContext ctx, Var v) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr made = Types.singleRight(s);
      if (made != null
          && ctx.types().isTarget(s.lhs(), v)
          && (ctx.types().builtin(made) == BuiltinId.NEW
              || (Syntax.unparen(made) instanceof Expr.UnaryExpr u && u.op() == Operator.AND))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSlicePointer(@Nullable Type slice, Type elem) {
    return slice instanceof Slice s && isPointerTo(s.elem(), elem);
  }

  /** The slice to which {@code e}, or a variable that is only it, is appended; or null. */
  private static @Nullable Expr target(RuleContext ctx, Expr e) {
    Expr slice = element(ctx, e);
    Var v = slice != null ? null : new Uses(ctx.tree(), ctx.types()).variable(e);
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(e));
    if (v == null || body == null || v.kind() != VarKind.LOCAL) {
      return slice;
    }
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v) {
        Expr found = element(ctx, name);
        if (found == null && !(ctx.tree().parent(name) instanceof Expr.SelectorExpr)) {
          return null; // somebody else has it, too
        }
        slice = found == null ? slice : found;
      }
    }
    return slice;
  }

  /** The slice to which {@code e} is appended, or whose element it becomes. */
  private static @Nullable Expr element(RuleContext ctx, Expr e) {
    Node p = ctx.tree().parentSkippingParens(e);
    if (p instanceof Expr.CallExpr call
        && ctx.types().builtin(call) == BuiltinId.APPEND
        && !Tree.same(call.args().getFirst(), e)) {
      return call.args().getFirst();
    }
    if (p instanceof Stmt.AssignStmt s
        && Types.singleRight(s) != null
        && Syntax.unparen(s.lhs()) instanceof Expr.IndexExpr x
        && ctx.types().underlying(x.x()) instanceof Slice) {
      return x.x();
    }
    return null;
  }

  private void report(RuleContext ctx, Expr e, Type elem) {
    String name = ctx.types().text(elem);
    ctx.report(this, e)
        .cost(1, ctx.types().sizeBytes(elem), "and a pointer for the collector to follow")
        .fix(
            new Fix(
                "make it, and what it is assigned to, a []"
                    + name
                    + (isResultForOthers(ctx, e)
                        ? ", as long as all that use the result can change with it"
                        : ""),
                "no allocation for each element: the slice itself has room for them",
                "what changes an element has to do so in the slice, as variables are copies; a"
                    + " pointer &s[i] is good only until s is appended to, or cut"
                    + (ctx.tree().parentSkippingParens(e) instanceof Stmt.AssignStmt s
                            && Syntax.unparen(s.lhs()) instanceof Expr.IndexExpr
                        ? "; an element that is not set is a zero value, not nil"
                        : ""),
                List.of()))
        .message(
            "each "
                + name
                + " of "
                + ctx.types().sizeBytes(elem)
                + " bytes is allocated by itself, to be kept in a slice of pointers");
  }
}
