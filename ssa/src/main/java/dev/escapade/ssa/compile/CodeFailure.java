package dev.escapade.ssa.compile;

import java.util.List;

/**
 * Says of which functions of a package the back end could not make code, by a fault of its own. It
 * is told after the work on all others, whose records hold.
 */
public final class CodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A function, and why it has no code. */
  record Fault(String function, Throwable cause) {}

  private CodeFailure(String message, Throwable first) {
    super(message, first);
  }

  /** The failure that tells all of {@code faults}, of which there are some. */
  static CodeFailure of(List<Fault> faults) {
    Fault first = faults.getFirst();
    String more = faults.size() == 1 ? "" : " and " + (faults.size() - 1) + " more";
    var failure = new CodeFailure("no code for " + first.function + more, first.cause);
    for (Fault other : faults.subList(1, faults.size())) {
      failure.addSuppressed(new CodeFailure("no code for " + other.function, other.cause));
    }
    return failure;
  }
}
