package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code (x)}. */
public final class ParenExpr extends OperandExpr {
  public ParenExpr(int pos, int inl, @Nullable Type type, Node x) {
    super(pos, inl, Op.PAREN, type, x);
  }
}
