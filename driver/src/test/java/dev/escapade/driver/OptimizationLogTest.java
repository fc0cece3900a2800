package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The optimization log ({@code -json=0,dir}) of the case in {@code optlog} is the one recorded from
 * the toolchain; {@code -Dupdate} records. Where the toolchain is installed, so are those of all
 * golden cases that need no standard library.
 */
final class OptimizationLogTest {
  private static final Path CASE = Path.of("src/test/resources/optlog/records.txtar");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String WANT = "want";
  private static final boolean UPDATE = System.getProperty("update") != null;

  @TempDir Path temp = Path.of("");

  @Test
  void recorded() throws Exception {
    Txtar archive = Txtar.read(CASE);
    Path module = unpack(archive, "optlog", temp.resolve("module"));
    String flags = archive.comment().lines().findFirst().orElse("");
    if (GoTool.isInstalled()) {
      Path dir = temp.resolve("go");
      GoTool.build(module, List.of(gcflags(flags, dir), "./a"));
      GoTool.build(module, List.of("-o", temp + "/main", gcflags(flags, dir), "./main"));
      String theirs = text(logs(dir), module);
      if (UPDATE) {
        archive = archive.with(WANT, theirs);
        Files.writeString(CASE, archive.text());
      }
      assertEquals(archive.file(WANT).orElse(""), theirs);
    }
    Path dir = temp.resolve("ours");
    ours(module, List.of(flags + " -json=0," + dir), List.of("./a", "./main"));
    assertEquals(archive.file(WANT).orElse(""), text(logs(dir), module));
  }

  @Test
  void goldenCases() throws Exception {
    assumeTrue(GoTool.isInstalled(), "no toolchain of the release");
    Path module = temp.resolve("module");
    Path theirs = temp.resolve("go");
    Path ours = temp.resolve("ours");
    List<String> theirArgs = new ArrayList<>();
    List<String> ourFlags = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.sorted().toList()) {
        Txtar archive = Txtar.read(file);
        if (archive.comment().contains("needs std")) {
          continue;
        }
        String name = String.valueOf(file.getFileName()).replace(".txtar", "");
        unpack(archive, "golden", module, name);
        String flags = archive.comment().lines().findFirst().orElse("");
        String packages = "example.com/golden/" + name + "/...=" + flags + " -json=0,";
        theirArgs.add("-gcflags=" + packages + theirs);
        ourFlags.add(packages + ours);
        patterns.add("./" + name + "/...");
      }
    }
    theirArgs.addAll(patterns);
    GoTool.build(module, theirArgs);
    ours(module, ourFlags, patterns);
    Map<Path, List<String>> want = logs(theirs);
    Map<Path, List<String>> got = logs(ours);
    assertFalse(want.isEmpty());
    assertEquals(want.keySet(), got.keySet());
    for (Map.Entry<Path, List<String>> e : want.entrySet()) {
      // Methods that the compiler makes come in an order of its own, all in one place.
      assertEquals(
          e.getValue().stream().sorted().toList(),
          got.getOrDefault(e.getKey(), List.of()).stream().sorted().toList(),
          e.getKey().toString());
    }
  }

  private static String gcflags(String flags, Path dir) {
    return "-gcflags=" + flags + " -json=0," + dir;
  }

  private static Path unpack(Txtar archive, String name, Path module) throws IOException {
    return unpack(archive, name, module, "");
  }

  private static Path unpack(Txtar archive, String name, Path module, String folder)
      throws IOException {
    Files.createDirectories(module);
    Files.writeString(module.resolve("go.mod"), "module example.com/" + name + "\n\ngo 1.26\n");
    List<Txtar.Entry> files = new ArrayList<>(archive.files());
    assertTrue(files.removeIf(file -> file.name().equals(WANT)));
    new Txtar("", files).unpack(module.resolve(folder));
    return module;
  }

  private void ours(Path module, List<String> flags, List<String> patterns) throws Exception {
    Path goroot = temp.resolve("goroot");
    TestInstallation.create(goroot, GoTool.release());
    GoTool.ours(module, flags, goroot, patterns);
  }

  /** The lines of all logs in a folder. */
  private static Map<Path, List<String>> logs(Path dir) throws IOException {
    Map<Path, List<String>> logs = new TreeMap<>();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        logs.put(dir.relativize(file), Files.readAllLines(file));
      }
    }
    return logs;
  }

  private static String text(Map<Path, List<String>> logs, Path module) {
    StringBuilder text = new StringBuilder();
    logs.forEach((file, lines) -> {
      text.append("== ").append(file).append('\n');
      for (String line : lines) {
        String release = "\"gc_version\":\"" + GoTool.release() + '"';
        text.append(line.replace(module.toString(), "$DIR").replace(release, "$RELEASE"));
        text.append('\n');
      }
    });
    return text.toString();
  }

  @Test
  void flagIsChecked() {
    for (String[] c :
        new String[][] {
          {"-json=1,/tmp", "-json version must be 0"},
          {"-json=0", "-json option should be '<version>,<destination>'"},
          {"-json=x,/tmp", "where <version> is a number"},
          {"-json=0,here", "neither /-prefixed directory nor file://-prefixed file URI"},
          {"-json=0,/tmp -json=0,/tmp", "Cannot repeat -json flag"},
        }) {
      try {
        CompilerFlags.parse(Arrays.asList(c[0].split(" ", -1)));
      } catch (FlagException e) {
        assertTrue(String.valueOf(e.getMessage()).contains(c[1]), e.getMessage());
        continue;
      }
      throw new AssertionError(c[0]);
    }
  }

  @Test
  void fileUri() throws FlagException {
    assertEquals("/a/b c", CompilerFlags.parse(List.of("-json=0,file:///a/x/../b%20c")).json());
  }
}
