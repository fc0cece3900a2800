package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.testing.Cases;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code escapade explain} tells of places of all kinds. Each archive has a module. Asked
 * about are the lines with {@code // ask}, or {@code // ask 7} for a column, and what the file
 * {@code asked} lists: the arguments of the command, one place in each line. The answers are in
 * {@code want}, where {@code !} stands before lines of standard error; {@code -Dupdate} records
 * them, for somebody to read. A file {@code x.crlf} becomes {@code x} with such line ends, and
 * {@code x.base64} what it encodes.
 */
final class ExplainTest {
  private static final Path ARCHIVES = Path.of("src/test/resources/explain");
  private static final String BASE64 = ".base64";
  private static final String CRLF = ".crlf";
  private static final Pattern ASK = Pattern.compile(" *// ask(?: ([0-9]+))?$");

  @TempDir Path temp = Path.of("");

  @TestFactory
  Stream<DynamicTest> tellsWhatThereIs() throws IOException {
    return Cases.tests(ARCHIVES, this::check);
  }

  private void check(Path archive) throws IOException {
    Txtar txtar = Txtar.read(archive);
    Path folder = temp.resolve(archive.getFileName());
    Path module = folder.resolve("module");
    TestInstallation.create(folder.resolve("goroot"));
    List<String> places = unpack(txtar, module);
    StringBuilder answers = new StringBuilder();
    for (String asked : places) {
      List<String> args = new ArrayList<>(List.of("explain"));
      args.addAll(List.of(asked.split(" ")));
      args.add(args.size() - 1, "-no-cache");
      CommandRun run = CommandRun.of(folder, module, args.toArray(String[]::new));
      answers.append("$ explain ").append(asked);
      answers.append(run.exitCode() == 0 ? "\n" : " -> " + run.exitCode() + "\n");
      run.err()
          .lines()
          .forEach(line ->
              answers.append("! ").append(line.replace(module.toString(), "MODULE")).append('\n'));
      answers.append(run.out()).append('\n');
    }
    if (System.getProperty("update") != null) {
      txtar = txtar.with("want", answers.toString());
      Files.writeString(archive, txtar.text());
    }
    assertEquals(txtar.file("want").orElseThrow(), answers.toString());
  }

  /** Makes the module, and lists what is asked about. */
  private static List<String> unpack(Txtar txtar, Path module) throws IOException {
    List<String> places = new ArrayList<>();
    for (Txtar.Entry entry : txtar.files()) {
      Path file = module.resolve(entry.name());
      Files.createDirectories(file.getParent());
      String name = entry.name();
      if (name.equals("asked")) {
        entry.data().lines().forEach(places::add);
      } else if (name.endsWith(BASE64)) {
        file = module.resolve(name.substring(0, name.length() - BASE64.length()));
        Files.write(file, Base64.getMimeDecoder().decode(entry.data()));
      } else if (name.endsWith(CRLF)) {
        file = module.resolve(name.substring(0, name.length() - CRLF.length()));
        Files.writeString(file, entry.data().replace("\n", "\r\n"));
      } else {
        List<String> lines = new ArrayList<>();
        for (String line : entry.data().lines().toList()) {
          Matcher ask = ASK.matcher(line);
          lines.add(ask.replaceFirst(""));
          if (ask.find(0)) {
            places.add(
                name + ":" + lines.size() + (ask.group(1) == null ? "" : ":" + ask.group(1)));
          }
        }
        Files.write(file, lines);
      }
    }
    return places;
  }
}
