package dev.escapade.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.load.files.Folders;
import dev.escapade.testing.Cases;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the middle end says about small packages, line for line. Each archive is one case: its first
 * line has the compiler's flags, the rest of the comment says what it is about, {@code want} is
 * what the toolchain prints. A case is a package {@code example.com/golden/NAME} of one module,
 * together with its subfolders.
 *
 * <p>Cases import nothing of the standard library, so they pass without an installation, except
 * those whose comment says {@code needs std}. Lines are compared in their order, unless the comment
 * says {@code In any order}: methods that the compiler makes come in an order of its own. Where the
 * toolchain of the release is installed, one {@code go build} of all cases checks that it still
 * says what is recorded; {@code -Dupdate} records.
 */
final class GoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden");
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path EXAMPLES_WANT = Path.of("src/test/resources/examples.want");
  private static final String WANT = "want";

  private static final Pattern VERDICT =
      Pattern.compile(
          "^[^ ]+ (.* (escapes to heap|does not escape)$|leaking param|moved to heap: )");

  /** Always the same, so that the go command finds its cache. */
  private static final Path WORK = Path.of("target/golden").toAbsolutePath();

  private static final Path MODULE = WORK.resolve("module");
  private static final Path GOROOT = WORK.resolve("goroot");

  private static final boolean UPDATE = System.getProperty("update") != null;

  private static List<Case> cases = List.of();

  private record Case(Path archive, String name, Txtar txtar) {
    static Case read(Path archive) throws IOException {
      String file = String.valueOf(archive.getFileName());
      return new Case(archive, file.substring(0, file.length() - 6), Txtar.read(archive));
    }

    String flags() {
      return txtar.comment().lines().findFirst().orElse("");
    }

    boolean needsStd() {
      return txtar.comment().contains("needs std");
    }

    /** The lines to compare. */
    String comparable(String text) {
      if (!txtar.comment().contains("In any order")) {
        return text;
      }
      return String.join("\n", text.lines().sorted().toList());
    }

    String want() {
      return txtar.file(WANT).orElse("");
    }

    /** Its packages' part of an output. */
    String of(Map<String, String> packages) {
      String path = "# example.com/golden/" + name;
      StringBuilder text = new StringBuilder();
      packages.forEach((header, lines) -> {
        if (header.equals(path) || header.startsWith(path + "/")) {
          text.append(lines);
        }
      });
      return text.toString();
    }
  }

  @BeforeAll
  static void unpack() throws IOException {
    Folders.delete(WORK);
    TestInstallation.create(GOROOT);
    List<Case> read = new ArrayList<>();
    for (Path archive : Cases.of(CASES)) {
      read.add(Case.read(archive));
    }
    Files.createDirectories(MODULE);
    Files.writeString(MODULE.resolve("go.mod"), "module example.com/golden\n\ngo 1.26\n");
    for (Case c : read) {
      List<Txtar.Entry> files = new ArrayList<>(c.txtar().files());
      files.removeIf(file -> file.name().equals(WANT));
      new Txtar("", files).unpack(MODULE.resolve(c.name()));
    }
    cases = List.copyOf(read);
    System.out.println("golden cases: oracle: " + GoTool.oracle());
  }

  @TestFactory
  Stream<DynamicTest> recordingIsWhatGoSays() throws IOException, InterruptedException {
    assumeTrue(GoTool.isInstalled(), "no toolchain of the release");
    List<String> args = new ArrayList<>();
    flags(cases).forEach(value -> args.add("-gcflags=" + value));
    args.add("./...");
    Map<String, String> packages = GoTool.byPackage(GoTool.build(MODULE, args));
    if (UPDATE) {
      for (Case c : cases) {
        Files.writeString(c.archive(), c.txtar().with(WANT, c.of(packages)).text());
      }
      return Stream.empty();
    }
    return tests(cases, packages);
  }

  @TestFactory
  Stream<DynamicTest> withoutStandardLibrary() throws Exception {
    List<Case> selected = cases.stream().filter(c -> !c.needsStd()).toList();
    assertFalse(selected.isEmpty());
    return tests(selected, ours(selected, GOROOT));
  }

  @TestFactory
  Stream<DynamicTest> withStandardLibrary() throws Exception {
    assumeTrue(GoTool.isInstalled(), "no toolchain of the release");
    List<Case> selected = cases.stream().filter(Case::needsStd).toList();
    return tests(selected, ours(selected, null));
  }

  @Test
  void examples() throws Exception {
    assumeTrue(GoTool.isInstalled(), "no toolchain of the release");
    Path dir = EXAMPLES.toAbsolutePath().normalize();
    Map<String, String> today =
        GoTool.byPackage(GoTool.build(dir, List.of("-gcflags=-m=2", "./...")));
    String text = String.join("", today.values());
    if (UPDATE) {
      Files.writeString(EXAMPLES_WANT, text);
    }
    assertEquals(Files.readString(EXAMPLES_WANT), text);
    Map<String, String> ours = GoTool.ours(dir, List.of("-m=2"), null, List.of("./..."));
    assertEquals(text, String.join("", ours.values()));
  }

  /** What escapes is found in another way when nobody asks why; see the package escape. */
  @Test
  void verdictsDoNotDependOnTheLevel() throws Exception {
    List<Case> selected = cases.stream().filter(c -> !c.needsStd()).toList();
    List<String> patterns = selected.stream().map(c -> "./" + c.name() + "/...").toList();
    List<String> unexplained = verdicts(GoTool.ours(MODULE, List.of("-m"), GOROOT, patterns));
    List<String> explained = verdicts(GoTool.ours(MODULE, List.of("-m=2"), GOROOT, patterns));
    assertFalse(explained.isEmpty());
    assertEquals(String.join("\n", explained), String.join("\n", unexplained));
  }

  private static List<String> verdicts(Map<String, String> packages) {
    return packages.values().stream()
        .flatMap(String::lines)
        .filter(line -> VERDICT.matcher(line).find())
        .sorted()
        .toList();
  }

  private static List<String> flags(List<Case> of) {
    return of.stream().map(c -> "example.com/golden/" + c.name() + "/...=" + c.flags()).toList();
  }

  private static Map<String, String> ours(List<Case> of, @Nullable Path goroot)
      throws IOException, InterruptedException, FlagException {
    List<String> patterns = of.stream().map(c -> "./" + c.name() + "/...").toList();
    return GoTool.ours(MODULE, flags(of), goroot, patterns);
  }

  private static Stream<DynamicTest> tests(List<Case> of, Map<String, String> packages)
      throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case c : of) {
      String want = UPDATE ? Case.read(c.archive()).want() : c.want();
      tests.add(
          DynamicTest.dynamicTest(
              c.name(),
              c.archive().toUri(),
              () -> assertEquals(c.comparable(want), c.comparable(c.of(packages)))));
    }
    return tests.stream();
  }
}
