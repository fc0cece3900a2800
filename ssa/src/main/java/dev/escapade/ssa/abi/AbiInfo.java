package dev.escapade.ssa.abi;

import java.util.List;

/**
 * How the parameters and results of a function are passed.
 *
 * @param config the rules
 * @param in the parameters, the receiver first
 * @param out the results
 * @param spillAreaOffset where the room to spill parameters is, in bytes from the first argument
 * @param spillAreaSize how large that room is, in bytes
 * @param inRegisters how many registers hold parameters
 * @param outRegisters how many registers hold results
 */
public record AbiInfo(
    AbiConfig config,
    List<Assignment> in,
    List<Assignment> out,
    long spillAreaOffset,
    long spillAreaSize,
    int inRegisters,
    int outRegisters) {
  /** The size of the arguments, results and room to spill on the stack, in bytes. */
  public long argWidth() {
    return spillAreaOffset + spillAreaSize;
  }
}
