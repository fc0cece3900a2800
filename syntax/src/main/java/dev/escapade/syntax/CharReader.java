package dev.escapade.syntax;

import dev.escapade.diag.SourceFile;

/**
 * Reads the characters of a source file (Go spec, "Source code representation"). There is always
 * one character of look-ahead, {@link #ch} at {@link #off}. Reading it reports encoding errors and
 * skips what is wrong; lines are recorded when it is passed.
 */
abstract class CharReader {
  // Classes of ASCII characters, one bit each.
  static final byte IDENT = 1;
  static final byte DIGIT = 2;
  static final byte HEX = 4;

  /** What may stand in a string literal without a closer look. */
  static final byte STRING_TEXT = 8;

  /** The class bits of each unsigned byte; none for NUL and for bytes above 0x7F. */
  static final byte[] CLASS = new byte[256];

  static {
    for (int c = 1; c < 0x80; c++) {
      boolean digit = '0' <= c && c <= '9';
      int lower = c | 0x20;
      int bits = digit ? DIGIT | IDENT | HEX : 0;
      if (('a' <= lower && lower <= 'z') || c == '_') {
        bits |= IDENT;
      }
      if ('a' <= lower && lower <= 'f') {
        bits |= HEX;
      }
      if (c != '"' && c != '\\' && c != '\n') {
        bits |= STRING_TEXT;
      }
      CLASS[c] = (byte) bits;
    }
  }

  final byte[] src;
  final int end;
  final SourceFile file;

  /** The current character, or -1 at the end. */
  int ch;

  /** The offset of {@link #ch}. */
  int off;

  /** The number of bytes of {@link #ch}. */
  int chWidth;

  private boolean stopped;

  CharReader(byte[] src, SourceFile file) {
    this.src = src;
    this.end = src.length;
    this.file = file;
  }

  /** Takes an error at a byte offset. */
  abstract void scanError(int offset, String message);

  /** Reads the first character; to be called once, before anything is read. */
  final void start() {
    load();
  }

  /** Lets nothing more be reported; the characters that follow do not matter. */
  final void stopReading() {
    stopped = true;
  }

  final boolean isStopped() {
    return stopped;
  }

  final byte[] source() {
    return src;
  }

  final SourceFile file() {
    return file;
  }

  final boolean accept(int c) {
    if (ch == c) {
      advance();
      return true;
    }
    return false;
  }

  /** Reports whether {@code text}, which is ASCII, stands at offset {@code from}. */
  final boolean has(int from, String text) {
    if (end - from < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (src[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int lower(int c) {
    return c | 0x20;
  }

  static boolean isDecimal(int c) {
    return '0' <= c && c <= '9';
  }

  static boolean isHex(int c) {
    return isDecimal(c) || ('a' <= lower(c) && lower(c) <= 'f');
  }

  /**
   * Passes the current character and the ASCII characters after it up to the next {@code stop}, to
   * the end of the file, or to a character that needs a closer look.
   */
  final void skipTo(int stop) {
    byte[] s = src;
    if (ch == '\n') {
      file.addLine(off + 1);
    }
    int i = off + chWidth;
    while (i < end) {
      int b = s[i];
      if (b == stop || b <= 0) {
        break;
      }
      i++;
      if (b == '\n') {
        file.addLine(i);
      }
    }
    off = i;
    load();
  }

  final void advance() {
    if (ch == '\n') {
      file.addLine(off + 1);
    }
    off += chWidth;
    load();
  }

  final void load() {
    if (off < end) {
      int b = src[off];
      if (b > 0) {
        ch = b;
        chWidth = 1;
        return;
      }
    }
    loadUnusual();
  }

  private void loadUnusual() {
    while (off < end && !stopped) {
      int b = src[off];
      if (b == 0) {
        scanError(off, "invalid NUL character");
        off++;
        continue;
      }
      if (b > 0) {
        ch = b;
        chWidth = 1;
        return;
      }
      int decoded = GoRunes.decode(src, off, end);
      if (decoded < 0) {
        scanError(off, "invalid UTF-8 encoding");
        off++;
        continue;
      }
      int rune = decoded >> 3;
      int width = decoded & 7;
      if (rune == GoRunes.BOM) {
        if (off > 0) {
          scanError(off, "invalid BOM in the middle of the file");
        }
        off += width;
        continue;
      }
      ch = rune;
      chWidth = width;
      return;
    }
    ch = -1;
    chWidth = 0;
  }
}
