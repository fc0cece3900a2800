package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
  }
}
