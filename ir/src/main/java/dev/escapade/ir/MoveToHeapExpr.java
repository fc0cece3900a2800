package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A slice moved to the heap, if its backing store is not there already. */
public final class MoveToHeapExpr extends ExprNode {
  public Node slice;

  /** The descriptor of the element type. */
  public @Nullable Node rtype;

  /** Whether the elements beyond the length are kept. */
  public boolean preserveCapacity;

  public MoveToHeapExpr(int pos, int inl, @Nullable Type type, Node slice) {
    super(pos, inl, Op.MOVE2HEAP, type);
    this.slice = slice;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(slice) || (rtype != null && visit.test(rtype));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    slice = edit.apply(slice);
    if (rtype != null) {
      rtype = edit.apply(rtype);
    }
  }
}
