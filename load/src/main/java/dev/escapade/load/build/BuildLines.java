package dev.escapade.load.build;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The build constraints at the head of a file, Go or not (go/build: shouldBuild): one {@code
 * //go:build} line, or else any number of {@code // +build} lines before the last blank line that
 * precedes code.
 *
 * @param goBuild what follows {@code //go:build}, or null
 * @param plusBuild what follows {@code +build} in each line
 * @param error why they cannot be right, or null
 */
record BuildLines(@Nullable String goBuild, List<String> plusBuild, @Nullable String error) {
  BuildLines {
    plusBuild = List.copyOf(plusBuild);
  }

  /**
   * Whether a file takes part.
   *
   * @param error what is wrong with the constraint, or null
   */
  record Verdict(boolean builds, @Nullable String error) {
    static final Verdict YES = new Verdict(true, null);
  }

  /** The constraints in {@code content}, which may go on after the head. */
  static BuildLines of(byte[] content) {
    Reader reader = new Reader();
    reader.read(content);
    return new BuildLines(reader.goBuild, reader.plusBuild, reader.error);
  }

  /** Evaluates the constraints in {@code content}, which may go on after the head. */
  static Verdict evaluate(byte[] content, BuildContext context) {
    return of(content).evaluate(context);
  }

  /** Evaluates the constraints. */
  Verdict evaluate(BuildContext context) {
    if (error != null) {
      return new Verdict(false, error);
    }
    if (goBuild != null) {
      ConstraintParser.Result r = ConstraintParser.parseGoBuild(goBuild);
      return r.constraint() == null
          ? new Verdict(false, "parsing //go:build line: " + r.error())
          : new Verdict(r.constraint().eval(context::matches), null);
    }
    for (String list : plusBuild) {
      Constraint x = ConstraintParser.parsePlusBuild(list);
      if (x != null && !x.eval(context::matches)) {
        return new Verdict(false, null);
      }
    }
    return Verdict.YES;
  }

  /** Reads the head of one file. */
  private static final class Reader {
    @Nullable String goBuild;
    final List<String> plusBuild = new ArrayList<>();
    @Nullable String error;

    void read(byte[] src) {
      boolean codeSeen = false;
      boolean inBlock = false;
      int settled = 0; // how many of plusBuild stand before a blank line
      int pos = HeaderParser.afterByteOrderMark(src);
      while (pos < src.length) {
        int lineEnd = pos;
        while (lineEnd < src.length && src[lineEnd] != '\n') {
          lineEnd++;
        }
        int start = skipBlanks(src, pos, lineEnd);
        int end = trimEnd(src, start, lineEnd);
        pos = Math.min(lineEnd + 1, src.length);
        if (start == end && !codeSeen) {
          settled = plusBuild.size();
          continue;
        }
        boolean isLineComment = startsWith(src, start, end, "//");
        if (!isLineComment) {
          codeSeen = true;
        }
        if (!inBlock && isLineComment) {
          directive(src, start, end, codeSeen);
        }
        int state = comments(src, start, end, inBlock);
        if (state < 0) {
          break; // code
        }
        inBlock = state > 0;
      }
      plusBuild.subList(settled, plusBuild.size()).clear();
    }

    /**
     * Follows comments through a line: 1 it ends within a block comment, 0 outside, -1 has code.
     */
    private static int comments(byte[] src, int from, int end, boolean within) {
      int start = from;
      boolean inBlock = within;
      while (start < end) {
        if (inBlock) {
          while (start + 1 < end && !(src[start] == '*' && src[start + 1] == '/')) {
            start++;
          }
          if (start + 1 >= end) {
            return 1;
          }
          inBlock = false;
          start = skipBlanks(src, start + 2, end);
        } else if (startsWith(src, start, end, "//")) {
          return 0;
        } else if (startsWith(src, start, end, "/*")) {
          inBlock = true;
          start = skipBlanks(src, start + 2, end);
        } else {
          return -1;
        }
      }
      return inBlock ? 1 : 0;
    }

    private void directive(byte[] src, int start, int end, boolean codeSeen) {
      if (startsWith(src, start, end, "//go:build")) {
        int rest = start + "//go:build".length();
        if (rest == end || isBlank(src[rest])) {
          if (goBuild != null) {
            error = "multiple //go:build comments";
          }
          goBuild = new String(src, rest, end - rest, StandardCharsets.UTF_8).strip();
        }
        return;
      }
      int plus = skipBlanks(src, start + 2, end);
      if (!codeSeen && startsWith(src, plus, end, "+build")) {
        int rest = plus + "+build".length();
        if (rest == end || isBlank(src[rest])) {
          plusBuild.add(new String(src, rest, end - rest, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static boolean startsWith(byte[] src, int start, int end, String prefix) {
    if (end - start < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (src[start + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int skipBlanks(byte[] src, int from, int end) {
    int i = from;
    while (i < end && isBlank(src[i])) {
      i++;
    }
    return i;
  }

  private static int trimEnd(byte[] src, int start, int from) {
    int i = from;
    while (i > start && isBlank(src[i - 1])) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
