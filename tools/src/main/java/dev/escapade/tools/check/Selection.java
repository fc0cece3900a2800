package dev.escapade.tools.check;

import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which findings are shown. */
public final class Selection {
  private final Severity least;
  private final boolean cold;
  private final boolean generated;
  private final CheckConfig config;
  private final Heats heats;
  private final Map<String, @Nullable Nolint> comments = new TreeMap<>();
  private int hidden;

  /**
   * A selection without a configuration.
   *
   * @param least the least severity
   * @param cold whether findings on cold paths are shown
   * @param generated whether findings in generated files are shown
   */
  public Selection(Severity least, boolean cold, boolean generated) {
    this(least, cold, generated, CheckConfig.DEFAULT);
  }

  /** A selection by a configuration as well. */
  public Selection(Severity least, boolean cold, boolean generated, CheckConfig config) {
    this(least, cold, generated, config, Heats.NONE);
  }

  /** A selection by a configuration, in which what profiles have seen often comes first. */
  public Selection(
      Severity least, boolean cold, boolean generated, CheckConfig config, Heats heats) {
    this.heats = heats;
    this.least = least;
    this.cold = cold;
    this.generated = generated;
    this.config = config;
  }

  /** What is shown of what a checker has found, comments that silence nothing included. */
  public List<Finding> of(Checker checker) {
    List<Finding> shown = new ArrayList<>();
    for (Finding found : checker.findings()) {
      Severity severity = config.severity(found.rule());
      Finding f = heats.mark(severity == null ? found : found.withSeverity(severity));
      if (!config.isEnabled(f.rule())
          || config.isExcluded(f.place().file())
          || isSilenced(f, checker)
          || f.severity().compareTo(least) < 0
          || (!generated && checker.isGenerated(f.place().file()))) {
        continue;
      }
      if (f.cold() && !cold) {
        hidden++;
      } else {
        shown.add(f);
      }
    }
    if (least.compareTo(Severity.INFO) <= 0) {
      shown.addAll(unusedComments(checker));
    }
    return heats.sorted(shown);
  }

  private boolean isSilenced(Finding f, Checker checker) {
    Nolint nolint = comments(f.place().file(), checker);
    return nolint != null && nolint.silences(f);
  }

  private @Nullable Nolint comments(String file, Checker checker) {
    if (!comments.containsKey(file)) {
      byte[] content = checker.withNolint().contains(file) ? checker.content(file) : null;
      comments.put(file, content == null ? null : new Nolint(file, content));
    }
    return comments.get(file);
  }

  private List<Finding> unusedComments(Checker checker) {
    Set<String> rules = checker.rules();
    List<Finding> findings = new ArrayList<>();
    for (String file : checker.withNolint()) {
      Nolint nolint = comments(file, checker);
      if (nolint != null && !config.isExcluded(file) && (generated || !checker.isGenerated(file))) {
        findings.addAll(nolint.unused(rules));
      }
    }
    return findings;
  }

  /** What the configuration says. */
  public CheckConfig config() {
    return config;
  }

  /** How many findings were left out because they are cold. */
  public int hidden() {
    return hidden;
  }
}
