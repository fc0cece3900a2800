package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node before which statements may be executed; without other children unless it says so. */
public abstract sealed class InitNode extends Node permits ExprNode, StmtNode {
  /** Null for most nodes, so that walks need not ask a list whether it is empty. */
  private @Nullable List<Node> init;

  InitNode(int pos, int inl, Op op) {
    super(pos, inl, op);
  }

  @Override
  public final List<Node> init() {
    return init == null ? List.of() : init;
  }

  @Override
  public final void setInit(List<Node> init) {
    this.init = init;
  }

  final boolean doInit(Predicate<Node> visit) {
    return init != null && doList(init, visit);
  }

  final void editInit(UnaryOperator<Node> edit) {
    if (init != null) {
      editList(init, edit);
    }
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
