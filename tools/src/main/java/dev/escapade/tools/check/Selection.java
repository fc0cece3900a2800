package dev.escapade.tools.check;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which findings are shown. */
public final class Selection {
  private final Severity least;
  private final boolean cold;
  private final boolean generated;
  private final Map<String, Boolean> isGenerated = new HashMap<>();
  private int hidden;

  /**
   * A selection.
   *
   * @param least the least severity
   * @param cold whether findings on cold paths are shown
   * @param generated whether findings in generated files are shown
   */
  public Selection(Severity least, boolean cold, boolean generated) {
    this.least = least;
    this.cold = cold;
    this.generated = generated;
  }

  /** What is shown of what a checker has found. */
  public List<Finding> of(Checker checker) {
    List<Finding> shown = new ArrayList<>();
    for (Finding f : checker.findings()) {
      if (f.severity().compareTo(least) < 0 || (!generated && isGenerated(f, checker))) {
        continue;
      }
      if (f.cold() && !cold) {
        hidden++;
      } else {
        shown.add(f);
      }
    }
    return shown;
  }

  private boolean isGenerated(Finding f, Checker checker) {
    return isGenerated.computeIfAbsent(
        f.place().file(),
        file -> {
          byte[] content = checker.content(file);
          return content != null && GeneratedFiles.isGenerated(content);
        });
  }

  /** How many findings were left out because they are cold. */
  public int hidden() {
    return hidden;
  }
}
