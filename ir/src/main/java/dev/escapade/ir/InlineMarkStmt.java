package dev.escapade.ir;

/** Marks the start of an inlined body. */
public final class InlineMarkStmt extends StmtNode {
  /** The index into the inline tree. */
  public int index;

  public InlineMarkStmt(int pos, int inl, int index) {
    super(pos, inl, Op.INLMARK);
    this.index = index;
  }
}
