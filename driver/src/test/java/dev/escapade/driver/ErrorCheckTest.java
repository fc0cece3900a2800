package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.load.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The tests of the toolchain itself that look at {@code -m} or {@code -live}: all files of its test
 * folder whose first line says {@code errorcheck} (or {@code errorcheckdir}, and so on) with one of
 * these flags, run with their own flags and matched as its test runner does. Where no toolchain of
 * the release is installed there is nothing to run.
 *
 * <p>All files are built in one go, each as a package of one module, and those that belong to the
 * standard library's side of things by an overlay there.
 */
final class ErrorCheckTest {
  private static final Pattern RECIPE =
      Pattern.compile("// ?(errorcheck(?:dir|andrundir|withauto)?)((?: -[^ ]+)+)");

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package (\\w+)");
  private static final Pattern RELATIVE_IMPORT = Pattern.compile("\"(?:\\.|test)/(\\w+)\"");
  private static final Pattern INTERNAL_IMPORT = Pattern.compile("(?m)^(?:import)?\\s\"internal/");

  private static final Path WORK = Path.of("target/errorcheck").toAbsolutePath();
  private static final Path MODULE = WORK.resolve("module");

  /** A package with assembly may have functions without a body. */
  private static final Path ASSEMBLY = WORK.resolve("empty.s");

  private static final String STD_FOLDER = "internal/errorcheck";

  /** A package of a test: its files, whose names are unique in the package. */
  private record Part(String importPath, List<Path> files) {}

  private record Recipe(Path file, String action, List<String> flags) {
    boolean isDirectory() {
      return action.endsWith("dir");
    }

    boolean withAuto() {
      return action.endsWith("withauto");
    }

    boolean isOfStd(String source) {
      return flags.contains("-std") || INTERNAL_IMPORT.matcher(source).find();
    }

    /** The path that the test says its package has; empty if it says none. */
    String packagePath() {
      return flags.stream()
          .filter(f -> f.startsWith("-p="))
          .map(f -> f.substring(3))
          .findFirst()
          .orElse("");
    }

    String compilerFlags() {
      List<String> result = new ArrayList<>(flags);
      result.removeIf(f -> f.equals("-0") || f.startsWith("-p="));
      return String.join(" ", result);
    }
  }

  private static Path testFolder() throws IOException, InterruptedException {
    return Path.of(GoTool.goroot(), "test");
  }

