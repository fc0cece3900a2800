package dev.escapade.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.count.alloc.Place;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which measured benchmarks a loop may be the one of. */
final class BenchmarkLoopTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'', /small, false",
    "/small, /small, true",
    "/small, /small#01, true",
    "/small, /smaller, false",
    "/*, /small/deep, true",
    "/*/new, /1x10/new, true",
    "/*/new, /1x10/reuse, false",
    "*, '', true",
  })
  void namesMayHaveUnknownParts(String loop, String measured, boolean expected) {
    BenchmarkLoop l = new BenchmarkLoop(loop, new Place("a.go", 1, 1, ""), Outcome.NOTHING, 1);
    assertEquals(expected, l.mayBeOf(measured));
  }

  @ParameterizedTest
  @CsvSource({"two words, /two_words", "a/b, /a/b", "é, /*", "'', /*"})
  void partsAreSpelledAsByTheTestingPackage(String name, String expected) {
    assertEquals(expected, BenchmarkLoop.part(name));
  }
}
