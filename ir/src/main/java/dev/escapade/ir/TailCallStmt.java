package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A jump to another function, in wrappers. */
public final class TailCallStmt extends StmtNode {
  /** The call, which is also the only child. */
  public CallExpr call;

  public TailCallStmt(int pos, int inl, CallExpr call) {
    super(pos, inl, Op.TAILCALL);
    this.call = call;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(call);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    call = (CallExpr) edit.apply(call);
  }
}
