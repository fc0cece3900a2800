package dev.escapade.tools.cli;

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

  /** The version in the jar's manifest, or {@code devel} when run from bare classes. */
  static String number() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "devel" : version;
  }
}
