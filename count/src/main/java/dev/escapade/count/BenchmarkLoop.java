package dev.escapade.count;

import dev.escapade.count.alloc.Place;
import java.util.regex.Pattern;

/**
 * A loop that the testing package runs, and what an operation costs in it.
 *
 * @param name of the sub-benchmark that it is in, with a slash before each part, {@link #UNKNOWN}
 *     for a part that is not a constant; empty if it is in none
 * @param operations for how many operations a round stands, at least 1
 */
public record BenchmarkLoop(String name, Place place, Outcome operation, long operations) {
  /** A part of a name that is not known. */
  static final String UNKNOWN = "*";

  /** What is added to names that several have. */
  private static final Pattern NUMBER = Pattern.compile("#\\d\\d+(?=/|$)");

  /** The part of a name that comes from the name of a sub-benchmark (testing: rewrite). */
  static String part(String name) {
    StringBuilder b = new StringBuilder("/");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // The bytes of a constant are in its chars; beyond ASCII it is not worth the trouble.
      if (c <= ' ' || c > '~') {
        if (c != ' ' && c != '\t' && c != '\n') {
          return "/" + UNKNOWN;
        }
        c = '_';
      }
      b.append(c);
    }
    return name.isEmpty() ? "/" + UNKNOWN : b.toString();
  }

  /** The same, of which an operation may cost something else. */
  BenchmarkLoop or(Outcome other) {
    return new BenchmarkLoop(name, place, operation.or(other), operations);
  }

  /** Reports whether this may be a loop of the benchmark with this name, without the function's. */
  public boolean mayBeOf(String benchmark) {
    StringBuilder b = new StringBuilder();
    for (String known : name.split(Pattern.quote(UNKNOWN), -1)) {
      b.append(b.isEmpty() ? "" : ".*").append(known.isEmpty() ? "" : Pattern.quote(known));
    }
    return Pattern.matches(b.toString(), benchmark)
        || Pattern.matches(b.toString(), NUMBER.matcher(benchmark).replaceAll(""));
  }
}
