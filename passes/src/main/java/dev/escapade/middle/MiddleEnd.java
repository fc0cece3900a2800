package dev.escapade.middle;

import dev.escapade.bloop.BenchmarkLoops;
import dev.escapade.bounds.BoundsChecks;
import dev.escapade.deadlocals.DeadLocals;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.escape.EscapeAnalysis;
import dev.escapade.inline.Interleaved;
import dev.escapade.ir.Func;
import dev.escapade.ir.build.Compilation;
import dev.escapade.loopvar.LoopVariables;
import dev.escapade.staticinit.MapInits;
import dev.escapade.staticinit.StaticInit;
import dev.escapade.types.Package;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the passes over one package. */
public final class MiddleEnd {
  private MiddleEnd() {}

  /**
   * Runs all passes over a package; decisions go to {@code log}.
   *
   * @param target the release, the architecture and the options
   * @param compilation the package, of which nothing is built yet
   * @param importPaths the packages that it imports itself
   * @param imports the summaries of all packages below it
   * @return what importers need to know
   */
  public static PackageSummary run(
      Unit.Target target,
      Compilation compilation,
      Set<String> importPaths,
      Unit.Imports imports,
      DecisionLog log) {
    PackageCode code = new PackageCode(compilation, importPaths, imports, log);
    compilation.build();
    Unit unit = new Unit(target, code, compilation.fmt(), compilation.inlTree(), imports, log);
    MapInits.outline(unit);
    BenchmarkLoops.run(unit);
    Interleaved calls = new Interleaved(unit);
    calls.run();
    code.makeWrappers(calls::run, calls::isInlinable);
    List<Func> funcs = code.funcs();
    for (int i = 0; i < funcs.size(); i++) {
      LoopVariables.rewrite(unit, funcs.get(i));
    }
    StaticInit.run(unit);
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
    return summary(compilation.local().pkg(), code, escape);
  }

  private static PackageSummary summary(Package pkg, PackageCode code, EscapeAnalysis escape) {
    Map<String, FuncSummary> functions = new HashMap<>();
    for (Func fn : code.funcs()) {
      if (fn.sym().pkg() == pkg && fn.closure == null && !fn.isDupok()) {
        functions.put(fn.sym().name(), escape.summary(fn));
      }
    }
    return new PackageSummary(functions, code.inlined());
  }
}
