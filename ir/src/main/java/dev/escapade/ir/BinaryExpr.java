package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** {@code x op y}, or a builtin of two arguments that does not become a call. */
public final class BinaryExpr extends TwoOperandExpr {
  /**
   * The type descriptor that copy takes, if it comes from the dictionary; no child of this node.
   */
  public @Nullable Node rtype;

  public BinaryExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Node y) {
    super(pos, inl, op, type, x, y);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case ADD,
          AND,
          ANDNOT,
          DIV,
          EQ,
          GE,
          GT,
          LE,
          LSH,
          LT,
          MOD,
          MUL,
          NE,
          OR,
          RSH,
          SUB,
          XOR,
          COPY,
          COMPLEX,
          UNSAFEADD,
          UNSAFESLICE,
          UNSAFESTRING,
          MAKEFACE ->
          true;
      default -> false;
    };
  }
}
