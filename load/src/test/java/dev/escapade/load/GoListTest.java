package dev.escapade.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The installed standard library and commands, as loaded here and as {@code go list} lists them:
 * order, files, imports. Passed over where Go is not installed; {@link CasesTest} needs no Go.
 */
final class GoListTest {
  // Packages without Go files are of no interest to a build; unsafe has documentation only.
  private static final String TEMPLATE =
      "{{if and .GoFiles (ne .Name \"unsafe\")}}{{.ImportPath}} {{.Name}} {{.Dir}}"
          + " standard={{.Standard}} root={{not .DepOnly}} {{.GoFiles}} {{.SFiles}} {{.Imports}}"
          + " {{.EmbedFiles}}{{end}}";

  @ParameterizedTest
  @CsvSource({
    "linux,amd64,std",
    "windows,arm64,std",
    "js,wasm,std",
    "darwin,arm64,cmd",
    "linux,arm,cmd/go net/http"
  })
  void standardPackagesAreThoseOfGoList(String goos, String goarch, String patterns)
      throws IOException, InterruptedException {
    Map<String, String> env = new HashMap<>(System.getenv());
    env.putAll(Map.of("GOOS", goos, "GOARCH", goarch, "CGO_ENABLED", "0", "GOFLAGS", ""));
    LoadConfig config = LoadConfig.of(temp.toRealPath(), patterns.split(" ", -1)).withEnv(env);
    assumeTrue(goIsOnPath(), "no go command");
    List<String> command = new ArrayList<>(List.of("go", "list", "-deps", "-f", TEMPLATE));
    command.addAll(config.patterns());
    assertEquals(run(command, env), describe(Loader.load(config)));
  }

  @TempDir Path temp;

  private static boolean goIsOnPath() {
    for (String dir : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(dir, "go"))) {
        return true;
      }
    }
    return false;
  }

  private String run(List<String> command, Map<String, String> env)
      throws IOException, InterruptedException {
    Path out = temp.resolve("go-list.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().putAll(env);
    Process process =
        builder.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assumeTrue(process.waitFor(120, TimeUnit.SECONDS), "go list takes too long");
    assertEquals(0, process.exitValue());
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private static String describe(LoadResult result) {
    StringBuilder b = new StringBuilder();
    for (GoPackage p : result.packages()) {
      if (p.files().isEmpty()) {
        continue;
      }
      b.append(p.importPath()).append(' ').append(p.name()).append(' ').append(p.dir());
      b.append(" standard=")
          .append(p.isStandard())
          .append(" root=")
          .append(p.isRoot() && p.forMain().isEmpty());
      append(b, p.files().stream().map(GoFile::name).toList());
      append(b, p.asmFiles());
      append(b, p.imports().stream().map(i -> p.importMap().get(i).importPath()).toList());
      append(b, p.embeds().values().stream().flatMap(List::stream).sorted().toList());
      b.append('\n');
    }
    return b.toString();
  }

  private static void append(StringBuilder b, List<String> items) {
    b.append(" [").append(String.join(" ", items)).append(']');
  }
}
