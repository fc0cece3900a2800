package dev.escapade.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms that findings can be written in. */
public enum ReportFormat {
  /** For a person: the finding, the chain, the cost and the fix. */
  TEXT,
  /** For a person or grep: one line for each finding. */
  BRIEF,
  /** JSON as docs/findings.schema.json describes it. */
  JSON,
  /** The Static Analysis Results Interchange Format, version 2.1.0 (OASIS). */
  SARIF,
  /** The XML that checkstyle writes, which many build servers read. */
  CHECKSTYLE,
  /** Workflow commands that GitHub shows beside the changed lines. */
  GITHUB,
  /** One page that needs nothing but a browser. */
  HTML;

  /** The word on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a name, or null. */
  public static @Nullable ReportFormat of(String label) {
    for (ReportFormat f : values()) {
      if (f.label().equals(label)) {
        return f;
      }
    }
    return null;
  }

  /** Reports whether the form is a document that has to be written even if there is no finding. */
  public boolean isDocument() {
    return switch (this) {
      case TEXT, BRIEF, GITHUB -> false;
      case JSON, SARIF, CHECKSTYLE, HTML -> true;
    };
  }

  /**
   * Writes a report.
   *
   * @param color whether escape sequences are welcome, where the form has any
   */
  public void write(Report report, boolean color, OutputStream out) throws IOException {
    switch (this) {
      case TEXT -> TextReport.write(report, color, false, out);
      case BRIEF -> TextReport.write(report, color, true, out);
      case JSON -> JsonReport.write(report, out);
      case SARIF -> SarifReport.write(report, out);
      case CHECKSTYLE -> CheckstyleReport.write(report, out);
      case GITHUB -> GithubReport.write(report, out);
      case HTML -> HtmlReport.write(report, out);
    }
  }
}
