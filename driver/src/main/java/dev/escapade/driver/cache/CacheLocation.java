package dev.escapade.driver.cache;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the cache is: the first of the variables that is set says so. */
public final class CacheLocation {
  /** The variable that names the directory itself; {@code off} means no cache. */
  public static final String VARIABLE = "ESCAPADE_CACHE";

  private static final String OFF = "off";
  private static final String NAME = "escapade";

  private CacheLocation() {}

  /** The cache's directory under an environment, or nothing when there is to be no cache. */
  public static Optional<Path> of(Map<String, String> env) {
    String own = env.getOrDefault(VARIABLE, "");
    try {
      if (!own.isEmpty()) {
        return own.equals(OFF) ? Optional.empty() : Optional.of(Path.of(own).toAbsolutePath());
      }
      // https://specifications.freedesktop.org/basedir-spec: relative paths are to be ignored.
      return absolute(env.getOrDefault("XDG_CACHE_HOME", ""), NAME)
          .or(() -> absolute(env.getOrDefault("LOCALAPPDATA", ""), NAME))
          .or(() -> absolute(env.getOrDefault("HOME", ""), ".cache/" + NAME));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static Optional<Path> absolute(String dir, String name) {
    return Optional.of(dir)
        .filter(d -> !d.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .map(d -> d.resolve(name));
  }
}
