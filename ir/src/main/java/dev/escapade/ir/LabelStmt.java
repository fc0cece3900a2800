package dev.escapade.ir;

/** A label, without the statement it labels. */
public final class LabelStmt extends StmtNode {
  public Sym label;

  public LabelStmt(int pos, int inl, Sym label) {
    super(pos, inl, Op.LABEL);
    this.label = label;
  }
}