  /** Finds the tests, by their names. */
  private static Map<String, Recipe> recipes(Path folder) throws IOException {
    Map<String, Recipe> recipes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".go")).toList()) {
        // Files of a directory test are not tests.
        Path dir = file.getParent();
        if (dir == null || dir.toString().endsWith(".dir")) {
          continue;
        }
        String source = source(file);
        String first =
            source.lines().filter(line -> !line.startsWith("//go:build")).findFirst().orElse("");
        Matcher recipe = RECIPE.matcher(first);
        if (recipe.matches() && isForTarget(source)) {
          List<String> flags = List.of(recipe.group(2).strip().split(" "));
          if (flags.stream().anyMatch(f -> f.matches("-m(=\\d)?|-live"))) {
            String name = folder.relativize(file).toString().replaceAll("\\W+", "_");
            recipes.put(name, new Recipe(file, recipe.group(1), flags));
          }
        }
      }
    }
    return recipes;
  }

  private static String source(Path file) throws IOException {
    // Some files of the folder are not UTF-8 on purpose.
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  /**
   * The constraints on these files hold for linux/amd64, but for experiments: all are off, except
   * that arguments are passed in registers.
   */
  private static boolean isForTarget(String source) {
    return source
        .lines()
        .filter(line -> line.startsWith("//go:build "))
        .noneMatch(line ->
            line.startsWith("//go:build goexperiment.")
                || line.contains("!goexperiment.regabiargs"));
  }

  @TestFactory
  Stream<DynamicTest> toolchainsOwnTests() throws Exception {
    assumeTrue(GoTool.isInstalled(), "no toolchain of the release");
    Path folder = testFolder();
    assumeTrue(Files.isDirectory(folder), "the toolchain came without its tests");
    System.out.println("errorcheck files: oracle: " + folder);
    Folders.delete(WORK);
    Map<String, Recipe> recipes = recipes(folder);
    assertTrue(recipes.size() > 50, () -> "found only " + recipes.keySet());
    Files.createDirectories(MODULE);
    Files.writeString(MODULE.resolve("go.mod"), "module test\n\ngo 1.26\n");
    Files.writeString(ASSEMBLY, "");
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Recipe> entry : recipes.entrySet()) {
      parts.put(entry.getKey(), write(entry.getKey(), entry.getValue()));
    }
    Map<String, String> output = new TreeMap<>();
    // What replaces a package of the standard library must be out of sight of the others.
    recipes.values().stream()
        .map(Recipe::packagePath)
        .distinct()
        .forEach(path -> {
          Map<String, Recipe> together = new TreeMap<>(recipes);
          together.values().removeIf(recipe -> !recipe.packagePath().equals(path));
          output.putAll(run(together, parts));
        });
    return recipes.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                folder.relativize(entry.getValue().file).toString(),
                entry.getValue().file.toUri(),
                () -> check(entry.getValue(), parts.get(entry.getKey()), output)));
  }

  private static Map<String, String> run(
      Map<String, Recipe> recipes, Map<String, List<Part>> parts) {
    Map<String, Path> overlay = new TreeMap<>();
    List<String> flags = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    try {
      for (Map.Entry<String, Recipe> entry : recipes.entrySet()) {
        Recipe recipe = entry.getValue();
        for (Part part : parts.getOrDefault(entry.getKey(), List.of())) {
          flags.add(part.importPath + "=-e " + recipe.compilerFlags());
          patterns.add(part.importPath);
          if (!part.importPath.startsWith("test/")) {
            putInStd(part, !recipe.packagePath().isEmpty(), overlay);
          }
        }
      }
      Path overlayFile = WORK.resolve("overlay.json");
      Files.writeString(overlayFile, json(overlay));
      Path goroot = Path.of(GoTool.goroot());
      return GoTool.ours(MODULE, flags, goroot, patterns, overlayFile.toString());
    } catch (IOException | InterruptedException | FlagException e) {
      throw new AssertionError(e);
    }
  }

  private static void putInStd(Part part, boolean isReplacement, Map<String, Path> overlay)
      throws IOException, InterruptedException {
    Path dir = Path.of(GoTool.goroot(), "src").resolve(part.importPath);
    if (isReplacement) {
      try (Stream<Path> old = Files.list(dir)) {
        old.forEach(f -> overlay.put(f.toString(), Path.of("")));
      }
    }
    overlay.put(dir.resolve(ASSEMBLY.getFileName()).toString(), ASSEMBLY);
    for (Path file : part.files) {
      overlay.put(dir.resolve(file.getFileName()).toString(), file);
    }
  }

  private static List<Part> write(String name, Recipe recipe) throws IOException {
    Path file = recipe.file;
    if (!recipe.isDirectory()) {
      String source = source(file);
      if (!recipe.packagePath().isEmpty() || recipe.isOfStd(source)) {
        String path =
            recipe.packagePath().isEmpty() ? STD_FOLDER + "/" + name : recipe.packagePath();
        return List.of(new Part(path, List.of(file)));
      }
      Part part = new Part("test/" + name, List.of(file));
      write(part, name);
      return List.of(part);
    }
    String dirName = file.getFileName().toString().replaceAll("go$", "dir");
    Map<String, List<Path>> packages = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(file.resolveSibling(dirName))) {
      for (Path f : files.filter(f -> f.toString().endsWith(".go")).sorted().toList()) {
        Matcher clause = PACKAGE.matcher(source(f));
        assertTrue(clause.find(), f::toString);
        packages.computeIfAbsent(clause.group(1), _ -> new ArrayList<>()).add(f);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (List<Path> files : packages.values()) {
      String first = files.get(0).getFileName().toString();
      Part part = new Part("test/" + name + "/" + first.substring(0, first.length() - 3), files);
      write(part, name);
      parts.add(part);
    }
    return parts;
  }

  /** Writes a package of the module, whose relative imports become absolute ones. */
  private static void write(Part part, String test) throws IOException {
    Path dir = MODULE.resolve(part.importPath.substring("test/".length()));
    Files.createDirectories(dir);
    Files.copy(ASSEMBLY, dir.resolve(ASSEMBLY.getFileName()));
    for (Path file : part.files) {
      String source = RELATIVE_IMPORT.matcher(source(file)).replaceAll("\"test/" + test + "/$1\"");
      Files.write(dir.resolve(file.getFileName()), source.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static String json(Map<String, Path> overlay) {
    List<String> entries = new ArrayList<>();
    overlay.forEach((file, content) -> entries.add("\"%s\": \"%s\"".formatted(file, content)));
    return "{\"Replace\": {" + String.join(",\n", entries) + "}}\n";
  }

  private static void check(Recipe recipe, List<Part> parts, Map<String, String> output)
      throws IOException {
    assertFalse(parts.isEmpty());
    List<String> differences = new ArrayList<>();
    for (Part part : parts) {
      ErrorComments comments = new ErrorComments();
      for (Path file : part.files) {
        comments.add(file.getFileName().toString(), source(file));
      }
      String reports =
          output
              .getOrDefault("# " + part.importPath, "")
              .replaceAll("(?m)^\\S*/([^/\\s:]+\\.go:)", "$1");
      differences.addAll(comments.differences(reports, recipe.withAuto()));
    }
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
  }
}
