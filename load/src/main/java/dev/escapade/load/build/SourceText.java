package dev.escapade.load.build;

import dev.escapade.diag.Position;

/**
 * A Go file with its content.
 *
 * @param name the last element of its path
 * @param path its absolute path
 * @param bytes its content, shared and never changed
 * @param importsC whether it imports the pseudo-package C
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; the bytes must not be copied
public record SourceText(String name, String path, byte[] bytes, boolean importsC) {
  /** The place of a byte offset, columns counted in bytes. */
  static Position position(String path, byte[] bytes, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset && i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(path, line, offset - lineStart + 1);
  }
}
