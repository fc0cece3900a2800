package dev.escapade.ir;

import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/** A conversion of {@code x} to the type of this node. */
public final class ConvExpr extends OperandExpr {
  /** The type word of the interface made, where it comes from a dictionary. */
  public @Nullable Node typeWord;

  /** The descriptor of the type of {@code x}, where it comes from a dictionary. */
  public @Nullable Node srcRType;

  /** Whether pointer checking applies. */
  public boolean checkPtr;

  public ConvExpr(int pos, int inl, Op op, @Nullable Type type, Node x) {
    super(pos, inl, op, type, x);
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
}
