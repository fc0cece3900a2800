package dev.escapade.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadConfig;
import dev.escapade.load.LoadResult;
import dev.escapade.testing.Txtar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each rule finds and what it does not. An archive {@code SLUG.txtar} is a package with
 * flagged cases and near misses, {@code other/SLUG.txtar} has the same ideas in other code, and
 * {@code mixed} has whole programs with the shapes of many rules; a line with {@code // want SLUG…}
 * must have findings of these rules, {@code cold:SLUG} if they are on a cold path, and every other
 * line none, of whatever rule. What follows {@code says:} is in the text of a finding there, which
 * ends with {@code no advice} if it has none. Cases use the standard library, so they need an
 * installed Go, of which only the sources are read.
 */
final class RulesTest {
  private static final Path CASES = Path.of("src/test/resources/rules");
  private static final Path PAGES = Path.of("../docs/rules");
  private static final String WANT = "// want ";
  private static final String SAYS = " says: ";

  private static final Map<String, List<Finding>> FOUND = new TreeMap<>();
  private static final List<AdviceSummary> SUMMARIES = new ArrayList<>();

  @TempDir private static Path temp;

  private static Path module;
  private static boolean ready;

  private static List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files.filter(f -> f.toString().endsWith(".txtar")).sorted().toList();
    }
  }

  private static String slug(Path archive) {
    return String.valueOf(archive.getFileName()).replace(".txtar", "");
  }

  /** The directory of an archive's package. */
  private static String name(Path archive) {
    return CASES.relativize(archive).toString().replace(".txtar", "").replace('/', '-');
  }

  @BeforeAll
  static void check() throws Exception {
    module = temp.toRealPath().resolve("m");
    Files.createDirectories(module);
    Files.writeString(module.resolve("go.mod"), "module example.com/m\n\ngo 1.26\n");
    for (Path archive : archives()) {
      Txtar.read(archive).unpack(module.resolve(name(archive)));
    }
    LoadConfig load = LoadConfig.of(module, "./...");
    Set<String> roots = ConcurrentHashMap.newKeySet();
    Map<String, byte[]> contents = new ConcurrentHashMap<>();
    Advisor advisor =
        new Advisor(
            Rules.all(),
            pkg -> roots.contains(pkg.path()) || pkg.name().equals("main"),
            contents::get);
    BuildRequest request =
        new BuildRequest(
                load,
                PackageFlags.parse(List.of("all=-m=2"), module),
                Runtime.getRuntime().availableProcessors(),
                Goal.DECIDE,
                null)
            .withAnalyses(List.of(advisor));
    List<PackageOutput> bad = new ArrayList<>();
    LoadResult loaded =
        Pipeline.run(
            request,
            new BuildListener() {
              @Override
              public void loaded(LoadResult result) {
                for (GoPackage pkg : result.roots()) {
                  roots.add(pkg.path());
                  for (GoFile file : pkg.files()) {
                    contents.put(file.path(), file.content());
                  }
                }
              }

              @Override
              public void output(PackageOutput output) {
                AdviceSummary summary = output.analyses().of(advisor);
                if (summary == null) {
                  bad.add(output);
                  return;
                }
                SUMMARIES.add(summary);
                for (Finding f : summary.findings()) {
                  Path file = module.relativize(Path.of(f.place().file()));
                  FOUND.computeIfAbsent(file.getName(0).toString(), _ -> new ArrayList<>()).add(f);
                }
              }
            });
    if (!loaded.errors().isEmpty()) {
      return; // no standard library
    }
    for (PackageOutput output : bad) {
      if (output.pkg().path().equals("unsafe")) {
        continue;
      }
      throw new AssertionError(output.pkg() + ": " + output.text().whole(), output.crash());
    }
    ready = true;
  }

  @TestFactory
  Stream<DynamicTest> findings() throws IOException {
    return archives().stream().map(a -> DynamicTest.dynamicTest(name(a), () -> compare(a)));
  }

  private static void compare(Path archive) throws IOException {
    assumeTrue(ready, "no standard library");
    Set<String> want = new TreeSet<>();
    Map<String, String> says = new TreeMap<>();
    for (Txtar.Entry file : Txtar.read(archive).files()) {
      String[] lines = file.data().split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        int at = lines[i].indexOf(WANT);
        if (at >= 0) {
          String[] parts = lines[i].substring(at + WANT.length()).split(SAYS, 2);
          for (String slug : parts[0].strip().split("\\s+")) {
            want.add(file.name() + ":" + (i + 1) + ": " + slug);
          }
          if (parts.length == 2) {
            says.put(file.name() + ":" + (i + 1) + ": ", parts[1].strip());
          }
        }
      }
    }
    assertTrue(
        want.stream().anyMatch(w -> w.endsWith(slug(archive)))
            || isFolklore(archive)
            || isMixed(archive));
    Set<String> got = new TreeSet<>();
    Map<String, String> messages = new HashMap<>();
    Map<String, String> texts = new TreeMap<>();
    for (Finding f : FOUND.getOrDefault(name(archive), List.of())) {
      String at =
          module.resolve(name(archive)).relativize(Path.of(f.place().file()))
              + ":"
              + f.place().line()
              + ": "
              + (f.cold() ? "cold:" : "")
              + f.rule();
      got.add(at);
      messages.put(at, f.message());
      texts.merge(at, text(f), (a, b) -> a + "; " + b);
    }
    List<String> differences = new ArrayList<>();
    for (String w : want) {
      if (!got.contains(w)) {
        differences.add("missing: " + w);
      }
    }
    for (String g : got) {
      if (!want.contains(g)) {
        differences.add("unexpected: " + g + ": " + messages.get(g));
      }
    }
    for (Map.Entry<String, String> s : says.entrySet()) {
      if (texts.entrySet().stream()
          .noneMatch(
              t -> t.getKey().startsWith(s.getKey()) && t.getValue().contains(s.getValue()))) {
        differences.add("not said: " + s + ", but: " + texts);
      }
    }
    assertEquals("", String.join("\n", differences), archive.toString());
  }

  /** All that a finding says. */
  private static String text(Finding f) {
    List<String> parts = new ArrayList<>(List.of(f.message()));
    f.cause().forEach(step -> parts.add(step.text()));
    parts.add(f.cost().toString());
    parts.add(f.fix() == null ? "no advice" : f.fix().toString());
    return String.join("; ", parts);
  }

  /** Programs in which several rules find something. */
  private static boolean isMixed(Path archive) {
    return CASES.relativize(archive).startsWith("mixed");
  }

  /** Cases of what is not to be reported at all. */
  private static boolean isFolklore(Path archive) {
    return slug(archive).startsWith("folklore");
  }

  @Test
  void everyRuleHasCasesAndAPage() {
    List<String> slugs = Rules.all().stream().map(r -> r.info().slug()).toList();
    assertEquals(slugs.stream().sorted().distinct().toList(), slugs);
    for (String slug : slugs) {
      assertTrue(Files.exists(CASES.resolve(slug + ".txtar")), slug + " has no cases");
      assertTrue(Files.exists(PAGES.resolve(slug + ".md")), slug + " has no page");
    }
  }

  @Test
  void summariesCanBeStored() throws IOException {
    assumeTrue(ready, "no standard library");
    assertFalse(SUMMARIES.isEmpty());
    Advisor advisor = new Advisor(List.of(), _ -> false, _ -> null);
    Set<Integer> sizes = new HashSet<>();
    for (AdviceSummary summary : SUMMARIES) {
      byte[] stored = bytes(advisor, summary);
      sizes.add(stored.length);
      AdviceSummary read = advisor.read(new DataInputStream(new ByteArrayInputStream(stored)));
      assertEquals(summary, read);
      assertTrue(Arrays.equals(stored, bytes(advisor, read)));
    }
    assertTrue(sizes.size() > 1);
  }

  private static byte[] bytes(Advisor advisor, AdviceSummary summary) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    advisor.write(summary, new DataOutputStream(out));
    return out.toByteArray();
  }
}
