package dev.escapade.load.files;

import java.io.IOException;

/**
 * Reads JSON values one after the other (RFC 8259): as much of it as the one small file that is
 * read here, an overlay, needs.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 1000;

  private final String text;
  private int next;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  /** Takes the members of an object; it reads the value of each. */
  interface Member {
    void take(String key) throws IOException;
  }

  /** Reads an object, or null. */
  void object(Member member) throws IOException {
    if (takeWord("null")) {
      return;
    }
    expect('{');
    if (++depth > MAX_DEPTH) {
      throw new IOException("exceeded max depth");
    }
    if (peek() == '}') {
      next++;
    } else {
      char separator;
      do {
        String key = string();
        expect(':');
        member.take(key);
        separator = take();
      } while (separator == ',');
      if (separator != '}') {
        throw unexpected(separator);
      }
    }
    depth--;
  }

  /** Reads a string. */
  String string() throws IOException {
    expect('"');
    StringBuilder b = new StringBuilder();
    while (true) {
      char c = character();
      if (c == '"') {
        return b.toString();
      }
      b.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws IOException {
    char c = character();
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\', '/' -> c;
      case 'u' -> {
        int value = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(character(), 16);
          if (digit < 0) {
            throw new IOException("invalid character in \\u hexadecimal character escape");
          }
          value = 16 * value + digit;
        }
        yield (char) value;
      }
      default -> throw unexpected(c);
    };
  }

  /** Reads any value and drops it. */
  void skipValue() throws IOException {
    char c = peek();
    if (c == '{') {
      object(_ -> skipValue());
    } else if (c == '"') {
      string();
    } else if (c == '[') {
      skipArray();
    } else {
      int start = next;
      while (next < text.length() && ",]} \t\r\n".indexOf(text.charAt(next)) < 0) {
        next++;
      }
      if (start == next) {
        throw unexpected(c);
      }
    }
  }

  private void skipArray() throws IOException {
    expect('[');
    if (++depth > MAX_DEPTH) {
      throw new IOException("exceeded max depth");
    }
    if (peek() == ']') {
      next++;
    } else {
      char separator;
      do {
        skipValue();
        separator = take();
      } while (separator == ',');
      if (separator != ']') {
        throw unexpected(separator);
      }
    }
    depth--;
  }

  /** Checks that nothing follows. */
  void end() throws IOException {
    skipSpace();
    if (next < text.length()) {
      throw unexpected(text.charAt(next));
    }
  }

  private void skipSpace() {
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
  }

  private char peek() throws IOException {
    skipSpace();
    if (next >= text.length()) {
      throw new IOException("unexpected end of JSON input");
    }
    return text.charAt(next);
  }

  private char take() throws IOException {
    char c = peek();
    next++;
    return c;
  }

  private char character() throws IOException {
    if (next >= text.length()) {
      throw new IOException("unexpected end of JSON input");
    }
    return text.charAt(next++);
  }

  private void expect(char c) throws IOException {
    char got = take();
    if (got != c) {
      throw unexpected(got);
    }
  }

  private boolean takeWord(String word) throws IOException {
    peek();
    if (!text.startsWith(word, next)) {
      return false;
    }
    next += word.length();
    return true;
  }

  private static IOException unexpected(char c) {
    return new IOException("invalid character '" + c + "'");
  }
}
