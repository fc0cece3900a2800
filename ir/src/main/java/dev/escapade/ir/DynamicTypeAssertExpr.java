package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An assertion to a type whose descriptor comes from a dictionary. */
public final class DynamicTypeAssertExpr extends OperandExpr {
  /** The descriptor of the type of {@code x}. */
  public @Nullable Node srcRType;

  /** The descriptor of the asserted type. */
  public @Nullable Node rtype;

  /** The descriptor of the pair of interface and type. */
  public @Nullable Node itab;

  public DynamicTypeAssertExpr(
      int pos, int inl, Op op, @Nullable Type type, Node x, @Nullable Node rtype) {
    super(pos, inl, op, type, x);
    this.rtype = rtype;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case DYNAMICDOTTYPE, DYNAMICDOTTYPE2 -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return super.doChildren(visit)
        || (srcRType != null && visit.test(srcRType))
        || (rtype != null && visit.test(rtype))
        || (itab != null && visit.test(itab));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    super.editChildren(edit);
    if (srcRType != null) {
      srcRType = edit.apply(srcRType);
    }
    if (rtype != null) {
      rtype = edit.apply(rtype);
    }
    if (itab != null) {
      itab = edit.apply(itab);
    }
  }
}
