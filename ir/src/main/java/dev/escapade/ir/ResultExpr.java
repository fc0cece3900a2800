package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** One result of a call. */
public final class ResultExpr extends ExprNode {
  /** The number of the result, from 0. */
  public int index;

  public ResultExpr(int pos, int inl, @Nullable Type type, int index) {
    super(pos, inl, Op.RESULT, type);
    this.index = index;
  }
}
