package dev.escapade.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.escapade.advice.finding.Severity;
import dev.escapade.advice.rules.Rules;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.ForwardingListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.release.Release;
import dev.escapade.report.Sources;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.FactsCollector;
import dev.escapade.tools.fix.FunctionCounts;
import dev.escapade.tools.fix.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Analyses code some of whose files are changed, through the go command's overlay. */
final class OverlayAnalyst {
  private final BuildRequest request;

  /** An analyst for the packages of {@code request}, which has no overlay of its own. */
  OverlayAnalyst(BuildRequest request) {
    this.request = request;
  }

  /** What is found in code, and that code. */
  record Look(Verdicts verdicts, Sources sources) {}

  /** Analyses the code as it is, and tells {@code listener} of the build. */
  Look look(BuildListener listener) throws IOException, InterruptedException {
    return look(request, listener);
  }

  private static Look look(BuildRequest request, BuildListener listener)
      throws IOException, InterruptedException {
    Set<String> broken = new HashSet<>();
    var facts = new FactsCollector();
    FindingsRun run =
        FindingsRun.of(
            request.withAnalyses(List.of(facts.analysis())),
            Rules.all(),
            new Selection(Severity.NOTE, true, true),
            facts.listener(noting(broken, listener)));
    FunctionCounts counts =
        BigStack.call(() -> FunctionCounts.of(facts, Release.GO1_26.allocation()));
    return new Look(new Verdicts(run.findings(), broken, counts), run.sources());
  }

  private static BuildListener noting(Set<String> broken, BuildListener next) {
    return new ForwardingListener(next) {
      @Override
      public void output(PackageOutput output) {
        if (output.status() != PackageOutput.Status.OK) {
          broken.add(output.pkg().dir());
        }
        super.output(output);
      }
    };
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
      return look(request.withLoad(request.load().withOverlay(overlay.toString())), _ -> {})
          .verdicts();
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
