package dev.escapade.report;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Heat;
import dev.escapade.advice.finding.Place;
import java.util.ArrayList;
import java.util.List;

/** What the forms say alike. */
final class Wording {
  private Wording() {}

  /** A place as {@code path:line:column}, the column in bytes. */
  static String place(Place p, Sources sources) {
    return sources.path(p.file()) + ":" + p.line() + ":" + p.column();
  }

  /** The cost in words, or "". */
  static String cost(Cost cost) {
    List<String> parts = new ArrayList<>();
    Heat heat = cost.heat();
    if (heat != null) {
      parts.add("hot: " + heat.text());
    }
    if (cost.allocs() >= 0) {
      parts.add(figure(cost) + (cost.inLoop() ? " each time, in a loop" : " each time"));
    } else if (cost.inLoop()) {
      parts.add("in a loop");
    }
    if (!cost.text().isEmpty()) {
      parts.add(cost.text());
    }
    return String.join("; ", parts);
  }

  private static String figure(Cost cost) {
    String count = cost.allocs() == 1 ? "1 allocation" : cost.allocs() + " allocations";
    if (cost.bytes() < 0) {
      return count;
    }
    return count + (cost.allocs() == 1 ? " of " : ", ") + cost.bytes() + " bytes";
  }

  /** The advice with its effect in brackets. */
  static String fix(Fix fix) {
    return fix.text() + (fix.effect().isEmpty() ? "" : " (" + fix.effect() + ")");
  }

  /** Message, chain, cost and fix, a line each. */
  static String paragraph(Finding f, Sources sources) {
    StringBuilder text = new StringBuilder(f.message());
    for (CauseStep step : f.cause()) {
      text.append('\n').append(place(step.place(), sources)).append(": ").append(step.text());
    }
    String cost = cost(f.cost());
    if (!cost.isEmpty()) {
      text.append("\ncost: ").append(cost);
    }
    Fix fix = f.fix();
    if (fix != null) {
      text.append("\nfix: ").append(fix(fix));
    }
    return text.toString();
  }
}
