package dev.escapade.driver;

import java.net.URI;
import java.nio.file.Path;

/**
 * The value of the compiler's {@code -json}: the version of the format, a comma, and a folder
 * (cmd/compile/internal/logopt: LogJsonOption, go 1.26).
 */
final class JsonFlag {
  private static final String FILE_SCHEME = "file://";

  private JsonFlag() {}

  /**
   * The folder in a value.
   *
   * @param earlier that of an earlier flag, or empty
   * @throws FlagException if the value is malformed, or there was an earlier one
   */
  static String folder(String value, String earlier) throws FlagException {
    if (!earlier.isEmpty()) {
      throw new FlagException("Cannot repeat -json flag");
    }
    int comma = value.indexOf(',');
    if (comma <= 0) {
      throw malformed("");
    }
    int version;
    try {
      version = Integer.parseInt(value.substring(0, comma));
    } catch (NumberFormatException _) {
      throw malformed(": err=" + value.substring(0, comma) + " is no number");
    }
    if (version != 0) {
      throw new FlagException("-json version must be 0");
    }
    return path(value.substring(comma + 1));
  }

  private static FlagException malformed(String why) {
    return new FlagException(
        "-json option should be '<version>,<destination>' where <version> is a number" + why);
  }

  private static String path(String destination) throws FlagException {
    if (Path.of(destination).isAbsolute()) {
      return Path.of(destination).normalize().toString();
    }
    if (!destination.startsWith(FILE_SCHEME)) {
      throw new FlagException(
          "optimizer logging destination "
              + destination
              + " was neither /-prefixed directory nor file://-prefixed file URI");
    }
    try {
      URI uri = URI.create(destination);
      String host = uri.getHost() == null ? "" : uri.getHost();
      String path = uri.getPath() == null ? "" : uri.getPath();
      return Path.of(host + path).normalize().toString();
    } catch (IllegalArgumentException e) {
      throw new FlagException(
          "optimizer logging destination looked like file:// URI but failed to parse: err="
              + e.getMessage());
    }
  }
}
