package dev.escapade.ssa.rewrite;

import java.util.HashMap;
import java.util.Map;

/** The names of a rule, each with a slot; slot 0 is the value that is rewritten. */
final class Names {
  private final Map<String, Integer> slots = new HashMap<>();
  private int count = 1;

  Names() {
    slots.put("v", 0);
  }

  /** The slot of a name, which is new if it has none. */
  int define(String name) {
    Integer known = slots.get(name);
    if (known != null) {
      return known;
    }
    slots.put(name, count);
    return count++;
  }

  boolean has(String name) {
    return slots.containsKey(name);
  }

  /** Gives a slot one more name. */
  void alias(String name, int slot) {
    slots.put(name, slot);
  }

  /** A slot without a name. */
  int anonymous() {
    return count++;
  }

  /** The slot of a name that a pattern defined. */
  int slot(String name) {
    Integer i = slots.get(name);
    if (i == null) {
      throw new IllegalArgumentException("unknown name " + name + " among " + slots.keySet());
    }
    return i;
  }
}
