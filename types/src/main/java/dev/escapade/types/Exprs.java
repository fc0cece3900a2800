package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small questions about the shape of expressions. */
final class Exprs {
  private Exprs() {}

  /** {@code e} without the parentheses around it. */
  static Expr unparen(Expr e) {
    Expr x = e;
    while (x instanceof Expr.ParenExpr p) {
      x = p.x();
    }
    return x;
  }

  /** The elements of an expression list, a single expression as a list of one, null as none. */
  static List<Expr> unpack(@Nullable Expr e) {
    if (e == null) {
      return List.of();
    }
    return e instanceof Expr.ListExpr list ? list.elems() : List.of(e);
  }

  /** The {@code x} of {@code *x}, or null if {@code e} is no such expression. */
  static @Nullable Expr starOperand(Expr e) {
    return e instanceof Expr.UnaryExpr u && u.op() == Operator.MUL ? u.x() : null;
  }

  /** Reports whether {@code e} is {@code ~T} or {@code A|B}, which may only be a constraint. */
  static boolean isTypeSetLiteral(Expr e) {
    return (e instanceof Expr.UnaryExpr u && u.op() == Operator.TILDE)
        || (e instanceof Expr.BinaryExpr b && b.op() == Operator.OR);
  }

  /** Reports whether both are the very same node, as those of fields declared in one list are. */
  @SuppressWarnings("ReferenceEquality") // nodes are compared by identity
  static boolean same(@Nullable Expr x, @Nullable Expr y) {
    return x == y;
  }

  /** A name that does not stand in source; facts about it are not recorded. */
  static Expr.Name syntheticName(int pos, String value) {
    return new Expr.Name(-1, pos, value);
  }
}
