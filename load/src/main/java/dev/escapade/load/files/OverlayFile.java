package dev.escapade.load.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the file of {@code -overlay}: {@code {"Replace": {"path": "path", …}}}. */
public final class OverlayFile {
  private final String cwd;
  private final Map<String, String> replacements = new HashMap<>();

  private OverlayFile(String cwd) {
    this.cwd = cwd;
  }

  /**
   * Reads an overlay; relative paths in it are relative to {@code cwd}.
   *
   * @throws IOException if the file cannot be read, is no such JSON, or contradicts itself
   */
  public static Overlay read(String cwd, String file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(Path.of(Paths.absolute(cwd, file)));
    } catch (IOException | InvalidPathException e) {
      throw new IOException("reading overlay: open " + file + ": " + e.getMessage(), e);
    }
    OverlayFile overlay = new OverlayFile(cwd);
    try (JsonParser json = JsonFactory.builder().build().createParser(content)) {
      overlay.file(json);
    } catch (JsonProcessingException e) {
      throw new IOException("parsing overlay JSON: " + e.getOriginalMessage(), e);
    }
    return new Overlay(overlay.replacements);
  }

  private void file(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("parsing overlay JSON: not an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isReplace = json.currentName().equalsIgnoreCase("Replace");
      JsonToken value = json.nextToken();
      if (!isReplace) {
        json.skipChildren();
      } else if (value == JsonToken.START_OBJECT) {
        replace(json);
      } else if (value != JsonToken.VALUE_NULL) {
        throw new IOException("parsing overlay JSON: Replace is not an object");
      }
    }
    if (json.nextToken() != null) {
      throw new IOException("parsing overlay JSON: something follows the object");
    }
  }

  private void replace(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String from = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING) {
        throw new IOException("parsing overlay JSON: the value of " + from + " is not a string");
      }
      if (from.isEmpty()) {
        throw new IOException("empty string key in overlay map");
      }
      String to = json.getText();
      String path = Paths.absolute(cwd, from);
      if (replacements.put(path, to.isEmpty() ? "" : Paths.absolute(cwd, to)) != null) {
        throw new IOException("duplicate paths " + path + " in overlay map");
      }
    }
  }
}
