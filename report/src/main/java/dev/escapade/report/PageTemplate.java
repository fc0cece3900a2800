package dev.escapade.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page that needs nothing but a browser: a template with marks where data go, as JSON. */
public final class PageTemplate {
  private final String text;

  private PageTemplate(String text) {
    this.text = text;
  }

  /**
   * Reads a template that stands beside a class.
   *
   * @throws IOException if there is none of that name
   */
  public static PageTemplate beside(Class<?> owner, String name) throws IOException {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("missing resource " + name);
      }
      return new PageTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Writes the page; {@code data} gives the JSON for each mark. */
  public void write(Map<String, String> data, Writer out) throws IOException {
    String marks = data.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Matcher mark = Pattern.compile(marks).matcher(text);
    int done = 0;
    while (mark.find()) {
      out.write(text, done, mark.start() - done);
      out.write(JsonDocument.embedded(data.getOrDefault(mark.group(), "")));
      done = mark.end();
    }
    out.write(text, done, text.length() - done);
  }
}
