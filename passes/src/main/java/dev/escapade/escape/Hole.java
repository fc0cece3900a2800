package dev.escapade.escape;

import org.jspecify.annotations.Nullable;

/**
 * Where the value of an expression goes: evaluating {@code p} in {@code x = **p} meets the hole
 * with location {@code x} and 2 dereferences.
 *
 * @param derefs at least -1
 * @param addrTaken whether the address of the expression is taken, wherever it then goes
 */
record Hole(Location dst, int derefs, @Nullable Note notes, boolean addrTaken) {
  Hole {
    if (derefs < -1) {
      throw new IllegalArgumentException("derefs: " + derefs);
    }
  }

  static Hole of(Location dst) {
    return new Hole(dst, 0, null, false);
  }

  /** This hole behind {@code delta} more dereferences. */
  Hole shift(int delta) {
    return new Hole(dst, derefs + delta, notes, delta < 0);
  }

  /** This hole with another location. */
  Hole to(Location other) {
    return new Hole(other, derefs, notes, addrTaken);
  }

  Hole with(Note note) {
    return new Hole(dst, derefs, note, addrTaken);
  }
}
