package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type that stands where an expression may: in type switches, as receiver of method expressions,
 * in {@code new(T)}.
 */
public final class TypeNode extends ExprNode {
  public TypeNode(int pos, int inl, @Nullable Type type) {
    super(pos, inl, Op.TYPE, type);
  }
}
