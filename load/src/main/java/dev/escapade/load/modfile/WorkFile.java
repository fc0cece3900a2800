package dev.escapade.load.modfile;

import java.util.List;

/**
 * What a go.work file says.
 *
 * @param goVersion the version of the go line, or empty
 * @param toolchain the name in the toolchain line, or empty
 */
public record WorkFile(
    String goVersion, String toolchain, List<Use> uses, List<ModFile.Replace> replaces) {
  public WorkFile {
    uses = List.copyOf(uses);
    replaces = List.copyOf(replaces);
  }

  /** A module of the workspace: its directory as written, and the line that says so. */
  public record Use(String path, int line) {}

  /** A file, or what is wrong with it: one text for each fault, with its place. */
  public record Parsed(WorkFile file, List<String> errors) {}
}
