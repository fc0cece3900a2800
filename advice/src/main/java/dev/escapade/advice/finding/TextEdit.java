package dev.escapade.advice.finding;

/**
 * A change of a file: the bytes from {@code offset} to {@code endOffset} become {@code
 * replacement}.
 *
 * @param file the absolute path
 */
public record TextEdit(String file, int offset, int endOffset, String replacement) {
  public TextEdit {
    if (offset < 0 || endOffset < offset) {
      throw new IllegalArgumentException("extent " + offset + " to " + endOffset);
    }
  }
}
