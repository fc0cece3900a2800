package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** A place within a symbol of the linker. */
public final class LinksymOffsetExpr extends ExprNode {
  /** The name of the symbol. */
  public String linksym;

  /** The offset in bytes. */
  public long offset;

  public LinksymOffsetExpr(int pos, int inl, @Nullable Type type, String linksym, long offset) {
    super(pos, inl, Op.LINKSYMOFFSET, type);
    this.linksym = linksym;
    this.offset = offset;
  }
}
