package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A type whose descriptor comes from a dictionary, in a type switch. */
public final class DynamicType extends ExprNode {
  /** The type descriptor. */
  public @Nullable Node rtype;

  /** The descriptor of the pair of interface and type, for an interface with methods. */
  public @Nullable Node itab;

  public DynamicType(
      int pos, int inl, @Nullable Type type, @Nullable Node rtype, @Nullable Node itab) {
    super(pos, inl, Op.DYNAMICTYPE, type);
    this.rtype = rtype;
    this.itab = itab;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (rtype != null && visit.test(rtype))
        || (itab != null && visit.test(itab));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (rtype != null) {
      rtype = edit.apply(rtype);
    }
    if (itab != null) {
      itab = edit.apply(itab);
    }
  }
}
