package dev.escapade.load;

import dev.escapade.diag.Position;
import java.util.List;

/**
 * Why a package, or everything, could not be loaded as asked.
 *
 * @param importPath the package that has the error; empty when no package is to blame
 * @param importStack the way from the command line to the package, outermost first; may be empty
 * @param pos where the fault is, with the path shortened as the go command does, or {@link
 *     Position#UNKNOWN}
 * @param message the go command's text, without position
 * @param text all that the go command prints for this error, position and import stack included
 */
public record LoadError(
    String importPath, List<String> importStack, Position pos, String message, String text) {
  public LoadError {
    importStack = List.copyOf(importStack);
  }
}
