package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The least and the most that an integer can be where it is used, as far as the code tells. */
public final class Amounts {
  /** What is said of a number that may be of any size. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** Sums and products of what is larger are of no interest. */
  private static final long LARGE = 1 << 30;

  /** How many variables and functions are asked one through the other, and for how many values. */
  private static final int MAX_ASKED = 8;

  private static final int MAX_VALUES = 16;

  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Assigned assigned;
  private final Set<Object> asked = new HashSet<>();

  /** The integers of a package. */
  public Amounts(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
    assigned = new Assigned(tree, types);
  }

  /** The most that {@code value} can be; {@link #UNKNOWN} if nobody knows. */
  public long max(@Nullable Expr value) {
    if (value == null) {
      return UNKNOWN;
    }
    if (types.isConstant(value)) {
      return types.intOr(value, UNKNOWN);
    }
    Expr e = Syntax.unparen(value);
    long most =
        switch (e) {
          case Expr.CallExpr call -> call(call);
          case Expr.BinaryExpr b -> binary(b);
          case Expr.Name _, Expr.SelectorExpr _ -> always(e);
          default -> UNKNOWN; // nobody knows
        };
    return Math.min(Math.min(most, ofType(types.of(e))), tested(e));
  }

  private static long ofType(@Nullable Type t) {
    return t != null && t.underlying() instanceof Basic b
        ? switch (b.kind()) {
          case UINT8 -> 0xff;
          case INT8 -> 0x7f;
          case UINT16 -> 0xffff;
          case INT16 -> 0x7fff;
          default -> UNKNOWN; // large
        }
        : UNKNOWN;
  }

  private long call(Expr.CallExpr call) {
    List<Expr> args = call.args();
    if (types.isConversion(call)) {
      return max(args.getFirst());
    }
    BuiltinId builtin = types.builtin(call);
    if (builtin == BuiltinId.MIN) {
      return args.stream().mapToLong(this::max).min().orElse(UNKNOWN);
    }
    if (builtin == BuiltinId.MAX) {
      return args.stream().mapToLong(this::max).max().orElse(UNKNOWN);
    }
    if (builtin == BuiltinId.LEN) {
      return length(args.getFirst());
    }
    return builtin == null ? returned(call) : UNKNOWN;
  }

  /** The most elements that an array or a part of one has. */
  public long length(Expr of) {
    Expr e = Syntax.unparen(of);
    if (e instanceof Expr.SliceExpr part && part.high() != null) {
      long high = max(part.high());
      return high == UNKNOWN ? UNKNOWN : high - types.intOr(part.low(), 0);
    }
    Type t = types.underlying(e instanceof Expr.SliceExpr part ? part.x() : e);
    Type whole = t instanceof Pointer p ? p.elem().underlying() : t;
    long low = e instanceof Expr.SliceExpr part ? types.intOr(part.low(), 0) : 0;
    return whole instanceof Array a ? a.len() - low : UNKNOWN;
  }

  /** What a function of this package returns, if that is one number on each way. */
  private long returned(Expr.CallExpr call) {
    Func f = types.callee(call);
    Decl.FuncDecl d = f == null ? null : calls.declaration(f);
    if (f == null
        || d == null
        || d.body() == null
        || f.signature().results().len() != 1
        || asked.size() >= MAX_ASKED
        || !asked.add(f)) {
      return UNKNOWN;
    }
    try {
      long most = 0;
      for (Stmt.ReturnStmt r : Tree.belowInFunction(d.body(), Stmt.ReturnStmt.class)) {
        long one = r.results() == null ? UNKNOWN : max(r.results());
        most = Math.max(most, one);
      }
      return most;
    } finally {
      asked.remove(f);
    }
  }

  private long binary(Expr.BinaryExpr b) {
    long x = max(b.x());
    long y = max(b.y());
    boolean known = x >= 0 && y >= 0 && x < LARGE && y < LARGE;
    return switch (b.op()) {
      case ADD -> known ? x + y : UNKNOWN;
      case MUL -> known ? x * y : UNKNOWN;
      case SUB -> types.intOr(b.y(), -1) >= 0 && x != UNKNOWN ? x - types.intOr(b.y(), 0) : UNKNOWN;
      case DIV -> types.intOr(b.y(), 0) > 0 && x != UNKNOWN ? x / types.intOr(b.y(), 1) : UNKNOWN;
      case REM -> types.intOr(b.y(), 0) > 0 ? types.intOr(b.y(), 0) - 1 : UNKNOWN;
      case AND -> types.intOr(b.y(), -1) >= 0 ? types.intOr(b.y(), 0) : UNKNOWN;
      default -> UNKNOWN; // may be large
    };
  }

