package dev.escapade.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildRequest;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.fix.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Analyses code some of whose files are changed, through the go command's overlay. */
final class OverlayAnalyst {
  private final BuildRequest request;

  /** An analyst for the packages of {@code request}, which has no overlay of its own. */
  OverlayAnalyst(BuildRequest request) {
    this.request = request;
  }

  Verdicts analyse(Map<String, byte[]> changed) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("escapade-fix");
    try {
      Path overlay = folder.resolve("overlay.json");
      try (JsonGenerator json =
          new JsonFactory().createGenerator(Files.newBufferedWriter(overlay))) {
        json.writeStartObject();
        json.writeObjectFieldStart("Replace");
        int n = 0;
        for (Map.Entry<String, byte[]> file : changed.entrySet()) {
          Path copy = Files.write(folder.resolve(n++ + ".go"), file.getValue());
          json.writeStringField(file.getKey(), copy.toString());
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      Set<String> broken = new HashSet<>();
      BuildRequest again = request.withLoad(request.load().withOverlay(overlay.toString()));
      FindingsRun run =
          FindingsRun.of(
              again,
              Rules.all(),
              new Selection(Severity.NOTE, true, true),
              FixCommand.listening(_ -> {}, broken));
      return new Verdicts(run.findings(), broken);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
