package dev.escapade.middle;

import dev.escapade.bloop.BenchmarkLoops;
import dev.escapade.bounds.BoundsChecks;
import dev.escapade.deadlocals.DeadLocals;
import dev.escapade.escape.EscapeAnalysis;
import dev.escapade.inline.Interleaved;
import dev.escapade.ir.Func;
import dev.escapade.loopvar.LoopVariables;
import dev.escapade.types.Package;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the passes over one package. */
public final class MiddleEnd {
  private MiddleEnd() {}

  /**
   * Runs all passes over the package with {@code path}; decisions go to the unit's log.
   *
   * @return what importers need to know
   */
  public static PackageSummary run(Unit unit, String path) {
    BenchmarkLoops.run(unit);
    Interleaved calls = new Interleaved(unit);
    calls.run();
    unit.code().makeWrappers(calls::run);
    List<Func> funcs = unit.code().funcs();
    for (int i = 0; i < funcs.size(); i++) {
      LoopVariables.rewrite(unit, funcs.get(i));
    }
    if (unit.options().optimize()) {
      for (Func fn : List.copyOf(funcs)) {
        if (!fn.isClosure()) {
          DeadLocals.remove(fn);
        }
      }
    }
    StaticValues.remark(funcs);
    EscapeAnalysis escape = new EscapeAnalysis(unit);
    escape.run();
    for (Func fn : List.copyOf(funcs)) {
      if (!fn.isClosure()) {
        BoundsChecks.mark(unit, fn);
      }
    }
    return summary(path, funcs, escape);
  }

  private static PackageSummary summary(String path, List<Func> funcs, EscapeAnalysis escape) {
    Map<String, FuncSummary> functions = new HashMap<>();
    for (Func fn : funcs) {
      Package pkg = fn.sym().pkg();
      if (pkg != null && pkg.path().equals(path) && fn.closure == null && !fn.isDupok()) {
        functions.put(fn.sym().name(), escape.summary(fn));
      }
    }
    return new PackageSummary(path, functions);
  }
}
