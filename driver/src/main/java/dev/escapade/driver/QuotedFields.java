package dev.escapade.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * Space-separated fields, where a field that starts with {@code '} or {@code "} goes up to the next
 * such quote and may contain spaces (cmd/internal/quoted, go 1.26). There are no escapes.
 */
public final class QuotedFields {
  private QuotedFields() {}

  /**
   * Splits {@code s} into its fields.
   *
   * @throws FlagException if a quote is not closed
   */
  public static List<String> split(String s) throws FlagException {
    List<String> fields = new ArrayList<>();
    int i = 0;
    while (true) {
      while (i < s.length() && isSpace(s.charAt(i))) {
        i++;
      }
      if (i == s.length()) {
        return fields;
      }
      char first = s.charAt(i);
      int end;
      if (first == '"' || first == '\'') {
        end = s.indexOf(first, i + 1);
        if (end < 0) {
          throw new FlagException("unterminated " + first + " string");
        }
        fields.add(s.substring(i + 1, end));
        i = end + 1;
      } else {
        end = i;
        while (end < s.length() && !isSpace(s.charAt(end))) {
          end++;
        }
        fields.add(s.substring(i, end));
        i = end;
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
