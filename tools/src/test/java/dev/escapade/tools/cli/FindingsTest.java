package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands around findings: exit codes, baselines, revisions, and fixes that are proven. The
 * module imports nothing, so that no Go installation is needed.
 */
final class FindingsTest {
  private static final String CODE =
      """
      package m

      // Doubled gives each number doubled.
      func Doubled(numbers []int) []int {
      	out := []int{} // grows
      	for _, n := range numbers {
      		out = append(out, 2*n)
      	}
      	return out
      }
      """;

  private static final String MORE =
      """

      func Index(names []string) map[string]int {
      	m := make(map[string]int)
      	for i, name := range names {
      		m[name] = i
      	}
      	return m
      }
      """;

  @TempDir Path temp = Path.of("");
  private Path module = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    module = temp.resolve("module");
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("go.mod", "module example.test/m\n\ngo 1.26\n"),
                new Txtar.Entry("m.go", CODE)))
        .unpack(module);
    TestInstallation.create(temp.resolve("goroot"));
  }

  private CommandRun run(String... args) {
    return CommandRun.of(temp, module, args);
  }

  private void append(String more) throws IOException {
    Files.writeString(module.resolve("m.go"), "// A new line above.\n" + CODE + more);
  }

  private void git(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", module.toString()));
    command.addAll(List.of("-c", "user.name=n", "-c", "user.email=e@example.test"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  @Test
  void findingsFailTheCheck() {
    CommandRun run = run("check", "./...");
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("m.go:5:2: append-without-capacity: "), run.out());
  }

  @Test
  void codeThatCannotBeLoadedIsTwo() throws IOException {
    Files.writeString(module.resolve("m.go"), "package m\n\nvar x int = \"\"\n");
    assertEquals(2, run("check").exitCode());
    assertEquals(2, run("check", "./nowhere").exitCode());
    assertEquals(2, run("check", "-format=gold").exitCode());
  }

  @Test
  void countedPromisesNameEachAllocation() throws IOException {
    Files.writeString(
        module.resolve("p.go"),
        """
        package m

        type node struct{ next *node }

        // Two makes two.
        //
        //escapade:allocs 1
        func Two() *node { return &node{next: &node{}} }

        //escapade:noalloc
        func Len(n *node) (count int) {
        	for ; n != nil; n = n.next {
        		count++
        	}
        	return count
        }

        //escapade:allocs 2
        func Kept() *node { return Two() }

        //escapade:noalloc
        func Inner() *node { return Two() }
        """);
    CommandRun run = run("check", "-rules=contract-violated", "./...");
    assertEquals(1, run.exitCode(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(
        List.of(
            "p.go:8:1: contract-violated: example.test/m.Two is to allocate at most once, but it"
                + " may allocate 2 times",
            "p.go:22:1: contract-violated: example.test/m.Inner is to allocate nothing, but it may"
                + " allocate 2 times"),
        lines.stream().filter(l -> l.contains("contract-violated")).toList());
    assertEquals(
        2,
        lines.stream().filter(l -> l.contains("p.go:8:") && l.endsWith(": 1 allocation")).count());
  }

  @Test
  void promisesThatCannotBeReadAreReported() throws IOException {
    Files.writeString(
        module.resolve("p.go"),
        """
        package m

        //escapade:allocs 99999999999999999999
        func A() {}

        //escapade:allocs
        func B() {}

        //escapade:noallocs
        func C() {}

        //escapade:noalloc
        var d int

        //escapade:allocs 1 // the result
        func E() *int { return new(int) }
        """);
    CommandRun run = run("check", "-rules=contract-violated", "-format=brief", "./...");
    assertEquals(1, run.exitCode(), run.err());
    String wants = ": //escapade:allocs wants a number of at most nine digits";
    assertEquals(
        List.of(
            "p.go:3:1: contract-violated" + wants + ", not 99999999999999999999",
            "p.go:6:1: contract-violated" + wants,
            "p.go:9:1: contract-violated: //escapade:noallocs is no promise: //escapade:noalloc"
                + " and //escapade:allocs N are",
            "p.go:12:1: contract-violated: //escapade:noalloc stands before no function"),
        run.out().lines().toList());
  }

  @Test
  void boundsChecksThatStayAreFoundWhereNoneIsPromised() throws IOException {
    Files.writeString(
        module.resolve("b.go"),
        """
        package m

        func Lines(s []int, i int) int {
        	a := s[i] //gcassert:bce
        	b := s[i] //gcassert:bce
        	//gcassert:bce
        	//gcassert:inline
        	s = s[:i]
        	s = s[:2*i] //gcassert:bce
        	return a + b + s[3*i]
        }

        func Loops(s []int, n int) (sum int) {
        	//gcassert:bce
        	for i := range s {
        		sum += s[i]
        	}
        	//gcassert:bce

        	for i := range n {
        		sum++
        		sum += s[i+1]
        	}
        	for i := range n { //gcassert:bce
        		sum += s[i+2]
        	}
        	return sum
        }

        // Kept looks first.
        //
        //gcassert:bce
        func Kept(s []int) int {
        	if len(s) < 3 {
        		return 0
        	}
        	return s[0] + s[1] + s[2]
        }

        //gcassert:bce
        // Broken does not.
        func Broken(s []int) int {
        	f := func(j int) int {
        		return s[j]
        	}
        	return f(0) + len(s[1:])
        }

        func Free(s []int) int { return s[7] }
        """);
    String checks = ": contract-violated: the bounds check ";
    List<String> wanted =
        List.of(
            "b.go:4:8" + checks + "IsInBounds stays in a line that is to have none",
            "b.go:9:7" + checks + "IsSliceInBounds stays in a line that is to have none",
            "b.go:22:11" + checks + "IsInBounds stays in a loop that is to have none",
            "b.go:46:10" + checks + "IsInBounds stays in a function that is to have none");
    for (int round = 0; round < 2; round++) { // then with what was stored
      CommandRun run = run("check", "-rules=contract-violated", "-format=brief", "./...");
      assertEquals(1, run.exitCode(), run.err());
      assertEquals(wanted, run.out().lines().toList());
    }
    CommandRun chain = run("check", "-rules=contract-violated", "./...");
    assertTrue(chain.out().contains("b.go:18:1: promised here"), chain.out());
    assertEquals(0, run("check", "-rules=defer-in-loop", "./...").exitCode());
  }

  @Test
  void budgetsAllowSomeFindings() throws IOException {
    Path config = module.resolve(".escapade.yaml");
    Files.writeString(config, "max-findings:\n  example.test/m: 1\n");
    assertEquals(0, run("check", "./...").exitCode());
    Files.writeString(
        config, "max-findings:\n  example.test/m/...: 0\nmax-allocs:\n  m.Doubled: 0\n");
    CommandRun run = run("check", "./...");
    assertEquals(1, run.exitCode());
    String out = run.out();
    assertTrue(out.contains("m has 2 findings, and .escapade.yaml allows 0"), out);
    assertTrue(out.contains("m.Doubled is to allocate nothing, but it may allocate"), out);
  }

  @Test
  void aBaselineHidesWhatIsKnown() throws IOException {
    for (String format : List.of("json", "sarif")) {
      CommandRun written = run("check", "-format", format, "-o", "known.txt");
      assertEquals(1, written.exitCode(), written.err());
      assertEquals("", written.out());
      CommandRun same = run("check", "-baseline", "known.txt");
      assertEquals(0, same.exitCode(), same.out());
      assertTrue(same.err().contains("known already"), same.err());
      append(MORE);
      CommandRun more = run("check", "-format=brief", "-baseline=known.txt");
      assertEquals(1, more.exitCode());
      assertFalse(more.out().contains("append-without-capacity"), more.out());
      assertTrue(more.out().contains("map-without-size-hint"), more.out());
      Files.writeString(module.resolve("m.go"), CODE);
    }
  }

  @Test
  void aBaselineHasToBeOne() {
    assertEquals(2, run("check", "-baseline", "nowhere.json").exitCode());
    CommandRun run = run("check", "-baseline", "m.go");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("-baseline m.go: is not JSON"), run.err());
  }

  @Test
  void onlyWhatARevisionDoesNotHave() throws IOException, InterruptedException {
    assertEquals(2, run("check", "-new-from-rev", "HEAD").exitCode(), "no repository");
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    append(MORE);
    CommandRun run = run("check", "-format=brief", "-new-from-rev", "HEAD");
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(run.out().contains("map-without-size-hint"), run.out());
    assertEquals(2, run("check", "-new-from-rev", "no-such-branch").exitCode());
  }

  @Test
  void aFixIsShownAndWritten() throws IOException {
    CommandRun shown = run("fix");
    assertEquals(0, shown.exitCode(), shown.err());
    assertTrue(
        shown
            .out()
            .contains(
                "-\tout := []int{} // grows\n+\tout := make([]int, 0, len(numbers)) // grows\n"),
        shown.out());
    assertEquals(CODE, Files.readString(module.resolve("m.go")), "a diff writes nothing");

    CommandRun written = run("fix", "-w");
    assertEquals("", written.out());
    assertEquals(
        CODE.replace("[]int{}", "make([]int, 0, len(numbers))"),
        Files.readString(module.resolve("m.go")));
    assertTrue(run("fix").err().contains("nothing to fix"));
  }

  @Test
  void fixesAreToldAsJson() throws IOException {
    CommandRun run = run("fix", "-json");
    assertEquals(0, run.exitCode(), run.err());
    Map<?, ?> schema =
        (Map<?, ?>) Json.parse(Files.readString(Path.of("../docs/fixes.schema.json")));
    Object report = Json.parse(run.out());
    assertEquals(List.of(), Json.validate(report, schema), run.out());
    assertTrue(run.out().contains("\"rule\" : \"append-without-capacity\""), run.out());
    assertTrue(run.out().contains("\"fixesInFunction\" : 1"), run.out());
    assertTrue(run.err().contains("saves: "), run.err());
  }

  @Test
  void aDiffCanBeApplied() throws IOException, InterruptedException {
    String code = "\ufeff" + (CODE + MORE).replace("\n", "\r\n").stripTrailing();
    Files.writeString(module.resolve("m.go"), code);
    git("init", "-q");
    String diff = run("fix", "-risky").out();
    Files.writeString(module.resolve("fix.diff"), diff);
    git("-c", "core.autocrlf=false", "apply", "fix.diff");
    String applied = Files.readString(module.resolve("m.go"));
    assertEquals(
        code.replace("[]int{}", "make([]int, 0, len(numbers))")
            .replace("make(map[string]int)", "make(map[string]int, len(names))"),
        applied,
        diff);
    Files.writeString(module.resolve("m.go"), code);
    assertEquals("", run("fix", "-risky", "-w").out());
    assertEquals(applied, Files.readString(module.resolve("m.go")));
  }

  @Test
  void filesThatAreNotForUsToChangeAreLeft() throws IOException {
    Path file = module.resolve("m.go");
    Files.writeString(file, "// Code generated by hand. DO NOT EDIT.\n\n" + CODE);
    assertTrue(run("fix").err().contains("nothing to fix"));
    assertTrue(run("fix", "-generated").out().contains("+\tout := make"));

    Files.writeString(file, CODE);
    assertTrue(file.toFile().setWritable(false));
    CommandRun run = run("fix", "-w");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("m.go is read-only"), run.err());
    assertEquals(CODE, Files.readString(file));
    assertTrue(file.toFile().setWritable(true));
  }

  @Test
  void aRiskyFixIsAskedFor() throws IOException {
    Files.writeString(module.resolve("m.go"), CODE.replace("out := []int{}", "var out []int"));
    CommandRun safe = run("fix");
    assertEquals("", safe.out());
    assertTrue(safe.err().contains("(-risky applies them): 1 append-without-capacity"), safe.err());
    CommandRun risky = run("fix", "-risky");
    assertTrue(risky.out().contains("+\tout := make([]int, 0, len(numbers))"), risky.out());
    assertTrue(risky.err().contains("mind: the slice is not nil"), risky.err());
  }

  @Test
  void aFixThatBreaksTheCodeIsDropped() throws IOException {
    Files.writeString(
        module.resolve("m.go"),
        CODE.replace("\treturn out", "\tmake := 1\n\t_ = make\n\treturn out")
            .replace(
                "out := []int{}",
                "len := func(x []int) bool { return x != nil }\n\t_ = len\n\tout := []int{}"));
    CommandRun run = run("fix", "-rules=append-without-capacity");
    assertEquals("", run.out(), run.err());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().contains("the package would not type-check any more"), run.err());
  }

  @Test
  void aStoryHasSourceAndCarets() throws IOException {
    Files.writeString(
        module.resolve("m.go"),
        """
        package m

        type node struct{ next *node }

        var list *node

        func push(n node) {
        	n.next = list
        	list = &n
        }

        func local() bool {
        	n := new(node)
        	return n.next == nil
        }
        """);
    CommandRun run = run("explain", "m.go:7:11");
    assertEquals(
        """
        m.go:7:11 in push
          7 | func push(n node) {
            |           ^
        variable n lives on the heap, because package variable list keeps it
          1. stored in package variable list  m.go:9:7
               9 |     list = &n
                 |          ^
          to change it: nothing, if package variable list is to keep it; else store a copy there, or what of it is needed

        what it allocates
          variable n: 1 alloc, 8 B
        """,
        run.out().contains("\nfindings")
            ? run.out().substring(0, run.out().indexOf("\nfindings"))
            : run.out(),
        run.err());
    assertEquals(0, run.exitCode());
    CommandRun stays = run("explain", "m.go:13");
    assertTrue(stays.out().contains("new(node) does not outlive the call"), stays.out());
    assertTrue(stays.out().contains("variable n lives in the frame of local"), stays.out());
    assertFalse(stays.out().contains("what it allocates"), stays.out());
  }

  @Test
  void whereNothingIsDecidedTheExplanationSaysSo() {
    assertEquals(1, run("explain", "m.go:2").exitCode());
    assertTrue(run("explain", "m.go:2").err().contains("m.go:2: the line is empty"));
    assertTrue(run("explain", "m.go:99").err().contains("the file has"));
    assertEquals(2, run("explain", "m.go").exitCode());
    assertEquals(2, run("explain", "n.go:1").exitCode());
  }

  @Test
  void aDiffTellsWhatAChangeDoes() throws IOException, InterruptedException {
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    append(MORE + "\nvar kept *int\n\nfunc Keep(n int) { kept = &n }\n");
    CommandRun run = run("diff", "HEAD");
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.out().contains("example.test/m.Keep: - -> 1\n"), run.out());
    assertTrue(run.out().contains("+ m.go:23:11: moved to heap: n\n"), run.out());
    assertTrue(run.out().contains(": map-without-size-hint: "), run.out());
    assertFalse(run.out().contains("append-without-capacity"), "moved lines are no difference");
    git("add", ".");
    git("commit", "-qm", "second");
    CommandRun same = run("diff", "HEAD", "./...");
    assertEquals("", same.out());
    assertEquals(0, same.exitCode(), same.err());
    CommandRun back = run("diff", "-format=markdown", "HEAD", "HEAD~1");
    assertEquals(0, back.exitCode(), back.err());
    assertTrue(back.out().startsWith("### Escapade: HEAD \u2192 HEAD~1\n"), back.out());
    assertTrue(back.out().contains("\n- m.go:23:11: moved to heap: n\n"), back.out());
    assertEquals(2, run("diff", "no-such-revision").exitCode());
  }
}
