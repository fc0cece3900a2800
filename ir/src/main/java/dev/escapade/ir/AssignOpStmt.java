package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code x op= y}. */
public final class AssignOpStmt extends StmtNode {
  public Node x;

  /** The operator, such as ADD. */
  public Op asOp;

  public Node y;

  /** Whether this is {@code ++} or {@code --}. */
  public boolean incDec;

  public AssignOpStmt(int pos, int inl, Op asOp, Node x, Node y) {
    super(pos, inl, Op.ASOP);
    this.asOp = asOp;
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
