package dev.escapade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The forms without a schema of their own. */
final class ReportTest {
  @Test
  void textHasChainCostAndFix() throws IOException {
    assertEquals(
        """
        order.go:5:23: append-without-capacity: out grows, 100% sure: <see> "below"
            cost: in a loop; about log n allocations
            fix: make it with capacity 2 (1 allocation)
        order.go:5:35: interface-boxing-escapes: x is boxed
            order.go:5:35: put into out
            /lib/sink.go:3:5: stored in package variable Sink
            cost: hot: 12 % of samples; 1 allocation of 8 bytes each time
            fix: keep it typed
        """,
        firstTwo(Samples.text(ReportFormat.TEXT, Samples.report(), false)));
  }

  private static String firstTwo(String text) {
    int second = text.indexOf("order.go:5:35: interface");
    return text.substring(0, text.indexOf("order.go:5:35: interface", second + 1));
  }

  @Test
  void briefHasOneLineForEachFinding() throws IOException {
    assertEquals(3, Samples.text(ReportFormat.BRIEF, Samples.report(), false).lines().count());
  }

  @Test
  void colourOnlyWhereItIsWelcome() throws IOException {
    assertFalse(Samples.text(ReportFormat.TEXT, Samples.report(), false).contains("\u001b"));
    assertTrue(Samples.text(ReportFormat.TEXT, Samples.report(), true).contains("\u001b[33m"));
  }

  @Test
  void annotationsAreEscapedAndCountUtf16() throws IOException {
    String first =
        Samples.text(ReportFormat.GITHUB, Samples.report(), false)
            .lines()
            .findFirst()
            .orElseThrow();
    assertEquals(
        "::warning file=order.go,line=5,endLine=5,col=22,endColumn=39,"
            + "title=append-without-capacity::out grows, 100%25 sure: <see> \"below\""
            + "%0Acost: in a loop; about log n allocations"
            + "%0Afix: make it with capacity 2 (1 allocation)",
        first);
  }

  @Test
  void checkstyleIsXmlByFile() throws Exception {
    byte[] xml =
        Samples.text(ReportFormat.CHECKSTYLE, Samples.report(), false)
            .getBytes(StandardCharsets.UTF_8);
    Document doc =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml));
    assertEquals(1, doc.getElementsByTagName("file").getLength());
    assertEquals(3, doc.getElementsByTagName("error").getLength());
    Element error = (Element) doc.getElementsByTagName("error").item(0);
    assertEquals("out grows, 100% sure: <see> \"below\"", error.getAttribute("message"));
    assertEquals("escapade.append-without-capacity", error.getAttribute("source"));
  }

  @Test
  void jsonIsAsItsSchemaSays() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(Path.of("..", "docs", "findings.schema.json")));
    JsonNode json = mapper.readTree(Samples.text(ReportFormat.JSON, Samples.report(), false));
    assertEquals(Set.of(), schema.validate(json));
    assertEquals(3, json.at("/findings").size());
    ((ObjectNode) json.at("/findings/0")).put("severity", "awful");
    assertEquals(1, schema.validate(json).size());
  }

  @Test
  void fingerprintsSurviveLinesAboveAndTellRepetitionsApart() {
    Report here = Samples.report();
    Report moved = Samples.report("// A comment\n// of two lines.\n");
    List<String> prints = Fingerprints.of(here.findings(), here.sources());
    assertEquals(prints, Fingerprints.of(moved.findings(), moved.sources()));
    assertEquals(3, new HashSet<>(prints).size());
    assertNotEquals(here.findings().getFirst().place(), moved.findings().getFirst().place());
  }
}
