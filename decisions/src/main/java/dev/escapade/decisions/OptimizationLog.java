package dev.escapade.decisions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The optimization log of one package, in the order in which the compiler records. Written by the
 * thread that compiles the package; afterwards read-only.
 */
public final class OptimizationLog {
  private final List<Optimization> records = new ArrayList<>();

  /** Appends a record. */
  public void add(Optimization record) {
    records.add(record);
  }

  /** All records so far; a view. */
  public List<Optimization> records() {
    return Collections.unmodifiableList(records);
  }
}
