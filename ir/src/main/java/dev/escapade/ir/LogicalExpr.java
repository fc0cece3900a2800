package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code x && y} or {@code x || y}. */
public final class LogicalExpr extends TwoOperandExpr {
  public LogicalExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Node y) {
    super(pos, inl, op, type, x, y);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case ANDAND, OROR -> true;
      default -> false;
    };
  }
}
