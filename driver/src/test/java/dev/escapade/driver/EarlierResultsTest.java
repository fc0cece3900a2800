package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.driver.cache.ResultStore;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadConfig;
import dev.escapade.testing.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a cache say what runs without say. */
final class EarlierResultsTest {
  private static final String LOW =
      """
      package low

      func New(n int) *int { return &n }
      """;

  @TempDir Path temp = Path.of("");

  private void write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  @BeforeEach
  void writeModule() throws IOException {
    TestInstallation.create(temp.resolve("goroot"));
    write("m/go.mod", "module m\n\ngo 1.26\n");
    write("m/low/low.go", LOW);
    write(
        "m/high/high.go",
        "package high\n\nimport \"m/low\"\n\nfunc Two() *int { return low.New(2) }\n");
    write(
        "m/other/other.go",
        "package other\n\nimport _ \"unsafe\"\n\nfunc F(p *int) *int { return p }\n");
    write("m/bad/bad.go", "package bad\n\nvar X int = \"x\"\n");
    write("m/onbad/onbad.go", "package onbad\n\nimport \"m/bad\"\n\nvar Y = bad.X\n");
  }

  private ResultCache cache(String program) {
    return new ResultCache(new ResultStore(temp.resolve("cache"), 1 << 20), program);
  }

  private BuildRequest request(
      String flags, int threads, @Nullable ResultCache cache, String... patterns)
      throws FlagException {
    Path dir = temp.resolve("m");
    String goroot = temp.resolve("goroot").toString();
    LoadConfig load =
        LoadConfig.of(dir, patterns)
            .withEnv(Map.of("GOROOT", goroot, "GOENV", "off", "HOME", temp.toString()))
            .withThreads(threads);
    return new BuildRequest(
        load, PackageFlags.parse(List.of(flags), dir), threads, Goal.DECIDE, cache);
  }

  private String run(String flags, int threads, @Nullable ResultCache cache, String... patterns)
      throws IOException, InterruptedException, FlagException {
    StringBuilder out = new StringBuilder();
    Pipeline.run(request(flags, threads, cache, patterns), output -> append(output, out));
    return out.toString();
  }

  private List<String> run(Workspace workspace)
      throws IOException, InterruptedException, FlagException {
    StringBuilder out = new StringBuilder();
    Pipeline.run(request("-m=2", 2, null, "./..."), workspace, output -> append(output, out));
    return out.toString().lines().toList();
  }

  /** The output of one package in that of all. */
  private static List<String> only(String path, String all) {
    List<String> lines = all.lines().toList();
    int start = 0;
    while (!lines.get(start).startsWith("# " + path + " ")) {
      start++;
    }
    int end = start + 1;
    while (end < lines.size() && !lines.get(end).startsWith("# ")) {
      end++;
    }
    return lines.subList(start, end);
  }

  @Test
  void aWorkspaceSaysWhatHasChanged() throws Exception {
    Workspace workspace = new Workspace();
    assertEquals(run("-m=2", 1, null, "./...").lines().toList(), run(workspace));
    assertEquals(List.of(), run(workspace));
    write("m/low/low.go", LOW.replace("&n }", "&n } // more"));
    assertEquals(again("m/low"), run(workspace), "a comment");
    write("m/low/low.go", "\n\n" + LOW.replace("\n\n", "\n\n\n"));
    assertEquals(again("m/low"), run(workspace), "other lines");
    write(
        "m/low/low.go",
        LOW.replace("&n }", "&n }\n\nfunc f(p *int) { g = p; type _ int }\n\nvar g *int"));
    assertEquals(again("m/low", "m/high"), run(workspace), "another function");
    write("m/low/low.go", LOW.replace("return &n", "n++; return &n"));
    assertEquals(
        again("m/low", "m/high"), run(workspace), "the body of a function that is inlined");
    write("m/high/more.go", "package high\n\nfunc Three() int { return *Two() }\n");
    assertEquals(again("m/high"), run(workspace), "the package above");
  }

  @Test
  void hiddenBodiesMatterByTheirSummaries() throws Exception {
    Workspace workspace = new Workspace();
    String hidden = "package low\n\nfunc New(n int) *int { defer print(n); return nil }\n";
    write("m/low/low.go", hidden);
    run(workspace);
    write("m/low/low.go", hidden.replace("print(n)", "print(2); for n < 7 { n++ }"));
    assertEquals(again("m/low"), run(workspace));
    write("m/low/low.go", hidden.replace("n int", "n int, more ...*int"));
    assertEquals(again("m/low", "m/high"), run(workspace), "the signature");
    write(
        "m/low/low.go",
        "package low\n\n"
            + "var g *int\n\n"
            + "func New(n int, p ...*int) *int { defer print(n); return p[0] }\n");
    assertEquals(again("m/low", "m/high"), run(workspace), "what leaks");
  }

  @Test
  void errorsHoldUpWhatIsAboveThem() throws Exception {
    Workspace workspace = new Workspace();
    run(workspace);
    write("m/low/low.go", "package low\n\nvar X int = true\n");
    assertEquals(List.of("# m/low ERRORS"), heads(run(workspace)));
    write("m/high/more.go", "package high\n\nfunc Three() int { return *Two() }\n");
    assertEquals(List.of("# m/high SKIPPED"), heads(run(workspace)));
    Files.delete(temp.resolve("m/high/more.go"));
    write("m/low/low.go", LOW);
    assertEquals(again("m/low", "m/high"), run(workspace));
    assertEquals(List.of(), run(workspace));
    write("m/low/low.go", LOW + "\nfunc Zero() {}\n");
    assertEquals(again("m/low", "m/high"), run(workspace));
  }

