package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** The syntax of import paths (Go spec, "Import declarations"). */
final class ImportPaths {
  private static final String ILLEGAL = "!\"#$%&'()*,:;<=>?[\\]^{|}`\uFFFD";

  private ImportPaths() {}

  /** What is wrong with {@code path}, or null. */
  static @Nullable String fault(String path) {
    if (path.isEmpty()) {
      return "empty string";
    }
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      if (!isGraphic(c) || ILLEGAL.indexOf(c) >= 0) {
        String shown = isPrintable(c) ? " '" + Character.toString(c) + "'" : "";
        return "invalid character U+%04X%s".formatted(c, shown);
      }
      i += Character.charCount(c);
    }
    return null;
  }

  /** Reports whether {@code c} is a letter, mark, number, punctuation or symbol. */
  private static boolean isGraphic(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static boolean isPrintable(int c) {
    return c == ' ' || isGraphic(c);
  }
}
