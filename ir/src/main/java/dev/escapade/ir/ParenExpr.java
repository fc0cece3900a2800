package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code (x)}. */
public final class ParenExpr extends ExprNode {
  public Node x;

  public ParenExpr(int pos, int inl, @Nullable Type type, Node x) {
    super(pos, inl, Op.PAREN, type);
    this.x = x;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(x);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
  }

  /** Whether this is not in the source. */
  public boolean isImplicit() {
    return hasFlag(IMPLICIT);
  }

  public void setImplicit(boolean b) {
    setFlag(IMPLICIT, b);
  }
}
