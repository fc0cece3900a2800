package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A type that stands where an expression may: in type switches, as receiver of method expressions,
 * in {@code new(T)}.
 */
public final class TypeNode extends ExprNode {
  public TypeNode(int pos, int inl, @Nullable Type type) {
    super(pos, inl, Op.TYPE, type);
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
