package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An expression of the two operands {@code x} and {@code y}. */
public abstract sealed class TwoOperandExpr extends ExprNode permits BinaryExpr, LogicalExpr {
  public Node x;

  public Node y;

  TwoOperandExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Node y) {
    super(pos, inl, op, type);
    this.x = x;
    this.y = y;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(x) || visit.test(y);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
    y = edit.apply(y);
  }
}
