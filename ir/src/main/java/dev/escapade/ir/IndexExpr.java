package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code x[index]}. */
public final class IndexExpr extends OperandExpr {
  public Node index;

  /** Whether this map element is assigned to. */
  public boolean assigned;

  /**
   * The type descriptor that indexing a map takes, if it comes from the dictionary; no child of
   * this node.
   */
  public @Nullable Node rtype;

  public IndexExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Node index) {
    super(pos, inl, op, type, x);
    this.index = index;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case INDEX, INDEXMAP -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return super.doChildren(visit) || visit.test(index);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    super.editChildren(edit);
    index = edit.apply(index);
  }
}
