package dev.escapade.ssa.core;

/**
 * One end of an edge of the control-flow graph. If {@code x.succ(i)} is {@code (y, j)}, then {@code
 * y.pred(j)} is {@code (x, i)}: the indices tell apart several edges between the same blocks, and
 * the argument of a phi that belongs to an edge.
 *
 * @param block the block at the other end
 * @param index the index of this edge in the list at the other end
 */
public record Edge(Block block, int index) {
  @Override
  public String toString() {
    return "{" + block + "," + index + "}";
  }
}
