package dev.escapade.ssa.abi;

import dev.escapade.ir.Name;

/**
 * A part of a parameter that is in a register.
 *
 * @param name the parameter
 * @param offset where the part is within it, in bytes
 */
public record NameOffset(Name name, long offset) {
  @Override
  public String toString() {
    return name.sym.name() + "+" + offset;
  }
}
