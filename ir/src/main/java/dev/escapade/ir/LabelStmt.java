package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A label, without the statement it labels. */
public final class LabelStmt extends StmtNode {
  public Sym label;

  public LabelStmt(int pos, int inl, Sym label) {
    super(pos, inl, Op.LABEL);
    this.label = label;
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
