package dev.escapade.load.files;

import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code java.io.DataOutputStream} has written: numbers, high byte first, and strings in
 * UTF-8 after their length in 4 bytes. Throws {@link BufferUnderflowException} where there is less
 * than what is read.
 */
public final class StoredBytes {
  private final byte[] bytes;
  private int next;

  /** Reads {@code bytes} from the start. */
  public StoredBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  private int take(int length) {
    if (length < 0 || length > bytes.length - next) {
      throw new BufferUnderflowException();
    }
    int start = next;
    next += length;
    return start;
  }

  /** One byte. */
  public byte int8() {
    return bytes[take(1)];
  }

  /** Four bytes. */
  public int int32() {
    int i = take(4);
    return bytes[i] << 24
        | (bytes[i + 1] & 0xff) << 16
        | (bytes[i + 2] & 0xff) << 8
        | (bytes[i + 3] & 0xff);
  }

  /** Eight bytes. */
  public long int64() {
    long high = int32();
    return high << 32 | (int32() & 0xffffffffL);
  }

  /** A number in four bytes that says how many things follow, of one byte or more each. */
  public int count() {
    int n = int32();
    if (n < 0 || n > bytes.length - next) {
      throw new BufferUnderflowException();
    }
    return n;
  }

  /** So many bytes. */
  public byte[] bytes(int length) {
    int start = take(length);
    return Arrays.copyOfRange(bytes, start, next);
  }

  /** A string. */
  public String string() {
    int length = int32();
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  /** A string, or null for a length of -1. */
  public @Nullable String stringOrNull() {
    int length = int32();
    return length == -1 ? null : new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }
}
