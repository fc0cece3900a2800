package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flag that chooses rules. */
final class RuleFlags {
  @Option(
      names = {"-rules", "--rules"},
      paramLabel = "RULE",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Only these rules; escapade check -list-rules lists them.")
  private List<String> names = new ArrayList<>();

  /**
   * The rules, in the order of the list of all.
   *
   * @throws UserException if there is no rule of a name
   */
  List<Rule> chosen() throws UserException {
    List<Rule> chosen = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      if (names.isEmpty() || names.contains(rule.info().slug())) {
        chosen.add(rule);
      }
    }
    for (String name : names) {
      if (chosen.stream().noneMatch(r -> r.info().slug().equals(name))) {
        throw UserException.usage(
            "there is no rule " + name + "; escapade check -list-rules lists all");
      }
    }
    return chosen;
  }
}
