package dev.escapade.tools.compare;

/**
 * The flags of {@code go build} under which both sides look at packages.
 *
 * @param gcflags the compiler's flags
 * @param pgo which profile is used: {@code auto}, {@code off} or an absolute path
 */
public record Flags(String gcflags, String pgo) {
  private static final String AUTO = "auto";

  /** The name of a file for what is printed under these flags. */
  String fileName() {
    String flags = gcflags.strip().replaceFirst("^-+", "");
    if (flags.isEmpty()) {
      flags = "none";
    }
    if (!pgo.equals(AUTO)) {
      flags += ".pgo=" + pgo;
    }
    return flags.replaceAll("[^A-Za-z0-9=._-]", "_") + ".txt.gz";
  }
}
