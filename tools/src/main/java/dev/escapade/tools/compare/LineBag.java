package dev.escapade.tools.compare;

/**
 * A multiset of lines by their 64-bit hashes. Two different lines may fall together, with a chance
 * of about 10⁻⁶ for a million lines.
 */
final class LineBag {
  private static final long HASH_START = 0xcbf29ce484222325L;
  private static final long HASH_FACTOR = 0x9e3779b97f4a7c15L;

  private long[] keys = new long[64];
  private int[] counts = new int[64];
  private int used;
  private long size;

  /** The hash of a line; never 0. */
  static long hash(byte[] bytes, int from, int to) {
    long h = HASH_START;
    for (int i = from; i < to; i++) {
      h = (h ^ bytes[i]) * HASH_FACTOR;
      h ^= h >>> 32;
    }
    return h == 0 ? 1 : h;
  }

  /** Puts a line in. */
  void add(long hash) {
    if (2 * used >= keys.length) {
      grow();
    }
    int i = find(hash);
    if (keys[i] == 0) {
      keys[i] = hash;
      used++;
    }
    counts[i]++;
    size++;
  }

  /** Takes a line out; reports whether it was there. */
  boolean remove(long hash) {
    int i = find(hash);
    if (keys[i] == 0 || counts[i] == 0) {
      return false;
    }
    counts[i]--;
    size--;
    return true;
  }

  /** How many lines are in it. */
  long size() {
    return size;
  }

  private int find(long hash) {
    int i = (int) (hash >>> 20) & (keys.length - 1);
    while (keys[i] != 0 && keys[i] != hash) {
      i = (i + 1) & (keys.length - 1);
    }
    return i;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int to = find(oldKeys[i]);
        keys[to] = oldKeys[i];
        counts[to] = oldCounts[i];
      }
    }
  }
}
