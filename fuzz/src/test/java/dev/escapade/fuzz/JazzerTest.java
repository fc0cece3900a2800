package dev.escapade.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few seconds of coverage-guided fuzzing, starting from the sample module. */
final class JazzerTest {
  private static final int SECONDS = 10;

  @TempDir Path dir = Path.of("");

  @ParameterizedTest
  @ValueSource(classes = {ParserTarget.class, PipelineTarget.class, MutationTarget.class})
  void findsNoFailure(Class<?> target) throws IOException, InterruptedException {
    Path inputs = Files.createDirectory(dir.resolve("inputs"));
    for (Path file : MutationRun.goFiles(Path.of("..", "examples"))) {
      Files.copy(file, inputs.resolve(String.valueOf(file.getFileName())));
    }
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path log = dir.resolve("log");
    Process jazzer =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+EnableDynamicAgentLoading",
                    "-Descapade.fuzz.programs=" + Path.of("..").toAbsolutePath(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath,
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + target.getName(),
                    "--instrumentation_includes=dev.escapade.**",
                    "--disabled_hooks=*",
                    "-max_total_time=" + SECONDS,
                    "-timeout=25",
                    "-rss_limit_mb=4096",
                    inputs.toString()))
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(jazzer.waitFor(SECONDS + 180, TimeUnit.SECONDS), "Jazzer does not end");
    String output = Files.readString(log);
    assertEquals(0, jazzer.exitValue(), output);
    assertTrue(output.contains("DONE"), output);
  }
}
