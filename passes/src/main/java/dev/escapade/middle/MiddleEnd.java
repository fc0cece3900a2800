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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
    return run(target, compilation, importPaths, imports, log, search -> search);
  }

  /**
   * The same for who can do two things at a time.
   *
   * @param beside gets the search for the bodies that the package hands on when it may begin; the
   *     result of what it returns is asked for after escape analysis
   */
  public static DecidedPackage run(
      Unit.Target target,
      Compilation compilation,
      Set<String> importPaths,
      Unit.Imports imports,
      DecisionLog log,
      UnaryOperator<Supplier<ExportedBodies>> beside) {
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
      if (funcs.get(i).hasLoops()) {
        LoopVariables.rewrite(unit, funcs.get(i), transformed);
      }
    }
    StaticInit.run(unit);
    compilation.makeAbiWrappers();
    boolean removesDead = unit.options().optimize() && unit.options().debug().deadLocals();
    StaticValues.forget(funcs);
    for (Func fn : List.copyOf(funcs)) {
      if (!fn.isClosure()) {
        if (removesDead) {
          DeadLocals.remove(fn);
        }
        StaticValues.remark(fn);
      }
    }
    Set<dev.escapade.types.Func> handedOn = handedOn(compilation, calls.inlinedImports(), funcs);
    Supplier<ExportedBodies> exported =
        beside.apply(() ->
            ExportedBodies.of(
                compilation.local().pkg(), compilation.sources(), handedOn::contains));
    EscapeAnalysis escape = new EscapeAnalysis(unit);
    escape.run();
    if (optimizations != null && transformed != null) {
      LoopRecords.write(unit, transformed, optimizations);
    }
    for (Func fn : List.copyOf(funcs)) {
      // Expressions may have been moved to a function made for a go or defer statement.
      if (!fn.isClosure() && (fn.hasIndexes() || fn.closure != null)) {
        BoundsChecks.mark(unit, fn);
      }
    }
    PackageSummary summary =
        summary(compilation, funcs, escape, exported.get(), unit.profile() != null);
    return new DecidedPackage(compilation.local(), compilation, unit, summary, escape::leaks);
  }

  private static PackageSummary summary(
      Compilation compilation,
      List<Func> funcs,
      EscapeAnalysis escape,
      ExportedBodies exported,
      boolean hasProfile) {
    Map<String, FuncSummary> functions = new HashMap<>();
    for (Func fn : funcs) {
      if (isSummed(compilation, fn)) {
        functions.put(fn.sym().name(), escape.summary(fn));
      }
    }
    return new PackageSummary(
        functions,
        hasProfile ? ImportedFunctions.byName(exported.reached()) : Map.of(),
        exported.bodies());
  }

  /** Reports whether importers need to know what was found of a function. */
  private static boolean isSummed(Compilation compilation, Func fn) {
    return fn.sym().pkg() == compilation.local().pkg() && fn.closure == null && !fn.isDupok();
  }

  private static Set<dev.escapade.types.Func> handedOn(
      Compilation compilation, Set<Func> inlinedImports, List<Func> funcs) {
    Set<dev.escapade.types.Func> handedOn = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Func fn : funcs) {
      if (fn.inline != null && isSummed(compilation, fn)) {
        handOn(handedOn, fn);
      }
    }
    inlinedImports.forEach(fn -> handOn(handedOn, fn));
    return handedOn;
  }

  private static void handOn(Set<dev.escapade.types.Func> handedOn, Func fn) {
    dev.escapade.types.Func obj = Compilation.declaredAs(fn);
    if (obj != null) {
      handedOn.add(obj);
    }
  }
}
