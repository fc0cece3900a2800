package dev.escapade.ssa.compile;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.Optimization;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.ssa.build.Context;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.generic.LatePasses;
import dev.escapade.ssa.generic.Passes;
import dev.escapade.types.Sizes;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds which checks of bounds and of nil, and which large copies, the machine code of a package
 * has, and says so in its logs. Changes the code of the package, so it must be the last to see it.
 */
public final class Checks {
  private final Unit unit;
  private final boolean bounds;
  private final boolean nils;

  private final List<Said> found = new ArrayList<>();

  /** What is to be said of a place. */
  private record Said(int pos, int inl, Decision decision) {}

  private Checks(Unit unit) {
    this.unit = unit;
    this.bounds = unit.options().debug().boundsChecks();
    this.nils = unit.options().debug().nilChecks();
  }

  /**
   * Runs the back end on a package.
   *
   * @throws CodeFailure if it cannot do some functions; the logs have what is known of the others
   */
  public static void run(DecidedPackage pkg, Sizes sizes) {
    Checks c = new Checks(pkg.unit());
    try {
      BackEnd.run(pkg, sizes, c.listener(), (_, f) -> c.function(f));
    } finally {
      c.report();
    }
  }

  private Context.Listener listener() {
    return new Context.Listener() {
      @Override
      public void removedNilCheck(int pos, int inl) {}

      @Override
      public void largeCopy(Func f, int pos, int inl, long bytes) {
        copy(pos, inl, bytes);
      }
    };
  }

  private void copy(int pos, int inl, long bytes) {
    unit.record(() -> new Optimization.Copy(unit.place(pos, inl), 0, bytes));
  }

  private void function(Func f) {
    Passes.run(f, this::boundsCheck);
    LatePasses.run(f, this::nilCheck, (v, bytes) -> copy(v.pos, v.inl, bytes));
  }

  private void boundsCheck(Value v) {
    boolean slice = v.op == Op.IS_SLICE_IN_BOUNDS;
    unit.record(() -> new Optimization.BoundsCheck(unit.place(v.pos, v.inl), 0, slice));
    if (bounds) {
      say(v, pos -> new Decision.FoundBoundsCheck(pos, slice));
    }
  }

  private void nilCheck(Value v) {
    unit.record(() -> new Optimization.NilCheck(unit.place(v.pos, v.inl), 0));
    if (nils) {
      say(v, pos -> new Decision.NilCheck(pos, false));
    }
  }

  private void say(Value v, IntFunction<Decision> decision) {
    int pos = unit.inlTree().outermostPos(v.pos, v.inl);
    found.add(new Said(v.pos, v.inl, decision.apply(pos)));
  }

  /** By place, each once, as the compiler's messages; but as found where more is said. */
  private void report() {
    boolean sorted = !unit.log().isEnabled();
    if (sorted) {
      found.sort(Comparator.comparingInt(Said::inl).thenComparingInt(Said::pos));
    }
    @Nullable Decision previous = null;
    for (Said said : found) {
      if (!sorted || !said.decision.equals(previous)) {
        unit.log().add(said.decision);
      }
      previous = said.decision;
    }
  }
}
