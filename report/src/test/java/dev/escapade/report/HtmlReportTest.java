package dev.escapade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page holds the data unharmed, loads nothing, and comes up in a browser where one is. */
final class HtmlReportTest {
  private static final Pattern LOADS =
      Pattern.compile("(?:src|href)\\s*=|https?://|@import|url\\(");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static String element(String page, String id) {
    Matcher m = Pattern.compile("id=\"" + id + "\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertTrue(m.find(), id);
    return m.group(1);
  }

  @Test
  void dataIsUnharmed() throws IOException {
    String page = Samples.text(ReportFormat.HTML, Samples.report(), false);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode data = mapper.readTree(element(page, "report-data"));
    assertEquals(3, data.at("/findings").size());
    JsonNode sources = mapper.readTree(element(page, "source-data"));
    assertEquals(
        "// «Zoë» & </script> are 100% legal here.", sources.get("order.go").get("3").asText());
    JsonNode counts = mapper.readTree(element(page, "count-data"));
    assertEquals("1 + n", counts.at("/0/allocs").asText());
    assertEquals("order.go", counts.at("/0/place/file").asText());
    assertFalse(LOADS.matcher(page).find());
  }

  @Test
  void comesUpInABrowser(@TempDir Path dir) throws Exception {
    String browser =
        BROWSERS.stream().filter(b -> Files.isExecutable(Path.of(b))).findFirst().orElse(null);
    if (browser == null) {
      System.out.println("page: no browser is installed; its script is not run");
      return;
    }
    Path page =
        Files.writeString(
            dir.resolve("page.html"), Samples.text(ReportFormat.HTML, Samples.report(), false));
    Path dom = dir.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + dir.resolve("profile"),
                "--virtual-time-budget=2000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the browser does not come back");
    String shown = Files.readString(dom);
    assertTrue(shown.contains("3 findings"), shown);
    assertTrue(shown.contains("<mark>append(out, x, é)</mark>"), "the place is marked");
    assertTrue(shown.contains("<span class=\"add\">+ \té, x := 1, n; out = extend("), "the fix");
  }
}
