package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Marks the start of an inlined body. */
public final class InlineMarkStmt extends StmtNode {
  /** The index into the inline tree. */
  public int index;

  public InlineMarkStmt(int pos, int inl, int index) {
    super(pos, inl, Op.INLMARK);
    this.index = index;
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
