package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.DomTree;
import org.jspecify.annotations.Nullable;

/** Outcomes of branches. */
public final class Branches {
  /** Nothing is known. */
  public static final int UNKNOWN = 0;

  /** The condition is true. */
  public static final int POSITIVE = 1;

  /** The condition is false. */
  public static final int NEGATIVE = 2;

  /** The index of a jump table is 0; the numbers that follow are the other indices. */
  public static final int JUMP_TABLE = 3;

  private Branches() {}

  /** Which way {@code p} was left where {@code b} is reached. */
  static int of(DomTree dom, @Nullable Block p, Block b) {
    if (p == null) {
      return UNKNOWN;
    }
    switch (p.kind) {
      case IF -> {
        for (int i = 0; i < 2; i++) {
          if (dom.dominatesOrEq(p.succ(i), b) && p.succ(i).numPreds() == 1) {
            return i == 0 ? POSITIVE : NEGATIVE;
          }
        }
      }
      case JUMP_TABLE -> {
        for (int i = 0; i < p.numSuccs(); i++) {
          if (dom.dominatesOrEq(p.succ(i), b) && p.succ(i).numPreds() == 1) {
            return JUMP_TABLE + i;
          }
        }
      }
      default -> {}
    }
    return UNKNOWN;
  }
}
