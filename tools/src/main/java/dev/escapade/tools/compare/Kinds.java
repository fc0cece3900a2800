package dev.escapade.tools.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Disagreements by kind, with how often each occurs and a few examples. */
final class Kinds {
  private static final int MAX_EXAMPLES = 5;

  private final Map<String, Kind> kinds = new HashMap<>();

  /** Some disagreements of one kind. */
  static final class Kind {
    private final String name;
    private final List<String> examples = new ArrayList<>();
    private long count;

    private Kind(String name) {
      this.name = name;
    }

    /** What they have in common. */
    String name() {
      return name;
    }

    /** How many there are. */
    long count() {
      return count;
    }

    /** Some of them, the first ones met. */
    List<String> examples() {
      return List.copyOf(examples);
    }
  }

  /** Counts one. */
  void add(String name, String example) {
    add(name, 1, List.of(example));
  }

  /** Counts all of another collection. */
  void addAll(Kinds other) {
    for (Kind kind : other.kinds.values()) {
      add(kind.name, kind.count, kind.examples);
    }
  }

  private void add(String name, long count, Collection<String> examples) {
    Kind kind = kinds.computeIfAbsent(name, Kind::new);
    kind.count += count;
    for (String example : examples) {
      if (kind.examples.size() < MAX_EXAMPLES) {
        kind.examples.add(example);
      }
    }
  }

  /** The kinds, the commonest first. */
  List<Kind> commonest() {
    return kinds.values().stream()
        .sorted(Comparator.comparingLong(Kind::count).reversed().thenComparing(Kind::name))
        .toList();
  }
}
