package dev.escapade.tools.compare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * What {@code go build} printed on standard error, as kept on disk, compressed.
 *
 * @param file the kept output
 */
record Recording(Path file) {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Takes the lines of a recording. */
  @FunctionalInterface
  interface Sink {
    /**
     * One line of a package, without its newline: the bytes {@code from} to {@code to}, only until
     * it returns. Lines of the go command itself belong to the package "".
     */
    void line(String importPath, byte[] bytes, int from, int to) throws IOException;
  }

  /** Reads all lines, package by package; the {@code # import/path} headers are not given. */
  void forEachLine(Sink sink) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), BUFFER_BYTES)) {
      String[] current = {""};
      LineReader.readAll(
          in,
          (bytes, from, to) -> {
            if (to - from > 2 && bytes[from] == '#' && bytes[from + 1] == ' ') {
              current[0] = new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
            } else {
              boolean ofGo = to - from > 4 && bytes[from] == 'g' && bytes[from + 2] == ':';
              sink.line(ofGo ? "" : current[0], bytes, from, to);
            }
          });
    }
  }
}
