package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The address of {@code x}: an ordinary one (ADDR), or the allocation of a composite literal
 * (PTRLIT).
 */
public final class AddrExpr extends OperandExpr {
  /** Storage on the stack, if any. */
  public @Nullable Name prealloc;

  public AddrExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type, x);
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
    return super.doChildren(visit) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    super.editChildren(edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
