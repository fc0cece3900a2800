package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An assignment with several operands on at least one side. */
public final class AssignListStmt extends StmtNode {
  public List<Node> lhs;

  public List<Node> rhs;

  /** Whether this declares the variables on the left. */
  public boolean def;

  public AssignListStmt(int pos, int inl, Op op, List<Node> lhs, List<Node> rhs) {
    super(pos, inl, op);
    this.lhs = lhs;
    this.rhs = rhs;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case AS2, AS2DOTTYPE, AS2FUNC, AS2MAPR, AS2RECV, SELRECV2 -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(lhs, visit) || doList(rhs, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(lhs, edit);
    editList(rhs, edit);
  }
}
