package dev.escapade.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes new programs from real ones, token by token. */
final class TokenMutator {
  private static final int MAX_CHANGES = 4;
  private static final int MAX_REPEATS = 300;
  private static final int CHANGES = 12;

  /** How many words are tried to find one that is spelled differently. */
  private static final int TRIES = 8;

  private static final List<byte[]> SPICE =
      List.of(
              "(",
              ")",
              "[",
              "]",
              "{",
              "}",
              ",",
              ";",
              ":",
              ":=",
              "=",
              "...",
              ".",
              "*",
              "&",
              "<-",
              "~",
              "|",
              "+",
              "<<",
              "!",
              "func",
              "type",
              "interface",
              "struct",
              "map",
              "chan",
              "range",
              "for",
              "if",
              "switch",
              "select",
              "case",
              "default",
              "go",
              "defer",
              "return",
              "goto",
              "break",
              "continue",
              "fallthrough",
              "const",
              "var",
              "package",
              "import",
              "any",
              "int",
              "string",
              "nil",
              "iota",
              "_",
              "new",
              "make",
              "append",
              "len",
              "unsafe.Pointer",
              "0",
              "1",
              "-1",
              "1<<100",
              "0x1p-2",
              "1i",
              "'x'",
              "\"s\"",
              "`r`",
              "[]int{1: 2, 1}",
              "func() {}",
              "[T any]",
              "[P interface{ ~int }]",
              "//go:noinline\n",
              "//line x:1:1\n",
              "\n",
              "\0",
              "\u00e9",
              "/*",
              "*/")
          .stream()
          .map(s -> s.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final RandomGenerator random;

  TokenMutator(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A changed program.
   *
   * @param other another program, from which tokens may be taken
   */
  byte[] mutate(byte[] program, byte[] other) {
    List<byte[]> tokens = tokens(program);
    List<byte[]> foreign = tokens(other);
    for (int n = 1 + random.nextInt(MAX_CHANGES); n > 0 && !tokens.isEmpty(); n--) {
      change(tokens, foreign);
    }
    var out = new ByteArrayOutputStream();
    tokens.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private void change(List<byte[]> tokens, List<byte[]> foreign) {
    int at = random.nextInt(tokens.size());
    switch (random.nextInt(CHANGES)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.set(at, any(tokens));
      case 2 -> tokens.set(at, any(foreign));
      case 3 -> tokens.add(at, any(SPICE));
      case 4 -> tokens.set(at, any(SPICE));
      case 5 -> {
        byte[] token = tokens.get(at);
        int to = random.nextInt(tokens.size());
        tokens.set(at, tokens.get(to));
        tokens.set(to, token);
      }
      case 6 -> { // a stretch of the other program
        int from = foreign.isEmpty() ? 0 : random.nextInt(foreign.size());
        int to = Math.min(foreign.size(), from + 1 + random.nextInt(40));
        tokens.addAll(at, List.copyOf(foreign.subList(from, to)));
      }
      // Changes after which a program is often still right.
      case 7, 8 -> tokens.set(at, similar(tokens, tokens.get(at)));
      case 9 -> { // a line once more
        int start = lineStart(tokens, at);
        tokens.addAll(start, List.copyOf(tokens.subList(start, lineEnd(tokens, at))));
      }
      case 10 -> tokens.subList(lineStart(tokens, at), lineEnd(tokens, at)).clear();
      default -> { // the same again and again: nesting, long lists
        int to = Math.min(tokens.size(), at + 1 + random.nextInt(4));
        List<byte[]> stretch = List.copyOf(tokens.subList(at, to));
        for (int n = random.nextInt(MAX_REPEATS); n > 0; n--) {
          tokens.addAll(at, stretch);
        }
      }
    }
  }

  /** Another token of the same kind, if one is found soon. */
  private byte[] similar(List<byte[]> tokens, byte[] token) {
    for (int i = 0; i < TRIES; i++) {
      byte[] other = any(tokens);
      if (kind(other) == kind(token) && !Arrays.equals(other, token)) {
        return other;
      }
    }
    return token;
  }

  private static int kind(byte[] token) {
    byte first = token.length == 0 ? 0 : token[0];
    if (first >= '0' && first <= '9') {
      return '0';
    }
    return isWord(first) ? 'a' : first;
  }

  /** The index after the last line break before {@code at}. */
  private static int lineStart(List<byte[]> tokens, int at) {
    int i = at;
    while (i > 0 && !hasLineBreak(tokens.get(i - 1))) {
      i--;
    }
    return i;
  }

  private static int lineEnd(List<byte[]> tokens, int at) {
    int i = at;
    while (i < tokens.size() && !hasLineBreak(tokens.get(i))) {
      i++;
    }
    return Math.min(i + 1, tokens.size());
  }

  private static boolean hasLineBreak(byte[] token) {
    for (byte b : token) {
      if (b == '\n') {
        return true;
      }
    }
    return false;
  }

  private byte[] any(List<byte[]> tokens) {
    return tokens.isEmpty() ? new byte[0] : tokens.get(random.nextInt(tokens.size()));
  }

  /**
   * Words, strings, comments and white space each as one piece, other bytes one by one. Rougher
   * than Go's tokens, and right for broken input, too.
   */
  static List<byte[]> tokens(byte[] program) {
    List<byte[]> tokens = new ArrayList<>();
    int i = 0;
    while (i < program.length) {
      int end = tokenEnd(program, i);
      tokens.add(Arrays.copyOfRange(program, i, end));
      i = end;
    }
    return tokens;
  }

  private static int tokenEnd(byte[] p, int from) {
    int i = from + 1;
    byte first = p[from];
    if (isWord(first)) {
      while (i < p.length && isWord(p[i])) {
        i++;
      }
    } else if (first == ' ' || first == '\t' || first == '\n') {
      while (i < p.length && (p[i] == ' ' || p[i] == '\t' || p[i] == '\n')) {
        i++;
      }
    } else if (first == '"' || first == '`' || first == '\'') {
      while (i < p.length && p[i] != first && (p[i] != '\n' || first == '`')) {
        i += p[i] == '\\' && first != '`' ? 2 : 1;
      }
      i++;
    } else if (first == '/' && i < p.length && p[i] == '/') {
      while (i < p.length && p[i] != '\n') {
        i++;
      }
    }
    return Math.min(i, p.length);
  }

  private static boolean isWord(byte b) {
    return b < 0 || b == '_' || Character.isLetterOrDigit(b);
  }
}
