package dev.escapade.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The spellings seen in one package: equal spellings share one {@link String}, and keywords are
 * told from names by the same look-up. Not for concurrent use.
 */
public final class NameTable {
  private byte[][] keys = new byte[1024][];
  private Entry[] entries = new Entry[1024];
  private int size;

  /** A spelling; {@code keyword} is its token, or null for a name or literal. */
  record Entry(String text, @Nullable Token keyword) {}

  /** A table that knows the keywords only. */
  public NameTable() {
    for (Token t : Token.values()) {
      if (t.isKeyword()) {
        byte[] key = t.text().getBytes(StandardCharsets.US_ASCII);
        insert(key, hash(key, 0, key.length), new Entry(t.text(), t));
      }
    }
  }

  /** The hash by which {@link #lookup} is called. */
  static int hash(byte[] src, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = 31 * h + src[i];
    }
    return h;
  }

  /** The entry of {@code src[from:to]}, whose {@link #hash} is {@code hash}. */
  Entry lookup(byte[] src, int from, int to, int hash) {
    int mask = keys.length - 1;
    int i = spread(hash) & mask;
    for (byte[] key = keys[i]; key != null; key = keys[i]) {
      if (Arrays.equals(key, 0, key.length, src, from, to)) {
        return entries[i];
      }
      i = (i + 1) & mask;
    }
    byte[] key = Arrays.copyOfRange(src, from, to);
    Entry entry = new Entry(new String(key, StandardCharsets.UTF_8), null);
    insert(key, hash, entry);
    return entry;
  }

  /** The string of {@code src[from:to]}. */
  String intern(byte[] src, int from, int to) {
    return lookup(src, from, to, hash(src, from, to)).text;
  }

  private void insert(byte[] key, int hash, Entry entry) {
    if (2 * size >= keys.length) {
      grow();
    }
    size++;
    int mask = keys.length - 1;
    int i = spread(hash) & mask;
    while (keys[i] != null) {
      i = (i + 1) & mask;
    }
    keys[i] = key;
    entries[i] = entry;
  }

  private void grow() {
    byte[][] oldKeys = keys;
    Entry[] oldEntries = entries;
    keys = new byte[2 * oldKeys.length][];
    entries = new Entry[2 * oldKeys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        insert(oldKeys[i], hash(oldKeys[i], 0, oldKeys[i].length), oldEntries[i]);
      }
    }
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }
}
