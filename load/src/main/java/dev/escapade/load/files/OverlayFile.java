package dev.escapade.load.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the file of {@code -overlay}: {@code {"Replace": {"path": "path", …}}}. */
public final class OverlayFile {
  private OverlayFile() {}

  /**
   * Reads an overlay; relative paths in it are relative to {@code cwd}.
   *
   * @throws IOException if the file cannot be read, is no such JSON, or contradicts itself
   */
  public static Overlay read(String cwd, String file) throws IOException {
    String path = Paths.absolute(cwd, file);
    String text;
    try {
      text = Files.readString(Path.of(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("reading overlay: open " + file + ": " + e.getMessage(), e);
    }
    Map<String, String> replacements = new HashMap<>();
    JsonReader json = new JsonReader(text);
    try {
      json.object(key -> {
        if (!key.equalsIgnoreCase("Replace")) {
          json.skipValue();
          return;
        }
        json.object(from -> {
          if (from.isEmpty()) {
            throw new IOException("empty string key in overlay map");
          }
          String to = json.string();
          String absolute = Paths.absolute(cwd, from);
          String target = to.isEmpty() ? "" : Paths.absolute(cwd, to);
          if (replacements.put(absolute, target) != null) {
            throw new IOException("duplicate paths " + absolute + " in overlay map");
          }
        });
      });
      json.end();
    } catch (IOException e) {
      throw new IOException("parsing overlay JSON: " + e.getMessage(), e);
    }
    return new Overlay(replacements);
  }
}
