package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.escapade.testing.Cases;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code escapade build} prints for small modules, exactly. Each archive has a module, the
 * arguments ({@code flags}, where {@code \x20} is a space inside an argument) and what {@code go
 * build} prints ({@code want}), as recorded with {@code -Dupdate}. Where Go is installed, the
 * recorded text is compared with what Go prints today. A file {@code x.base64} becomes {@code x}.
 *
 * <p>The modules import nothing of the standard library, so that no installation is needed; the
 * tests make one that is empty.
 */
final class BuildOutputTest {
  private static final Path ARCHIVES = Path.of("src/test/resources/build");
  private static final String BASE64 = ".base64";

  @TempDir Path temp = Path.of("");

  @TestFactory
  Stream<DynamicTest> printsWhatGoPrints() throws IOException {
    return Cases.tests(ARCHIVES, this::check);
  }

  private void check(Path archive) throws IOException, InterruptedException {
    Txtar txtar = Txtar.read(archive);
    Path module = temp.resolve(archive.getFileName()).resolve("module");
    txtar.unpack(module);
    decode(module);
    List<String> args =
        Stream.of(txtar.file("flags").orElseThrow().strip().split(" ", -1))
            .map(arg -> arg.replace("\\x20", " "))
            .toList();
    if (hasGo()) {
      String today = go(module, args);
      if (System.getProperty("update") != null) {
        txtar = txtar.with("want", today);
        Files.writeString(archive, txtar.text());
      }
      assertEquals(byPackage(today), byPackage(txtar.file("want").orElseThrow()), "what Go prints");
    }
    assertEquals(byPackage(txtar.file("want").orElseThrow()), byPackage(ours(module, args)));
  }

  /** Makes files of those whose names end so; profiles are no text. */
  private static void decode(Path module) throws IOException {
    List<Path> encoded;
    try (Stream<Path> files = Files.walk(module)) {
      encoded = files.filter(f -> f.toString().endsWith(BASE64)).toList();
    }
    for (Path file : encoded) {
      String name = String.valueOf(file.getFileName());
      Files.write(
          file.resolveSibling(name.substring(0, name.length() - BASE64.length())),
          Base64.getMimeDecoder().decode(Files.readString(file)));
      Files.delete(file);
    }
  }

  /** Packages are printed in any order; each one's lines are in order. */
  private static String byPackage(String output) {
    Map<String, String> packages = new TreeMap<>();
    String current = "";
    for (String line : output.lines().toList()) {
      if (line.startsWith("# ")) {
        current = line;
      }
      packages.merge(current, line + "\n", String::concat);
    }
    return String.join("", packages.values());
  }

  private String ours(Path module, List<String> args) throws IOException {
    Path goroot = temp.resolve("goroot");
    TestInstallation.create(goroot);
    var err = new ByteArrayOutputStream();
    List<String> line = new ArrayList<>(args);
    line.addFirst("build");
    try (var stream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Map<String, String> env = TestInstallation.environment(goroot, temp);
      Main.run(Terminal.streams(module, env, stream, stream), line.toArray(String[]::new));
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  private static boolean hasGo() {
    for (String dir : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(dir, "go"))) {
        return true;
      }
    }
    return false;
  }

  private static String go(Path module, List<String> args)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("go", "build"));
    line.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(module.toFile()).redirectErrorStream(true);
    builder.environment().put("GOFLAGS", "");
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("PWD", module.toString());
    Process go = builder.start();
    String output = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    go.waitFor();
    return output;
  }
}
