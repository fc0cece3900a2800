package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Between which numbers an integer expression lies whenever it is evaluated: from its type, its
 * operators, all that the package gives the variables in it, and the tests on the way to it.
 * Numbers that might leave their type are not known; lengths are taken not to.
 */
public final class Ranges {
  /** Functions of functions of functions: deeper ones tell nothing. */
  private static final int DEEPEST = 6;

  /** A variable that is given more values may as well be anything. */
  private static final int MAX_VALUES = 64;

  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Assigned assigned;
  private final Set<Object> asked = new HashSet<>();

  /** The ranges in a package. */
  public Ranges(Tree tree, Types types, Calls calls) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
    assigned = new Assigned(tree, types);
  }

  /** What the variables of the package are given. */
  Assigned assigned() {
    return assigned;
  }

  /** The range of an integer expression; of what is none, nothing is known. */
  public Range of(@Nullable Expr value) {
    Type t = types.of(value);
    if (value == null || t == null || !Predicates.isInteger(t) || Predicates.isTypeParam(t)) {
      return Range.ALL;
    }
    if (types.isConstant(value)) {
      long n = types.intOr(value, Range.LOWEST);
      return n == Range.LOWEST ? Range.ALL : Range.of(n);
    }
    Expr e = Syntax.unparen(value);
    Range whole = ofType(t);
    Range computed =
        switch (e) {
          case Expr.CallExpr call -> ofCall(call, t);
          case Expr.BinaryExpr b -> ofBinary(b, whole);
          case Expr.Name name -> ofName(name);
          case Expr.SelectorExpr s -> ofAll(types.field(s));
          default -> Range.ALL; // nobody knows
        };
    return tested(e, computed.isWithin(whole) ? computed : whole);
  }

  /** What a type can hold. */
  private static Range ofType(Type t) {
    return t.underlying() instanceof Basic b
        ? switch (b.kind()) {
          case UINT8 -> new Range(0, 0xff);
          case INT8 -> new Range(-0x80, 0x7f);
          case UINT16 -> new Range(0, 0xffff);
          case INT16 -> new Range(-0x8000, 0x7fff);
          default -> Predicates.isUnsigned(t) ? Range.NATURAL : Range.ALL;
        }
        : Range.ALL;
  }

  private Range ofBinary(Expr.BinaryExpr b, Range whole) {
    Range x = of(b.x());
    Range y = of(b.y());
    Range r =
        switch (b.op()) {
          case ADD -> x.plus(y);
          case SUB -> x.minus(y);
          case MUL -> x.times(y);
          case DIV -> x.dividedBy(y);
          case REM -> x.rest(y);
          case AND -> x.bitAnd(y);
          case OR, XOR -> x.bitOr(y);
          case AND_NOT -> x.isNatural() ? new Range(0, x.high()) : Range.ALL;
          case SHL -> x.shiftedLeft(y);
          case SHR -> x.shiftedRight(y);
          default -> Range.ALL; // no arithmetic
        };
    boolean mayWrap = whole.isNatural() && r.high() == Range.HIGHEST && b.op() != Operator.DIV;
    return mayWrap ? whole : r;
  }

  private Range ofCall(Expr.CallExpr call, Type t) {
    if (types.isConversion(call)) {
      return converted(call.args().getFirst(), t);
    }
    BuiltinId builtin = types.builtin(call);
    if (builtin != null) {
      return ofBuiltin(builtin, call);
    }
    if (types.isCall(call, "math/rand") || types.isCall(call, "math/rand/v2")) {
      Range below = call.args().size() == 1 ? of(call.args().getFirst()) : Range.ALL;
      return below.low() <= 0 || !below.isKnown() ? Range.ALL : new Range(0, below.high() - 1);
    }
    if (types.isCall(call, "math/bits")) {
      return isCounting(call) ? new Range(0, Long.SIZE) : Range.ALL;
    }
    if (types.isMethodCall(call, "time", "Time", "Hour", "Minute", "Second", "Day")) {
      return new Range(0, 59);
    }
    Func f = types.callee(call);
    Decl.FuncDecl d = f == null || Types.isInterfaceMethod(f) ? null : calls.declaration(f);
    return d == null || d.body() == null || d.type().results().size() != 1
        ? Range.ALL
        : ofResults(d);
  }

  /** A number of another type: what it may lose nobody knows. */
  private Range converted(Expr from, Type to) {
    Range r = of(from);
    Type t = types.of(from);
    boolean keeps =
        r.isKnown()
            || (t != null
                && Predicates.isInteger(t)
                && !Predicates.isUnsigned(t)
                && to.underlying() instanceof Basic b
                && switch (b.kind()) {
                  case INT, INT64 -> true;
                  default -> false; // fewer bits, or no sign
                });
    return keeps ? r : Range.ALL;
  }

  private boolean isCounting(Expr.CallExpr call) {
    Func f = types.callee(call);
    return f != null
        && List.of("Len", "OnesCount", "LeadingZeros", "TrailingZeros").stream()
            .anyMatch(name -> f.name().startsWith(name));
  }

  private Range ofBuiltin(BuiltinId builtin, Expr.CallExpr call) {
    return switch (builtin) {
      case MIN -> call.args().stream().map(this::of).reduce(Range::least).orElse(Range.ALL);
      case MAX -> call.args().stream().map(this::of).reduce(Range::most).orElse(Range.ALL);
      case LEN -> length(call.args().getFirst());
      case CAP, COPY -> Range.NATURAL;
      default -> Range.ALL; // no number
    };
  }

  /** The length of an array, of a part of one, or of a variable that is only given literals. */
  public Range length(Expr value) {
    Expr e = Syntax.unparen(value);
    if (e instanceof Expr.SliceExpr part) {
      Range to = part.high() != null ? of(part.high()) : length(part.x());
      Range from = part.low() != null ? of(part.low()) : Range.ZERO;
      return to.minus(from).and(Range.NATURAL);
    }
    Type t = types.underlying(e);
    Type whole = t instanceof Pointer p ? p.elem().underlying() : t;
    if (whole instanceof Array a) {
      return a.len() >= 0 ? Range.of(a.len()) : Range.NATURAL;
    }
    if (e instanceof Expr.CompositeLit literal && t instanceof Slice) {
      boolean hasKeys = literal.elems().stream().anyMatch(x -> x instanceof Expr.KeyValueExpr);
      return hasKeys ? Range.NATURAL : Range.of(literal.elems().size());
    }
    Var v = e instanceof Expr.Name && t instanceof Slice ? types.variable(e) : null;
    return v != null && v.kind() == VarKind.LOCAL ? ofGiven(v, this::length) : Range.NATURAL;
  }

  private Range ofResults(Decl.FuncDecl d) {
    List<Stmt.ReturnStmt> returns = Tree.belowInFunction(d, Stmt.ReturnStmt.class);
    if (returns.isEmpty() || !begin(d)) {
      return Range.ALL;
    }
    try {
      Range all = null;
      for (Stmt.ReturnStmt r : returns) {
        Range one = of(r.results());
        all = all == null ? one : all.or(one);
      }
      return all == null ? Range.ALL : all;
    } finally {
      asked.remove(d);
    }
  }

  private boolean begin(Object question) {
    return asked.size() <= DEEPEST && asked.add(question);
  }

  private Range ofName(Expr.Name name) {
    Var v = types.variable(name);
    if (v == null) {
      return Range.ALL;
    }
    if (v.kind() == VarKind.PARAM) {
      return ofParameter(name, v);
    }
    Range counted = counter(name, v);
    return counted != null ? counted : ofAll(v);
  }

  /** All that a local variable, or a field that nobody else can set, is given. */
  private Range ofAll(@Nullable Var v) {
    return v == null
            || v.pkg() != types.pkg()
            || !(v.kind() == VarKind.LOCAL || (v.kind() == VarKind.FIELD && !v.exported()))
        ? Range.ALL
        : ofGiven(v, this::of);
  }

  /** What all values of a variable have in common; it is zero before it has one. */
  private Range ofGiven(Var variable, Function<Expr, Range> measure) {
    Var v = variable.origin();
    if (!begin(v)) {
      return Range.ALL;
    }
    try {
      List<Assigned.Value> values = assigned.given(v);
      if (values == null
          || values.size() > MAX_VALUES
          || (v.kind() == VarKind.FIELD && values.isEmpty())) {
        return Range.ALL;
      }
      Range all = Range.ZERO;
      for (Assigned.Value value : values) {
        all = all.or(measure.apply(value.expr()));
      }
      return changed(all, v, values);
    } finally {
      asked.remove(v);
    }
  }

  /** After {@code v += 1}, {@code v |= 2} and the like. */
  private Range changed(Range given, Var v, List<Assigned.Value> values) {
    Range all = given;
    for (Stmt.AssignStmt s : assigned.changes(v)) {
      Range by = s.rhs() == null ? Range.of(1) : of(s.rhs());
      if (!by.isNatural() || !all.isNatural()) {
        return Range.ALL;
      }
      all =
          switch (s.op()) {
            case OR, XOR -> all.bitOr(by);
            case AND, REM, DIV, SHR, AND_NOT -> new Range(0, all.high());
            case ADD -> isOnce(s, v, values) ? all.or(all.plus(by)) : Range.ALL;
            case null, default -> Range.ALL; // grows otherwise
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
  private Range ofParameter(Expr.Name name, Var v) {
    if (!List.of().equals(assigned.values(v)) || !begin(v)) {
      return Range.ALL;
    }
    try {
      Expr argument = argumentOfLiteral(name, v);
      return argument != null ? of(argument) : ofArguments(name, v);
    } finally {
      asked.remove(v);
    }
  }

  /** What the parameter of a function literal is given that is called where it stands. */
  private @Nullable Expr argumentOfLiteral(Expr.Name name, Var v) {
    for (Node p = tree.function(name); p instanceof Expr.FuncLit f; p = tree.function(f)) {
      List<Field> params = f.type().params();
      for (int i = 0; i < params.size(); i++) {
        if (params.get(i).name() != null && types.defined(params.get(i).name()) == v) {
          return tree.parentSkippingParens(f) instanceof Expr.CallExpr call
                  && Tree.same(Syntax.unparen(call.fun()), f)
                  && call.args().size() == params.size()
              ? call.args().get(i)
              : null;
        }
      }
    }
    return null;
  }

  private Range ofArguments(Expr.Name name, Var v) {
    Decl.FuncDecl d = tree.declaration(name);
    Func f = d == null ? null : calls.function(d);
    if (f == null
        || d == null
        || f.exported()
        || d.recv() != null
        || calls.isUsedAsValue(f)
        || f.signature().variadic()) {
      return Range.ALL;
    }
    List<Expr> passed = calls.passed(f, v);
    return passed == null
        ? Range.ALL
        : passed.stream().map(this::of).reduce(Range::or).orElse(Range.ALL);
  }

  /** The variable of a loop that counts as far as is known, and that the loop does not change. */
  private @Nullable Range counter(Expr.Name name, Var v) {
    for (Node p = tree.parent(name); p != null; p = tree.parent(p)) {
      if (p instanceof Stmt.ForStmt loop && loop.init() != null && defines(loop.init(), v)) {
        return types.isAssigned(loop.body(), v) ? null : counted(loop);
      }
    }
    return null;
  }

  private @Nullable Range counted(Stmt.ForStmt loop) {
    if (loop.init() instanceof Stmt.RangeClause range) {
      Type t = types.underlying(range.x());
      Range rounds = t != null && Predicates.isInteger(t) ? of(range.x()) : length(range.x());
      return rounds.high() > 0 ? Range.ZERO.or(rounds.minus(Range.of(1))).and(Range.NATURAL) : null;
    }
    Loops.Bound bound = new Loops(tree, types).bound(loop);
    Expr first = loop.init() instanceof Stmt.AssignStmt s ? Types.singleRight(s) : null;
    if (bound == null || bound.constant() <= 0 || first == null) {
      return null;
    }
    long from = types.intOr(first, -1);
    long last = from < 0 ? bound.constant() : Math.max(from, from + bound.constant() - 1);
    return Range.of(0, last);
  }

  private boolean defines(Stmt init, Var v) {
    Expr target =
        switch (init) {
          case Stmt.AssignStmt s -> s.lhs();
          case Stmt.RangeClause r -> r.lhs() == null ? null : Syntax.unpackList(r.lhs()).getFirst();
          default -> null; // defines nothing
        };
    return types.defined(target) == v;
  }

  // Tests.

  /** What tests on the way to {@code e} have left of {@code range}. */
  private Range tested(Expr e, Range range) {
    Var v = subject(e);
    List<Assigned.Value> values = v == null ? null : assigned.values(v);
    if (v == null || values == null) {
      return range;
    }
    Range later = null; // what else the variable is given, at the place or before it
    for (Assigned.Value value : values) {
      if (!value.first()) {
        if (!(e instanceof Expr.Name) || !types.isConstant(value.expr())) {
          return range;
        }
        later = later == null ? of(value.expr()) : later.or(of(value.expr()));
      }
    }
    List<Guards.Fact> facts = new Guards(tree, types).before(e, v);
    String text = facts.isEmpty() ? "" : ExprPrinter.toString(e);
    Range left = range;
    for (boolean less = true; less; ) { // "not 0" and "not 1" make "at least 2"
      Range before = left;
      for (Guards.Fact fact : facts) {
        if (ExprPrinter.toString(Syntax.unparen(fact.test().x())).equals(text)) {
          left = left.and(left(fact, types.intOr(fact.test().y(), -1), left));
        }
      }
      less = !left.equals(before);
    }
    return later == null ? left : left.or(later);
  }

  /** What a test leaves, where {@code n} is the number that it compares with, or -1. */
  private static Range left(Guards.Fact fact, long n, Range before) {
    if (n < 0) {
      return Range.ALL;
    }
    boolean holds = fact.holds();
    return switch (fact.test().op()) {
      case LSS -> holds ? Range.of(Range.LOWEST, n - 1) : Range.of(n, Range.HIGHEST);
      case LEQ -> holds ? Range.of(Range.LOWEST, n) : Range.of(n + 1, Range.HIGHEST);
      case GTR -> holds ? Range.of(n + 1, Range.HIGHEST) : Range.of(Range.LOWEST, n);
      case GEQ -> holds ? Range.of(n, Range.HIGHEST) : Range.of(Range.LOWEST, n - 1);
      case EQL -> holds ? Range.of(n) : without(n, before);
      case NEQ -> holds ? without(n, before) : Range.of(n);
      default -> Range.ALL; // no comparison
    };
  }

  private static Range without(long n, Range before) {
    return new Range(
        before.low() == n ? n + 1 : before.low(), before.high() == n ? n - 1 : before.high());
  }

  /** The variable that is tested, or whose length is. */
  private @Nullable Var subject(Expr e) {
    Expr x =
        e instanceof Expr.CallExpr call && types.builtin(call) == BuiltinId.LEN
            ? call.args().getFirst()
            : e;
    Var v = types.variable(x);
    return v != null && (v.kind() == VarKind.LOCAL || v.kind() == VarKind.PARAM) ? v : null;
  }
}
