package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code *x}. */
public final class StarExpr extends OperandExpr {
  public StarExpr(int pos, int inl, @Nullable Type type, Node x) {
    super(pos, inl, Op.DEREF, type, x);
  }
}
