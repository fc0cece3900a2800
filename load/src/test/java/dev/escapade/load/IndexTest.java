package dev.escapade.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.load.files.FileIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading with what earlier runs have read. */
final class IndexTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(1)));

  private @TempDir Path dir;
  private LoadConfig config = LoadConfig.of(Path.of("/"));

  @BeforeEach
  void module() throws IOException {
    Path goroot = dir.resolve("goroot");
    write("goroot/VERSION", "go1.26.0\n");
    write("goroot/go.env", "");
    for (String name : List.of("runtime", "fmt", "log", "internal/goexperiment")) {
      write("goroot/src/" + name + "/a.go", "package " + name.replaceFirst(".*/", "") + "\n");
    }
    write("m/go.mod", "module m\n\ngo 1.26\n");
    write("m/a.go", "package m\n\nimport \"fmt\"\n");
    config =
        LoadConfig.of(dir.resolve("m"), ".")
            .withEnv(Map.of("HOME", dir.toString(), "GOPATH", dir.resolve("gopath").toString()))
            .withGoroot(goroot);
    settle();
  }

  private Path write(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Makes all files and directories look old. */
  private void settle() throws IOException {
    try (var all = Files.walk(dir)) {
      for (Path p : all.toList()) {
        Files.setLastModifiedTime(p, LONG_AGO);
      }
    }
  }

  private static FileIndex stored(FileIndex index) {
    return FileIndex.of(index.toBytes());
  }

  private GoPackage load(FileIndex index) throws IOException {
    LoadResult result = Loader.load(config, new LoadMemory(index));
    assertEquals(List.of(), result.errors());
    return result.roots().getFirst();
  }

  private FileIndex afterOneRun() throws IOException {
    FileIndex first = new FileIndex();
    assertEquals(List.of("fmt"), load(first).imports());
    assertTrue(first.hasGrown());
    return stored(first);
  }

  @Test
  void whatHasTheSameStampIsNotReadAgain() throws IOException {
    FileIndex index = afterOneRun();
    Path file = dir.resolve("m/a.go");
    // As long as before, and as old: nothing but reading the file could tell.
    try (var in = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
      in.write(StandardCharsets.UTF_8.encode("package m\n\nimport \"log\"\n"));
    }
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(List.of("fmt"), load(index).imports());
    assertFalse(index.hasGrown());
    assertEquals(List.of("log"), load(new FileIndex()).imports());
  }

  @Test
  void changesAreSeen() throws IOException {
    FileIndex index = afterOneRun();
    write("m/a.go", "package m\n\nimport \"log\"\n");
    assertEquals(List.of("log"), load(index).imports());
    FileIndex again = stored(index);
    write("m/b.go", "package m\n\nimport \"fmt\"\n");
    assertEquals(List.of("fmt", "log"), load(again).imports());
    Files.delete(dir.resolve("m/a.go"));
    assertEquals(List.of("fmt"), load(stored(again)).imports());
  }

  @Test
  void whatWasChangedJustNowIsReadAgain() throws IOException {
    Path file = write("m/a.go", "package m\n\nimport \"log\"\n");
    FileTime now = Files.getLastModifiedTime(file);
    FileIndex index = new FileIndex();
    assertEquals(List.of("log"), load(index).imports());
    try (var in = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
      in.write(StandardCharsets.UTF_8.encode("package m\n\nimport \"fmt\"\n"));
    }
    Files.setLastModifiedTime(file, now); // a clock that ticks slowly
    assertEquals(List.of("fmt"), load(stored(index)).imports());
  }

  @Test
  void changesDuringARunAreNoticed() throws IOException {
    FileIndex index = afterOneRun();
    GoFile file = load(index).files().getFirst();
    assertFalse(index.hasConflict());
    write("m/a.go", "package m // changed\n");
    assertEquals("package m // changed\n", new String(file.content(), StandardCharsets.UTF_8));
    assertTrue(index.hasConflict());
  }

  @Test
  void digestsAreThoseOfTheContent() throws IOException {
    FileIndex index = afterOneRun();
    GoFile known = load(index).files().getFirst();
    GoFile read = Loader.load(config).roots().getFirst().files().getFirst();
    assertTrue(Arrays.equals(known.digest(), read.digest()));
    assertEquals(read.content().length, known.sizeBytes());
  }

  @Test
  void damageCountsAsNothing() throws IOException {
    byte[] good = afterOneRun().toBytes();
    for (int length = 0; length < good.length; length += 7) {
      FileIndex index = FileIndex.of(Arrays.copyOf(good, length));
      assertEquals(List.of("fmt"), load(index).imports());
    }
  }
}
