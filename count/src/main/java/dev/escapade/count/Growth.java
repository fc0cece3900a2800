package dev.escapade.count;

import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Val;
import java.util.HashSet;
import java.util.Set;

/**
 * What is written down of slices while it is counted elsewhere how they grow: which ones grew, and
 * which variables were assigned others, so that the count does not hold for them. Entries are
 * strings as {@code +0.buf} and {@code -L1}: a sign, the parameter or local variable, the fields.
 */
final class Growth {
  private static final char GREW = '+';
  private static final char RENEWED = '-';

  /** How reasons begin that are without bound because something goes on. */
  static final String ROUNDS = "rounds of ";

  static final String RECURSION = "recursion through ";

  private Growth() {}

  /**
   * Reports whether a cost may be without bound only because slices are taken to grow each time:
   * what is unknown for another reason stays so, and need not be counted again.
   */
  static boolean mayExplain(Cost cost) {
    return cost.open().stream()
        .allMatch(reason -> reason.startsWith(ROUNDS) || reason.startsWith(RECURSION));
  }

  /** Reports whether there is more than can be told apart. */
  static boolean isTooMuch(Set<String> entries) {
    return entries.containsAll(Cost.TOO_MUCH_GROWTH);
  }

  /** The name of a parameter or local variable. */
  static String base(Val base) {
    return switch (base) {
      case Val.Param p -> Integer.toString(p.index());
      case Val.Local l -> "L" + l.id();
      default -> "";
    };
  }

  static String grew(Val.Spot spot) {
    return GREW + base(spot.base()) + spot.path();
  }

  static String renewed(Val.Spot spot) {
    return RENEWED + base(spot.base()) + spot.path();
  }

  private static String baseOf(String entry) {
    int dot = entry.indexOf('.');
    return dot < 0 ? entry.substring(1) : entry.substring(1, dot);
  }

  /** The index of the parameter that an entry is about; or -1. */
  static int param(String entry) {
    String base = baseOf(entry);
    return base.isEmpty() || base.charAt(0) == 'L' ? -1 : Integer.parseInt(base);
  }

  /** An entry about a parameter, in terms of the spot that is the argument. */
  static String inCaller(String entry, Val.Spot argument) {
    int dot = entry.indexOf('.');
    return entry.charAt(0)
        + base(argument.base())
        + argument.path()
        + (dot < 0 ? "" : entry.substring(dot));
  }

  /** The slices that grew, of those of which {@code counted} does not say that others count it. */
  static Set<String> uncounted(Set<String> entries, java.util.function.Predicate<String> counted) {
    Set<String> result = new HashSet<>();
    for (String e : entries) {
      if (e.charAt(0) == GREW && !counted.test(baseOf(e))) {
        result.add(e);
      }
    }
    return result;
  }

  /** Reports whether what {@code part} is about is {@code whole}, or a field in it. */
  private static boolean isWithin(String part, String whole) {
    return part.regionMatches(1, whole, 1, whole.length() - 1)
        && (part.length() == whole.length() || part.charAt(whole.length()) == '.');
  }

  /** The variables of slices that grew which are assigned others meanwhile. */
  static Set<String> conflicts(Set<String> grew, Set<String> entries) {
    Set<String> result = new HashSet<>();
    for (String r : entries) {
      if (r.charAt(0) == RENEWED) {
        for (String g : grew) {
          if (isWithin(g, r) || isWithin(r, g)) {
            result.add(baseOf(g));
          }
        }
      }
    }
    return result;
  }
}
