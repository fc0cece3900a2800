package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rule found, by slot. */
final class Match {
  private static final int SLOTS = 32;

  private final @Nullable Value[] values = new Value[SLOTS];
  private final boolean[] swapped = new boolean[SLOTS];
  private final boolean early;

  Match(boolean early) {
    this.early = early;
  }

  boolean early() {
    return early;
  }

  Value value(int slot) {
    return Objects.requireNonNull(values[slot]);
  }

  /** Whether {@code v} and its arguments are what {@code r} asks for. */
  boolean find(Rule r, Value v) {
    return goal(r, v, 0);
  }

  private boolean goal(Rule r, Value root, int i) {
    List<Pattern> goals = r.goals();
    if (i == goals.size()) {
      Expression c = r.condition();
      return c == null || c.eval(this) != 0;
    }
    Pattern p = goals.get(i);
    Value v;
    if (p.parent() < 0) {
      v = root;
    } else {
      Value parent = value(p.parent());
      int k = p.index();
      v = parent.arg(swapped[p.parent()] && k < 2 ? 1 - k : k);
    }
    if (!p.fits(v, p.bound() ? values[p.slot()] : null)) {
      return false;
    }
    if (!p.bound()) {
      values[p.slot()] = v;
    }
    if (!p.swaps()) {
      swapped[p.slot()] = false;
      return goal(r, root, i + 1);
    }
    swapped[p.slot()] = false;
    if (goal(r, root, i + 1)) {
      return true;
    }
    swapped[p.slot()] = true;
    return goal(r, root, i + 1);
  }
}
