package dev.escapade.advice.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment {@code //gcassert:inline,noescape,bce}, which promises what the compiler does with a
 * line (github.com/jordanlewis/gcassert). Behind code it is about its line, alone on a line about
 * the next one that has code.
 *
 * @param at the line of the comment, from 1
 * @param line the line that it is about, from 1
 * @param kinds what is promised, as written
 */
public record CompilerPromise(int at, int line, Set<String> kinds) {
  /** The calls of a line, or of the function that is declared there, are inlined. */
  public static final String INLINE = "inline";

  /** Nothing that a line makes is on the heap. */
  public static final String NOESCAPE = "noescape";

  /** No bounds check stays. */
  public static final String BCE = "bce";

  private static final String NAME = "gcassert:";
  private static final Pattern COMMENT = Pattern.compile("// ?" + NAME + "([\\w,]+)");

  public CompilerPromise {
    kinds = Set.copyOf(kinds);
  }

  /** Reports whether the comment stands before what it is about. */
  public boolean isAhead() {
    return at < line;
  }

  /** Reports whether a file may have such comments. */
  public static boolean arePossible(String text) {
    return text.contains(NAME);
  }

  /** The promises in a file. */
  public static List<CompilerPromise> in(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    List<CompilerPromise> promises = new ArrayList<>();
    if (!arePossible(text)) {
      return promises;
    }
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher m = COMMENT.matcher(lines[i]);
      if (m.find()) {
        boolean alone = lines[i].substring(0, m.start()).isBlank();
        int about = alone ? nextCode(lines, i) : i;
        promises.add(new CompilerPromise(i + 1, about + 1, kinds(m.group(1))));
      }
    }
    return promises;
  }

  private static Set<String> kinds(String list) {
    return new HashSet<>(List.of(list.split(",")));
  }

  private static int nextCode(String[] lines, int comment) {
    int next = comment + 1;
    while (next < lines.length && (lines[next].isBlank() || isComment(lines[next]))) {
      next++;
    }
    return next;
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("//");
  }
}
