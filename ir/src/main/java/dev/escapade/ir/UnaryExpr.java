package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code op x}, or a builtin of one argument that does not become a call. */
public final class UnaryExpr extends OperandExpr {
  public UnaryExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type, x);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case BITNOT,
          NEG,
          NOT,
          PLUS,
          RECV,
          CAP,
          CLEAR,
          CLOSE,
          IMAG,
          LEN,
          NEW,
          PANIC,
          REAL,
          CHECKNIL,
          CFUNC,
          IDATA,
          ITAB,
          SPTR,
          UNSAFESTRINGDATA,
          UNSAFESLICEDATA ->
          true;
      default -> false;
    };
  }
}
