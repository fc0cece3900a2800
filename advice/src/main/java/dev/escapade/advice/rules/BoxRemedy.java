package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Results;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Array;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about a box at its place. Most boxes are the price of an interface that somebody
 * asks for: of these only a condition is said under which there would be none, or nothing at all
 * where the interface is that of another package and the value no struct.
 */
final class BoxRemedy {
  private final RuleContext ctx;
  private final Boxes.Box box;
  private final Type type;
  private final String name;
  private final String asked;

  private BoxRemedy(RuleContext ctx, Boxes.Box box, Type type) {
    this.ctx = ctx;
    this.box = box;
    this.type = type;
    name = ctx.types().text(type);
    asked = ctx.types().text(box.conversion().type());
  }

  /** The advice for the box of a value of some type, or null if there is none. */
  static @Nullable Fix of(RuleContext ctx, Boxes.Box box, Type type, Way way) {
    return box.site().isInlined() ? null : new BoxRemedy(ctx, box, type).choose(way);
  }

  private @Nullable Fix choose(Way way) {
    Results results = new Results(ctx.tree(), ctx.types());
    Expr.Name held = results.asked(box.at());
    if (held != null && isHanded(held)) {
      return Fix.of(
          "hand on " + held.value() + ", of which the type was asked: it has the box already",
          "no allocation");
    }
    Node parent = ctx.tree().parentSkippingParens(box.at());
    if (parent instanceof Expr.CallExpr call && type.underlying() instanceof Slice) {
      if (ctx.types().isCall(call, "sort", "Sort", "Stable")) {
        return Fix.of(
            "with Go 1.21 or later, slices.SortFunc or slices.SortStableFunc: where Less compares"
                + " two elements, and Swap does nothing but swap them",
            "no allocation");
      }
      if (ctx.types().isMethodCall(call, "sync", "Pool", "Put")) {
        return Fix.of(
            "keep pointers in the pool: put back the *" + name + " that Get has returned",
            "no allocation in Put");
      }
    }
    if (isSameInEachRound()) {
      return new Fix(
          "convert it to " + asked + " before the loop, and use that in each round",
          "1 allocation for all rounds",
          "it is made also if there is no round",
          List.of());
    }
    if (way.end() == Way.End.SENT && isElement(parent)) {
      return Fix.of(
          "if nothing but " + name + " is sent on it, make it a channel of " + name, "no box");
    }
    if (parent instanceof Stmt.ReturnStmt || parent instanceof Expr.ListExpr) {
      Fix returned = returned(results);
      if (returned != null) {
        return returned;
      }
    }
    return general(parent);
  }

  /** The interface that was asked can be used for the one that is wanted. */
  private boolean isHanded(Expr.Name held) {
    Type t = ctx.types().of(held);
    return t != null
        && (Types.isAny(box.conversion().type())
            || Predicates.identical(t, box.conversion().type()));
  }

  private boolean isElement(@Nullable Node parent) {
    return parent instanceof Stmt.SendStmt s
        && ctx.types().underlying(s.chan()) instanceof Chan c
        && Predicates.isInterface(c.elem());
  }

  private @Nullable Fix returned(Results results) {
    String other =
        switch (results.choice(box.at(), type, ctx.calls())) {
          case CONCRETE -> "function type";
          case CONCRETE_UNLESS_ASKED -> "interface";
          case SEVERAL, NONE -> null;
        };
    return other == null
        ? null
        : Fix.of(
            "return " + name + ", if no caller and no " + other + " asks for " + asked, "no box");
  }

  /**
   * A pointer is no way out for strings, numbers and slices: nobody expects one, and what it points
   * to would have to be on the heap as well.
   */
  private @Nullable Fix general(@Nullable Node parent) {
    if (type.underlying() instanceof Struct || type.underlying() instanceof Array) {
      return new Fix(
          "where what reads the "
              + asked
              + " can do with a pointer to a value that exists already,"
              + " use that",
          "a pointer needs no box",
          "a pointer shows later changes of the value, a box does not",
          List.of());
    }
    if (parent instanceof Stmt.ReturnStmt
        || parent instanceof Expr.ListExpr
        || (parent instanceof Expr.CallExpr call && !isOurs(call))) {
      return null;
    }
    return Fix.of(
        "if nothing but "
            + name
            + " goes there, and nothing asks for "
            + asked
            + ", declare it as "
            + name,
        "no box");
  }

  private boolean isOurs(Expr.CallExpr call) {
    BuiltinId builtin = ctx.types().builtin(call);
    Func f = builtin == null ? ctx.types().callee(call) : null;
    return builtin == BuiltinId.APPEND || (f != null && ctx.calls().declaration(f) != null);
  }

  /** A local variable that the loop around does not change, and that is boxed in each round. */
  private boolean isSameInEachRound() {
    Var v = ctx.types().variable(box.at());
    Stmt.ForStmt loop = ctx.tree().isInLoop(box.at()) ? ctx.tree().loop(box.at()) : null;
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(box.at()));
    return v != null
        && loop != null
        && body != null
        && ctx.types().global(box.at()) == null
        && (v.pos() < loop.pos() || v.pos() >= ctx.extents().end(loop))
        && isUnconditional(loop)
        && !new Results(ctx.tree(), ctx.types()).isChanged(v, body, loop);
  }

  private boolean isUnconditional(Stmt.ForStmt loop) {
    for (Node p = ctx.tree().parent(box.at()); p != null; p = ctx.tree().parent(p)) {
      switch (p) {
        case Stmt.BlockStmt b when Tree.same(b, loop.body()) -> {
          return true;
        }
        case Stmt.AssignStmt _, Stmt.ExprStmt _, Stmt.SendStmt _ -> {}
        case Expr.BinaryExpr _, Expr.FuncLit _ -> {
          return false;
        }
        case Expr _ -> {}
        default -> {
          return false; // an if, a case, a block of its own
        }
      }
    }
    return false;
  }
}
