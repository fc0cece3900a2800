package dev.escapade.tools.check;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Heat;
import dev.escapade.advice.finding.Place;
import dev.escapade.profile.LineProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks findings on lines that profiles have seen often. Profiles know nothing of rules: a finding
 * is as hot as the hottest of its own lines and of the steps of its chain in the same file.
 */
public final class Heats {
  /** No profiles. */
  public static final Heats NONE = new Heats(List.of());

  /** A finding about more lines than this, as a large function literal, is about its first. */
  private static final int MAX_LINES = 20;

  private final List<LineProfile> profiles;

  /** Profiles of the code that is checked. */
  public Heats(List<LineProfile> profiles) {
    this.profiles = List.copyOf(profiles);
  }

  /** The finding, marked if it is hot. */
  public Finding mark(Finding f) {
    Heat heat = profiles.isEmpty() ? null : heat(f);
    return heat == null ? f : f.withHeat(heat);
  }

  /** The same findings, the hottest first; those that are not hot keep their order. */
  public List<Finding> sorted(List<Finding> findings) {
    return profiles.isEmpty()
        ? findings
        : new ArrayList<>(
            findings.stream().sorted(Comparator.comparingDouble(Heats::coldness)).toList());
  }

  private static double coldness(Finding f) {
    Heat heat = f.cost().heat();
    return heat == null ? 0 : -heat.share();
  }

  private @Nullable Heat heat(Finding f) {
    Heat best = null;
    for (LineProfile profile : profiles) {
      double share = share(profile, f.place());
      for (CauseStep step : f.cause()) {
        if (step.place().file().equals(f.place().file())) {
          share = Math.max(share, share(profile, step.place()));
        }
      }
      if (share >= Heat.HOT && (best == null || share > best.share())) {
        best = new Heat(share, profile.unit());
      }
    }
    return best;
  }

  private static double share(LineProfile profile, Place place) {
    int last = place.endLine() - place.line() < MAX_LINES ? place.endLine() : place.line();
    double share = 0;
    for (int line = place.line(); line <= Math.max(last, place.line()); line++) {
      share = Math.max(share, profile.share(place.file(), line));
    }
    return share;
  }
}
