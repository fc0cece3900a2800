package dev.escapade.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A folder of cases: each of its files is one. */
public final class Cases {
  /** What is asked of a case. */
  @FunctionalInterface
  public interface Check {
    /** Checks the case in {@code file}; fails by throwing. */
    void check(Path file) throws Exception;
  }

  private Cases() {}

  /** The cases by name; a folder without any is a failure. */
  public static List<Path> of(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> cases = files.sorted().toList();
      assertFalse(cases.isEmpty(), () -> "no case in " + folder);
      return cases;
    }
  }

  /** One test for each case, which bears its name. */
  public static Stream<DynamicTest> tests(Path folder, Check check) throws IOException {
    return of(folder).stream()
        .map(file ->
            DynamicTest.dynamicTest(
                String.valueOf(file.getFileName()), file.toUri(), () -> check.check(file)));
  }
}
