package dev.escapade.escape;

import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.syntax.Pragma;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.Unit;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the analysis of each function has come, and what it found. */
final class Batches {
  /** A function of this compilation. */
  private static final class State {
    /** Where each parameter's value flows; null until the function's batch is finished. */
    long @Nullable [] leaks;

    boolean keepsUintptrAlive;
  }

  private final Unit unit;
  private final IdentityHashMap<Func, State> states = new IdentityHashMap<>();

  Batches(Unit unit) {
    this.unit = unit;
  }

  /** Says that the batch of {@code fn} is being analysed. */
  void start(Func fn) {
    states.put(fn, new State());
  }

  /** Says what was found about the parameters of {@code fn}. */
  void finish(Func fn, long[] leaks, boolean keepsUintptrAlive) {
    State state = states.computeIfAbsent(fn, _ -> new State());
    state.leaks = leaks;
    state.keepsUintptrAlive = keepsUintptrAlive;
  }

  /** Reports whether {@code fn} is in the batch that is being analysed. */
  boolean inProgress(Func fn) {
    State state = states.get(fn);
    return state != null && state.leaks == null;
  }

  /**
   * The closure that is made at {@code made}, if one is, may be called by somebody unknown if the
   * location says so: its results are from now on as good as leaked.
   *
   * @return those of which this was not known
   */
  List<Name> loseResults(Location made) {
    if (!made.has(Location.CALLS)
        || !(made.node instanceof ClosureExpr closure)
        || !inProgress(closure.func)
        || closure.func.isClosureResultsLost()) {
      return List.of();
    }
    closure.func.setClosureResultsLost(true);
    return Unit.results(closure.func);
  }

  /** Where parameter {@code param} of {@code fn}, the receiver being 0, flows. */
  long leaks(Func fn, int param) {
    State state = states.get(fn);
    if (state != null && state.leaks != null) {
      return param < state.leaks.length ? state.leaks[param] : Leaks.TO_HEAP;
    }
    FuncSummary summary = BottomUp.isCompiledHere(fn) ? null : unit.imported(fn);
    return summary != null && param < summary.leaks().size()
        ? summary.leaks().get(param)
        : Leaks.TO_HEAP;
  }

  /** Reports whether {@code fn} keeps pointers that are passed as uintptr alive. */
  boolean keepsUintptrAlive(Func fn) {
    if (fn.has(Pragma.Flag.UINTPTRKEEPALIVE) || fn.has(Pragma.Flag.UINTPTRESCAPES)) {
      return true;
    }
    State state = states.get(fn);
    if (state != null) {
      return state.keepsUintptrAlive;
    }
    FuncSummary summary = BottomUp.isCompiledHere(fn) ? null : unit.imported(fn);
    return summary != null && summary.keepsUintptrAlive();
  }

  /** What importers see of {@code fn}, which has been analysed. */
  FuncSummary summary(Func fn) {
    State state = states.get(fn);
    long[] leaks = state == null || state.leaks == null ? new long[0] : state.leaks;
    return new FuncSummary(fn.inline, Arrays.stream(leaks).boxed().toList(), keepsUintptrAlive(fn));
  }
}
