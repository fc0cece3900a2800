package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A slice made of its three words. */
public final class SliceHeaderExpr extends ExprNode {
  public Node ptr;

  public Node len;

  public Node cap;

  public SliceHeaderExpr(int pos, int inl, @Nullable Type type, Node ptr, Node len, Node cap) {
    super(pos, inl, Op.SLICEHEADER, type);
    this.ptr = ptr;
    this.len = len;
    this.cap = cap;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(ptr) || visit.test(len) || visit.test(cap);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    ptr = edit.apply(ptr);
    len = edit.apply(len);
    cap = edit.apply(cap);
  }
}
