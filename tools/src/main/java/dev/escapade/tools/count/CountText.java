package dev.escapade.tools.count;

import dev.escapade.count.Outcome;
import dev.escapade.count.alloc.Cost;
import dev.escapade.count.alloc.Place;
import dev.escapade.count.alloc.Range;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;

/** Counts as text: a line for each function, and below it where the allocations are. */
public final class CountText {
  private static final int MAX_CANDIDATES = 5;
  private static final String INDENT = "    ";

  private final PrintStream out;
  private final UnaryOperator<String> shorten;
  private final boolean verbose;

  /**
   * A writer.
   *
   * @param shorten makes paths relative
   * @param verbose whether the places are wanted, too
   */
  public CountText(PrintStream out, UnaryOperator<String> shorten, boolean verbose) {
    this.out = out;
    this.shorten = shorten;
    this.verbose = verbose;
  }

  /** Writes the counts of functions. */
  public void write(CountReport report) {
    for (CountEntry e : report.entries()) {
      out.println(
          place(e.function().place()) + ": " + e.function().name() + ": " + summary(e.outcome()));
      if (verbose) {
        details(e.sites(), e.calls(), INDENT);
      }
    }
  }

  private String place(Place p) {
    return p.file().isEmpty()
        ? p.toString()
        : shorten.apply(p.file()) + ":" + p.line() + ":" + p.column();
  }

  /** The cost in a line. */
  public static String summary(Outcome o) {
    Cost normal = o.normal();
    Cost failed = o.failed();
    if (normal == null) {
      return failed == null ? "never returns" : summary(failed);
    }
    StringBuilder b = new StringBuilder(summary(normal));
    if (failed != null && !failed.allocs().equals(normal.allocs())) {
      b.append("; after an error ").append(summary(failed));
    }
    return b.toString();
  }

  private static String summary(Cost c) {
    if (c.isZero()) {
      return "0 allocs" + (c.amortized() ? ", and what is kept may grow" : "");
    }
    StringBuilder b = new StringBuilder();
    b.append(c.allocs()).append(isOne(c.allocs()) ? " alloc" : " allocs");
    if (c.bytes().isBounded()) {
      b.append(", ").append(c.bytes()).append(" B");
    }
    if (c.amortized()) {
      b.append(", and what is kept may grow");
    }
    if (c.assuming()) {
      b.append(", if what is reserved suffices");
    }
    if (!c.allocs().isBounded() && !c.open().isEmpty()) {
      b.append(" (").append(String.join("; ", c.open())).append(")");
    }
    return b.toString();
  }

  /** Reports whether a number is told with a noun in the singular, as "at least 1" is. */
  private static boolean isOne(Range r) {
    String text = r.toString();
    return text.equals("1") || text.equals("≥ 1");
  }

  private void details(
      List<CountEntry.SiteCost> sites, List<CountEntry.CallCost> calls, String indent) {
    for (CountEntry.SiteCost s : sites) {
      out.println(indent + place(s.site().place()) + ": " + line(s));
    }
    for (CountEntry.CallCost c : calls) {
      out.println(indent + place(c.place()) + ": " + line(c));
      details(c.sites(), c.calls(), indent + INDENT);
    }
  }

  /** What a place allocates, without the place. */
  public static String line(CountEntry.SiteCost s) {
    return s.site().what()
        + inlined(s.site().place())
        + ": "
        + summary(s.cost())
        + times(s.times())
        + (s.site().said() ? "" : " (-m does not say so)");
  }

  /** What a call allocates, without the place. */
  public static String line(CountEntry.CallCost c) {
    return "call of "
        + candidates(c.candidates())
        + inlined(c.place())
        + ": "
        + summary(c.outcome())
        + times(c.times());
  }

  private static String inlined(Place p) {
    return p.inlinedFrom().isEmpty() ? "" : ", inlined from " + p.inlinedFrom();
  }

  private static String times(Range times) {
    return times.toString().equals("1") ? "" : ", " + times + " times";
  }

  private static String candidates(List<String> all) {
    if (all.size() == 1) {
      return all.get(0);
    }
    if (all.isEmpty()) {
      return "something unknown";
    }
    String first = String.join(", ", all.subList(0, Math.min(MAX_CANDIDATES, all.size())));
    return "one of "
        + all.size()
        + " candidates ("
        + first
        + (all.size() > MAX_CANDIDATES ? ", …)" : ")");
  }
}
