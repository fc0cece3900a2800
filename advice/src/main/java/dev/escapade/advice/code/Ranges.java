package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Between which numbers an integer expression lies whenever it is evaluated, from its type, its
 * operators and all that the package gives the variables in it. Sums that might leave their type
 * are not known.
 */
final class Ranges {
  /** Numbers from {@code low} to {@code high}, both of them included. */
  record Range(long low, long high) {
    private static final long LIMIT = 1L << 31;

    static @Nullable Range of(long low, long high) {
      return low > -LIMIT && high < LIMIT ? new Range(low, high) : null;
    }

    Range with(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    boolean isWithin(long least, long most) {
      return low >= least && high <= most;
    }
  }

  /** Functions of functions of functions: deeper ones tell nothing. */
  private static final int DEEPEST = 6;

  private static final Range ZERO = new Range(0, 0);

  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Supplier<Assigned> assigned;
  private final Function<Expr.Name, @Nullable Range> atPlace;
  private final Set<Object> asked = new HashSet<>();

  /**
   * The ranges in a package.
   *
   * @param atPlace what else is known of a variable at the place where it is named
   */
  Ranges(
      Tree tree,
      Types types,
      Calls calls,
      Supplier<Assigned> assigned,
      Function<Expr.Name, @Nullable Range> atPlace) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
    this.assigned = assigned;
    this.atPlace = atPlace;
  }

  /** The range of an expression, or null if it is not known. */
  @Nullable Range of(@Nullable Expr value) {
    Type t = types.of(value);
    if (value == null || t == null || !Predicates.isInteger(t) || Predicates.isTypeParam(t)) {
      return null;
    }
    if (types.isConstant(value)) {
      long n = types.intOr(value, Long.MIN_VALUE);
      return n == Long.MIN_VALUE ? null : Range.of(n, n);
    }
    Range whole = ofType(t);
    Range r =
        switch (Syntax.unparen(value)) {
          case Expr.CallExpr call when types.isConversion(call) -> of(call.args().getFirst());
          case Expr.CallExpr call -> ofCall(call);
          case Expr.BinaryExpr b -> ofBinary(b, t);
          case Expr.Name name -> ofName(name);
          case Expr.SelectorExpr s -> ofAll(types.field(s));
          default -> null; // nobody knows
        };
    return r == null || (whole != null && !r.isWithin(whole.low, whole.high)) ? whole : r;
  }

  /** What a type of few bits can hold. */
  private static @Nullable Range ofType(Type t) {
    return t.underlying() instanceof Basic b
        ? switch (b.kind()) {
          case UINT8 -> new Range(0, 255);
          case INT8 -> new Range(-128, 127);
          case UINT16 -> new Range(0, 65535);
          case INT16 -> new Range(-32768, 32767);
          default -> null; // as good as everything
        }
        : null;
  }

  private @Nullable Range ofBinary(Expr.BinaryExpr b, Type t) {
    Range x = of(b.x());
    Range y = of(b.y());
    boolean isUnsigned = Predicates.isUnsigned(t);
    boolean isNatural = isUnsigned || (x != null && x.low >= 0);
    if (b.op() == Operator.AND) {
      return and(x, y);
    }
    if (b.op() == Operator.REM) {
      return y == null || y.low <= 0 ? null : new Range(isNatural ? 0 : 1 - y.high, y.high - 1);
    }
    if (x == null) {
      return null;
    }
    if (b.op() == Operator.SHR || b.op() == Operator.DIV) {
      return shrunk(b.op(), x, y);
    }
    if (y == null) {
      return null;
    }
    Range r =
        switch (b.op()) {
          case ADD -> Range.of(x.low + y.low, x.high + y.high);
          case SUB -> Range.of(x.low - y.high, x.high - y.low);
          case MUL -> x.low < 0 || y.low < 0 ? null : Range.of(x.low * y.low, x.high * y.high);
          case OR, XOR -> x.low < 0 || y.low < 0 ? null : bits(x, y);
          case SHL -> x.low < 0 || y.low < 0 || y.high > 20 ? null : Range.of(0, x.high << y.high);
          default -> null; // no arithmetic
        };
    return r != null && r.low < 0 && isUnsigned ? null : r;
  }

  /** What has only the bits that both may have. */
  private static @Nullable Range and(@Nullable Range x, @Nullable Range y) {
    long most = Long.MAX_VALUE;
    for (Range r : new @Nullable Range[] {x, y}) {
      most = r != null && r.low >= 0 ? Math.min(most, r.high) : most;
    }
    return most == Long.MAX_VALUE ? null : new Range(0, most);
  }

  /** What has the bits of one or the other. */
  private static Range bits(Range x, Range y) {
    long most = Math.max(x.high, y.high);
    return new Range(0, most == 0 ? 0 : Long.highestOneBit(most) * 2 - 1);
  }

  private static @Nullable Range shrunk(Operator op, Range x, @Nullable Range y) {
    if (y == null
        || y.low != y.high
        || y.low < 0
        || y.low > 62
        || (op == Operator.DIV && y.low == 0)) {
      return x.low >= 0 ? new Range(0, x.high) : null;
    }
    return op == Operator.SHR
        ? new Range(x.low >> y.low, x.high >> y.low)
        : new Range(x.low / y.low, x.high / y.low);
  }

