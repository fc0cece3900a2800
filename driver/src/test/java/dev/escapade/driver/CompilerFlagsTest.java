package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompilerFlagsTest {
  @ParameterizedTest
  @CsvSource({
    "-m, 1, 0",
    "-m -m, 2, 0",
    "-m=2, 2, 0",
    "--m=2, 2, 0",
    "-m=2 -m, 3, 0",
    "-m=2 -m=false, 0, 0",
    "-m -l, 1, 1",
    "-l=4 -m=true, 1, 4",
    "-dwarf=false -c 4 -m, 1, 0",
    "'-m ''-l=2''', 1, 2",
  })
  void countingFlagsCount(String flags, int m, int l) throws FlagException {
    CompilerFlags parsed = CompilerFlags.parse(QuotedFields.split(flags));
    assertEquals(List.of(m, l), List.of(parsed.m(), parsed.l()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m=two",
        "-nosuch",
        "-S",
        "-d=nosuch",
        "-d=checkptr=x",
        "-d=wb",
        "-race=2",
        "m",
        "-",
        "-c",
        "-=3",
        "---m"
      })
  void whatCannotBeObeyedIsRefused(String flags) {
    assertThrows(FlagException.class, () -> CompilerFlags.parse(QuotedFields.split(flags)));
  }

  @Test
  void anUnclosedQuoteIsRefused() {
    assertThrows(FlagException.class, () -> QuotedFields.split("-m '-l"));
  }
}
