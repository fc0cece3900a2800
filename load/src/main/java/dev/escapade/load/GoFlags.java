package dev.escapade.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The flags in GOFLAGS: separated by spaces, each with its value after an equals sign. */
final class GoFlags {
  private final Map<String, List<String>> values = new HashMap<>();

  private GoFlags() {}

  static GoFlags parse(String goflags) {
    GoFlags flags = new GoFlags();
    for (String word : goflags.strip().split("\\s+", -1)) {
      int dashes = word.startsWith("--") ? 2 : 1;
      int eq = word.indexOf('=');
      if (word.startsWith("-") && eq > dashes) {
        flags
            .values
            .computeIfAbsent(word.substring(dashes, eq), _ -> new ArrayList<>())
            .add(word.substring(eq + 1));
      }
    }
    return flags;
  }

  @Nullable String get(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getLast();
  }

  /** The values of a flag that may be given more than once, in their order. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The tags in a value of {@code -tags}: separated by commas, or (as long ago) by spaces. */
  static SortedSet<String> splitTags(@Nullable String value) {
    SortedSet<String> tags = new TreeSet<>();
    if (value != null) {
      boolean old = value.indexOf(' ') >= 0 || value.indexOf('\'') >= 0;
      String text = old ? value.replace("'", "").replace("\"", "") : value;
      for (String tag : text.split(old ? "[\\s,]+" : ",", -1)) {
        if (!tag.isEmpty()) {
          tags.add(tag);
        }
      }
    }
    return tags;
  }
}
