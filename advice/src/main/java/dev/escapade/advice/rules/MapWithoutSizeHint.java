package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Var;
import org.jspecify.annotations.Nullable;

/** A map is made without a size, and a loop whose length is known fills it. */
final class MapWithoutSizeHint extends SimpleRule {
  /** A map of that many entries is one group, whatever the hint (internal/runtime/maps). */
  private static final int ONE_GROUP = 8;

  private static final String REPEATED = "it costs more where many of the keys are the same";

  MapWithoutSizeHint() {
    super(
        "map-without-size-hint",
        Question.HOW_MANY,
        Severity.INFO,
        "a map is filled in a loop whose length is known, but made without a size");
  }

  /**
   * What is filled: a variable, or a field of a variable.
   *
   * @param owner the variable
   * @param field its field, or null if the variable itself is the map
   */
  private record Target(Var owner, @Nullable Var field) {
    boolean is(RuleContext ctx, Expr e) {
      return field == null
          ? ctx.types().isUse(e, owner)
          : ctx.types().field(e) == field
              && Syntax.unparen(e) instanceof Expr.SelectorExpr s
              && ctx.types().isUse(s.x(), owner);
    }

    String name() {
      return field == null ? owner.name() : owner.name() + "." + field.name();
    }
  }

  /** A map of sufficient size does not grow, which is counted nevertheless. */
  @Override
  public boolean isCountedTooHigh() {
    return true;
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Expr value = Types.singleRight(s);
      Target target = value == null ? null : target(ctx, s.lhs());
      if (target != null && value != null) {
        check(ctx, s, value, target);
      }
    }
    for (Stmt.DeclStmt s : ctx.tree().all(Stmt.DeclStmt.class)) {
      if (s.decls().size() == 1
          && s.decls().getFirst() instanceof Decl.VarDecl d
          && d.names().size() == 1
          && d.values() != null) {
        Target target = target(ctx, d.names().getFirst());
        if (target != null) {
          check(ctx, s, d.values(), target);
        }
      }
    }
  }

  private static @Nullable Target target(RuleContext ctx, Expr lhs) {
    Var v = ctx.types().variable(lhs);
    if (v != null) {
      return new Target(v, null);
    }
    Var field = ctx.types().field(lhs);
    Var owner =
        field != null && Syntax.unparen(lhs) instanceof Expr.SelectorExpr s
            ? ctx.types().variable(s.x())
            : null;
    return owner == null ? null : new Target(owner, field);
  }

  private void check(RuleContext ctx, Stmt s, Expr value, Target target) {
    if (isEmpty(ctx, value)) {
      find(ctx, s, value, target);
      return;
    }
    Expr e = Syntax.unparen(value);
    if (e instanceof Expr.UnaryExpr u && u.op() == Operator.AND) {
      e = Syntax.unparen(u.x());
    }
    if (target.field == null && e instanceof Expr.CompositeLit lit) {
      for (Expr elem : lit.elems()) {
        if (elem instanceof Expr.KeyValueExpr kv
            && kv.key() instanceof Expr.Name n
            && ctx.types().info().use(n) instanceof Var field
            && isEmpty(ctx, kv.value())) {
          find(ctx, s, kv.value(), new Target(target.owner, field));
        }
      }
    }
  }

  /** {@code make(map[K]V)} or {@code map[K]V{}}. */
  private static boolean isEmpty(RuleContext ctx, Expr e) {
    if (!(ctx.types().underlying(e) instanceof MapType)) {
      return false;
    }
    return switch (Syntax.unparen(e)) {
      case Expr.CompositeLit lit -> lit.elems().isEmpty();
      case Expr.CallExpr call ->
          ctx.types().builtin(call) == BuiltinId.MAKE && call.args().size() == 1;
      default -> false; // made elsewhere
    };
  }

  private void find(RuleContext ctx, Stmt s, Expr value, Target target) {
    if (hasFewKeys(ctx, value)) {
      return;
    }
    for (Stmt next : ctx.tree().following(s)) {
      boolean uses = Tree.any(next, n -> n instanceof Expr e && target.is(ctx, e));
      if (uses && next instanceof Stmt.ForStmt loop) {
        Loops.Bound bound = new Loops(ctx.tree(), ctx.types()).bound(loop);
        Stmt.AssignStmt fill = bound == null ? null : fill(ctx, loop, target);
        if (bound != null
            && fill != null
            && !isOneOfMany(ctx, fill, loop)
            && (bound.constant() < 0 || bound.constant() > ONE_GROUP)) {
          report(ctx, s, value, target, bound, loop, fill);
        }
      }
      if (uses) {
        return;
      }
    }
  }

  /** One case of a switch: most rounds do something else, and nobody knows how many do this. */
  private static boolean isOneOfMany(RuleContext ctx, Stmt fill, Stmt.ForStmt loop) {
    CaseClause clause = ctx.tree().enclosing(fill, CaseClause.class);
    return clause != null
        && ctx.tree().isWithin(clause, loop.body())
        && ctx.tree().parent(clause) instanceof Stmt.SwitchStmt choice
        && choice.body().size() > 2;
  }

  /** There are not more than 256 values of such a key. */
  private static boolean hasFewKeys(RuleContext ctx, Expr value) {
    return ctx.types().underlying(value) instanceof MapType m
        && ctx.types().facts().sizeBytes(m.key()) <= 1;
  }

  /**
   * The only statement of the loop that puts something in the map, or null: also if it counts or
   * collects under keys that come again, of which there may be few.
   */
  private static Stmt.@Nullable AssignStmt fill(RuleContext ctx, Stmt.ForStmt loop, Target target) {
    Stmt.AssignStmt fill = null;
    for (Stmt.AssignStmt s : Tree.belowInFunction(loop.body(), Stmt.AssignStmt.class)) {
      for (Expr e : Syntax.unpackList(s.lhs())) {
        if (Syntax.unparen(e) instanceof Expr.IndexExpr x && target.is(ctx, x.x())) {
          if (fill != null
              || !Tree.same(ctx.tree().loop(s), loop)
              || s.op() != null
              || ctx.types().builtin(x.index()) == BuiltinId.LEN
              || readsItself(ctx, loop, s, x)) {
            return null;
          }
          fill = s;
        }
        if (target.is(ctx, e)) {
          return null;
        }
      }
    }
    return fill;
  }

  /** {@code m[k] = append(m[k], x)}, or {@code v := m[k]} before the entry is put. */
  private static boolean readsItself(
      RuleContext ctx, Stmt.ForStmt loop, Stmt.AssignStmt put, Expr.IndexExpr entry) {
    String text = ExprPrinter.toString(entry);
    return Tree.belowInFunction(loop.body(), Stmt.AssignStmt.class).stream()
        .anyMatch(s ->
            s.rhs() != null
                && (Tree.same(s, put)
                    || (Types.singleRight(s) instanceof Expr.IndexExpr && isPutAgain(ctx, s, put)))
                && Tree.any(
                    s.rhs(),
                    n -> n instanceof Expr.IndexExpr x && ExprPrinter.toString(x).equals(text)));
  }

  /** What a statement reads into a new variable is what the entry gets. */
  private static boolean isPutAgain(RuleContext ctx, Stmt.AssignStmt read, Stmt.AssignStmt put) {
    Var v = read.op() == Operator.DEF ? ctx.types().defined(read.lhs()) : null;
    return v != null
        && put.rhs() != null
        && Tree.any(put.rhs(), n -> n instanceof Expr e && ctx.types().isUse(e, v));
  }

  private void report(
      RuleContext ctx,
      Stmt s,
      Expr value,
      Target target,
      Loops.Bound bound,
      Stmt.ForStmt loop,
      Stmt fill) {
    boolean always = Loops.isEachRound(ctx.tree(), fill, loop);
    Rewrite rewrite = ctx.rewrite(s);
    Expr type =
        Syntax.unparen(value) instanceof Expr.CallExpr call
            ? call.args().getFirst()
            : ((Expr.CompositeLit) Syntax.unparen(value)).type();
    String made =
        "make("
            + (type == null ? ctx.types().text(ctx.types().of(value)) : rewrite.source(type))
            + ", "
            + rewrite.countOf(bound)
            + ")";
    boolean here = ctx.hoist().isSame(bound.count(), s, loop);
    if (always && here && !bound.text().contains("[")) {
      rewrite.replace(value, made);
    }
    Fix fix =
        new Fix(
            (here ? "" : AppendWithoutCapacity.BEFORE + target.name() + " = ")
                + made
                + (always ? "" : ", if most rounds put an entry"),
            "a few allocations instead of some for each doubling",
            always ? risk(ctx, loop, fill) : "room is taken for entries that are left out",
            rewrite.edits());
    ctx.report(this, value)
        .because(loop, "the loop runs at most " + bound.text() + " times")
        .because(fill, "and puts one entry into " + target.name())
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "tables are made and filled again with each doubling; none of this for up to 8"
                + " entries")
        .fix(fix)
        .message(
            target.name()
                + " is made without a size and filled in a loop of at most "
                + bound.text()
                + " rounds");
  }

  /** Keys that repeat need less room, and a map that stays in the frame is small for nothing. */
  private static String risk(RuleContext ctx, Stmt.ForStmt loop, Stmt fill) {
    if (!(loop.init() instanceof Stmt.RangeClause range) || !(fill instanceof Stmt.AssignStmt s)) {
      return REPEATED;
    }
    Expr first = range.lhs() == null ? null : Syntax.unpackList(range.lhs()).getFirst();
    Var key = ctx.types().defined(first);
    boolean distinct =
        key != null
            && Syntax.unpackList(s.lhs()).stream()
                .anyMatch(e ->
                    Syntax.unparen(e) instanceof Expr.IndexExpr x
                        && ctx.types().underlying(x.x()) instanceof MapType
                        && ctx.types().isUse(x.index(), key));
    return distinct ? "" : REPEATED;
  }
}
