package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The address of {@code x}: an ordinary one (ADDR), or the allocation of a composite literal
 * (PTRLIT).
 */
public final class AddrExpr extends ExprNode {
  public Node x;

  /** Storage on the stack, if any. */
  public @Nullable Name prealloc;

  public AddrExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
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
      case ADDR, PTRLIT -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(x) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }

  /** Whether this is not in the source. */
  public boolean isImplicit() {
    return hasFlag(IMPLICIT);
  }

  public void setImplicit(boolean b) {
    setFlag(IMPLICIT, b);
  }
}
