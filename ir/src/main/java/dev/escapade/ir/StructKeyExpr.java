package dev.escapade.ir;

import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code field: value} in a struct literal. */
public final class StructKeyExpr extends ExprNode {
  public Var field;

  public @Nullable Node value;

  public StructKeyExpr(int pos, int inl, @Nullable Type type, Var field, @Nullable Node value) {
    super(pos, inl, Op.STRUCTKEY, type);
    this.field = field;
    this.value = value;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || (value != null && visit.test(value));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (value != null) {
      value = edit.apply(value);
    }
  }
}
