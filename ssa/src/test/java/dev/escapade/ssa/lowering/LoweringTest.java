package dev.escapade.ssa.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the lowering before the back end makes of functions ({@code walk.txtar}), and what the
 * builder of SSA makes of them ({@code build.txtar}): one rule in each case. Each case is a file
 * {@code NAME.go} without its package clause, whose function {@code f} is shown, and {@code
 * NAME.want}; {@code -Dupdate} records it, for somebody to read. When these were recorded, those of
 * {@code build.txtar} were, value by value, what GOSSAFUNC tells of Go 1.26, but for the spelling
 * of some types.
 */
final class LoweringTest {
  private static final Path CASES = Path.of("src/test/resources/lowering");
  private static final String GO = ".go";

  @TestFactory
  Stream<DynamicTest> walked() throws IOException {
    return cases("walk.txtar", Lowered::walked);
  }

  @TestFactory
  Stream<DynamicTest> built() throws IOException {
    return cases("build.txtar", Lowered::ssa);
  }

  private static Stream<DynamicTest> cases(String name, Function<Lowered, String> shown)
      throws IOException {
    Path archive = CASES.resolve(name);
    Txtar cases = Txtar.read(archive);
    if (System.getProperty("update") != null) {
      cases = updated(cases, shown);
      Files.writeString(archive, cases.text());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Txtar.Entry entry : cases.files()) {
      if (entry.name().endsWith(GO)) {
        String want = cases.file(want(entry)).orElse("");
        tests.add(
            DynamicTest.dynamicTest(
                entry.name(), () -> assertEquals(want, shown.apply(lowered(entry)))));
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static Txtar updated(Txtar cases, Function<Lowered, String> shown) {
    List<Txtar.Entry> files = new ArrayList<>();
    for (Txtar.Entry entry : cases.files()) {
      if (entry.name().endsWith(GO)) {
        files.add(entry);
        files.add(new Txtar.Entry(want(entry), shown.apply(lowered(entry))));
      }
    }
    return new Txtar(cases.comment(), files);
  }

  private static Lowered lowered(Txtar.Entry entry) {
    return Lowered.of("package p\n\n" + entry.data());
  }

  private static String want(Txtar.Entry entry) {
    return entry.name().substring(0, entry.name().length() - GO.length()) + ".want";
  }
}
