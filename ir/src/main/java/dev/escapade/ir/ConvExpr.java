package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A conversion of {@code x} to the type of this node. */
public final class ConvExpr extends ExprNode {
  public Node x;

  /** The type word of the interface made, where it comes from a dictionary. */
  public @Nullable Node typeWord;

  /** The descriptor of the type of {@code x}, where it comes from a dictionary. */
  public @Nullable Node srcRType;

  /** Whether pointer checking applies. */
  public boolean checkPtr;

  public ConvExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type);
    this.x = x;
  }

  /** Changes the operation to another of this class. */
  public void setOp(Op op) {
    changeOp(op);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case CONV,
          CONVIFACE,
          CONVNOP,
          BYTES2STR,
          BYTES2STRTMP,
          RUNES2STR,
          STR2BYTES,
          STR2BYTESTMP,
          STR2RUNES,
          RUNESTR,
          SLICE2ARR,
          SLICE2ARRPTR ->
          true;
      default -> false;
    };
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
