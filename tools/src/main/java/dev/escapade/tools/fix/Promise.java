package dev.escapade.tools.fix;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Fix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fix that was kept will save.
 *
 * @param finding what is fixed
 * @param before what the function around it allocates without fixes, if that was counted
 * @param after what it allocates with all of them
 * @param together how many of the fixes are in that function
 */
public record Promise(
    Finding finding, @Nullable Allocations before, @Nullable Allocations after, int together) {

  /** The promise in a line; empty if there is nothing to be told. */
  public String text() {
    List<String> parts = new ArrayList<>();
    Fix fix = finding.fix();
    long allocs = finding.cost().allocs();
    if (fix != null && !fix.effect().isEmpty()) {
      String now = allocs > 0 ? allocs + (allocs == 1 ? " alloc -> " : " allocs -> ") : "";
      parts.add(now + fix.effect());
    }
    if (before != null && after != null) {
      String was = before.perCall().toString();
      String is = after.perCall().toString();
      if (!was.equals(is)) {
        parts.add("a call of the function: " + was + " -> " + is + " allocs" + shared());
      } else if (before.places().isBounded() && !before.places().equals(after.places())) {
        parts.add(
            "all paths of the function together: "
                + before.places()
                + " -> "
                + after.places()
                + " allocs"
                + shared());
      }
    }
    if (finding.cold()) {
      parts.add("only on the way to an error or a panic, or once");
    }
    return String.join("; ", parts);
  }

  private String shared() {
    return together == 1 ? "" : " by " + together + " fixes";
  }
}
