package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code x[low:high:max]}. */
public final class SliceExpr extends ExprNode {
  public Node x;

  public @Nullable Node low;

  public @Nullable Node high;

  public @Nullable Node max;

  public SliceExpr(
      int pos,
      int inl,
      Op op,
      @Nullable Type type,
      Node x,
      @Nullable Node low,
      @Nullable Node high,
      @Nullable Node max) {
    super(pos, inl, op, type);
    this.x = x;
    this.low = low;
    this.high = high;
    this.max = max;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case SLICE, SLICEARR, SLICESTR, SLICE3, SLICE3ARR -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || visit.test(x)
        || (low != null && visit.test(low))
        || (high != null && visit.test(high))
        || (max != null && visit.test(max));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
    if (low != null) {
      low = edit.apply(low);
    }
    if (high != null) {
      high = edit.apply(high);
    }
    if (max != null) {
      max = edit.apply(max);
    }
  }
}
