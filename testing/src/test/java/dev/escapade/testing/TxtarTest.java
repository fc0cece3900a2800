package dev.escapade.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TxtarTest {
  private static final String TEXT =
      """
      What this is about.
      -- go.mod --
      module m
      -- empty --
      -- a/b.go --
      package a
      -- not a name
      """;

  @Test
  void readsCommentAndFiles() {
    Txtar archive = Txtar.parse(TEXT);
    assertEquals("What this is about.\n", archive.comment());
    assertEquals(
        List.of(
            new Txtar.Entry("go.mod", "module m\n"),
            new Txtar.Entry("empty", ""),
            new Txtar.Entry("a/b.go", "package a\n-- not a name\n")),
        archive.files());
    assertEquals(Optional.empty(), archive.file("b.go"));
  }

  @Test
  void printingIsTheInverseOfReading() {
    assertEquals(TEXT, Txtar.parse(TEXT).text());
    assertEquals("x\n", Txtar.parse(TEXT).with("empty", "x\n").file("empty").orElseThrow());
  }

  @Test
  void unpacksIntoTheFolderOnly(@TempDir Path dir) throws IOException {
    Txtar.parse(TEXT).unpack(dir);
    assertEquals("module m\n", Files.readString(dir.resolve("go.mod")));
    Txtar evil = Txtar.parse("-- ../x --\n");
    assertThrows(IOException.class, () -> evil.unpack(dir));
  }
}