  private static List<String> heads(List<String> output) {
    return output.stream().filter(line -> line.startsWith("# ")).toList();
  }

  /** What is to be said of these packages. */
  private List<String> again(String... paths) throws Exception {
    String all = run("-m=2", 1, null, "./...");
    List<String> expected = new ArrayList<>();
    for (String path : paths) {
      expected.addAll(only(path, all));
    }
    return expected;
  }

  private static void append(PackageOutput output, StringBuilder to) {
    assertNotEquals(Status.CRASHED, output.status());
    to.append("# ").append(output.pkg()).append(' ').append(output.status()).append('\n');
    to.append(output.text().whole());
  }

  private void check(String flags, String... patterns)
      throws IOException, InterruptedException, FlagException {
    String expected = run(flags, 1, null, patterns);
    for (int threads = 1; threads <= 4; threads += 3) {
      assertEquals(expected, run(flags, threads, cache("p"), patterns), "first");
      assertEquals(expected, run(flags, threads, cache("p"), patterns), "again");
    }
  }

  @Test
  void theOutputIsTheSame() throws Exception {
    for (String flags : List.of("-m=2", "-m", "-m -l", "", "all=-m")) {
      check(flags, "./...");
      check(flags, "./high");
    }
  }

  @Test
  void changesAreSeenByAllThatDependOnThem() throws Exception {
    check("-m=2", "./...");
    // The line moves; then the inlined body is another.
    write("m/low/low.go", "\n\n" + LOW);
    check("-m=2", "./...");
    write("m/low/low.go", LOW.replace("&n", "new(int)"));
    check("-m=2", "./...");
    write("m/low/more.go", "package low\n\nvar V = 1\n");
    check("-m=2", "./...");
    write("m/bad/bad.go", "package bad\n\nvar X int\n");
    check("-m=2", "./...");
    write("m/go.mod", "module m\n\ngo 1.21\n");
    check("-m=2", "./...");
  }

  /** The packages that a run with a cache works on, those below the changed ones included. */
  private Set<String> worked(String flags) throws Exception {
    Set<String> worked = new TreeSet<>();
    Pipeline.run(
        request(flags, 2, cache("p"), "./..."),
        new BuildListener() {
          @Override
          public @Nullable GraphSink graphs(GoPackage pkg) {
            worked.add(pkg.importPath());
            return null;
          }

          @Override
          public void output(PackageOutput output) {
            append(output, new StringBuilder());
          }
        });
    worked.removeAll(List.of("unsafe", "runtime"));
    return worked;
  }

  @Test
  void whatIsAboveAnUnchangedFaceIsNotWorkedOn() throws Exception {
    for (String flags : List.of("-m=2", "")) {
      write("m/low/low.go", LOW);
      write("m/top/top.go", "package top\n\nimport \"m/high\"\n\nvar V = *high.Two()\n");
      check(flags, "./...");
      assertEquals(Set.of(), worked(flags));
      String hidden = LOW + "\nfunc Hidden(n int) { defer print(n) }\n";
      write("m/low/low.go", hidden);
      assertEquals(Set.of("m/low", "m/high", "m/top"), worked(flags), "a new function");
      write("m/low/low.go", hidden.replace("print(n)", "print(n); for n < 7 { n++ }"));
      assertEquals(Set.of("m/low"), worked(flags), "a hidden body");
      assertEquals(Set.of(), worked(flags));
      check(flags, "./...");
      write("m/low/low.go", hidden);
      assertEquals(Set.of(), worked(flags), "as before");
      write("m/top/top.go", "package top\n\nimport \"m/high\"\n\nvar W = *high.Two()\n");
      assertEquals(Set.of("m/low", "m/high", "m/top"), worked(flags), "and what it imports");
      check(flags, "./...");
      write("m/low/low.go", hidden.replace("print(n)", "print(n); for n < 8 { n++ }"));
      write("m/top/top.go", "package top\n\nimport \"m/high\"\n\nvar X = *high.Two()\n");
      check(flags, "./...");
      write("m/low/low.go", hidden.replace("return &n", "n++; return &n"));
      check(flags, "./...");
      write("m/low/low.go", "package low\n\nvar X int = true\n");
      check(flags, "./...");
      write("m/low/low.go", hidden.replace("print(n)", "print(n); for n < 9 { n++ }"));
      check(flags, "./...");
    }
  }

  @Test
  void onlyTheSameProgramAndFlagsFindAResult() throws Exception {
    ResultStore store = cache("p").store();
    run("-m=2", 1, cache("p"), "./...");
    int entries = store.size().entries();
    assertTrue(entries >= 5, entries + " entries");
    run("-m=2", 1, cache("p"), "./...");
    assertEquals(entries, store.size().entries());
    run("-m=2", 1, cache("q"), "./...");
    assertEquals(2 * entries, store.size().entries());
    run("-m", 1, cache("p"), "./...");
    assertEquals(3 * entries, store.size().entries());
    write("m/other/other.go", "package other\n");
    run("-m=2", 1, cache("p"), "./...");
    assertEquals(3 * entries + 2, store.size().entries(), "a result and a state");
  }
}
