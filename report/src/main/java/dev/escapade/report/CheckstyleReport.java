package dev.escapade.report;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Findings in the XML of checkstyle: files, and errors within them. */
final class CheckstyleReport {
  private static final String VERSION = "4.3";

  private CheckstyleReport() {}

  static void write(Report report, OutputStream out) throws IOException {
    Map<String, List<Finding>> byFile = new LinkedHashMap<>();
    for (Finding f : report.findings()) {
      byFile
          .computeIfAbsent(report.sources().path(f.place().file()), _ -> new ArrayList<>())
          .add(f);
    }
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("checkstyle");
      xml.writeAttribute("version", VERSION);
      for (Map.Entry<String, List<Finding>> file : byFile.entrySet()) {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("file");
        xml.writeAttribute("name", file.getKey());
        for (Finding f : file.getValue()) {
          xml.writeCharacters("\n    ");
          error(f, xml);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void error(Finding f, XMLStreamWriter xml) throws XMLStreamException {
    Place p = f.place();
    xml.writeEmptyElement("error");
    xml.writeAttribute("line", Integer.toString(p.line()));
    xml.writeAttribute("column", Integer.toString(p.column()));
    xml.writeAttribute("severity", severity(f));
    xml.writeAttribute("message", f.message());
    xml.writeAttribute("source", "escapade." + f.rule());
  }

  private static String severity(Finding f) {
    return switch (f.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO, NOTE -> "info";
    };
  }
}
