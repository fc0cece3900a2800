package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
  @TempDir Path dir = Path.of("");

  private record Outcome(int code, String out, String err) {}

  private Outcome run(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code;
    try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = Main.run(Terminal.streams(dir, Map.of(), outStream, errStream), args);
    }
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void versionIsOneLineOnStandardOutput() {
    Outcome outcome = run("version");
    assertEquals(0, outcome.code);
    assertEquals(1, outcome.out.lines().count());
    assertTrue(outcome.out.startsWith("escapade "), outcome.out);
    assertEquals("", outcome.err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "build -foo | flag provided but not defined: -foo",
        "build --foo=1 | flag provided but not defined: -foo",
        "build -race | -race is not supported",
        "build -toolexec=x | -toolexec is not supported",
        "build -gcflags=-m=x | invalid value \"-m=x\" for flag -gcflags",
        "build -gcflags=-zz | flag provided but not defined: -zz",
        "build -gcflags=-asan | the compiler's flag -asan is not supported",
        "build -gcflags=./... | missing =<value> in <pattern>=<value>",
        "build -tags x -C . | -C flag must be first flag on command line",
        "build -C nowhere | chdir nowhere: no such file or directory",
        "build -p 0 | -p must be at least 1",
        "build ./... -v | flag -v stands after the first package",
        "compare | name packages",
        "buidl | buidl: unknown command",
      })
  void wrongUsageSaysWhatIsWrongAndExitsWith2(String args, String message) {
    Outcome outcome = run(args.split(" ", -1));
    assertTrue(outcome.err.contains(message), outcome.err);
    assertEquals(2, outcome.code);
    assertEquals("", outcome.out);
  }

  @Test
  void usageGoesToStandardOutputWhenAskedFor() {
    for (String[] args :
        new String[][] {
          {"help"},
          {"help", "build"},
          {"build", "-h"},
          {"graph", "-help"},
          {"compare", "--help"},
          {"cache", "--help"},
          {"version", "--help"},
          {"completion", "--help"}
        }) {
      Outcome outcome = run(args);
      assertEquals(0, outcome.code);
      assertTrue(outcome.out.startsWith("Usage: escapade"), outcome.out);
    }
  }

  @Test
  void completionIsAScript() {
    assertTrue(run("completion").out.startsWith("#!/usr/bin/env bash"));
  }

  @Test
  void aFaultOfOursIsToldInWordsWithoutStackTrace() {
    var err = new ByteArrayOutputStream();
    try (var stream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      CrashReport.print(stream, Map.of(), List.of("build"), new IllegalStateException("odd node"));
    }
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("escapade: internal error: IllegalStateException: odd node"), text);
    assertTrue(text.contains("ESCAPADE_DEBUG=1"), text);
    assertTrue(!text.contains("\tat "), text);
  }
}
