package dev.escapade.fuzz.programs;

import java.util.List;
import java.util.SplittableRandom;

/** The random choices of one program, all from one seed. */
final class Choice {
  private final SplittableRandom random;

  Choice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in {@code percent} of all cases. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }
}
