package dev.escapade.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small run of the mutations; long ones are made with {@code fuzz/run}. */
final class MutationTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  @Test
  void mutatedExamplesDoNotCrashTheFrontEnd() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      int failures =
          MutationRun.run(MutationRun.goFiles(EXAMPLES), 30, 3_000, System.nanoTime(), stream);
      assertEquals(0, failures, out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void piecesMakeUpTheProgram() throws IOException {
    for (Path file : MutationRun.goFiles(EXAMPLES)) {
      byte[] program = Files.readAllBytes(file);
      var joined = new ByteArrayOutputStream();
      List<byte[]> tokens = TokenMutator.tokens(program);
      tokens.forEach(joined::writeBytes);
      assertArrayEquals(program, joined.toByteArray());
    }
  }

  @Test
  void bytesChooseTheMutation() {
    List<byte[]> programs =
        List.of("package a\nvar x = 1\n".getBytes(StandardCharsets.UTF_8), new byte[0]);
    byte[] onceMore = {0, 1, 0, 5, 9}; // the first program, one change, at token 5: repeat the line
    assertEquals(
        "package a\nvar x = 1\nvar x = 1\n",
        new String(MutationTarget.mutant(onceMore, programs), StandardCharsets.UTF_8));
  }
}
