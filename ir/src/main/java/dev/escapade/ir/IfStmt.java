package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code if init; cond { body } else { els }}. */
public final class IfStmt extends StmtNode {
  public Node cond;

  public List<Node> body;

  public List<Node> els;

  /** Whether the condition is likely true. */
  public boolean likely;

  public IfStmt(int pos, int inl, Node cond, List<Node> body, List<Node> els) {
    super(pos, inl, Op.IF);
    this.cond = cond;
    this.body = body;
    this.els = els;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(cond) || doList(body, visit) || doList(els, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    cond = edit.apply(cond);
    editList(body, edit);
    editList(els, edit);
  }
}
