package dev.escapade.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.testing.TestInstallation;
import dev.escapade.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code escapade graph} prints for a small module: valid by the schema, without
 * contradictions, and with the locations and paths that the archive tells ({@code want}, recorded
 * with {@code -Dupdate}). The module imports nothing, so that no Go installation is needed.
 */
final class GraphCommandTest {
  private static final Path ARCHIVE = Path.of("src/test/resources/graph/reasons.txtar");
  private static final Path SCHEMA = Path.of("../docs/escape-graph.schema.json");

  @TempDir Path temp = Path.of("");
  private Txtar archive = new Txtar("", List.of());
  private Path module = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    archive = Txtar.read(ARCHIVE);
    module = temp.resolve("module");
    archive.unpack(module);
    TestInstallation.create(temp.resolve("goroot"));
  }

  private CommandRun run(String... args) {
    List<String> line = new ArrayList<>(List.of("graph"));
    line.addAll(List.of(args));
    return CommandRun.of(temp, module, line.toArray(String[]::new));
  }

  @SuppressWarnings("unchecked") // as the schema says
  private static Map<String, Object> object(String json) throws IOException {
    return (Map<String, Object>) Json.parse(json);
  }

  @Test
  void graphsAreAsRecorded() throws IOException {
    Map<?, ?> schema = object(Files.readString(SCHEMA));
    StringBuilder text = new StringBuilder();
    for (String target : archive.file("targets").orElseThrow().strip().split(" ", -1)) {
      CommandRun run = run(target);
      assertEquals("", run.err());
      assertEquals(0, run.exitCode());
      Map<String, Object> report = object(run.out());
      assertEquals(List.of(), Json.validate(report, schema), target);
      assertEquals(target, report.get("target"));
      for (Map<String, Object> graph : GraphSummary.list(report, "graphs")) {
        text.append(GraphSummary.of(graph));
      }
    }
    if (System.getProperty("update") != null) {
      archive = archive.with("want", text.toString());
      Files.writeString(ARCHIVE, archive.text());
    }
    assertEquals(archive.file("want").orElseThrow(), text.toString());
  }

  @Test
  void theValidatorFindsFaults() throws IOException {
    Map<?, ?> schema = object(Files.readString(SCHEMA));
    String json = run("Last").out();
    assertFalse(Json.validate(object(json.replace("\"heap\"", "\"Heap\"")), schema).isEmpty());
    assertFalse(Json.validate(object(json.replace("\"derefs\"", "\"deref\"")), schema).isEmpty());
  }

  @Test
  void thePageHasItAll() throws IOException {
    CommandRun run = run("-html", "page.html", "Last");
    assertEquals("", run.out() + run.err());
    String page = Files.readString(module.resolve("page.html"));
    assertEquals(object(run("Last").out()), Json.parse(data(page, "graph-data")));
    Map<String, Object> sources = object(data(page, "source-data"));
    Map<?, ?> lines = (Map<?, ?>) sources.get(module.resolve("m.go").toString());
    assertEquals("\t\tlast = &tmp", lines.get("14"));
    assertFalse(page.contains("http://") || page.contains("https://"), "needs no network");
  }

  private static String data(String page, String id) {
    Matcher m =
        Pattern.compile("<script type=\"application/json\" id=\"" + id + "\">([^<]*)</script>")
            .matcher(page);
    assertTrue(m.find(), id);
    return m.group(1);
  }

  @Test
  void mistakesAreExplained() {
    CommandRun none = run("last");
    assertEquals(1, none.exitCode());
    assertTrue(none.err().contains("did you mean Last?"), none.err());
    assertEquals(1, run("m.go:3").exitCode());
    assertEquals(2, run("./...").exitCode());
    assertEquals(2, run().exitCode());
    assertEquals(2, run("Last", "Large").exitCode());
    CommandRun missing = run("example.org/x.F");
    assertEquals(1, missing.exitCode());
    assertTrue(missing.err().contains("example.org/x"), missing.err());
  }
}
