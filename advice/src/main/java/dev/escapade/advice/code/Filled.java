package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strings that are never empty and slices that are never nil, as the code around them tells. */
final class Filled {
  /** Verbs that write nothing for an empty string. */
  private static final Pattern MAYBE_EMPTY = Pattern.compile("%[-+# 0-9.*\\[\\]]*[svwxX]");

  private final Tree tree;
  private final Types types;
  private final Assigned assigned;
  private final Set<Var> asked = new HashSet<>();

  Filled(Tree tree, Types types, Assigned assigned) {
    this.tree = tree;
    this.types = types;
    this.assigned = assigned;
  }

  /** Reports whether an expression has no zero value whenever it is evaluated. */
  boolean test(@Nullable Expr value) {
    if (value == null) {
      return false;
    }
    String constant = types.stringOf(value);
    if (constant != null) {
      return !constant.isEmpty();
    }
    return switch (Syntax.unparen(value)) {
      case Expr.BinaryExpr b -> b.op() == Operator.ADD && (test(b.x()) || test(b.y()));
      case Expr.CompositeLit lit -> types.underlying(lit) instanceof Slice;
      case Expr.CallExpr call -> isFilledBy(call);
      case Expr.Name name -> isFilled(name);
      default -> false; // nobody knows
    };
  }

  private boolean isFilledBy(Expr.CallExpr call) {
    if (types.isConversion(call)) {
      Type from = types.of(call.args().getFirst());
      Type to = types.of(call);
      if (from == null || to == null) {
        return false;
      }
      return (Types.isString(from) && to.underlying() instanceof Slice) // never nil, though empty
          || (Types.isString(to) && Predicates.isInteger(from))
          || (Predicates.identical(from.underlying(), to.underlying())
              && test(call.args().getFirst()));
    }
    BuiltinId builtin = types.builtin(call);
    if (builtin != null) {
      return builtin == BuiltinId.MAKE
          || (builtin == BuiltinId.APPEND && call.args().size() > 1 && !call.hasDots());
    }
    if (types.isCall(call, "strconv", "Itoa", "FormatInt", "FormatUint", "FormatBool", "Quote")) {
      return true;
    }
    String format =
        types.isCall(call, "fmt", "Sprintf") ? types.stringOf(call.args().getFirst()) : null;
    return format != null && !MAYBE_EMPTY.matcher(format).replaceAll("").isEmpty();
  }

  private boolean isFilled(Expr.Name name) {
    Var v = types.variable(name);
    if (v == null
        || !(v.kind() == VarKind.LOCAL
            || v.kind() == VarKind.PARAM
            || (v.kind() == VarKind.PACKAGE && !v.exported() && v.pkg() == types.pkg()))) {
      return false;
    }
    boolean onlyGrows = assigned.changes(v).stream().allMatch(s -> s.op() == Operator.ADD);
    List<Assigned.Value> values = onlyGrows ? assigned.given(v) : null;
    if (values == null || !asked.add(v)) {
      return false;
    }
    try {
      if (!values.stream().allMatch(x -> x.first() || test(x.expr()))) {
        return false;
      }
      boolean isDeclared = values.stream().anyMatch(Assigned.Value::first);
      return (isDeclared && values.stream().allMatch(x -> test(x.expr())))
          || new Guards(tree, types).before(name, v).stream().anyMatch(fact -> isFilled(fact, v));
    } finally {
      asked.remove(v);
    }
  }

  /** {@code len(v) > 0}, {@code v != ""}, {@code v != nil}. */
  private boolean isFilled(Guards.Fact fact, Var v) {
    Expr x = Syntax.unparen(fact.test().x());
    Expr y = fact.test().y();
    if (types.isUse(x, v)) {
      boolean isZero = types.isNil(y) || "".equals(types.stringOf(y));
      return isZero && fact.test().op() == (fact.holds() ? Operator.NEQ : Operator.EQL);
    }
    long n = types.intOr(y, -1);
    return x instanceof Expr.CallExpr call
        && types.builtin(call) == BuiltinId.LEN
        && types.isUse(call.args().getFirst(), v)
        && switch (fact.test().op()) {
          case GTR -> fact.holds() && n >= 0;
          case GEQ -> fact.holds() && n > 0;
          case EQL -> fact.holds() ? n > 0 : n == 0;
          case NEQ -> fact.holds() ? n == 0 : n > 0;
          case LSS -> !fact.holds() && n > 0;
          case LEQ -> !fact.holds() && n >= 0;
          default -> false; // no comparison
        };
  }
}
