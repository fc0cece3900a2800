package dev.escapade.advice.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long a string, or the bytes that become one, can be at most, as far as the code tells. */
public final class TextLength {
  /** What is said of a text that may be of any length. */
  public static final long UNKNOWN = Range.HIGHEST;

  /** The digits and the sign of the longest integer. */
  private static final int INTEGER = 20;

  /** {@code -2.2250738585072014e-308}, the shortest form of a float64 at its longest. */
  private static final int FLOAT = 24;

  /** How many variables are asked one through the other. */
  private static final int MAX_ASKED = 8;

  private final Tree tree;
  private final Types types;
  private final Calls calls;
  private final Visibility visibility;
  private final Ranges ranges;
  private final Set<Var> asked = new HashSet<>();

  /** The texts of a package. */
  public TextLength(Tree tree, Types types, Calls calls, Ranges ranges, Visibility visibility) {
    this.tree = tree;
    this.types = types;
    this.calls = calls;
    this.visibility = visibility;
    this.ranges = ranges;
  }

  /** The most bytes that a text has; {@link #UNKNOWN} if nobody knows. */
  public long max(@Nullable Expr text) {
    String constant = text == null ? null : types.stringOf(text);
    if (constant != null) {
      return constant.getBytes(UTF_8).length;
    }
    return switch (text == null ? null : Syntax.unparen(text)) {
      case Expr.BinaryExpr b when b.op() == Operator.ADD -> sum(max(b.x()), max(b.y()));
      case Expr.CallExpr call when types.isConversion(call) -> converted(call);
      case Expr.CallExpr call -> made(call);
      case Expr.Name name -> variable(name);
      case Expr.SliceExpr part when Types.isBytes(types.of(part)) -> ranges.length(part).high();
      case null, default -> UNKNOWN; // nobody knows
    };
  }

  private static long sum(long x, long y) {
    return x == UNKNOWN || y == UNKNOWN ? UNKNOWN : x + y;
  }

  private long converted(Expr.CallExpr call) {
    Type from = types.of(call.args().getFirst());
    return Types.isString(from) || Types.isBytes(from) ? max(call.args().getFirst()) : UNKNOWN;
  }

  private long made(Expr.CallExpr call) {
    Func f = types.callee(call);
    if (f == null) {
      return UNKNOWN;
    }
    boolean isDecimal = call.args().size() == 2 && types.intOr(call.args().get(1), 0) == 10;
    if (Types.isFunction(f, "strconv", "Itoa")
        || (isDecimal && Types.isFunction(f, "strconv", "FormatInt", "FormatUint"))) {
      return INTEGER;
    }
    if (Types.isFunction(f, "strconv", "FormatBool")) {
      return 5;
    }
    if (Types.isFunction(f, "strconv", "FormatFloat")
        && call.args().size() == 4
        && List.of((long) 'e', (long) 'E', (long) 'g', (long) 'G')
            .contains(types.intOr(call.args().get(1), 0))
        && types.intOr(call.args().get(2), 0) == -1) {
      return FLOAT;
    }
    return Types.isFunction(f, "fmt", "Sprintf") ? formatted(call) : UNKNOWN;
  }

  /** Verbs without flags for integers, characters, truths and strings of known length. */
  private long formatted(Expr.CallExpr call) {
    Format format = Format.of(types, call);
    String text = format == null ? null : format.format();
    if (format == null || text == null || format.hasFlags()) {
      return UNKNOWN;
    }
    long most = text.getBytes(UTF_8).length;
    for (int i = 0; i < format.args().size(); i++) {
      most = sum(most, argument(format.args().get(i), format.verb(i)));
    }
    return most;
  }

  private long argument(Expr arg, char verb) {
    Type t = types.of(arg);
    if (t == null || !(t.underlying() instanceof Basic) || types.hasMethod(t, "Format")) {
      return UNKNOWN;
    }
    boolean isPlain = !types.hasMethod(t, "String") && !types.hasMethod(t, "Error");
    boolean isInteger = Predicates.isInteger(t);
    return switch (verb) {
      case 'd' -> isInteger ? INTEGER : UNKNOWN;
      case 'x', 'X' -> isInteger ? INTEGER : UNKNOWN;
      case 'c' -> isInteger ? 4 : UNKNOWN;
      case 't' -> Predicates.isBoolean(t) ? 5 : UNKNOWN;
      case 'v' ->
          isPlain && isInteger ? INTEGER : isPlain && Types.isString(t) ? max(arg) : UNKNOWN;
      case 's' -> isPlain && Types.isString(t) ? max(arg) : UNKNOWN;
      default -> UNKNOWN; // may be longer
    };
  }

  /** A variable that is only given short texts, or a parameter to which all callers pass such. */
  private long variable(Expr.Name name) {
    Var v = types.variable(name);
    if (v == null || asked.size() >= MAX_ASKED || !asked.add(v)) {
      return UNKNOWN;
    }
    try {
      List<Assigned.Value> values = ranges.assigned().values(v);
      if (values == null) {
        return UNKNOWN;
      }
      long given = values.stream().mapToLong(x -> max(x.expr())).max().orElse(0);
      return switch (v.kind()) {
        case LOCAL -> given;
        case PARAM -> Math.max(given, passed(name, v));
        default -> UNKNOWN; // others may set it
      };
    } finally {
      asked.remove(v);
    }
  }

  private long passed(Expr.Name name, Var param) {
    Decl.FuncDecl d = tree.declaration(name);
    Func f = d == null ? null : calls.function(d);
    if (d == null || f == null || f.exported() || visibility.isAskedFor(d, f)) {
      return UNKNOWN;
    }
    List<Expr> passed = calls.passed(f, param);
    return passed == null ? UNKNOWN : passed.stream().mapToLong(this::max).max().orElse(UNKNOWN);
  }
}
