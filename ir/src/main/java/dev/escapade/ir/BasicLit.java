package dev.escapade.ir;

import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/** A constant of basic type. */
public final class BasicLit extends ExprNode {
  /** The value, representable in the type. */
  public Constant value;

  public BasicLit(int pos, int inl, @Nullable Type type, Constant value) {
    super(pos, inl, Op.LITERAL, type);
    this.value = value;
  }
}
