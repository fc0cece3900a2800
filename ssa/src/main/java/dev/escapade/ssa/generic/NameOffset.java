package dev.escapade.ssa.generic;

import dev.escapade.ir.Name;

/** A part of a parameter: what starts {@code offset} bytes into it. */
public record NameOffset(Name name, long offset) {
  @Override
  public String toString() {
    return name.sym.name() + "+" + offset;
  }
}
