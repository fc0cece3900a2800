package dev.escapade.load.build;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a Go file.
 *
 * @param packageName the name in the package clause, or empty if there is none
 * @param imports in the order of the source
 * @param endOffset where reading stopped
 * @param error the first syntax error, in the words of go/parser, or null
 * @param errorOffset the byte offset of the error
 * @param unreadable why the file cannot be a source file at all, or null
 */
record GoHeader(
    String packageName,
    List<Import> imports,
    int endOffset,
    @Nullable String error,
    int errorOffset,
    @Nullable String unreadable) {
  /**
   * One import.
   *
   * @param literal the path as written, quotes included
   * @param path the path, or null if the literal is not a valid string
   * @param offset where the import spec starts
   */
  record Import(String literal, @Nullable String path, int offset) {}

  /** Reports whether the file imports {@code path}. */
  boolean hasImport(String path) {
    for (Import i : imports) {
      if (path.equals(i.path)) {
        return true;
      }
    }
    return false;
  }
}
