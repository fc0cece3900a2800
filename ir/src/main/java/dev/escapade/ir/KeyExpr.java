package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code key: value} in a composite literal. */
public final class KeyExpr extends ExprNode {
  public @Nullable Node key;

  public @Nullable Node value;

  public KeyExpr(int pos, int inl, @Nullable Type type, @Nullable Node key, @Nullable Node value) {
    super(pos, inl, Op.KEY, type);
    this.key = key;
    this.value = value;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (key != null && visit.test(key))
        || (value != null && visit.test(value));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (key != null) {
      key = edit.apply(key);
    }
    if (value != null) {
      value = edit.apply(value);
    }
  }
}
