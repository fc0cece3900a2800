package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageFlags;
import dev.escapade.load.LoadConfig;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import dev.escapade.tools.check.Selection;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of ours in one package costs what is known of that package, not of the others. */
final class CrashTest {
  /** Fails on the packages that are named {@code bad…}. */
  private static final class Failing implements PackageAnalysis<String> {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public String analyze(DecidedPackage pkg, Imports<String> imports) {
      if (pkg.source().pkg().name().startsWith("bad")) {
        throw new IllegalStateException("odd node");
      }
      return "";
    }

    @Override
    public void write(String summary, DataOutput out) {}

    @Override
    public String read(DataInput in) {
      return "";
    }
  }

  private static Txtar.Entry growing(String name) {
    return new Txtar.Entry(
        name + "/" + name + ".go",
        """
        package %s

        func Doubled(numbers []int) []int {
        	out := []int{}
        	for _, n := range numbers {
        		out = append(out, 2*n)
        	}
        	return out
        }
        """
            .formatted(name));
  }

  @Test
  void findingsOfOtherPackagesAreKept(@TempDir Path temp) throws Exception {
    Path module = temp.resolve("module");
    new Txtar(
            "",
            List.of(
                new Txtar.Entry("go.mod", "module example.test/m\n\ngo 1.26\n"),
                growing("bad"),
                growing("badly"),
                growing("good")))
        .unpack(module);
    Path goroot = temp.resolve("goroot");
    TestInstallation.create(goroot);
    Map<String, String> env = TestInstallation.environment(goroot, temp);
    var request =
        new BuildRequest(
            LoadConfig.of(module, "./...").withEnv(env),
            PackageFlags.parse(List.of("all=-m=2"), module),
            2,
            Goal.DECIDE,
            null);
    var err = new ByteArrayOutputStream();
    var printer =
        new OutputPrinter(
            Terminal.streams(
                module,
                env,
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            false);

    FindingsRun run =
        FindingsRun.of(
            request.withAnalyses(List.of(new Failing())),
            Rules.all(),
            new Selection(Severity.NOTE, true, false),
            printer);

    assertEquals(
        List.of("append-without-capacity"), run.findings().stream().map(f -> f.rule()).toList());
    assertEquals(
        ExitCode.INTERNAL, printer.exitCode("check", ExitCode.USAGE, ExitCode.OK), "exit code");
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("odd node"), said);
    assertTrue(said.contains("escapade check example.test/m/bad\n"), said);
    assertTrue(said.contains("it failed on example.test/m/badly as well"), said);
  }
}
