package dev.escapade.ssa.compile;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.Name;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.build.Context;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.generic.LatePasses;
import dev.escapade.ssa.generic.Passes;
import dev.escapade.ssa.liveness.Liveness;
import dev.escapade.types.Sizes;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds which checks of bounds and of nil, and which large copies, the machine code of a package
 * has, and which variables are live at its calls, and says so in its logs. Changes the code of the
 * package, so it must be the last to see it.
 */
public final class Checks {
  private final Unit unit;
  private final boolean bounds;
  private final boolean nils;
  private final boolean liveness;

  private final List<Said> found = new ArrayList<>();

  /** What is to be said of a place. */
  private record Said(int pos, int inl, Decision decision) {}

  private Checks(Unit unit) {
    this.unit = unit;
    this.bounds = unit.options().debug().boundsChecks();
    this.nils = unit.options().debug().nilChecks();
    this.liveness = unit.options().debug().liveness();
  }

  /**
   * Runs the back end on a package.
   *
   * @throws CodeFailure if it cannot do some functions; the logs have what is known of the others
   */
  public static void run(DecidedPackage pkg, Sizes sizes) {
    Checks c = new Checks(pkg.unit());
    try {
      BackEnd.run(pkg, sizes, c.listener(), c::function);
    } finally {
      c.report();
    }
  }

  /**
   * Finds which checks of bounds stay, in the order in which functions are compiled, whatever is
   * asked for; nothing is said of it.
   *
   * @throws CodeFailure if it cannot do some functions
   */
  public static List<Decision.FoundBoundsCheck> ofBounds(DecidedPackage pkg, Sizes sizes) {
    Checks c = new Checks(pkg.unit());
    List<Decision.FoundBoundsCheck> found = new ArrayList<>();
    BackEnd.run(
        pkg, sizes, Context.Listener.NONE, (_, f) -> Passes.run(f, v -> found.add(c.found(v))));
    return found;
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

  private void function(dev.escapade.ir.Func fn, Func f) {
    Passes.run(f, this::boundsCheck);
    LatePasses.run(f, this::nilCheck, (v, bytes) -> copy(v.pos, v.inl, bytes));
    if (liveness) {
      Liveness.run(fn, f, listener(fn));
    }
  }

  private Liveness.Listener listener(dev.escapade.ir.Func fn) {
    return new Liveness.Listener() {
      @Override
      public void live(@Nullable Value call, List<String> names) {
        String text = String.join(" ", names);
        if (call == null) {
          say(fn.nname.pos, 0, pos -> new Decision.Live(pos, "entry to " + fn.sym().name(), text));
        } else {
          say(call.pos, call.inl, pos -> new Decision.Live(pos, callee(call), text));
        }
      }

      @Override
      public void stackObject(Name n) {
        String type = unit.fmt().types().type(n.type());
        say(n.pos, n.inl, pos -> new Decision.StackObject(pos, unit.fmt().node(n), type));
      }
    };
  }

  private static String callee(Value call) {
    if (!(call.aux instanceof AuxCall c) || c.fn() == null) {
      return "indirect call";
    }
    String name = c.fn().name();
    return "call to " + name.substring(name.indexOf('.') + 1);
  }

  private void boundsCheck(Value v) {
    unit.record(() -> new Optimization.BoundsCheck(unit.place(v.pos, v.inl), 0, isOfSlicing(v)));
    if (bounds) {
      say(v.pos, v.inl, pos -> new Decision.FoundBoundsCheck(pos, isOfSlicing(v)));
    }
  }

  private Decision.FoundBoundsCheck found(Value v) {
    return new Decision.FoundBoundsCheck(unit.inlTree().outermostPos(v.pos, v.inl), isOfSlicing(v));
  }

  private static boolean isOfSlicing(Value v) {
    return v.op == Op.IS_SLICE_IN_BOUNDS;
  }

  private void nilCheck(Value v) {
    unit.record(() -> new Optimization.NilCheck(unit.place(v.pos, v.inl), 0));
    if (nils) {
      say(v.pos, v.inl, pos -> new Decision.NilCheck(pos, false));
    }
  }

  private void say(int pos, int inl, IntFunction<Decision> decision) {
    int outermost = unit.inlTree().outermostPos(pos, inl);
    found.add(new Said(pos, inl, decision.apply(outermost)));
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
