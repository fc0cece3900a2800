package dev.escapade.tools.check;

import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments {@code //nolint:rule // reason} of one file. Behind code, such a comment silences
 * the rules on its line; alone on a line, on the next one; before a function, in all of it. Other
 * tools read these comments, too, so that names of rules that are not ours are left alone, and a
 * comment without names counts, but is never called unused.
 */
final class Nolint {
  /** The rule that reports comments that silence nothing. */
  static final String UNUSED = "nolint-unused";

  private static final Pattern COMMENT =
      Pattern.compile("//\\s?nolint(?::([\\w-]+(?:\\s*,\\s*[\\w-]+)*))?(?=\\s|$|//)");

  private static final String ALL = "escapade";

  /** One comment. */
  private static final class Comment {
    final Place place;
    final List<String> names;
    final int firstLine;
    final int lastLine;
    boolean used;

    Comment(Place place, List<String> names, int firstLine, int lastLine) {
      this.place = place;
      this.names = names;
      this.firstLine = firstLine;
      this.lastLine = lastLine;
    }

    boolean silences(Finding f) {
      int line = f.place().line();
      return line >= firstLine
          && line <= lastLine
          && (names.isEmpty() || names.contains(ALL) || names.contains(f.rule()));
    }
  }

  private final List<Comment> comments = new ArrayList<>();

  /** Reports whether a file may have such comments. */
  static boolean isPossible(String text) {
    return text.contains("nolint");
  }

  /** The comments of a file. */
  Nolint(String file, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (!isPossible(text)) {
      return;
    }
    String[] lines = text.split("\n", -1);
    int offset = 0;
    for (int i = 0; i < lines.length; i++) {
      Matcher m = COMMENT.matcher(lines[i]);
      if (m.find() && !isInString(lines[i], m.start())) {
        add(file, lines, i, m, offset);
      }
      offset += lines[i].getBytes(StandardCharsets.UTF_8).length + 1;
    }
  }

  /** An odd number of quotes before it: part of a string. */
  private static boolean isInString(String line, int end) {
    int quotes = 0;
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      quotes += c == '"' || c == '`' ? 1 : 0;
    }
    return quotes % 2 == 1;
  }

  private void add(String file, String[] lines, int index, Matcher m, int lineOffset) {
    List<String> names =
        m.group(1) == null ? List.of() : List.of(m.group(1).strip().split("\\s*,\\s*"));
    boolean alone = lines[index].substring(0, m.start()).isBlank();
    int first = index + 1;
    int last = first;
    if (alone) {
      int next = index + 1;
      while (next < lines.length && lines[next].stripLeading().startsWith("//")) {
        next++;
      }
      first = next + 1;
      last = first;
      if (next < lines.length && lines[next].startsWith("func ")) {
        last = lastLine(lines, next) + 1;
      }
    }
    int start =
        lineOffset + lines[index].substring(0, m.start()).getBytes(StandardCharsets.UTF_8).length;
    int length = m.group().getBytes(StandardCharsets.UTF_8).length;
    int column = start - lineOffset + 1;
    Place place =
        new Place(file, index + 1, column, index + 1, column + length, start, start + length);
    comments.add(new Comment(place, names, first, last));
  }

  /** The index of the last line of the function that begins in line {@code first}. */
  private static int lastLine(String[] lines, int first) {
    if (lines[first].stripTrailing().endsWith("}")) {
      return first; // all in one line, as gofmt leaves short ones
    }
    int last = first;
    while (last + 1 < lines.length && !lines[last].startsWith("}")) {
      last++;
    }
    return last;
  }

  /** Reports whether a finding is silenced; the comment that does it has been used then. */
  boolean silences(Finding f) {
    boolean silenced = false;
    for (Comment c : comments) {
      if (c.silences(f)) {
        c.used = true;
        silenced = true;
      }
    }
    return silenced;
  }

  /**
   * The comments that have silenced nothing, though they name rules that were looked for.
   *
   * @param rules those rules
   */
  List<Finding> unused(Set<String> rules) {
    List<Finding> findings = new ArrayList<>();
    for (Comment c : comments) {
      List<String> ours = c.names.stream().filter(n -> n.equals(ALL) || rules.contains(n)).toList();
      if (!c.used && !ours.isEmpty()) {
        findings.add(
            new Finding(
                UNUSED,
                Severity.INFO,
                Question.OTHER,
                c.place,
                "",
                "the comment silences nothing: " + String.join(", ", ours) + " finds nothing here",
                List.of(),
                Cost.NONE,
                dev.escapade.advice.finding.Fix.of("remove the comment", ""),
                false));
      }
    }
    return findings;
  }
}
