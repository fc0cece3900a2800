package dev.escapade.load.build;

import dev.escapade.load.version.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the {@code //go:embed} directives of a Go file that imports "embed". */
final class EmbedScanner {
  private static final byte[] DIRECTIVE = "//go:embed".getBytes(StandardCharsets.US_ASCII);

  private EmbedScanner() {}

  /** One pattern of a directive and the byte offset where it stands. */
  record Pattern(String pattern, int offset) {}

  /** All patterns, in the order of the source; a malformed directive is left to the compiler. */
  static List<Pattern> scan(byte[] src) {
    List<Pattern> found = new ArrayList<>();
    int i = 0;
    while (i < src.length) {
      byte c = src[i];
      if (c == '/' && i + 1 < src.length && src[i + 1] == '/') {
        int end = lineEnd(src, i);
        if (isDirective(src, i, end)) {
          arguments(src, i + DIRECTIVE.length, end, found);
        }
        i = end;
      } else if (c == '/' && i + 1 < src.length && src[i + 1] == '*') {
        i = blockEnd(src, i + 2);
      } else if (c == '"' || c == '\'') {
        i = literalEnd(src, i);
      } else if (c == '`') {
        i++;
        while (i < src.length && src[i] != '`') {
          i++;
        }
        i++;
      } else {
        i++;
      }
    }
    return found;
  }

  private static int lineEnd(byte[] src, int from) {
    int i = from;
    while (i < src.length && src[i] != '\n') {
      i++;
    }
    return i;
  }

  private static int blockEnd(byte[] src, int from) {
    int i = from;
    while (i + 1 < src.length && !(src[i] == '*' && src[i + 1] == '/')) {
      i++;
    }
    return i + 2;
  }

  private static int literalEnd(byte[] src, int start) {
    int i = start + 1;
    while (i < src.length && src[i] != src[start] && src[i] != '\n') {
      i += src[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private static boolean isDirective(byte[] src, int start, int end) {
    if (end - start < DIRECTIVE.length) {
      return false;
    }
    for (int i = 0; i < DIRECTIVE.length; i++) {
      if (src[start + i] != DIRECTIVE[i]) {
        return false;
      }
    }
    int rest = start + DIRECTIVE.length;
    return rest == end || isBlank(src[rest]);
  }

  private static void arguments(byte[] src, int from, int end, List<Pattern> found) {
    int i = from;
    int before = found.size();
    while (true) {
      while (i < end && isBlank(src[i])) {
        i++;
      }
      if (i >= end) {
        return;
      }
      int start = i;
      if (src[i] == '"' || src[i] == '`') {
        i = src[i] == '"' ? literalEnd(src, i) : rawEnd(src, i, end);
        String value = i <= end ? GoQuote.unquote(string(src, start, i)) : null;
        if (value == null || (i < end && !isBlank(src[i]))) {
          found.subList(before, found.size()).clear();
          return;
        }
        found.add(new Pattern(value, start));
      } else {
        while (i < end && !isBlank(src[i])) {
          i++;
        }
        found.add(new Pattern(string(src, start, i), start));
      }
    }
  }

  private static int rawEnd(byte[] src, int start, int end) {
    int i = start + 1;
    while (i < end && src[i] != '`') {
      i++;
    }
    return i + 1;
  }

  private static String string(byte[] src, int start, int end) {
    return new String(src, start, end - start, StandardCharsets.UTF_8);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
