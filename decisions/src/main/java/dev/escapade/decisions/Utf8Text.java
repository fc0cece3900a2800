package dev.escapade.decisions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text under construction, in UTF-8 from the start: what goes to a stream anyway need not be put
 * into characters first. For one thread.
 */
public final class Utf8Text {
  private static final int FIRST_BYTES = 1 << 12;
  private static final int ASCII_END = 0x80;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /** An empty text. */
  public Utf8Text() {}

  private void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** Appends a string. */
  public Utf8Text append(String s) {
    int n = s.length();
    reserve(n);
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      if (c >= ASCII_END) {
        byte[] rest = s.substring(i).getBytes(StandardCharsets.UTF_8);
        length = at;
        reserve(rest.length);
        System.arraycopy(rest, 0, bytes, at, rest.length);
        length = at + rest.length;
        return this;
      }
      to[at++] = (byte) c;
    }
    length = at;
    return this;
  }

  /** Appends a character of ASCII. */
  public Utf8Text append(char c) {
    if (c >= ASCII_END) {
      return append(String.valueOf(c));
    }
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Appends a number in decimal digits. */
  public Utf8Text append(long n) {
    if (n < 0) {
      return append(Long.toString(n));
    }
    int digits = 1;
    for (long rest = n / 10; rest > 0; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = n;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Appends {@code true} or {@code false}. */
  public Utf8Text append(boolean b) {
    return append(b ? "true" : "false");
  }

  /** How many bytes there are. */
  public int sizeBytes() {
    return length;
  }

  /** Writes all of it. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  /** Makes it empty. */
  public void clear() {
    length = 0;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
