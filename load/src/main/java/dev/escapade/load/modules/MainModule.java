package dev.escapade.load.modules;

import dev.escapade.load.modfile.ModFile;

/**
 * A main module: the one around the working directory, or one of a workspace.
 *
 * @param path its module path
 * @param prefix what the import paths of its packages start with: the path, or empty for the
 *     standard library
 * @param dir its absolute directory; empty for the stand-in outside all modules
 * @param file its go.mod
 * @param inGorootSrc whether it lies in GOROOT/src
 */
public record MainModule(
    String path, String prefix, String dir, ModFile file, boolean inGorootSrc) {
  /** The name of the module that stands in where there is none. */
  public static final String COMMAND_LINE = "command-line-arguments";
}