  private @Nullable Range ofCall(Expr.CallExpr call) {
    BuiltinId builtin = types.builtin(call);
    if (builtin != null) {
      return ofBuiltin(builtin, call);
    }
    if (types.isCall(call, "math/rand") || types.isCall(call, "math/rand/v2")) {
      Range below = call.args().size() == 1 ? of(call.args().getFirst()) : null;
      return below == null || below.low <= 0 ? null : new Range(0, below.high - 1);
    }
    if (types.isCall(call, "math/bits")) {
      return isCounting(call) ? new Range(0, Long.SIZE) : null;
    }
    if (types.isMethodCall(call, "time", "Time", "Hour", "Minute", "Second", "Day")) {
      return new Range(0, 59);
    }
    Func f = types.callee(call);
    Decl.FuncDecl d = f == null || Types.isInterfaceMethod(f) ? null : calls.declaration(f);
    return d == null || d.body() == null || d.type().results().size() != 1 ? null : ofResults(d);
  }

  private boolean isCounting(Expr.CallExpr call) {
    Func f = types.callee(call);
    return f != null
        && List.of("Len", "OnesCount", "LeadingZeros", "TrailingZeros").stream()
            .anyMatch(name -> f.name().startsWith(name));
  }

  private @Nullable Range ofBuiltin(BuiltinId builtin, Expr.CallExpr call) {
    if (builtin == BuiltinId.MIN || builtin == BuiltinId.MAX) {
      Range all = of(call.args().getFirst());
      for (Expr arg : call.args()) {
        Range r = of(arg);
        all = all == null || r == null ? null : all.with(r);
      }
      return all;
    }
    return builtin == BuiltinId.LEN
            && types.underlying(call.args().getFirst()) instanceof Array a
            && a.len() >= 0
        ? Range.of(a.len(), a.len())
        : null;
  }

  private @Nullable Range ofResults(Decl.FuncDecl d) {
    List<Stmt.ReturnStmt> returns = Tree.belowInFunction(d, Stmt.ReturnStmt.class);
    if (returns.isEmpty() || asked.size() > DEEPEST || !asked.add(d)) {
      return null;
    }
    try {
      Range all = null;
      for (Stmt.ReturnStmt r : returns) {
        Range one = r.results() == null ? null : of(r.results());
        if (one == null) {
          return null;
        }
        all = all == null ? one : all.with(one);
      }
      return all;
    } finally {
      asked.remove(d);
    }
  }

  private @Nullable Range ofName(Expr.Name name) {
    Range here = atPlace.apply(name);
    if (here != null) {
      return here;
    }
    Var v = types.variable(name);
    if (v == null) {
      return null;
    }
    return v.kind() == VarKind.PARAM ? ofParameter(name, v) : ofAll(v);
  }

  /** All that a local variable, or a field that nobody else can set, is given. */
  private @Nullable Range ofAll(@Nullable Var variable) {
    Var v = variable == null ? null : variable.origin();
    if (v == null
        || !(v.kind() == VarKind.LOCAL || (v.kind() == VarKind.FIELD && !v.exported()))
        || v.pkg() != types.pkg()
        || asked.size() > DEEPEST
        || !asked.add(v)) {
      return null;
    }
    try {
      List<Assigned.Value> values = assigned.get().given(v);
      if (values == null || (v.kind() == VarKind.FIELD && values.isEmpty())) {
        return null;
      }
      Range all = ZERO;
      for (Assigned.Value value : values) {
        Range r = of(value.expr());
        if (r == null) {
          return null;
        }
        all = all.with(r);
      }
      return changed(all, v, values);
    } finally {
      asked.remove(v);
    }
  }

  /** After {@code v += 1}, {@code v |= 2} and the like. */
  private @Nullable Range changed(Range given, Var v, List<Assigned.Value> values) {
    Range all = given;
    for (Stmt.AssignStmt s : assigned.get().changes(v)) {
      Range by = s.rhs() == null ? new Range(1, 1) : of(s.rhs());
      if (by == null || by.low < 0 || all == null || all.low < 0) {
        return null;
      }
      all =
          switch (s.op()) {
            case OR, XOR -> bits(all, by);
            case AND, REM, DIV, SHR, AND_NOT -> all;
            case ADD -> isOnce(s, v, values) ? Range.of(all.low, all.high + by.high) : null;
            case null, default -> null; // grows otherwise
          };
    }
    return all;
  }

  /** The statement runs once for each variable that is made. */
  private boolean isOnce(Stmt.AssignStmt s, Var v, List<Assigned.Value> values) {
    return v.kind() == VarKind.LOCAL
        && !tree.isInLoop(s)
        && tree.loop(s) == null
        && values.stream()
            .anyMatch(x -> x.first() && Tree.same(tree.function(x.expr()), tree.function(s)));
  }

  /** What all callers pass, if nobody else can call the function. */
  private @Nullable Range ofParameter(Expr.Name name, Var v) {
    Decl.FuncDecl d = tree.declaration(name);
    Func f = d == null ? null : calls.function(d);
    if (f == null
        || d == null
        || f.exported()
        || d.recv() != null
        || calls.isUsedAsValue(f)
        || f.signature().variadic()
        || calls.of(f).isEmpty()
        || !List.of().equals(assigned.get().values(v))
        || asked.size() > DEEPEST
        || !asked.add(v)) {
      return null;
    }
    try {
      int index = f.signature().params().vars().indexOf(v);
      Range all = null;
      for (Expr.CallExpr call : calls.of(f)) {
        Range r =
            index < 0 || call.hasDots() || index >= call.args().size()
                ? null
                : of(call.args().get(index));
        if (r == null || call.args().size() != f.signature().params().len()) {
          return null;
        }
        all = all == null ? r : all.with(r);
      }
      return all;
    } finally {
      asked.remove(v);
    }
  }
}
