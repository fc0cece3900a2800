package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code make(T, len, cap)}. */
public final class MakeExpr extends ExprNode {
  public @Nullable Node len;

  public @Nullable Node cap;

  /**
   * The type descriptor that make takes, if it comes from the dictionary; no child of this node.
   */
  public @Nullable Node rtype;

  public MakeExpr(
      int pos, int inl, Op op, @Nullable Type type, @Nullable Node len, @Nullable Node cap) {
    super(pos, inl, op, type);
    this.len = len;
    this.cap = cap;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case MAKECHAN, MAKEMAP, MAKESLICE, MAKESLICECOPY -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || (len != null && visit.test(len)) || (cap != null && visit.test(cap));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (len != null) {
      len = edit.apply(len);
    }
    if (cap != null) {
      cap = edit.apply(cap);
    }
  }
}
