package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code chan <- value}. */
public final class SendStmt extends StmtNode {
  public Node chan;

  public Node value;

  public SendStmt(int pos, int inl, Node chan, Node value) {
    super(pos, inl, Op.SEND);
    this.chan = chan;
    this.value = value;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(chan) || visit.test(value);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    chan = edit.apply(chan);
    value = edit.apply(value);
  }
}
