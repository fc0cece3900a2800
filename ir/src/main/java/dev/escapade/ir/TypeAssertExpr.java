package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code x.(T)} where T is the type of this node. */
public final class TypeAssertExpr extends OperandExpr {
  /** The descriptor of the pair of interface and type, where it comes from a dictionary. */
  public @Nullable Node itab;

  /** Whether a failure panics as a nil dereference does. */
  public boolean useNilPanic;

  /** The linker's name of the cache of an assertion to an interface with methods, if any. */
  public @Nullable String descriptor;

  public TypeAssertExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type, x);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case DOTTYPE, DOTTYPE2 -> true;
      default -> false;
    };
  }
}
