package dev.escapade.tools.cli;

import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which Escapade this is. */
final class Version {
  private Version() {}

  /** One line for people and bug reports: the version, the Go release it follows, the JVM. */
  static String line() {
    return "escapade "
        + number()
        + " (go1.26) java "
        + Runtime.version()
        + " "
        + System.getProperty("os.name")
        + "/"
        + System.getProperty("os.arch");
  }

  /** The file or folder that this program runs from. */
  static Path program() {
    String classPath = System.getProperty("java.class.path", "");
    int end = classPath.indexOf(File.pathSeparatorChar);
    return Path.of(end < 0 ? classPath : classPath.substring(0, end));
  }

  /** The version in the jar's manifest, or {@code devel} when run from bare classes. */
  static String number() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "devel" : version;
  }
}
