package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A string concatenation of all elements of {@code list}. */
public final class AddStringExpr extends ExprNode {
  public List<Node> list;

  /** Storage on the stack, if any. */
  public @Nullable Name prealloc;

  public AddStringExpr(int pos, int inl, @Nullable Type type, List<Node> list) {
    super(pos, inl, Op.ADDSTR, type);
    this.list = list;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(list, visit) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(list, edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
