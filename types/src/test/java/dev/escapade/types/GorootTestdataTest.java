package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Go's own tests of its type checker, where Go is installed. */
class GorootTestdataTest {
  private static Path goroot() {
    String env = System.getenv("GOROOT");
    return Path.of(env == null || env.isEmpty() ? "/usr/local/go" : env);
  }

  @Test
  void allExpectedErrorsAreReportedAndNoOthers() throws Exception {
    Path testdata = goroot().resolve("src/internal/types/testdata");
    assumeTrue(Files.isDirectory(testdata), "no Go installation");
    Map<List<Path>, Integer> packages = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> dir : GorootTestdata.DIRECTORIES.entrySet()) {
      for (List<Path> files : GorootTestdata.packages(testdata.resolve(dir.getKey())).values()) {
        if (!wantsOldAliases(files)) {
          packages.put(files, dir.getValue());
        }
      }
    }
    assumeTrue(!packages.isEmpty(), "no test files");
    GorootTestdata.Std std = GorootTestdata.std(goroot(), packages.keySet());
    List<String> problems = new ArrayList<>();
    GorootTestdata.onBigStack(() -> {
      for (Map.Entry<List<Path>, Integer> p : packages.entrySet()) {
        problems.addAll(
            new TestdataRun(std.importer(), std.sources())
                .run(p.getKey(), p.getValue())
                .problems());
      }
    });
    assertEquals(List.of(), problems);
  }

  /** The compiler always gives aliases types of their own. */
  private static boolean wantsOldAliases(List<Path> files) throws IOException {
    return Files.readString(files.get(0), java.nio.charset.StandardCharsets.ISO_8859_1)
        .lines()
        .findFirst()
        .orElse("")
        .contains("-gotypesalias=0");
  }
}
