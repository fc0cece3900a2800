package dev.escapade.tools.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.finding.Severity;
import dev.escapade.tools.check.CheckConfig.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration file says, and what is said of one that is wrong. */
final class CheckConfigTest {
  private static final Set<String> RULES = Set.of("defer-in-loop", "struct-padding");

  @TempDir private Path dir;

  private CheckConfig read(String text) throws IOException, ConfigException {
    Files.writeString(dir.resolve(CheckConfig.NAME), text);
    return CheckConfig.find(dir, RULES);
  }

  @Test
  void saysWhatIsShown() throws Exception {
    CheckConfig config =
        read(
            """
            # what we care about
            disable:
            - struct-padding   # layout is by hand
            severity:
              defer-in-loop: "error"
            exclude: ["gen/**", '*.pb.go']
            """);
    assertFalse(config.isEnabled("struct-padding"));
    assertTrue(config.isEnabled("defer-in-loop"));
    assertEquals(Severity.ERROR, config.severity("defer-in-loop"));
    assertTrue(config.isExcluded(dir.resolve("gen/a/b.go").toString()));
    assertTrue(config.isExcluded(dir.resolve("x.pb.go").toString()));
    assertFalse(config.isExcluded(dir.resolve("a/x.go").toString()));
  }

  @Test
  void isLookedForUpToTheModule() throws Exception {
    CheckConfig config = read("enable: [defer-in-loop]\n");
    Path inner = Files.createDirectories(dir.resolve("a/b"));
    assertEquals(config.enabled(), CheckConfig.find(inner, RULES).enabled());
    Files.writeString(dir.resolve("a/go.mod"), "module a\n");
    assertSame(CheckConfig.DEFAULT, CheckConfig.find(inner, RULES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disabel: [x] | disabel is no setting",
        "disable: [no-such-rule] | there is no rule no-such-rule",
        "disable: defer-in-loop | disable wants a list",
        "exclude: ['[a'] | exclude: [a is no pattern",
        "disable: [defer-in-loop | line 1: the list is not closed",
        "just text | line 1: a key and a colon are wanted",
      })
  void tellsWhatIsWrong(String text, String message) {
    ConfigException e = assertThrows(ConfigException.class, () -> read(text + "\n"));
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }
}
