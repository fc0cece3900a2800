package dev.escapade.ssa.core;

/**
 * A symbol of the linker: a function or static data. Symbols are equal if their names are.
 *
 * @param name the name as the linker knows it, such as {@code runtime.growslice}
 */
public record Sym(String name) {
  @Override
  public String toString() {
    return name;
  }
}
