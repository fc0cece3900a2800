package dev.escapade.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Go installation without a standard library but for what every program needs, so that tests need
 * no installation and no time for one.
 */
public final class TestInstallation {
  private static final String RELEASE = "go1.26.8";

  private TestInstallation() {}

  /** Makes one in the folder {@code goroot}. */
  public static void create(Path goroot) throws IOException {
    create(goroot, RELEASE);
  }

  /** Makes one of a release such as {@code go1.26.8}. */
  public static void create(Path goroot, String release) throws IOException {
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("VERSION", release + "\n"),
                new Txtar.Entry("go.env", ""),
                new Txtar.Entry("src/unsafe/unsafe.go", "package unsafe\n"),
                new Txtar.Entry("src/runtime/runtime.go", "package runtime\n")))
        .unpack(goroot);
  }

  /** The environment in which {@code goroot} is used, and nothing of the user's. */
  public static Map<String, String> environment(Path goroot, Path home) {
    return Map.of("GOROOT", goroot.toString(), "GOENV", "off", "HOME", home.toString());
  }
}
