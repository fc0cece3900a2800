package dev.escapade.types;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.File;
import dev.escapade.syntax.IdSource;
import dev.escapade.syntax.ParseOptions;
import dev.escapade.syntax.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks one package of files with ERROR comments and compares (types2: check_test.go). As there,
 * an error belongs to the nearest comment on its line that matches, within a given distance in
 * columns.
 */
final class TestdataRun {
  /** How the errors of a package agree with its comments; {@code problems} says what does not. */
  record Result(int expected, int matched, int exact, int unexpected, List<String> problems) {}

  private final Importer importer;
  private final SourceMap sources;
  private final List<Diagnostic> errors = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A run.
   *
   * @param sources has the files of the packages that are imported
   */
  TestdataRun(Importer importer, SourceMap sources) {
    this.importer = importer;
    this.sources = sources;
  }

  /** The universe with the functions that only test files may use. */
  private static Scope testUniverse() {
    Scope universe = new Scope(null, 0, 0, "universe of tests");
    for (Obj obj : Universe.SCOPE.objects()) {
      universe.insertAs(obj.name(), obj);
    }
    universe.insertAs("assert", new Builtin(null, BuiltinId.ASSERT));
    universe.insertAs("trace", new Builtin(null, BuiltinId.TRACE));
    return universe;
  }

  /**
   * Checks the package that consists of {@code paths}.
   *
   * @param tolerance how far an error may be from its comment's token, in columns
   */
  Result run(List<Path> paths, int tolerance) throws IOException {
    ParseOptions options = ParseOptions.of(new IdSource()).withoutBranchChecks();
    List<File> files = new ArrayList<>();
    Map<String, Map<Integer, List<ErrorComments.Expected>>> wanted = new HashMap<>();
    String flags = "";
    int expected = 0;
    for (Path path : paths) {
      byte[] content = Files.readAllBytes(path);
      if (flags.isEmpty()) {
        flags = flags(content);
      }
      Map<Integer, List<ErrorComments.Expected>> byLine = new HashMap<>();
      for (ErrorComments.Expected e : ErrorComments.of(content)) {
        byLine.computeIfAbsent(e.line(), _ -> new ArrayList<>()).add(e);
        expected++;
      }
      wanted.put(path.toString(), byLine);
      File file =
          Parser.parse(sources.add(path.toString(), content.length), content, options, errors::add);
      if (file != null) {
        files.add(file);
      }
    }
    String lang = "";
    boolean fakeImportC = false;
    for (String flag : flags.split("\\s+")) {
      if (flag.startsWith("-lang=")) {
        lang = flag.substring("-lang=".length());
      }
      fakeImportC |= flag.equals("-fakeImportC");
    }
    Config config =
        new Config(
            lang,
            importer,
            Sizes.forArch("amd64"),
            sources,
            errors::add,
            options.ids().count(),
            Config.Options.PLAIN.withFakeImportC(fakeImportC));
    String name = files.isEmpty() ? "none" : files.get(0).pkgName().value();
    try {
      Checker.checkFiles(new Package(name, "", testUniverse()), files, config);
    } catch (RuntimeException | Error e) {
      StackTraceElement[] trace = e.getStackTrace();
      problems.add(
          paths.get(0)
              + ": crash: "
              + e
              + (trace.length == 0
                  ? ""
                  : " at " + trace[0] + " < " + trace[Math.min(1, trace.length - 1)]));
    }
    return compare(wanted, expected, tolerance);
  }

  /** The flags in a first line of the form {@code // -flag}. */
  private static String flags(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.startsWith("//") && line.substring(2).strip().startsWith("-")
        ? line.substring(2).strip()
        : "";
  }

  private Result compare(
      Map<String, Map<Integer, List<ErrorComments.Expected>>> wanted, int expected, int tolerance) {
    int matched = 0;
    int exact = 0;
    int unexpected = 0;
    for (Diagnostic d : errors) {
      Position pos =
          d.pos() == 0 ? Position.UNKNOWN : sources.file(d.pos()).absolutePosition(d.pos());
      String message = message(d);
      List<ErrorComments.Expected> candidates =
          wanted.getOrDefault(pos.filename(), Map.of()).getOrDefault(pos.line(), List.of());
      ErrorComments.Expected best = null;
      for (ErrorComments.Expected e : candidates) {
        if (e.matches(message) && (best == null || distance(e, pos) < distance(best, pos))) {
          best = e;
        }
      }
      if (best == null) {
        unexpected++;
        problems.add(pos + ": unexpected: " + message);
        continue;
      }
      candidates.remove(best);
      if (distance(best, pos) <= tolerance) {
        matched++;
        exact += distance(best, pos) == 0 ? 1 : 0;
      } else {
        problems.add(pos + ": expected in column " + best.column() + ": " + message);
      }
    }
    wanted.forEach((file, byLine) ->
        byLine.forEach((line, list) -> {
          for (ErrorComments.Expected e : list) {
            problems.add(file + ":" + line + ":" + e.column() + ": missing: " + e.pattern());
          }
        }));
    return new Result(expected, matched, exact, unexpected, problems);
  }

  private static int distance(ErrorComments.Expected e, Position pos) {
    return Math.abs(e.column() - pos.column());
  }

  private String message(Diagnostic d) {
    StringBuilder out = new StringBuilder(d.message());
    for (Diagnostic.Note note : d.notes()) {
      out.append("\n\t");
      if (note.pos() != 0) {
        out.append(sources.position(note.pos())).append(": ");
      }
      out.append(note.message());
    }
    return out.toString();
  }
}