  /** The most of what a local variable, or a field that nobody else can set, is ever given. */
  private long always(Expr e) {
    Var field = types.field(e);
    Var v = field != null ? field : types.variable(e);
    if (v == null
        || v.pkg() != types.pkg()
        || !(v.kind() == VarKind.LOCAL || (v.kind() == VarKind.FIELD && !v.exported()))
        || asked.size() >= MAX_ASKED
        || !asked.add(v.origin())) {
      return UNKNOWN;
    }
    try {
      List<Assigned.Value> values = assigned.values(v);
      if (values == null
          || values.size() > MAX_VALUES
          || (v.kind() == VarKind.FIELD && values.isEmpty())) {
        return UNKNOWN;
      }
      return values.stream().mapToLong(x -> max(x.expr())).max().orElse(0);
    } finally {
      asked.remove(v.origin());
    }
  }

  /** The most that tests on the way to {@code e} have left of it. */
  private long tested(Expr e) {
    Var v = subject(e);
    if (v == null) {
      return UNKNOWN;
    }
    String text = ExprPrinter.toString(e);
    long most = UNKNOWN;
    for (Guards.Fact fact : new Guards(tree, types).before(e, v)) {
      long n = types.intOr(fact.test().y(), -1);
      if (n >= 0 && ExprPrinter.toString(Syntax.unparen(fact.test().x())).equals(text)) {
        most = Math.min(most, most(fact, n));
      }
    }
    return most;
  }

  private static long most(Guards.Fact fact, long n) {
    return switch (fact.test().op()) {
      case LSS -> fact.holds() ? n - 1 : UNKNOWN;
      case LEQ, EQL -> fact.holds() ? n : UNKNOWN;
      case GEQ -> fact.holds() ? UNKNOWN : n - 1;
      case GTR, NEQ -> fact.holds() ? UNKNOWN : n;
      default -> UNKNOWN; // no comparison
    };
  }

  /** The least that {@code value}, which is not negative, can be: 0 if nobody knows. */
  public long min(@Nullable Expr value) {
    return value == null ? 0 : Math.max(0, floor(Syntax.unparen(value)));
  }

  /** The least that {@code e} can be, or -1 if it may be negative. */
  private long floor(Expr e) {
    if (types.isConstant(e)) {
      return types.intOr(e, -1);
    }
    if (e instanceof Expr.BinaryExpr b && (b.op() == Operator.ADD || b.op() == Operator.MUL)) {
      long x = floor(Syntax.unparen(b.x()));
      long y = floor(Syntax.unparen(b.y()));
      boolean known = x >= 0 && y >= 0 && x < LARGE && y < LARGE;
      return !known ? -1 : b.op() == Operator.ADD ? x + y : x * y;
    }
    long least = leastTested(e);
    return least > 0 || isNeverNegative(e) ? least : -1;
  }

  private boolean isNeverNegative(Expr e) {
    BuiltinId builtin = types.builtin(e);
    Type t = types.of(e);
    return builtin == BuiltinId.LEN
        || builtin == BuiltinId.CAP
        || (t != null && Predicates.isUnsigned(t));
  }

  /** The least that tests on the way to {@code e} have left of it; 0 if there are none. */
  private long leastTested(Expr e) {
    Var v = subject(e);
    if (v == null) {
      return 0;
    }
    String text = ExprPrinter.toString(e);
    long least = 0;
    boolean grows = true;
    while (grows) { // "not 0" and "not 1" make "at least 2"
      grows = false;
      for (Guards.Fact fact : new Guards(tree, types).before(e, v)) {
        long n = types.intOr(fact.test().y(), -1);
        if (n >= 0 && ExprPrinter.toString(Syntax.unparen(fact.test().x())).equals(text)) {
          long told = least(fact, n, least);
          grows |= told > least;
          least = Math.max(least, told);
        }
      }
    }
    return least;
  }

  private static long least(Guards.Fact fact, long n, long least) {
    boolean isNot =
        switch (fact.test().op()) {
          case EQL -> !fact.holds();
          case NEQ -> fact.holds();
          default -> false; // an order
        };
    if (isNot) {
      return n == least ? n + 1 : least;
    }
    return switch (fact.test().op()) {
      case GTR -> fact.holds() ? n + 1 : 0;
      case GEQ, EQL -> fact.holds() ? n : 0;
      case LSS -> fact.holds() ? 0 : n;
      case LEQ -> fact.holds() ? 0 : n + 1;
      default -> 0; // no comparison
    };
  }

  /** The variable that is tested, or whose length is, if nothing gives it a second value. */
  private @Nullable Var subject(Expr e) {
    Expr x =
        e instanceof Expr.CallExpr call && types.builtin(call) == BuiltinId.LEN
            ? call.args().getFirst()
            : e;
    Var v = types.variable(x);
    List<Assigned.Value> values = v == null ? null : assigned.values(v);
    return v != null
            && (v.kind() == VarKind.LOCAL || v.kind() == VarKind.PARAM)
            && values != null
            && values.stream().allMatch(Assigned.Value::first)
        ? v
        : null;
  }
}
