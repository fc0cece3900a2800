package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Narrowing;
import dev.escapade.advice.code.Results;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Way;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done about a box at its place. Most boxes are the price of an interface that somebody
 * asks for: of these nothing is said, unless no use in this package asks for it, or the value is
 * somewhere to point to.
 */
final class BoxRemedy {
  private final RuleContext ctx;
  private final Results results;
  private @Nullable Narrowing narrowing;
  private @Nullable List<Expr> asked;

  BoxRemedy(RuleContext ctx) {
    this.ctx = ctx;
    results = new Results(ctx.tree(), ctx.types());
  }

  /** The advice for the box of a value of some type, or null if there is none. */
  @Nullable Fix of(Boxes.Box box, Type type, Way way) {
    return box.site().isInlined()
        ? null
        : choose(box, type, ctx.types().text(box.conversion().type()), way);
  }

  private Narrowing narrowing() {
    if (narrowing == null) {
      narrowing = new Narrowing(ctx.tree(), ctx.types(), ctx.calls(), ctx.visibility());
    }
    return narrowing;
  }

  private @Nullable Fix choose(Boxes.Box box, Type type, String asked, Way way) {
    String name = ctx.types().text(type);
    Expr.Name held = results.asked(box.at());
    if (held != null && isHanded(box, held)) {
      return Fix.of(
          "hand on " + held.value() + ", of which the type was asked: it has the box already",
          "no allocation");
    }
    Node parent = ctx.tree().parentSkippingParens(box.at());
    if (parent instanceof Expr.CallExpr call && type.underlying() instanceof Slice) {
      if (ctx.types().isCall(call, "sort", "Sort", "Stable")) {
        return !onlySwaps(type)
            ? null
            : Fix.of(
                "with Go 1.21 or later, slices.SortFunc or slices.SortStableFunc: where Less"
                    + " compares two elements, and Swap does nothing but swap them",
                "no allocation");
      }
      if (ctx.types().isMethodCall(call, "sync", "Pool", "Put")) {
        return Fix.of(
            "keep pointers in the pool: put back the *" + name + " that Get has returned",
            "no allocation in Put");
      }
    }
    if (isSameInEachRound(box.at())) {
      return new Fix(
          "convert it to " + asked + " before the loop, and use that in each round",
          "1 allocation for all rounds",
          "it is made also if there is no round",
          List.of());
    }
    if (way.end() == Way.End.SENT && isElement(parent) && !hasOthers(parent, type)) {
      return Fix.of(
          "if nothing but " + name + " is sent on it, make it a channel of " + name, "no box");
    }
    if (parent instanceof Stmt.ReturnStmt || parent instanceof Expr.ListExpr) {
      Fix returned = returned(box.at(), type, asked);
      if (returned != null) {
        return returned;
      }
    }
    return general(box.at(), type, asked);
  }

  /** The Swap method has one statement; that of another package is not seen. */
  private boolean onlySwaps(Type type) {
    if (type.unalias() instanceof Named n) {
      for (int i = 0; i < n.origin().numMethods(); i++) {
        Decl.FuncDecl d =
            n.origin().method(i).name().equals("Swap")
                ? ctx.calls().declaration(n.origin().method(i))
                : null;
        Stmt.BlockStmt body = Tree.body(d);
        if (body != null && body.list().size() != 1) {
          return false;
        }
      }
    }
    return true;
  }

  /** The interface that was asked can be used for the one that is wanted. */
  private boolean isHanded(Boxes.Box box, Expr.Name held) {
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

  /** Something else is sent on the same channel here. */
  private boolean hasOthers(@Nullable Node parent, Type type) {
    Var channel = parent instanceof Stmt.SendStmt s ? channel(s) : null;
    return channel == null
        || ctx.tree().all(Stmt.SendStmt.class).stream()
            .anyMatch(s -> channel(s) == channel && !isOf(ctx.types().of(s.value()), type));
  }

  private @Nullable Var channel(Stmt.SendStmt s) {
    Var field = ctx.types().field(s.chan());
    return field != null ? field.origin() : ctx.types().variable(s.chan());
  }

  private static boolean isOf(@Nullable Type t, Type type) {
    return t != null && Predicates.identical(t, type);
  }

  private @Nullable Fix returned(Expr at, Type type, String asked) {
    if (!areCallersKnown(at)) {
      return null; // what they do with the interface nobody can tell
    }
    String other =
        switch (results.choice(at, type, ctx.calls(), narrowing())) {
          case CONCRETE -> "function type";
          case CONCRETE_UNLESS_ASKED -> "interface";
          case SEVERAL, NONE -> null;
        };
    return other == null
        ? null
        : Fix.of(
            "return "
                + ctx.types().text(type)
                + (isBesideOthers(at) ? ", and its zero value instead of nil" : "")
                + ", if no caller and no "
                + other
                + " asks for "
                + asked,
            "no box");
  }

  private boolean areCallersKnown(Expr at) {
    Decl.FuncDecl d = ctx.tree().declaration(at);
    Func f = d == null ? null : ctx.calls().function(d);
    return f != null && (!ctx.calls().of(f).isEmpty() || !f.exported());
  }

  /** Beside an error the interface may be nil, which the value cannot be. */
  private boolean isBesideOthers(Expr at) {
    return ctx.tree().parentSkippingParens(at) instanceof Expr.ListExpr;
  }

  /**
   * A pointer is no way out for strings, numbers and slices: nobody expects one, and what it points
   * to would have to be on the heap as well. That holds for structs, too, unless they are there.
   */
  private @Nullable Fix general(Expr at, Type type, String asked) {
    String name = ctx.types().text(type);
    if (narrowing().couldBe(narrowing().target(at), type)) {
      return Fix.of(
          "if nothing but "
              + name
              + " goes there, and nothing asks for "
              + asked
              + ", declare it as "
              + name,
          "no box");
    }
    if ((type.underlying() instanceof Struct || type.underlying() instanceof Array)
        && Elsewhere.test(ctx, at)
        && !isAskedFor(type)) {
      return new Fix(
          "where what reads the "
              + asked
              + " can do with a pointer to the value that exists already,"
              + " use that",
          "a pointer needs no box",
          "a pointer shows later changes of the value, a box does not",
          List.of());
    }
    return null;
  }

  /** This package asks interfaces for that type: with a pointer it would not find it any more. */
  private boolean isAskedFor(Type type) {
    if (asked == null) {
      asked = new ArrayList<>();
      for (Expr.TypeAssertExpr e : ctx.tree().all(Expr.TypeAssertExpr.class)) {
        asked.add(e.type());
      }
      for (CaseClause c : ctx.tree().all(CaseClause.class)) {
        if (c.cases() != null) {
          asked.addAll(Syntax.unpackList(c.cases()));
        }
      }
    }
    return asked.stream().anyMatch(e -> isOf(ctx.types().of(e), type));
  }

  /** A local variable that the loop around does not change, and that is boxed in each round. */
  private boolean isSameInEachRound(Expr at) {
    Var v = ctx.types().variable(at);
    Stmt.ForStmt loop = ctx.tree().isInLoop(at) ? ctx.tree().loop(at) : null;
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(at));
    return v != null
        && loop != null
        && body != null
        && ctx.types().global(at) == null
        && (v.pos() < loop.pos() || v.pos() >= ctx.extents().end(loop))
        && isUnconditional(at, loop)
        && !results.isChanged(v, body, loop);
  }

  private boolean isUnconditional(Expr at, Stmt.ForStmt loop) {
    for (Node p = ctx.tree().parent(at); p != null; p = ctx.tree().parent(p)) {
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
