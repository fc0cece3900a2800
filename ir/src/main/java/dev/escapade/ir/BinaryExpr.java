package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code x op y}, or a builtin of two arguments that does not become a call. */
public final class BinaryExpr extends ExprNode {
  public Node x;

  public Node y;

  /**
   * The type descriptor that copy takes, if it comes from the dictionary; no child of this node.
   */
  public @Nullable Node rtype;

  public BinaryExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Node y) {
    super(pos, inl, op, type);
    this.x = x;
    this.y = y;
  }

  /** Changes the operation to another of this class. */
  public void setOp(Op op) {
    changeOp(op);
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

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(x) || visit.test(y);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
    y = edit.apply(y);
  }
}
