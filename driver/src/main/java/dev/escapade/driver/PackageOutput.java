package dev.escapade.driver;

import dev.escapade.load.GoPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler would print for one package.
 *
 * @param pkg the package
 * @param text errors and decisions, with absolute paths
 * @param status how it ended
 * @param crash why it ended so for {@link Status#CRASHED}, else null
 * @param analyses what the analyses of the request found
 */
public record PackageOutput(
    GoPackage pkg, Text text, Status status, @Nullable Throwable crash, AnalysisResults analyses) {
  /** The output of a package that was not analysed. */
  public PackageOutput(GoPackage pkg, Text text, Status status, @Nullable Throwable crash) {
    this(pkg, text, status, crash, AnalysisResults.NONE);
  }

  /** How the work on a package ended. */
  public enum Status {
    /** All went well. */
    OK,
    /** The package has errors; {@code text} tells them. */
    ERRORS,
    /** A package that it imports has errors, so it was not looked at. */
    SKIPPED,
    /** Escapade failed. */
    CRASHED
  }

  /** Text that is rendered when it is wanted, once, for it may be hundreds of megabytes. */
  @FunctionalInterface
  public interface Text {
    /** No text. */
    Text EMPTY = _ -> {};

    /** Writes it in UTF-8, line by line; nothing at all when there is nothing to say. */
    void writeTo(OutputStream out) throws IOException;

    /** All of it at once, where it is not long. */
    default String whole() {
      var bytes = new ByteArrayOutputStream();
      try {
        writeTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
