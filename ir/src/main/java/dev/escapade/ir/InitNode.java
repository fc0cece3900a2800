package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A node before which statements may be executed; without other children unless it says so. */
public abstract sealed class InitNode extends Node permits ExprNode, StmtNode {
  private List<Node> init = List.of();

  InitNode(int pos, int inl, Op op) {
    super(pos, inl, op);
  }

  @Override
  public final List<Node> init() {
    return init;
  }

  @Override
  public final void setInit(List<Node> init) {
    this.init = init;
  }

  final boolean doInit(Predicate<Node> visit) {
    return doList(init, visit);
  }

  final void editInit(UnaryOperator<Node> edit) {
    editList(init, edit);
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
  }
}
