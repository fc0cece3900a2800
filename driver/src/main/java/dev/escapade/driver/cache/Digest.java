package dev.escapade.driver.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A SHA-256 digest of a sequence of fields. Each field is preceded by its length, so that different
 * sequences never have the same bytes.
 */
final class Digest {
  private static final int FIRST_BYTES = 1 << 12;

  private byte[] fields = new byte[FIRST_BYTES];
  private int length;

  Digest add(byte[] field) {
    return add(field, 0, field.length);
  }

  Digest add(byte[] field, int from, int to) {
    int fieldLength = to - from;
    length(fieldLength);
    reserve(fieldLength);
    System.arraycopy(field, from, fields, length, fieldLength);
    length += fieldLength;
    return this;
  }

  Digest add(String field) {
    return add(field.getBytes(StandardCharsets.UTF_8));
  }

  Digest add(boolean field) {
    return add(field ? "true" : "false");
  }

  Digest add(Key field) {
    return add(field.hex());
  }

  Digest addAll(Collection<String> fields) {
    length(fields.size());
    fields.forEach(this::add);
    return this;
  }

  Digest length(int n) {
    reserve(Integer.BYTES);
    fields[length++] = (byte) (n >>> 24);
    fields[length++] = (byte) (n >>> 16);
    fields[length++] = (byte) (n >>> 8);
    fields[length++] = (byte) n;
    return this;
  }

  private void reserve(int more) {
    if (length + more > fields.length) {
      fields = Arrays.copyOf(fields, Math.max(2 * fields.length, length + more));
    }
  }

  byte[] bytes() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(fields, 0, length);
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  Key key() {
    return new Key(HexFormat.of().formatHex(bytes()));
  }
}
