package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.diag.SourceMap;
import dev.escapade.testing.Cases;
import dev.escapade.types.Importer.ImportException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Our own cases: each file under {@code check} is a package whose ERROR comments say what is
 * reported at the token before.
 */
class CheckTest {
  @TestFactory
  Stream<DynamicTest> errorsAreThoseOfTheComments() throws IOException, URISyntaxException {
    Path dir = Path.of(Objects.requireNonNull(getClass().getResource("/check")).toURI());
    return Cases.tests(dir, CheckTest::check);
  }

  private static void check(Path file) throws IOException {
    Importer importer =
        path -> {
          if (path.equals("unsafe")) {
            return Universe.UNSAFE;
          }
          throw new ImportException("no package " + path + " here");
        };
    assertEquals(
        List.of(),
        new TestdataRun(importer, new SourceMap()).run(List.of(file), 1).problems(),
        file.toString());
  }
}
