package dev.escapade.advice.edit;

import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code sort.Slice} with a function that compares one thing of two elements a {@code
 * slices.SortFunc}. Both sort by the same algorithm (sort/gen_sort_variants.go, Go 1.26), so that
 * equal elements come out in the same order; floats are left alone, as {@code cmp.Compare} has a
 * place for what is not a number.
 */
public final class SortFunction {
  /** Larger elements are copied for each comparison at a cost that may be felt. */
  private static final long LARGEST_ELEMENT = 64;

  private final Types types;
  private final Rewrite rewrite;

  /** A change in one file. */
  public SortFunction(Types types, Rewrite rewrite) {
    this.types = types;
    this.rewrite = rewrite;
  }

  /** A comparison of what {@code slice[i]} and {@code slice[j]} have at the same place. */
  private record Less(Expr.BinaryExpr less, Var i, Var j, Expr slice, Type elem) {}

  /** Changes {@code call}, if that is safe. */
  public void change(Expr.CallExpr call) {
    Less less = less(call);
    if (less == null || !rewrite.hasGo(21)) {
      rewrite.spoil();
      return;
    }
    String a = element(less, less.less.x(), less.i, "a");
    String b = element(less, less.less.y(), less.j, "b");
    String elem = types.text(less.elem);
    boolean isStable =
        call.fun() instanceof Expr.SelectorExpr s && s.sel().value().endsWith("Stable");
    boolean isSame = a != null && a.equals(element(less, less.less.y(), less.j, "a"));
    if (a == null || b == null || !isSame || !isSimple(less.elem)) {
      rewrite.spoil();
      return;
    }
    Expr.FuncLit f = (Expr.FuncLit) Syntax.unparen(call.args().get(1));
    boolean isAscending = less.less.op() == Operator.LSS;
    String slices = rewrite.use("slices");
    if (isAscending && a.equals("a") && !isStable && !rewrite.source(f).contains("//")) {
      rewrite.replace(call.fun(), slices + ".Sort");
      rewrite.deleteBetween(call.args().get(0), f);
      return;
    }
    rewrite.replace(call.fun(), slices + (isStable ? ".SortStableFunc" : ".SortFunc"));
    rewrite.replaceFrom(f, f.body(), "func(a, b " + elem + ") int ");
    rewrite.replace(
        less.less,
        rewrite.use("cmp") + ".Compare(" + (isAscending ? a + ", " + b : b + ", " + a) + ")");
  }

  private @Nullable Less less(Expr.CallExpr call) {
    Expr slice = Syntax.unparen(call.args().getFirst());
    if (!(types.underlying(slice) instanceof Slice s)
        || Types.hasTypeParam(s)
        || types.sizeBytes(s.elem()) > LARGEST_ELEMENT
        || !isPath(slice)
        || !(Syntax.unparen(call.args().get(1)) instanceof Expr.FuncLit f)
        || f.body().list().size() != 1
        || !(f.body().list().getFirst() instanceof Stmt.ReturnStmt r)
        || r.results() == null
        || !(Syntax.unparen(r.results()) instanceof Expr.BinaryExpr less)
        || (less.op() != Operator.LSS && less.op() != Operator.GTR)) {
      return null;
    }
    List<Field> params = f.type().params();
    Var i = params.size() == 2 ? types.defined(params.get(0).name()) : null;
    Var j = params.size() == 2 ? types.defined(params.get(1).name()) : null;
    Type compared = types.of(less.x());
    Type other = types.of(less.y());
    boolean isOrdered =
        compared != null
            && other != null
            && !Predicates.isTypeParam(compared)
            && Predicates.identical(compared, other)
            && (Predicates.isInteger(compared) || Predicates.isString(compared));
    return i == null || j == null || !isOrdered ? null : new Less(less, i, j, slice, s.elem());
  }

  /** A variable, or a field of one. */
  private boolean isPath(Expr e) {
    return switch (Syntax.unparen(e)) {
      case Expr.Name n -> types.variable(n) != null;
      case Expr.SelectorExpr s -> types.field(s) != null ? isPath(s.x()) : types.global(s) != null;
      default -> false; // may be another slice each time
    };
  }

  /**
   * An operand with {@code name} in the place of {@code slice[index]}: the element, its fields and
   * their lengths; or null.
   */
  private @Nullable String element(Less less, Expr operand, Var index, String name) {
    return switch (Syntax.unparen(operand)) {
      case Expr.IndexExpr x
          when types.isUse(x.index(), index)
              && ExprPrinter.toString(Syntax.unparen(x.x()))
                  .equals(ExprPrinter.toString(less.slice)) ->
          name;
      case Expr.SelectorExpr s when types.field(s) != null -> {
        String of = element(less, s.x(), index, name);
        yield of == null ? null : of + "." + s.sel().value();
      }
      case Expr.CallExpr call when types.builtin(call) == BuiltinId.LEN -> {
        String of = element(less, call.args().getFirst(), index, name);
        yield of == null ? null : "len(" + of + ")";
      }
      default -> null; // what it does twice is not known
    };
  }

  /**
   * Reports whether a type is spelled in each file of the package, or in this function, as here.
   */
  private boolean isSimple(Type elem) {
    String type = types.text(elem);
    String name = type.startsWith("*") ? type.substring(1) : type;
    Obj declared = Types.deref(elem).unalias() instanceof Named n ? n.obj() : null;
    return name.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
        && !rewrite.isTaken(name, declared)
        && !rewrite.isTaken("len");
  }
}
