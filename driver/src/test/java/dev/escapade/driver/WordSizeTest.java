package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on the size of a word. */
final class WordSizeTest {
  private static final String CODE =
      """
      -- go.mod --
      module m

      go 1.26
      -- a.go --
      package m

      func fromInt32(x int32) int { return int(x) }

      func fromInt64(x int64) int { return int(x) }

      func fromUint32(x uint32) uintptr { return uintptr(x) }

      func fromUint(x uint) uintptr { return uintptr(x) }
      """;

  @TempDir Path temp = Path.of("");

  /** A conversion between integers of one size costs nothing. */
  @ParameterizedTest
  @CsvSource({"386, 2 3 2 2", "arm, 2 3 2 2", "amd64, 3 2 3 2", "arm64, 3 2 3 2"})
  void conversionsOfWordsCostNothing(String goarch, String costs) throws Exception {
    Path module = temp.resolve("m");
    Txtar.parse(CODE).unpack(module);
    TestInstallation.create(temp.resolve("goroot"));
    Map<String, String> env =
        new HashMap<>(TestInstallation.environment(temp.resolve("goroot"), temp));
    env.put("GOARCH", goarch);
    var text = new StringBuilder();
    Pipeline.run(
        new BuildRequest(
            LoadConfig.of(module, ".").withEnv(env),
            PackageFlags.parse(List.of("-m=2"), module),
            1,
            Goal.DECIDE,
            null),
        output -> text.append(output.text().whole()));
    String found =
        String.join(
            " ",
            text.toString()
                .lines()
                .filter(line -> line.contains(" with cost "))
                .map(line -> line.replaceAll(".* with cost (\\d+) as: .*", "$1"))
                .toList());
    assertEquals(costs, found, text::toString);
  }
}
