package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which checks of bounds and of nil the code of the packages in {@code checks} has, and which large
 * copies: for each line what the toolchain's optimization log says. {@code -Dupdate} records it.
 */
final class ChecksTest {
  private static final Path CASES = Path.of("src/test/resources/checks");
  private static final String WANT = "want";
  private static final Pattern RECORD =
      Pattern.compile(
          "\\{\"range\":\\{\"start\":\\{\"line\":(\\d+),.*?\"code\":"
              + "\"(nilcheck|isInBounds|isSliceInBounds|copy)\".*?\"message\":\"([^\"]*)\".*");

  @TempDir Path temp = Path.of("");

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void recorded(Path file) throws Exception {
    Txtar archive = Txtar.read(file);
    List<Txtar.Entry> sources = new ArrayList<>(archive.files());
    sources.removeIf(e -> e.name().equals(WANT));
    Path module = temp.resolve("module");
    new Txtar("", sources).unpack(module);
    Files.writeString(module.resolve("go.mod"), "module example.com/checks\n\ngo 1.26\n");
    if (GoTool.isInstalled()) {
      Path dir = temp.resolve("go");
      GoTool.build(module, List.of("-gcflags=-json=0," + dir, "."));
      if (System.getProperty("update") != null) {
        archive = archive.with(WANT, checks(dir));
        Files.writeString(file, archive.text());
      }
      assertEquals(archive.file(WANT).orElse(""), checks(dir), "the toolchain's");
    }
    Path goroot = temp.resolve("goroot");
    TestInstallation.create(goroot, GoTool.release());
    Path dir = temp.resolve("ours");
    GoTool.ours(module, List.of("-json=0," + dir), goroot, List.of("."));
    assertEquals(archive.file(WANT).orElse(""), checks(dir));
  }

  /** The checks in the logs below a folder, a line of text for each line of a file. */
  private static String checks(Path dir) throws IOException {
    TreeMap<String, TreeMap<Integer, List<String>>> found = new TreeMap<>();
    try (Stream<Path> logs = Files.walk(dir)) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(log.getFileName()).replace("%3C", "<").replace("%3E", ">");
        for (String line : Files.readAllLines(log)) {
          Matcher m = RECORD.matcher(line);
          if (m.matches()) {
            found
                .computeIfAbsent(name.replace(".json", ""), _ -> new TreeMap<>())
                .computeIfAbsent(Integer.valueOf(m.group(1)), _ -> new ArrayList<>())
                .add((m.group(2) + " " + m.group(3)).strip());
          }
        }
      }
    }
    StringBuilder text = new StringBuilder();
    found.forEach((name, lines) ->
        lines.forEach((line, checks) -> {
          String all = checks.stream().sorted().collect(Collectors.joining(", "));
          text.append(name + ":" + line + ": " + all + "\n");
        }));
    return text.toString();
  }
}
