package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in a folder of its own where {@code mvn} is a script that counts how often it is
 * called and delivers a tiny program.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "escapade");

  @TempDir Path dir = Path.of("");

  private final Map<Process, List<Path>> running = new HashMap<>();
  private Path root = Path.of("");
  private Path bin = Path.of("");

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectories(dir.resolve("a root"));
    bin = Files.createDirectories(dir.resolve("bin"));
    Files.copy(LAUNCHER, root.resolve("escapade"));
    Files.writeString(root.resolve("pom.xml"), "<project/>\n");
    Files.createDirectories(root.resolve("examples"));
    Path sources = Files.createDirectories(root.resolve("tools/src/main/java"));
    Files.writeString(sources.resolve("Main.java"), "class Main {}\n");
    setAge(60);
    makeProgram(dir.resolve("program.jar"));
    script(
        "mvn",
        """
        echo called >> '%1$s/calls'
        sleep 1
        mkdir -p '%2$s/tools/target/quick'
        cp '%1$s/program.jar' '%2$s/tools/target/quick/escapade.jar'
        """
            .formatted(dir, root));
  }

  private void setAge(int seconds) throws IOException {
    FileTime time = FileTime.from(Instant.now().minusSeconds(seconds));
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true));
  }

  /** A program that prints its arguments, in a jar with the names that the launcher calls. */
  private void makeProgram(Path jar) throws IOException {
    Path classes = Files.createDirectories(dir.resolve("classes"));
    List<String> args = new ArrayList<>(List.of("-d", classes.toString()));
    for (String name : List.of("Main", "TrainingRun")) {
      Path source = dir.resolve(name + ".java");
      Files.writeString(
          source,
          """
          package dev.escapade.tools.cli;
          public class %s {
            public static void main(String[] args) {
              System.out.println("args " + String.join("|", args));
            }
          }
          """
              .formatted(name));
      args.add(source.toString());
    }
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, OutputStream.nullOutputStream(), null, args.toArray(String[]::new)));
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
  }

  private Process start(Path command, Map<String, String> env, String... args) throws IOException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(line).directory(dir.toFile());
    builder.environment().put("PATH", bin + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ESCAPADE_JAVA_OPTS");
    builder.environment().putAll(env);
    Path out = Files.createTempFile(dir, "out", "");
    Path err = Files.createTempFile(dir, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    running.put(process, List.of(out, err));
    return process;
  }

  private Outcome end(Process process) throws IOException, InterruptedException {
    int code = process.waitFor();
    List<Path> files = running.get(process);
    return new Outcome(
        code,
        Files.readString(files.getFirst(), StandardCharsets.UTF_8),
        Files.readString(files.getLast(), StandardCharsets.UTF_8));
  }

  private Outcome run(String... args) throws IOException, InterruptedException {
    return end(start(root.resolve("escapade"), Map.of(), args));
  }

  private long builds() throws IOException {
    Path calls = dir.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void buildsOnFirstUseAndWhenASourceChanged() throws IOException, InterruptedException {
    Outcome first = run("build", "-gcflags=-m -l", "a b");
    assertEquals(new Outcome(0, "args build|-gcflags=-m -l|a b\n", first.err), first);
    assertEquals(1, first.err.lines().count(), first.err);
    assertEquals(new Outcome(0, "args version\n", ""), run("version"));
    assertEquals(1, builds());

    Files.writeString(root.resolve("tools/src/main/java/New.java"), "class New {}\n");
    assertEquals(0, run("version").code);
    assertEquals(2, builds());
    assertEquals(new Outcome(0, "args version\n", ""), run("version"));
    assertEquals(2, builds());
  }

  @Test
  void concurrentFirstUsesBuildOnce() throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(root.resolve("escapade"), Map.of(), "n" + i));
    }
    for (int i = 0; i < 4; i++) {
      assertEquals("args n" + i + "\n", end(processes.get(i)).out);
    }
    assertEquals(1, builds());
  }

  @Test
  void aLockWhoseHolderDiedIsTakenOver() throws IOException, InterruptedException {
    Process dead = start(Path.of("/bin/true"), Map.of());
    dead.waitFor();
    Path lock = Files.createDirectories(root.resolve(".out/lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
    assertEquals("args x\n", run("x").out);
  }

  @Test
  void sourcesThatChangeDuringTheBuildAreForTheNextStart()
      throws IOException, InterruptedException {
    Path mvn = bin.resolve("mvn");
    String build = Files.readString(mvn);
    Files.writeString(mvn, build + "touch '%s/pom.xml'\n".formatted(root));
    assertEquals("args x\n", run("x").out);
    assertEquals(1, builds());
    Files.writeString(mvn, build);
    assertEquals("args x\n", run("x").out);
    assertEquals(2, builds());
  }

  @Test
  void aFailedBuildShowsWhyAndIsTriedAgain() throws IOException, InterruptedException {
    script("mvn", "echo 'odd symbol'; exit 1\n");
    Outcome outcome = run("version");
    assertEquals(3, outcome.code);
    assertTrue(outcome.err.contains("odd symbol"), outcome.err);
    makeRootAgain();
    assertEquals("args x\n", run("x").out);
  }

  private void makeRootAgain() throws IOException {
    script(
        "mvn",
        "mkdir -p '%2$s/tools/target/quick' && cp '%1$s/program.jar' '%2$s/tools/target/quick/escapade.jar'\n"
            .formatted(dir, root));
  }

  @Test
  void anOldJdkIsPassedOver() throws IOException, InterruptedException {
    Path old = Files.createDirectories(dir.resolve("jdk17"));
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
    for (String tool : List.of("java", "javac")) {
      Files.writeString(old.resolve("bin").resolve(tool), "#!/bin/sh\necho old; exit 9\n");
      assertTrue(old.resolve("bin").resolve(tool).toFile().setExecutable(true));
    }
    Path link =
        Files.createSymbolicLink(
            bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
    Process process =
        start(root.resolve("escapade"), Map.of("JAVA_HOME", old.toString()), "version");
    assertEquals("args version\n", end(process).out);
    Files.delete(link);
  }

  @Test
  void worksThroughASymbolicLink() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(bin.resolve("esc"), root.resolve("escapade"));
    assertEquals("args x\n", end(start(link, Map.of(), "x")).out);
  }
}
