package dev.escapade.count;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads formats of package fmt. */
final class Formats {
  /** Integers with a sum of width and precision up to this fit into the buffer of a printer. */
  private static final int MAX_NARROW = 50;

  private Formats() {}

  /**
   * A verb.
   *
   * @param letter the character
   * @param sharp whether the flag for Go's syntax stands before it
   * @param narrow whether an integer fits into the printer's buffer
   */
  record Verb(int letter, boolean sharp, boolean narrow) {}

  /**
   * The verbs of a format, in order; null if it takes widths from arguments, names arguments by
   * their indices, or is wrong.
   */
  static @Nullable List<Verb> verbs(String format) {
    List<Verb> verbs = new ArrayList<>();
    int i = format.indexOf('%') + 1;
    while (i > 0) {
      boolean sharp = false;
      long number = 0;
      long width = 0;
      while (i < format.length() && "+-# 0.123456789".indexOf(format.charAt(i)) >= 0) {
        char c = format.charAt(i++);
        sharp |= c == '#';
        if (c >= '0' && c <= '9') {
          number = Math.min(Integer.MAX_VALUE, 10 * number + c - '0');
        } else {
          width += number;
          number = 0;
        }
      }
      if (i == format.length() || "*[".indexOf(format.charAt(i)) >= 0 || format.charAt(i) > '~') {
        return null;
      }
      if (format.charAt(i) != '%') {
        verbs.add(new Verb(format.charAt(i), sharp, width + number <= MAX_NARROW));
      }
      i = format.indexOf('%', i + 1) + 1;
    }
    return verbs;
  }
}
