package dev.escapade.tools.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.escapade.advice.finding.Finding;
import dev.escapade.report.Fingerprints;
import dev.escapade.report.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Findings that are known already, by their fingerprints. */
public final class Baseline {
  private static final Set<String> NAMES = Set.of("fingerprint", "escapade/v1");

  private final Set<String> known;

  private Baseline(Set<String> known) {
    this.known = known;
  }

  /** The findings of another run. */
  public static Baseline of(List<Finding> findings, Sources sources) {
    return new Baseline(new HashSet<>(Fingerprints.of(findings, sources)));
  }

  /**
   * Reads a report of ours, JSON or SARIF.
   *
   * @throws IOException if it cannot be read; the message tells why
   */
  public static Baseline read(Path file) throws IOException {
    Set<String> known = new HashSet<>();
    boolean isReport = false;
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = new JsonFactory().createParser(in)) {
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        if (t == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          isReport |= name.equals("findings") || name.equals("runs");
          if (NAMES.contains(name) && parser.nextToken() == JsonToken.VALUE_STRING) {
            known.add(parser.getText());
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw new IOException("is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!isReport) {
      throw new IOException("is no report that escapade check -format=json or sarif has written");
    }
    return new Baseline(known);
  }

  /** How many findings are known. */
  public int size() {
    return known.size();
  }

  /** Those of {@code findings} that are not known. */
  public List<Finding> newAmong(List<Finding> findings, Sources sources) {
    List<String> prints = Fingerprints.of(findings, sources);
    List<Finding> added = new ArrayList<>();
    for (int i = 0; i < prints.size(); i++) {
      if (!known.contains(prints.get(i))) {
        added.add(findings.get(i));
      }
    }
    return added;
  }
}
