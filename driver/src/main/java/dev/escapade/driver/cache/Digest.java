package dev.escapade.driver.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A SHA-256 digest of a sequence of fields. Each field is preceded by its length, so that different
 * sequences never have the same bytes.
 */
final class Digest {
  private final MessageDigest sha;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  Digest add(byte[] field) {
    length(field.length);
    sha.update(field);
    return this;
  }

  Digest add(String field) {
    return add(field.getBytes(StandardCharsets.UTF_8));
  }

  Digest add(boolean field) {
    return add(field ? "true" : "false");
  }

  Digest addAll(Collection<String> fields) {
    length(fields.size());
    fields.forEach(this::add);
    return this;
  }

  private void length(int n) {
    sha.update((byte) (n >>> 24));
    sha.update((byte) (n >>> 16));
    sha.update((byte) (n >>> 8));
    sha.update((byte) n);
  }

  byte[] bytes() {
    return sha.digest();
  }

  Key key() {
    return new Key(HexFormat.of().formatHex(bytes()));
  }
}
