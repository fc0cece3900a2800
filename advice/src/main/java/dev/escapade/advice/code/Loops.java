package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How often loops run, as an expression. */
public final class Loops {
  private final Tree tree;
  private final Types types;

  /** The loops of a package. */
  public Loops(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /**
   * A bound on the rounds of a loop.
   *
   * @param text an expression that can be evaluated before the loop
   * @param constant its value, or -1
   * @param count the expression of the loop that it is, or whose length it is
   */
  public record Bound(String text, long constant, Expr count) {}

  /**
   * Reports whether a statement of a loop's body is met once in each round that is not the last.
   */
  public static boolean isEachRound(Tree tree, Stmt s, Stmt.ForStmt loop) {
    return Tree.same(tree.parent(s), loop.body())
        && Tree.belowInFunction(loop.body(), Stmt.BranchStmt.class).stream()
            .noneMatch(b ->
                b.label() != null
                    || (b.kind() != Stmt.BranchKind.FALLTHROUGH && Tree.same(tree.loop(b), loop)));
  }

  /** The bound of a loop that runs over something of known length, or up to a number; or null. */
  public @Nullable Bound bound(Stmt.ForStmt loop) {
    if (loop.init() instanceof Stmt.RangeClause range) {
      return rangeBound(loop, range.x());
    }
    Bound up = counted(loop);
    return up != null ? up : countedDown(loop);
  }

  private @Nullable Bound rangeBound(Stmt.ForStmt loop, Expr x) {
    Type t = types.underlying(x);
    if (t == null) {
      return null;
    }
    Type over = t instanceof Pointer p ? p.elem().underlying() : t;
    if (Predicates.isInteger(t)) {
      return isStable(x, loop) || types.isConstant(x) ? of(x, types.intOr(x, -1)) : null;
    }
    long length = over instanceof Array a ? a.len() : -1;
    if (Syntax.unparen(x) instanceof Expr.SliceExpr part && isStablePart(part, loop)) {
      return new Bound("len(" + text(x) + ")", -1, x);
    }
    if (over instanceof Array || over instanceof Slice || over instanceof MapType) {
      return isStable(x, loop) ? new Bound("len(" + text(x) + ")", length, x) : null;
    }
    return Types.isString(t) && isStable(x, loop) ? new Bound("len(" + text(x) + ")", -1, x) : null;
  }

  /** A part of something that the loop does not change: its length is known before. */
  private boolean isStablePart(Expr.SliceExpr part, Stmt.ForStmt loop) {
    return isStable(part.x(), loop)
        && isStableOrNone(part.low(), loop)
        && isStableOrNone(part.high(), loop)
        && part.max() == null;
  }

  private boolean isStableOrNone(@Nullable Expr index, Stmt.ForStmt loop) {
    return index == null || isStable(index, loop);
  }

  /** {@code for i := n - 1; i >= 0; i--} and {@code for i := n; i > 0; i--}. */
  private @Nullable Bound countedDown(Stmt.ForStmt loop) {
    if (!(loop.init() instanceof Stmt.AssignStmt init)
        || init.op() != Operator.DEF
        || !(loop.post() instanceof Stmt.AssignStmt post)
        || post.rhs() != null
        || post.op() != Operator.SUB
        || !(loop.cond() instanceof Expr.BinaryExpr cond)) {
      return null;
    }
    Var i = types.defined(init.lhs());
    Expr from = Types.singleRight(init);
    if (i == null || from == null || !types.isUse(cond.x(), i) || !types.isUse(post.lhs(), i)) {
      return null;
    }
    long last = types.intOr(cond.y(), -1) + (cond.op() == Operator.GTR ? 1 : 0);
    Expr count = from;
    if (cond.op() == Operator.GEQ && last == 0) {
      if (!(Syntax.unparen(from) instanceof Expr.BinaryExpr b)
          || b.op() != Operator.SUB
          || types.intOr(b.y(), -1) != 1) {
        return null;
      }
      count = b.x();
    } else if ((cond.op() != Operator.GEQ && cond.op() != Operator.GTR) || last != 1) {
      return null;
    }
    return isStable(count, loop) ? of(count, types.intOr(count, -1)) : null;
  }

  /** {@code for i := 0; i < n; i++}. */
  private @Nullable Bound counted(Stmt.ForStmt loop) {
    if (!(loop.init() instanceof Stmt.AssignStmt init)
        || init.op() != Operator.DEF
        || !(loop.post() instanceof Stmt.AssignStmt post)
        || post.rhs() != null
        || post.op() != Operator.ADD
        || !(loop.cond() instanceof Expr.BinaryExpr cond)
        || (cond.op() != Operator.LSS && cond.op() != Operator.LEQ)) {
      return null;
    }
    Var i = types.defined(init.lhs());
    if (i == null || !types.isUse(cond.x(), i) || !types.isUse(post.lhs(), i)) {
      return null;
    }
    long from = types.intOr(Types.singleRight(init), -1);
    if (from < 0 || from > 1 || !isLimit(cond.y(), loop) || isSetBack(i, loop)) {
      return null;
    }
    long max = types.intOr(cond.y(), -1);
    boolean exact = (cond.op() == Operator.LSS) == (from == 0);
    if (!exact && max < 0) {
      return null;
    }
    long rounds = max < 0 ? -1 : max - from + (cond.op() == Operator.LEQ ? 1 : 0);
    return new Bound(exact ? text(cond.y()) : Long.toString(rounds), rounds, cond.y());
  }

  /** The body changes the index by something else than an addition. */
  private boolean isSetBack(Var i, Stmt.ForStmt loop) {
    return Tree.any(
        loop.body(),
        n ->
            n instanceof Stmt.AssignStmt s
                && s.op() != Operator.ADD
                && s.op() != Operator.DEF
                && Syntax.unpackList(s.lhs()).stream().anyMatch(lhs -> types.isUse(lhs, i)));
  }

  /**
   * Reports whether what each round compares with stays the same: a field does unless the body sets
   * it, or calls what might.
   */
  private boolean isLimit(Expr limit, Stmt.ForStmt loop) {
    if (!isStable(limit, loop)) {
      return false;
    }
    for (Expr.SelectorExpr s : Tree.below(limit, Expr.SelectorExpr.class)) {
      Var field = types.field(s);
      if (field != null && isSetDuring(field, loop)) {
        return false;
      }
    }
    return true;
  }

  private boolean isSetDuring(Var field, Stmt.ForStmt loop) {
    boolean calls =
        Tree.any(
            loop.body(),
            n ->
                n instanceof Expr.CallExpr call
                    && types.builtin(call) == null
                    && !types.isConversion(call));
    for (Stmt.AssignStmt s : tree.all(Stmt.AssignStmt.class)) {
      if ((calls || tree.isWithin(s, loop))
          && Syntax.unpackList(s.lhs()).stream().anyMatch(lhs -> types.field(lhs) == field)) {
        return true;
      }
    }
    return false;
  }

  private Bound of(Expr x, long constant) {
    return new Bound(text(x), constant, x);
  }

  private static String text(Expr x) {
    return ExprPrinter.toString(Syntax.unparen(x));
  }

  /**
   * Reports whether an expression can be evaluated before the loop with the same result: variables,
   * their fields and lengths, that the loop does not change by name.
   */
  public boolean isStable(Expr x, Stmt.ForStmt loop) {
    return switch (Syntax.unparen(x)) {
      case Expr.Name n -> types.isConstant(n) || isUnchanged(n, loop);
      case Expr.BasicLit _ -> true;
      case Expr.SelectorExpr s ->
          types.info().selection(s) == null || (types.field(s) != null && isStable(s.x(), loop));
      case Expr.CallExpr call ->
          (types.builtin(call) == BuiltinId.LEN || types.builtin(call) == BuiltinId.CAP)
              && isStable(call.args().getFirst(), loop);
      case Expr.UnaryExpr u -> u.op() == Operator.MUL && isStable(u.x(), loop);
      case Expr.BinaryExpr b -> isStable(b.x(), loop) && isStable(b.y(), loop);
      case Expr.SliceExpr _, Expr.IndexExpr _ -> false;
      default -> false; // may be costly, or have effects
    };
  }

  private boolean isUnchanged(Expr.Name n, Stmt.ForStmt loop) {
    Var v = types.variable(n);
    Expr.Name declared = v == null ? null : tree.at(v.pos(), Expr.Name.class);
    if (v == null || (declared != null && tree.isWithin(declared, loop))) {
      return false; // the loop's own
    }
    return !types.isAssigned(loop.body(), v);
  }

  /** Reports whether no variable in an expression is the loop's own, or set in it by name. */
  public boolean hasOnlyOuter(Expr x, Stmt.ForStmt loop) {
    return !Tree.any(
        x,
        n -> {
          Var v = n instanceof Expr.Name name ? types.variable(name) : null;
          return v != null && !v.isField() && (isOwn(v, loop) || isSet(v, loop));
        });
  }

  private boolean isOwn(Var v, Stmt.ForStmt loop) {
    Expr.Name declared = tree.at(v.pos(), Expr.Name.class);
    return declared != null && tree.isWithin(declared, loop);
  }

  private boolean isSet(Var v, Stmt.ForStmt loop) {
    return Tree.any(
        loop, n -> Syntax.unpackList(Types.targets(n)).stream().anyMatch(e -> types.isUse(e, v)));
  }

  /** The loops around {@code n} within {@code limit}, from the inside out. */
  public List<Stmt.ForStmt> around(Node n, Node limit) {
    List<Stmt.ForStmt> loops = new java.util.ArrayList<>();
    for (Stmt.ForStmt loop = tree.loop(n); loop != null; loop = tree.loop(loop)) {
      if (!tree.isWithin(loop, limit)) {
        break;
      }
      loops.add(loop);
    }
    return loops;
  }

  /** Reports whether a variable is among {@code set}, or is none. */
  static boolean contains(Set<Var> set, @Nullable Var v) {
    return v != null && set.contains(v);
  }
}
