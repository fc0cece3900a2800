package dev.escapade.escape;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.syntax.Pragma;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.List;

/** Sums up what was found about the parameters of a function, for its callers and for messages. */
final class ParamTags {
  private final Graph graph;
  private final Unit unit;
  private final DecisionLog log;
  private final Func fn;
  private final boolean external;
  private final boolean reports;

  ParamTags(Graph graph, Func fn) {
    this.graph = graph;
    this.fn = fn;
    unit = graph.unit;
    log = unit.log();
    external = fn.body.isEmpty();
    reports = log.isEnabled() && !fn.isWrapper() && !fn.isDupok();
  }

  /** Where each parameter, the receiver first, flows. */
  long[] all() {
    List<Name> params = Unit.params(fn);
    long[] tags = new long[params.size()];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = Leaks.encode(external ? ofExternal(params.get(i), i) : of(params.get(i)));
    }
    return tags;
  }

  /** A function without code may do anything, unless it is marked {@code //go:noescape}. */
  private long ofExternal(Name param, int index) {
    Type t = param.type();
    if (TypeFacts.isUintptr(t)) {
      report(new Decision.UnsafeUintptr(unit.pos(param), param.sym.name()));
      return Leaks.TO_HEAP;
    }
    if (!unit.types().hasPointers(t)) {
      return Leaks.TO_HEAP;
    }
    boolean named = isWritten(index);
    if (fn.has(Pragma.Flag.NOESCAPE)) {
      if (named) {
        report(new Decision.DoesNotEscape(unit.pos(param), param.sym.name()));
      }
      return Leaks.add(Leaks.add(Leaks.NONE, Leaks.MUTATOR, 0), Leaks.CALLEE, 0);
    }
    if (named) {
      report(new Decision.LeakingParam(unit.pos(param), param.sym.name()));
    }
    return Leaks.TO_HEAP;
  }

  private long of(Name param) {
    Type t = param.type();
    if (fn.has(Pragma.Flag.UINTPTRESCAPES)) {
      boolean variadic = isVariadic(param) && TypeFacts.isUintptr(((Slice) t.underlying()).elem());
      if (variadic || TypeFacts.isUintptr(t)) {
        report(new Decision.EscapingUintptr(unit.pos(param), param.sym.name(), variadic));
        return Leaks.TO_HEAP;
      }
    }
    if (!unit.types().hasPointers(t)) {
      return Leaks.TO_HEAP;
    }
    if (isUnnamed(param)) {
      return Leaks.NONE;
    }
    Location location = graph.locationOf(param);
    long leaks = Leaks.optimize(location.leaks);
    if (!location.has(Location.ESCAPES)) {
      report(param, leaks);
    }
    return leaks;
  }

  private boolean isVariadic(Name param) {
    List<Name> params = Unit.params(fn);
    return fn.type().variadic() && params.get(params.size() - 1) == param;
  }

  /** Reports whether a parameter has no name, or the blank one; the compiler then made one up. */
  private static boolean isUnnamed(Name param) {
    return param.sym.name().startsWith("~") || param.isBlank();
  }

  /** Reports whether the declaration has a name for a parameter, perhaps the blank one. */
  private boolean isWritten(int index) {
    Signature type = fn.type();
    int first = type.recv() == null ? 0 : 1;
    Var v = index < first ? type.recv() : type.params().at(index - first);
    return v != null && !v.name().isEmpty();
  }

  private void report(Name param, long leaks) {
    if (!reports) {
      return;
    }
    int pos = unit.pos(param);
    String name = param.sym.name();
    boolean leaking = false;
    int heap = Leaks.heap(leaks);
    if (heap >= 0) {
      report(
          heap == 0
              ? new Decision.LeakingParam(pos, name)
              : new Decision.LeakingParamContent(pos, name));
      leaking = true;
    }
    List<Name> results = Unit.results(fn);
    int tags = unit.release().escape().maxResultTags();
    for (int i = 0; i < tags; i++) {
      int level = Leaks.result(leaks, i);
      if (level >= 0) {
        report(new Decision.LeakingParamToResult(pos, name, results.get(i).sym.name(), level));
        leaking = true;
      }
    }
    if (unit.options().debug().escapeMutationsCalls()) {
      reportUses(pos, name, leaks, leaking);
    } else if (!leaking) {
      report(new Decision.DoesNotEscape(pos, name));
    }
  }

  private void reportUses(int pos, String name, long leaks, boolean leaking) {
    int mutator = Leaks.get(leaks, Leaks.MUTATOR);
    int callee = Leaks.get(leaks, Leaks.CALLEE);
    if (mutator >= 0) {
      report(new Decision.MutatesParam(pos, name, mutator));
    }
    if (callee >= 0) {
      report(new Decision.CallsParam(pos, name, callee));
    }
    if (!leaking && mutator < 0 && callee < 0) {
      report(new Decision.UnusedParam(pos, name));
    }
  }

  private void report(Decision decision) {
    if (reports) {
      log.add(decision);
    }
  }
}
