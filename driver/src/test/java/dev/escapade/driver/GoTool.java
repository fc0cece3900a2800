package dev.escapade.driver;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds with the installed toolchain, and the same with ours. */
final class GoTool {
  private static final String RELEASE = "go1.26";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "GOFLAGS", "",
          "GOTOOLCHAIN", "local",
          "GOWORK", "off",
          "GOENV", "off",
          "GOOS", "linux",
          "GOARCH", "amd64",
          "GOEXPERIMENT", "",
          "CGO_ENABLED", "0");

  private GoTool() {}

  /** Whether the toolchain of the release whose rules we follow is on the path. */
  static boolean isInstalled() {
    return version().contains(" " + RELEASE + ".");
  }

  /** What the recordings are compared with, for people. */
  static String oracle() {
    return isInstalled() ? "recorded output, and " + version() : "recorded output";
  }

  private static String version() {
    for (String dir : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(dir, "go"))) {
        try {
          return run(Path.of("."), List.of("go", "version")).strip();
        } catch (IOException | InterruptedException _) {
          return "";
        }
      }
    }
    return "";
  }

  /** The installed release, or one of those whose rules we follow. */
  static String release() {
    String[] words = version().split(" ", -1);
    return words.length > 2 ? words[2] : RELEASE + ".8";
  }

  /** Where the installed toolchain is. */
  static String goroot() throws IOException, InterruptedException {
    return run(Path.of("."), List.of("go", "env", "GOROOT")).strip();
  }

  /** What {@code go build} prints. */
  static String build(Path dir, List<String> args) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("go", "build", "-pgo=off"));
    line.addAll(args);
    return run(dir, line);
  }

  private static String run(Path dir, List<String> line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).directory(dir.toFile());
    builder.redirectErrorStream(true).environment().putAll(SETTINGS);
    builder.environment().put("PWD", dir.toAbsolutePath().toString());
    Process go = builder.start();
    String output = new String(go.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    go.waitFor();
    return output;
  }

  /** The parts of an output by their header lines, in the headers' order; each starts with it. */
  static Map<String, String> byPackage(String output) {
    Map<String, String> packages = new TreeMap<>();
    String current = "";
    for (String line : output.lines().toList()) {
      if (line.startsWith("# ")) {
        current = line;
      }
      packages.merge(current, line + "\n", String::concat);
    }
    return packages;
  }

  /**
   * What we print, by header lines.
   *
   * @param goroot the installation, or null to look for one
   */
  static Map<String, String> ours(
      Path dir, List<String> gcflags, @Nullable Path goroot, List<String> patterns)
      throws IOException, InterruptedException, FlagException {
    return ours(dir, gcflags, goroot, patterns, null);
  }

  /**
   * The same with files replaced.
   *
   * @param overlay a file as {@code go build -overlay} takes it, or null
   */
  static Map<String, String> ours(
      Path dir,
      List<String> gcflags,
      @Nullable Path goroot,
      List<String> patterns,
      @Nullable String overlay)
      throws IOException, InterruptedException, FlagException {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.putAll(SETTINGS);
    LoadConfig load =
        LoadConfig.of(dir, patterns.toArray(String[]::new))
            .withEnv(env)
            .withGoroot(goroot)
            .withOverlay(overlay);
    Map<String, String> packages = new TreeMap<>();
    PackageFlags flags = PackageFlags.parse(gcflags, dir);
    LoadResult loaded =
        Pipeline.run(
            new BuildRequest(load, flags, 2, Goal.DECIDE, null),
            output -> put(packages, dir, output));
    if (!loaded.errors().isEmpty()) {
      throw new AssertionError(loaded.errors());
    }
    return packages;
  }

  private static void put(Map<String, String> packages, Path dir, PackageOutput output) {
    if (output.crash() != null) {
      throw new AssertionError(output.pkg().importPath(), output.crash());
    }
    String text = PathShortener.of(dir, output.pkg().dir()).shortened(output.text());
    if (!text.isEmpty()) {
      String header = "# " + output.pkg().importPath();
      packages.put(header, header + "\n" + text);
    }
  }
}
