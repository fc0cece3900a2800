package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** The predeclared nil, with the type it takes. */
public final class NilExpr extends ExprNode {
  public NilExpr(int pos, int inl, @Nullable Type type) {
    super(pos, inl, Op.NIL, type);
  }
}
