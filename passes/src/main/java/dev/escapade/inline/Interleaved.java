package dev.escapade.inline;

import dev.escapade.decisions.Decision;
import dev.escapade.devirtualize.Devirtualizer;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.pgo.HotCalls;
import dev.escapade.pgo.ProfileGuided;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Devirtualizes and inlines the calls of a package (cmd/compile/internal/inline/interleaved). */
public final class Interleaved {
  private final Unit unit;
  private final CallInliner calls;
  private final Inlinability inlinability;

  /** How often each function is called, as far as that is known. */
  private final IdentityHashMap<Func, Integer> useCounts = new IdentityHashMap<>();

  /** The pass over the package of {@code unit}. */
  public Interleaved(Unit unit) {
    this.unit = unit;
    calls = new CallInliner(unit);
    inlinability = calls.inlinability();
  }

  /** Works on all functions. */
  public void run() {
    StaticValues.markAll(unit.code().funcs());
    HotCalls hotCalls = HotCalls.of(unit);
    if (hotCalls != null) {
      ProfileGuided.run(unit, hotCalls, inlinability::obstacle);
      StaticValues.markAll(unit.code().funcs());
      calls.setHotCalls(hotCalls);
    }
    List<Func> funcs = List.copyOf(unit.code().funcs());
    inlinability.decideAll(funcs);
    Devirtualizer devirtualizer = new Devirtualizer(unit);
    IdentityHashMap<Func, CallSites> sites = new IdentityHashMap<>();
    for (Func fn : funcs) {
      CallSites s = new CallSites(fn, isBigCaller(fn), calls, devirtualizer, useCounts);
      s.collect();
      sites.put(fn, s);
      s.resolve(0);
    }
    BottomUp.visit(
        funcs,
        (batch, _) -> {
          while (editBatch(batch, sites, devirtualizer)) {
            // until nothing changes
          }
        });
    for (Func fn : funcs) {
      CallSites s = sites.get(fn);
      if (s != null) {
        s.removeParens();
      }
    }
  }

  private boolean editBatch(
      List<Func> batch, Map<Func, CallSites> sites, Devirtualizer devirtualizer) {
    boolean changed = false;
    for (Func fn : batch) {
      CallSites s = sites.get(fn);
      if (s != null) {
        changed |= editAll(s, devirtualizer);
      }
    }
    return changed;
  }

  /**
   * Tries all calls of a function once. What inlined bodies bring is resolved together before any
   * of it is tried, so that a function literal with two calls is not taken for one with a single
   * call.
   */
  private static boolean editAll(CallSites s, Devirtualizer devirtualizer) {
    boolean changed = false;
    int start = 0;
    int end = s.size();
    do {
      for (int i = start; i < end; i++) {
        changed |= edit(s, i, devirtualizer);
      }
      start = end;
      end = s.size();
      s.resolve(start);
    } while (start < end);
    return changed;
  }

  private static boolean edit(CallSites s, int i, Devirtualizer devirtualizer) {
    if (!(s.call(i) instanceof CallExpr call)) {
      return false;
    }
    InlinedCallExpr inlined = s.tryInline(i, call);
    if (inlined == null) {
      return false;
    }
    s.replace(i, inlined);
    devirtualizer.inlined(s.func(), call, inlined);
    return true;
  }

  /** Reports whether calls of {@code fn} can be inlined. */
  public boolean isInlinable(Func fn) {
    return calls.inlineOf(fn) != null;
  }

  /** Works on a single function that was made later, a wrapper. */
  public void run(Func fn) {
    StaticValues.mark(fn);
    Devirtualizer devirtualizer = new Devirtualizer(unit);
    CallSites s = new CallSites(fn, isBigCaller(fn), calls, devirtualizer, new IdentityHashMap<>());
    s.collect();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < s.size(); i++) {
        changed |= edit(s, i, devirtualizer);
      }
    }
    s.removeParens();
  }

  /** The functions of other packages that were inlined. */
  public Set<Func> inlinedImports() {
    return calls.inlinedImports();
  }

  private boolean isBigCaller(Func fn) {
    boolean big = unit.options().inlines() && inlinability.isBig(fn);
    if (big && unit.log().isDetailed()) {
      unit.log().add(new Decision.BigFunction(unit.pos(fn), unit.text(fn)));
    }
    return big;
  }
}
