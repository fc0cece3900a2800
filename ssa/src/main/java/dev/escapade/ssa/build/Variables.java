package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of variables in a block: a map by identity that remembers the order of insertion. */
@SuppressWarnings("ReferenceEquality") // variables are told apart by identity
final class Variables {
  private static final int LINEAR = 8;

  private Object[] keys = new Object[4];
  private @Nullable Value[] values = new Value[4];
  private int size;
  private int[] index = {};

  /** The value, or null if there is none. */
  @Nullable Value get(Object key) {
    int i = find(key);
    return i < 0 ? null : values[i];
  }

  void put(Object key, Value value) {
    int i = find(key);
    if (i < 0) {
      i = add(key);
    }
    values[i] = value;
  }

  /** Forgets the value of a variable. */
  void remove(Object key) {
    int i = find(key);
    if (i >= 0) {
      values[i] = null;
    }
  }

  /** How many variables have been put; some may have no value any more. */
  int size() {
    return size;
  }

  Object key(int i) {
    return keys[i];
  }

  @Nullable Value value(int i) {
    return values[i];
  }

  private int find(Object key) {
    if (index.length == 0) {
      for (int i = 0; i < size; i++) {
        if (keys[i] == key) {
          return i;
        }
      }
      return -1;
    }
    int mask = index.length - 1;
    for (int h = System.identityHashCode(key) & mask; ; h = (h + 1) & mask) {
      int i = index[h] - 1;
      if (i < 0 || keys[i] == key) {
        return i;
      }
    }
  }

  private int add(Object key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    int i = size++;
    keys[i] = key;
    if (size > LINEAR && 2 * size > index.length) {
      index = new int[4 * Integer.highestOneBit(size)];
      for (int j = 0; j < size; j++) {
        enter(j);
      }
    } else if (index.length > 0) {
      enter(i);
    }
    return i;
  }

  private void enter(int i) {
    int mask = index.length - 1;
    int h = System.identityHashCode(keys[i]) & mask;
    while (index[h] != 0) {
      h = (h + 1) & mask;
    }
    index[h] = i + 1;
  }
}
