package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function literal. */
public final class ClosureExpr extends ExprNode {
  /** The function; no child of this node. */
  public Func func;

  /** Storage on the stack, if any. */
  public @Nullable Name prealloc;

  /** Whether this wraps the call of a go statement. */
  public boolean isGoWrap;

  public ClosureExpr(int pos, int inl, @Nullable Type type, Func func) {
    super(pos, inl, Op.CLOSURE, type);
    this.func = func;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
