package dev.escapade.ssa.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.dump.DumpReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What the passes leave of {@code states/checks.go}, begun from the compiler's first state of each
 * function, is what the compiler leaves. Its states are recorded in {@code checks.ssa.gz}.
 */
final class PassesTest {
  private static final Path STATES = Path.of("src/test/resources/states/checks.ssa.gz");

  @Test
  void boundsChecksLeft() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    each(d -> {
      Func f = d.load(0);
      List<String> told = new ArrayList<>();
      Passes.run(f, v -> told.add(text(v)));
      List<String> want = boundsChecks(d.load(d.phases().indexOf("late fuse")));
      assertEquals(want, boundsChecks(f), d.name());
      told.sort(null);
      assertEquals(want, told, d.name());
      if (!want.isEmpty()) {
        counts.put(d.name(), want.size());
      }
    });
    assertEquals(
        Map.of("cut", 1, "digits", 2, "little", 1, "pairs", 2, "search", 1, "slot", 1, "window", 2),
        counts);
  }

  @Test
  void nilChecksLeft() throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    each(d -> {
      List<String> told = new ArrayList<>();
      Func f = d.load(d.phases().indexOf("late fuse"));
      LatePasses.run(f, v -> told.add(Integer.toString(v.pos)), (_, _) -> {});
      told.sort(null);
      List<String> want =
          new ArrayList<>(d.positions(d.phases().indexOf("late nilcheck"), "LoweredNilCheck"));
      want.sort(null);
      assertEquals(want, told, d.name());
      if (!want.isEmpty()) {
        counts.put(d.name(), want.size());
      }
    });
    assertEquals(Map.of("slot", 1), counts);
  }

  @Test
  void largeCopies() throws IOException {
    Map<String, Long> copies = new TreeMap<>();
    each(d -> {
      Func f = d.load(d.phases().indexOf("late fuse"));
      LatePasses.run(f, _ -> {}, (_, bytes) -> copies.put(d.name(), bytes));
    });
    assertEquals(Map.of("copied", 808L), copies);
  }

  private static void each(Consumer<DumpReader.Dumped> body) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(STATES)), StandardCharsets.UTF_8))) {
      DumpReader reader = new DumpReader(in);
      for (DumpReader.Dumped d = reader.next(); d != null; d = reader.next()) {
        body.accept(d);
      }
    }
  }

  private static List<String> boundsChecks(Func f) {
    List<String> list = new ArrayList<>();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.IS_IN_BOUNDS || v.op == Op.IS_SLICE_IN_BOUNDS) {
          list.add(text(v));
        }
      }
    }
    list.sort(null);
    return list;
  }

  private static String text(Value v) {
    return v.op.text() + ':' + v.pos;
  }
}
