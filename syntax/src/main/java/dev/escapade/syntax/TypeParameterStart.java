package dev.escapade.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of a type parameter list that was parsed as an expression: in {@code type T[P *C]} the
 * bracket might have held an array length {@code P*C}.
 *
 * @param constraint null if only a name was parsed
 */
record TypeParameterStart(Expr.Name name, @Nullable Expr constraint) {

  /**
   * Splits an expression into a name and a constraint. Where it could be both that and a length, it
   * is a length unless {@code force} is set (cmd/compile/internal/syntax, {@code extractName}).
   *
   * @return null if {@code x} must be an array length
   */
  static @Nullable TypeParameterStart split(Expr x, boolean force, IdSource ids) {
    // The name is in the leftmost term of a union.
    List<Expr.BinaryExpr> unions = new ArrayList<>();
    boolean sure = force;
    Expr term = x;
    while (term instanceof Expr.BinaryExpr b && b.op() == Operator.OR) {
      unions.add(b);
      sure |= isTypeElem(b.y());
      term = b.x();
    }
    TypeParameterStart first = splitTerm(term, sure, ids);
    if (first == null || unions.isEmpty()) {
      return first;
    }
    Expr constraint = first.constraint;
    if (constraint == null) {
      return null; // N|M: a length
    }
    for (int i = unions.size() - 1; i >= 0; i--) {
      Expr.BinaryExpr b = unions.get(i);
      constraint = new Expr.BinaryExpr(b.id(), b.pos(), b.op(), constraint, b.y());
    }
    return new TypeParameterStart(first.name, constraint);
  }

  private static @Nullable TypeParameterStart splitTerm(Expr x, boolean force, IdSource ids) {
    return switch (x) {
      case Expr.Name name -> new TypeParameterStart(name, null);
      case Expr.BinaryExpr(_, int pos, Operator op, Expr.Name name, Expr y)
          when op == Operator.MUL && (force || isTypeElem(y)) ->
          new TypeParameterStart(name, new Expr.UnaryExpr(ids.next(), pos, op, y));
      case Expr.CallExpr call
          when call.fun() instanceof Expr.Name name
              && call.args().size() == 1
              && !call.hasDots()
              && (force || isTypeElem(call.args().getFirst())) ->
          new TypeParameterStart(name, Syntax.unparen(call.args().getFirst()));
      default -> null; // does not start with a name
    };
  }

  /** Reports whether {@code expr} is a type element, and cannot be a value, by its form. */
  static boolean isTypeElem(Expr expr) {
    Expr x = expr;
    while (true) {
      switch (x) {
        case Expr.ArrayType _,
            Expr.StructType _,
            Expr.FuncType _,
            Expr.InterfaceType _,
            Expr.SliceType _,
            Expr.MapType _,
            Expr.ChanType _ -> {
          return true;
        }
        case Expr.UnaryExpr u -> {
          if (u.op() == Operator.TILDE) {
            return true;
          }
          x = u.x();
        }
        case Expr.BinaryExpr b -> {
          if (isTypeElem(b.y())) {
            return true;
          }
          x = b.x();
        }
        case Expr.ParenExpr paren -> x = paren.x();
        default -> {
          return false; // names, selectors and values
        }
      }
    }
  }
}
