package dev.escapade.advice.finding;

import java.util.Locale;

/**
 * How much of what a profile has seen passes a place.
 *
 * @param share of all, 0 to 1
 * @param unit of what: "samples", "allocated bytes"
 */
public record Heat(double share, String unit) {
  /** From this share on a place is hot. */
  public static final double HOT = 0.01;

  /** The share in words, as in "12 % of samples". */
  public String text() {
    double percent = share * 100;
    return (percent >= 10 ? Long.toString(Math.round(percent)) : oneDigit(percent))
        + " % of "
        + unit;
  }

  private static String oneDigit(double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }
}
