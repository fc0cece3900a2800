package dev.escapade.syntax;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** A parsed program and what was reported about it. */
record Source(SourceFile source, @Nullable File file, List<Diagnostic> diagnostics, IdSource ids) {

  static Source parse(String text) {
    return parse("x.go", text.getBytes(StandardCharsets.UTF_8));
  }

  static Source parse(String name, byte[] content) {
    IdSource ids = new IdSource();
    return parse(name, content, ParseOptions.of(ids));
  }

  static Source parse(String name, byte[] content, ParseOptions options) {
    SourceFile source = new SourceMap().add(name, content.length);
    List<Diagnostic> diagnostics = new ArrayList<>();
    File file = Parser.parse(source, content, options, diagnostics::add);
    return new Source(source, file, diagnostics, options.ids());
  }

  /** A program that must be right. */
  static File parseRight(String text) {
    Source s = parse(text);
    if (!s.diagnostics.isEmpty()) {
      throw new AssertionError(s.errors());
    }
    return Objects.requireNonNull(s.file);
  }

  /** The errors as {@code line:column: text}, in the order of their places. */
  List<String> errors() {
    return diagnostics.stream()
        .sorted(Comparator.comparingInt(Diagnostic::pos).thenComparing(Diagnostic::message))
        .map(d -> place(d.pos()) + ": " + d.message())
        .toList();
  }

  /** A place in the file itself. */
  String place(int pos) {
    Position p = source.absolutePosition(pos);
    return p.line() + ":" + p.column();
  }

  /** Takes a program and what is wanted for it. */
  interface Check {
    void check(String program, String want);
  }

  /** One test for each program of a resource in which "want" follows each program. */
  static Stream<DynamicTest> tests(String resource, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    List<Txtar.Entry> entries = Txtar.parse(resource(resource)).files();
    for (int i = 0; i < entries.size(); i += 2) {
      Txtar.Entry program = entries.get(i);
      Txtar.Entry want = entries.get(i + 1);
      if (!want.name().equals("want")) {
        throw new AssertionError("no want after " + program.name());
      }
      tests.add(
          DynamicTest.dynamicTest(
              program.name(), () -> check.check(program.data(), want.data().strip())));
    }
    return tests.stream();
  }

  static String resource(String name) {
    try (InputStream in = Source.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
