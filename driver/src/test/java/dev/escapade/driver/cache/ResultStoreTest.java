package dev.escapade.driver.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultStoreTest {
  @TempDir Path dir = Path.of("");

  private static Key key(int i) {
    return new Digest().add("key " + i).key();
  }

  private static byte[] text(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private Path file(Key key) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(f -> f.endsWith(key.hex())).findFirst().orElseThrow();
    }
  }

  @Test
  void whatWasPutIsFound() {
    ResultStore store = new ResultStore(dir, 1 << 20);
    assertNull(store.get(key(1)));
    store.put(key(1), text("one"));
    store.put(key(2), text(""));
    store.put(key(1), text("uno"));
    ResultStore other = new ResultStore(dir, 1 << 20);
    assertArrayEquals(text("uno"), other.get(key(1)));
    assertArrayEquals(text(""), other.get(key(2)));
    assertEquals(2, other.size().entries());
    other.clear();
    assertNull(store.get(key(1)));
  }

  @Test
  void anyDamagedByteIsNoticedAndTheEntryDropped() throws IOException {
    ResultStore store = new ResultStore(dir, 1 << 20);
    store.put(key(1), text("a result"));
    byte[] good = Files.readAllBytes(file(key(1)));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      store.put(key(1), text("a result"));
      Path file = file(key(1));
      Files.write(file, bad);
      assertNull(store.get(key(1)), "byte " + i);
      assertFalse(Files.exists(file));
      store.put(key(1), text("a result"));
      Files.write(file, Arrays.copyOf(good, i));
      assertNull(store.get(key(1)), "length " + i);
    }
    store.put(key(1), text("a result"));
    store.put(key(2), text("another"));
    Files.write(file(key(2)), good);
    assertNull(store.get(key(2)), "the file of another key");
  }

  @Test
  void whatIsNotCommittedIsNotStored() throws IOException {
    ResultStore store = new ResultStore(dir, 1 << 20);
    try (ResultStore.Writer writer = store.write(key(1))) {
      writer.write(text("half"));
    }
    assertNull(store.get(key(1)));
    assertEquals(0, store.size().sizeBytes());
  }

  @Test
  void whatWasUsedLastStays() throws IOException {
    ResultStore store = new ResultStore(dir, 5000);
    for (int i = 0; i < 10; i++) {
      store.put(key(i), new byte[1000]);
      FileTime used = FileTime.from(Instant.now().minus(Duration.ofHours(100 - i)));
      Files.setLastModifiedTime(file(key(i)), used);
    }
    assertNotNull(store.get(key(0)));
    store.trim();
    assertTrue(store.size().sizeBytes() <= 5000);
    assertNotNull(store.get(key(0)), "used just now");
    assertNull(store.get(key(1)));
    assertNotNull(store.get(key(9)));
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsAnEmptyStore() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    ResultStore store = new ResultStore(file, 1 << 20);
    store.put(key(1), text("one"));
    assertNull(store.get(key(1)));
    store.trimIfDue();
    assertEquals(0, store.size().entries());
  }

  @Test
  void writersAndReadersAtATimeSeeWholeResults() throws InterruptedException {
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int id = t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                ResultStore store = new ResultStore(dir, 1 << 20);
                for (int i = 0; i < 100; i++) {
                  byte[] mine = new byte[5000 + id];
                  Arrays.fill(mine, (byte) id);
                  store.put(key(i % 3), mine);
                  byte[] seen = store.get(key(i % 3));
                  if (seen != null) {
                    found.incrementAndGet();
                    byte[] expected = new byte[5000 + seen[0]];
                    Arrays.fill(expected, seen[0]);
                    wrong.addAndGet(Arrays.equals(expected, seen) ? 0 : 1);
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, wrong.get());
    assertEquals(400, found.get());
  }
}
