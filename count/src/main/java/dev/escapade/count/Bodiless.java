package dev.escapade.count;

import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Range;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What functions cost that have no Go body that could be read, or whose body is the allocator or
 * the scheduler itself: the table {@code bodiless-go1.26.txt}, which gives the reason for each.
 */
final class Bodiless {
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  /** Names that start and end like this. */
  private record Pattern(String prefix, String suffix, Outcome outcome) {}

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
    int star = words[0].lastIndexOf('*');
    boolean method = star > 0 && words[0].charAt(star - 1) == '(';
    if (star < 0 || method) {
      outcomes.put(words[0], o);
    } else {
      patterns.add(new Pattern(words[0].substring(0, star), words[0].substring(star + 1), o));
    }
  }

  private static Outcome outcome(String allocs, String reason) {
    if (allocs.equals("never")) {
      return Outcome.NEVER;
    }
    if (allocs.equals("?")) {
      return Outcome.unknown(reason);
    }
    if (allocs.endsWith("+")) {
      return outcome(allocs.substring(0, allocs.length() - 1), reason).plus(Cost.AMORTIZED);
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
    for (Pattern p : patterns) {
      if (key.startsWith(p.prefix) && key.endsWith(p.suffix)) {
        return p.outcome;
      }
    }
    return null;
  }
}
