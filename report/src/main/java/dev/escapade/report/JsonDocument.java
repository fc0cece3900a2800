package dev.escapade.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;

/** How all JSON that this program writes looks, the same on every system. */
public final class JsonDocument {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonDocument() {}

  /** What is in a document: one value. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes an indented document that ends with a line break; {@code out} stays open. */
  public static void write(Writer out, Body body) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      indented(json, body);
    }
  }

  /** Writes an indented document that ends with a line break, in UTF-8; {@code out} stays open. */
  public static void write(OutputStream out, Body body) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      indented(json, body);
    }
  }

  private static void indented(JsonGenerator json, Body body) throws IOException {
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(printer);
    body.write(json);
    json.writeRaw('\n');
  }

  /** A document in one line. */
  public static String line(Body body) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      body.write(json);
    }
    return text.toString();
  }

  /** Writes a field that has an array of strings. */
  public static void strings(JsonGenerator json, String name, List<String> list)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String s : list) {
      json.writeString(s);
    }
    json.writeEndArray();
  }

  /** A document as it may stand in an HTML script element: nothing in it ends that. */
  static String embedded(String json) {
    return json.replace("<", "\\u003c"); // outside of strings JSON has no "<"
  }
}
