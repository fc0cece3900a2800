package dev.escapade.count;

import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Range;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What functions cost that have no Go body that could be read, or whose body is the allocator or
 * the scheduler itself: the table {@code bodiless-go1.26.txt}, which gives the reason for each.
 */
final class Bodiless {
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Outcome> prefixes = new HashMap<>();

  private Bodiless() {}

  /** Reads the table. */
  static Bodiless read() {
    Bodiless table = new Bodiless();
    String name = "bodiless-go1.26.txt";
    try (InputStream in = Bodiless.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no table " + name);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          table.add(line.split(" +", 3));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    return table;
  }

  private void add(String[] words) {
    Outcome o = outcome(words[1], words[2]);
    if (words[0].endsWith("*")) {
      prefixes.put(words[0].substring(0, words[0].length() - 1), o);
    } else {
      outcomes.put(words[0], o);
    }
  }

  private static Outcome outcome(String allocs, String reason) {
    if (allocs.equals("never")) {
      return Outcome.NEVER;
    }
    if (allocs.equals("?")) {
      return Outcome.unknown(reason);
    }
    int dash = allocs.indexOf('-');
    long low = Long.parseLong(dash < 0 ? allocs : allocs.substring(0, dash));
    long high = Long.parseLong(dash < 0 ? allocs : allocs.substring(dash + 1));
    return Outcome.of(Cost.of(Range.between(low, high), high == 0 ? Range.ZERO : Range.UNKNOWN));
  }

  /** What a call of a function costs, or null if it is not in the table. */
  @Nullable Outcome outcome(String key) {
    Outcome o = outcomes.get(key);
    if (o != null) {
      return o;
    }
    for (Map.Entry<String, Outcome> e : prefixes.entrySet()) {
      if (key.startsWith(e.getKey())) {
        return e.getValue();
      }
    }
    return null;
  }
}
