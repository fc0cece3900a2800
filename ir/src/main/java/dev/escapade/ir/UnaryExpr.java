package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code op x}, or a builtin of one argument that does not become a call. */
public final class UnaryExpr extends ExprNode {
  public Node x;

  public UnaryExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type);
    this.x = x;
  }

  /** Changes the operation to another of this class. */
  public void setOp(Op op) {
    changeOp(op);
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

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(x);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
  }
}
