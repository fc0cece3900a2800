package dev.escapade.report;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Findings as GitHub's workflow commands: {@code ::warning file=…,line=…::message}. */
final class GithubReport {
  private GithubReport() {}

  static void write(Report report, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Finding f : report.findings()) {
      Place p = f.place();
      Sources sources = report.sources();
      text.append("::").append(command(f)).append(" file=").append(value(sources.path(p.file())));
      text.append(",line=").append(p.line()).append(",endLine=").append(p.endLine());
      if (p.endLine() == p.line()) { // GitHub takes columns within one line only
        text.append(",col=").append(sources.utf16Column(p.file(), p.line(), p.column()));
        text.append(",endColumn=").append(sources.utf16Column(p.file(), p.line(), p.endColumn()));
      }
      text.append(",title=").append(value(f.rule())).append("::");
      text.append(escaped(Wording.paragraph(f, sources))).append('\n');
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String command(Finding f) {
    return switch (f.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO, NOTE -> "notice";
    };
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String value(String text) {
    return escaped(text).replace(":", "%3A").replace(",", "%2C");
  }
}
