package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of a module that does not build: of each function that depends on no error as much
 * as if there were none, and nothing of the others.
 */
final class BrokenCodeTest {
  private static final String CODE =
      """
      -- go.mod --
      module m

      go 1.26

      require example.test/missing v1.2.3
      -- low/low.go --
      package low

      import "example.test/missing"

      type T struct{ p *int }

      type U struct{ x missing.X }

      func (u *U) Unknown() *int { n := 1; return &n }

      func (t *T) Left() int { return missing.F() }

      func Good() *int { x := 1; return &x }

      func Left() *int { x := missing.F(); y := 1; _ = x; return &y }

      func Above() *int { y := 2; _ = Left(); return &y }

      type I interface{ Left() int }

      func Make() I { return &T{} }

      type K int

      func (k K) Name() missing.X { return nil }

      const (
      	A K = iota
      	B
      )
      -- high/high.go --
      package high

      import "m/low"

      func Good() *int { z := 3; _ = low.Good(); return &z }

      func Above() *int { z := 3; _ = low.Left(); return &z }

      func Dynamic() int { return low.Make().Left() }

      func Unknown(u *low.U) *int { z := 3; _ = u; return &z }

      func Unused() *int { unused := 3; q := 1; return &q }

      func Wrong() *int { q := 1; return q }
      -- syntax/syntax.go --
      package syntax

      func Before() *int { z := 3; return &z }

      func Wrong() *int { z := 3 return &z }

      func After() *int { z := 4; return &z }
      -- twice/twice.go --
      package twice

      import "example.test/missing"

      var Err = missing.New("first")

      var Err = missing.New("second").X

      func Good() *int { z := 5; return &z }
      """;

  @TempDir Path temp = Path.of("");

  private CommandRun run(String... args) throws IOException {
    return CommandRun.of(temp, temp.resolve("m"), args);
  }

  @Test
  void tellsWhatDoesNotDependOnErrors() throws IOException {
    Txtar.parse(CODE).unpack(temp.resolve("m"));
    TestInstallation.create(temp.resolve("goroot"));
    CommandRun first = run("check", "-format=brief", "./...");

    TreeSet<String> found = new TreeSet<>();
    first.out().lines().forEach(line -> found.add(line.replaceFirst(".* is on the heap", "")));
    assertEquals(
        List.of(
            " because a pointer to it is returned by After",
            " because a pointer to it is returned by Before",
            " because a pointer to it is returned by Good",
            " because a pointer to it is returned by Unused"),
        List.copyOf(found),
        first.out());
    assertEquals(6, first.out().lines().count(), first.out());
    assertEquals(ExitCode.USAGE, first.exitCode());
    for (String said :
        List.of(
            "example.test/missing@v1.2.3: not in the module cache",
            "syntax/syntax.go:5:28: syntax error",
            "high/high.go:15:36: cannot use q",
            "high/high.go:13:22: declared and not used: unused",
            "# m/low\n5 of 7 functions depend on code with errors and are left out\n",
            "3 of 6 functions",
            "1 of 3 functions")) {
      assertTrue(first.err().contains(said), () -> said + " in\n" + first.err());
    }
    assertEquals(first, run("check", "-format=brief", "./..."), "with what was kept of the first");
  }

  @Test
  void countsDoNotCoverWhatIsLeftOut() throws IOException {
    Txtar.parse(CODE).unpack(temp.resolve("m"));
    TestInstallation.create(temp.resolve("goroot"));
    CommandRun count = run("count", "./high");

    assertTrue(count.out().contains("m/high.Good: 1 alloc, 8 B\n"), count.out());
    assertTrue(
        count.out().contains("m/high.Dynamic: ≥ 1 alloc (no Go body: m/low.(*T).Left)\n"),
        count.out());
    assertTrue(!count.out().contains("Above"), count.out());
  }
}
