package dev.escapade.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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
    int done = 0;
    for (int at = next(data, 0); at >= 0; at = next(data, done)) {
      out.write(text, done, at - done);
      int start = at;
      String mark =
          data.keySet().stream().filter(m -> text.startsWith(m, start)).findFirst().orElseThrow();
      out.write(JsonDocument.embedded(data.getOrDefault(mark, "")));
      done = at + mark.length();
    }
    out.write(text, done, text.length() - done);
  }

  /** Where the next mark is, or -1. */
  private int next(Map<String, String> data, int from) {
    return data.keySet().stream()
        .mapToInt(m -> text.indexOf(m, from))
        .filter(i -> i >= 0)
        .min()
        .orElse(-1);
  }
}
