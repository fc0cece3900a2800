package dev.escapade.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.testing.Cases;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small modules, one for each rule, with what the go command said of them: {@code want/output} is
 * what {@code go list -deps} prints on standard error ({@code go build} or {@code go vet} where
 * they say more), {@code want/packages} the packages outside the standard library that {@code go
 * list -deps -e -json} lists. Recorded with Go 1.26.8; the standard library here is a stand-in.
 */
final class CasesTest {
  @TempDir static Path temp;
  private static Path goroot;

  @BeforeAll
  static void unpackInstallation() throws IOException {
    temp = temp.toRealPath();
    goroot = temp.resolve("goroot");
    Txtar.read(Path.of("src/test/resources/goroot.txtar")).unpack(goroot);
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return Cases.tests(Path.of("src/test/resources/cases"), CasesTest::check);
  }

  private static void check(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".txtar", "");
    Txtar archive = Txtar.read(file);
    Path work = temp.resolve("work").resolve(name);
    Files.createDirectories(work);
    archive.unpack(work);
    LoadResult result = Loader.load(config(archive.comment(), work));
    StringBuilder output = new StringBuilder();
    result.warnings().forEach(w -> output.append(w).append('\n'));
    result.errors().forEach(e -> output.append(e.text()).append('\n'));
    assertEquals(want(archive, "want/output"), normalize(output.toString(), work), "output");
    if (result.errors().isEmpty()) {
      assertEquals(want(archive, "want/packages"), normalize(describe(result), work), "packages");
    }
  }

  private static String want(Txtar archive, String name) {
    return archive.file(name).orElseThrow().strip();
  }

  private static String normalize(String text, Path work) {
    return text.replace(work.toString(), "$WORK").replace(goroot.toString(), "$GOROOT").strip();
  }

  private static LoadConfig config(String comment, Path work) {
    Map<String, String> env = new HashMap<>();
    env.put("HOME", work + "/home");
    env.put("GOOS", "linux");
    env.put("GOARCH", "amd64");
    env.put("CGO_ENABLED", "0");
    env.put("GOMODCACHE", work + "/modcache");
    env.put("TMPDIR", "/nowhere");
    Path dir = work;
    List<String> args = List.of();
    for (String line : comment.lines().toList()) {
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "go" -> args = List.of(rest.split(" ", -1));
        case "dir" -> dir = work.resolve(rest);
        case "env" -> {
          int eq = rest.indexOf('=');
          env.put(rest.substring(0, eq), rest.substring(eq + 1));
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    List<String> patterns = args.stream().filter(a -> !a.startsWith("-")).toList();
    return new LoadConfig(
        dir,
        patterns,
        env,
        goroot,
        flag(args, "-tags="),
        flag(args, "-mod="),
        flag(args, "-modfile="),
        flag(args, "-overlay="),
        flag(args, "-pgo="),
        args.contains("-test"),
        2,
        null);
  }

  private static String flag(List<String> args, String prefix) {
    return args.stream()
        .filter(a -> a.startsWith(prefix))
        .map(a -> a.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  private static String describe(LoadResult result) {
    StringBuilder b = new StringBuilder();
    for (GoPackage p : result.packages()) {
      if (p.isStandard()) {
        continue;
      }
      b.append(p.importPath()).append(" (").append(p.name()).append(')');
      b.append(p.isRoot() ? " root" : "");
      GoModule m = p.module();
      if (m != null) {
        b.append(" module=").append(at(m.path(), m.version())).append(" go=").append(m.goVersion());
        if (m.replace() != null) {
          b.append(" replace=").append(at(m.replace().path(), m.replace().version()));
        }
      }
      list(b, " files=", p.files().stream().map(GoFile::name).toList());
      list(b, " asm=", p.asmFiles());
      list(b, " embed=", p.embeds().values().stream().flatMap(List::stream).sorted().toList());
      list(b, " imports=", p.imports().stream().map(i -> resolved(p, i)).sorted().toList());
      b.append('\n');
    }
    return b.toString();
  }

  private static String resolved(GoPackage p, String path) {
    String actual = p.importMap().get(path).importPath();
    return actual.equals(path) ? path : path + "=>" + actual;
  }

  private static String at(String path, String version) {
    return version.isEmpty() ? path : path + "@" + version;
  }

  private static void list(StringBuilder b, String label, List<String> items) {
    if (!items.isEmpty()) {
      b.append(label).append(String.join(",", items));
    }
  }
}
