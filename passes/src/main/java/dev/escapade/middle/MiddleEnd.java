package dev.escapade.middle;

import dev.escapade.bloop.BenchmarkLoops;
import dev.escapade.bounds.BoundsChecks;
import dev.escapade.deadlocals.DeadLocals;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.OptimizationLog;
import dev.escapade.escape.EscapeAnalysis;
import dev.escapade.inline.Interleaved;
import dev.escapade.ir.Func;
import dev.escapade.ir.build.Compilation;
import dev.escapade.loopvar.LoopRecords;
import dev.escapade.loopvar.LoopVariables;
import dev.escapade.staticinit.MapInits;
import dev.escapade.staticinit.StaticInit;
import dev.escapade.types.Package;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.PackageSummary;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
   * @return the code, and what importers need to know
   */
  public static DecidedPackage run(
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
    OptimizationLog optimizations = log.optimizations();
    List<LoopVariables.Transformed> transformed = optimizations == null ? null : new ArrayList<>();
    for (int i = 0; i < funcs.size(); i++) {
      LoopVariables.rewrite(unit, funcs.get(i), transformed);
    }
    StaticInit.run(unit);
    compilation.makeAbiWrappers();
    if (unit.options().optimize() && unit.options().debug().deadLocals()) {
      for (Func fn : List.copyOf(funcs)) {
        if (!fn.isClosure()) {
          DeadLocals.remove(fn);
        }
      }
    }
    StaticValues.remark(funcs);
    EscapeAnalysis escape = new EscapeAnalysis(unit);
    escape.run();
    if (optimizations != null && transformed != null) {
      LoopRecords.write(unit, transformed, optimizations);
    }
    for (Func fn : List.copyOf(funcs)) {
      if (!fn.isClosure()) {
        BoundsChecks.mark(unit, fn);
      }
    }
    PackageSummary summary =
        summary(compilation, calls.inlinedImports(), funcs, escape, unit.profile() != null);
    return new DecidedPackage(compilation.local(), compilation, unit, summary, escape::leaks);
  }

  private static PackageSummary summary(
      Compilation compilation,
      Set<Func> inlinedImports,
      List<Func> funcs,
      EscapeAnalysis escape,
      boolean hasProfile) {
    Package pkg = compilation.local().pkg();
    Map<String, FuncSummary> functions = new HashMap<>();
    Set<dev.escapade.types.Func> handedOn = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Func fn : funcs) {
      if (fn.sym().pkg() == pkg && fn.closure == null && !fn.isDupok()) {
        functions.put(fn.sym().name(), escape.summary(fn));
        if (fn.inline != null) {
          handOn(handedOn, fn);
        }
      }
    }
    inlinedImports.forEach(fn -> handOn(handedOn, fn));
    ExportedBodies exported = ExportedBodies.of(pkg, compilation.sources(), handedOn::contains);
    return new PackageSummary(
        functions,
        hasProfile ? ImportedFunctions.byName(exported.reached()) : Map.of(),
        exported.bodies());
  }

  private static void handOn(Set<dev.escapade.types.Func> handedOn, Func fn) {
    dev.escapade.types.Func obj = Compilation.declaredAs(fn);
    if (obj != null) {
      handedOn.add(obj);
    }
  }
}
