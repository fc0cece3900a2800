package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The declaration of a local variable. */
public final class DclStmt extends StmtNode {
  /** The variable, which is also the only child. */
  public Name x;

  public DclStmt(int pos, int inl, Name x) {
    super(pos, inl, Op.DCL);
    this.x = x;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return visit.test(x);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    x = (Name) edit.apply(x);
  }
}
