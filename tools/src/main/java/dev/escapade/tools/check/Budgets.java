package dev.escapade.tools.check;

import dev.escapade.advice.finding.CauseStep;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Finding;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many findings each package may have, notes not counted. Findings within the budget do not
 * fail the check; one too many is an error.
 */
public final class Budgets {
  private static final int MAX_STEPS = 50;

  private final Map<String, String> packageOfFile = new HashMap<>();
  private final Map<String, Integer> budgets;

  /** The budgets of a configuration for what was loaded. */
  public Budgets(CheckConfig config, @Nullable LoadResult loaded) {
    budgets = config.maxFindings();
    if (loaded != null && !budgets.isEmpty()) {
      for (GoPackage pkg : loaded.roots()) {
        for (GoFile file : pkg.files()) {
          packageOfFile.putIfAbsent(file.path(), pkg.path());
        }
      }
    }
  }

  /** Reports whether a finding makes the check fail. */
  public boolean fails(Finding f) {
    return f.severity() != Severity.NOTE
        && (f.rule().equals("contract-violated") || budget(packageOf(f)) < 0);
  }

  /** The packages that have more findings than they may, one error for each. */
  public List<Finding> exceeded(List<Finding> findings) {
    Map<String, List<Finding>> byPackage = new TreeMap<>();
    for (Finding f : findings) {
      if (f.severity() != Severity.NOTE && budget(packageOf(f)) >= 0) {
        byPackage.computeIfAbsent(packageOf(f), _ -> new ArrayList<>()).add(f);
      }
    }
    List<Finding> errors = new ArrayList<>();
    byPackage.forEach((pkg, list) -> {
      if (list.size() > budget(pkg)) {
        errors.add(error(pkg, list));
      }
    });
    return errors;
  }

  private String packageOf(Finding f) {
    return packageOfFile.getOrDefault(f.place().file(), "");
  }

  /** The budget with the longest name that fits, or -1. */
  private int budget(String pkg) {
    int budget = -1;
    int longest = -1;
    for (Map.Entry<String, Integer> e : budgets.entrySet()) {
      String name = e.getKey();
      boolean fits =
          name.endsWith("/...")
              ? (pkg + "/").startsWith(name.substring(0, name.length() - 3))
              : pkg.equals(name);
      if (fits && name.length() > longest) {
        longest = name.length();
        budget = e.getValue();
      }
    }
    return budget;
  }

  private Finding error(String pkg, List<Finding> list) {
    List<CauseStep> steps = new ArrayList<>();
    for (Finding f : list.subList(0, Math.min(MAX_STEPS, list.size()))) {
      steps.add(new CauseStep(f.place(), f.rule() + ": " + f.message()));
    }
    return new Finding(
        "contract-violated",
        Severity.ERROR,
        Question.OTHER,
        list.getFirst().place(),
        "",
        "package "
            + pkg
            + " has "
            + list.size()
            + " findings, and .escapade.yaml allows "
            + budget(pkg),
        steps,
        Cost.NONE,
        null,
        false);
  }
}
