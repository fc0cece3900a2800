package dev.escapade.decisions;

import dev.escapade.decisions.graph.GraphSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decisions about one package, in the order in which the compiler prints them. Written by the
 * thread that compiles the package; afterwards read-only.
 */
public final class DecisionLog {
  private final int level;
  private final @Nullable GraphSink graphs;
  private final @Nullable OptimizationLog optimizations;
  private final List<Decision> decisions = new ArrayList<>();

  /**
   * An empty log.
   *
   * @param level how much is wanted, as the number of the compiler's {@code -m} flags
   */
  public DecisionLog(int level) {
    this(level, null);
  }

  /**
   * An empty log.
   *
   * @param graphs who asks for escape graphs, or null; their edges have notes if {@code level} is 2
   */
  public DecisionLog(int level, @Nullable GraphSink graphs) {
    this(level, graphs, null);
  }

  /**
   * An empty log.
   *
   * @param graphs who asks for escape graphs, or null; their edges have notes if {@code level} is 2
   * @param optimizations the compiler's optimization log, or null if it is not wanted
   */
  public DecisionLog(
      int level, @Nullable GraphSink graphs, @Nullable OptimizationLog optimizations) {
    this.level = level;
    this.graphs = graphs;
    this.optimizations = optimizations;
  }

  /** How much is wanted: 0 nothing, 1 decisions, 2 reasons and paths as well. */
  public int level() {
    return level;
  }

  /** Reports whether decisions are wanted at all. */
  public boolean isEnabled() {
    return level >= 1;
  }

  /** Reports whether refusals, bodies and paths are wanted. */
  public boolean isDetailed() {
    return level >= 2;
  }

  /** Reports whether reasons and paths are needed, for this log or for the optimization log. */
  public boolean explains() {
    return isDetailed() || optimizations != null;
  }

  /** The compiler's optimization log, or null if it is not wanted. */
  public @Nullable OptimizationLog optimizations() {
    return optimizations;
  }

  /** Who asks for escape graphs, or null. */
  public @Nullable GraphSink graphs() {
    return graphs;
  }

  /** Appends {@code decision}. */
  public void add(Decision decision) {
    decisions.add(decision);
  }

  /** All decisions so far; a view. */
  public List<Decision> decisions() {
    return Collections.unmodifiableList(decisions);
  }
}
