package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A string made of its two words. */
public final class StringHeaderExpr extends ExprNode {
  public Node ptr;

  public Node len;

  public StringHeaderExpr(int pos, int inl, @Nullable Type type, Node ptr, Node len) {
    super(pos, inl, Op.STRINGHEADER, type);
    this.ptr = ptr;
    this.len = len;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(ptr) || visit.test(len);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    ptr = edit.apply(ptr);
    len = edit.apply(len);
  }
}
