package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An expression whose first child is its operand {@code x}. */
public abstract sealed class OperandExpr extends ExprNode
    permits AddrExpr,
        ConvExpr,
        DynamicTypeAssertExpr,
        IndexExpr,
        ParenExpr,
        SelectorExpr,
        StarExpr,
        TypeAssertExpr,
        UnaryExpr {
  public Node x;

  OperandExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type);
    this.x = x;
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
