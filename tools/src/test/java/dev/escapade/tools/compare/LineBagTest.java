package dev.escapade.tools.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineBagTest {
  @Test
  void behavesAsAMapOfCounts() {
    Random random = new Random(1);
    LineBag bag = new LineBag();
    Map<Integer, Integer> model = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      int line = random.nextInt(5_000);
      byte[] bytes = ("line " + line).getBytes(StandardCharsets.UTF_8);
      long hash = LineBag.hash(bytes, 0, bytes.length);
      int count = model.getOrDefault(line, 0);
      if (random.nextInt(3) > 0) {
        bag.add(hash);
        model.put(line, count + 1);
      } else {
        assertEquals(count > 0, bag.remove(hash));
        model.put(line, Math.max(0, count - 1));
      }
    }
    assertEquals(model.values().stream().mapToLong(Integer::intValue).sum(), bag.size());
  }

  @Test
  void linesAreCutWhereverTheBufferEnds() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      expected.add("x".repeat(i % 97));
      text.append(expected.getLast()).append('\n');
    }
    expected.add("last, without newline");
    text.append(expected.getLast());
    List<String> lines = new ArrayList<>();
    LineReader.readAll(
        new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
        (bytes, from, to) -> lines.add(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    assertEquals(expected, lines);
  }
}
