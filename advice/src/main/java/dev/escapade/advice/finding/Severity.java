package dev.escapade.advice.finding;

import java.util.Locale;

/** How much a finding matters, from the least. */
public enum Severity {
  /** True and good to know, but as it has to be: nothing to fix. */
  NOTE,
  /** Costs something each time; worth a look where the code runs often. */
  INFO,
  /** Costs something in every round of a loop, keeps memory alive, or is a mistake. */
  WARNING,
  /** As serious as a failed build; given by configuration and contracts only. */
  ERROR;

  /** The word for output. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
