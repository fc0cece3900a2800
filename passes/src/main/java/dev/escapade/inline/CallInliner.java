package dev.escapade.inline;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlTree;
import dev.escapade.ir.Inline;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeFmt;
import dev.escapade.pgo.HotCalls;
import dev.escapade.release.InlineRules;
import dev.escapade.release.PackageRules;
import dev.escapade.release.SpecialCalls;
import dev.escapade.types.Package;
import dev.escapade.types.Signature;
import dev.escapade.types.Var;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.Options;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides about one call, and replaces it. */
final class CallInliner {
  private final Unit unit;
  private final InlineRules rules;
  private final Inlinability inlinability;

  /** What the profile says of this package. */
  private @Nullable HotCalls hotCalls;

  /** The functions of other packages that were inlined here. */
  private final Set<Func> inlinedImports = Collections.newSetFromMap(new IdentityHashMap<>());

  CallInliner(Unit unit) {
    this.unit = unit;
    rules = unit.release().inline();
    inlinability = new Inlinability(unit, this);
  }

  /** Sets what the profile says of this package. */
  void setHotCalls(@Nullable HotCalls calls) {
    hotCalls = calls;
  }

  /** Reports whether a hot call leads to {@code fn}. */
  boolean isHot(Func fn) {
    return hotCalls != null && hotCalls.isHot(fn);
  }

  Set<Func> inlinedImports() {
    return inlinedImports;
  }

  Inlinability inlinability() {
    return inlinability;
  }

  /** How {@code callee}, of this package or another, may be inlined; null if it may not. */
  @Nullable Inline inlineOf(Func callee) {
    if (callee.inline == null && !BottomUp.isCompiledHere(callee)) {
      FuncSummary summary = unit.imported(callee);
      if (summary != null && summary.inline() != null && unit.code().hasBody(callee)) {
        callee.inline = summary.inline();
      }
    }
    return callee.inline;
  }

  /** Reports whether {@code fn} may be inlined as far as its own package has said. */
  boolean isKnownInlinable(Func fn) {
    if (fn.inline != null || BottomUp.isCompiledHere(fn)) {
      return fn.inline != null;
    }
    FuncSummary summary = unit.imported(fn);
    return summary != null && summary.inline() != null;
  }

  int cost(Func callee) {
    return Objects.requireNonNull(inlineOf(callee)).cost();
  }

  /** Reports whether the back end replaces the call by instructions. */
  boolean isIntrinsic(CallExpr call) {
    Sym sym =
        switch (call.fun) {
          case Name name -> name.sym;
          case SelectorExpr s when s.op() == Op.METHEXPR && s.method != null -> s.method.sym;
          case null, default -> null;
        };
    if (sym == null) {
      return false;
    }
    // Calls that the compiler itself adds name the runtime by a path of its own.
    String path = Unit.packagePath(sym);
    return unit.intrinsics().contains(path.equals("go.runtime") ? "runtime" : path, sym.name());
  }

  /** The function that {@code call} calls if it might be inlined there, or null. */
  @Nullable Func target(Func caller, CallExpr call) {
    return mightInline(call) ? callee(caller, call.fun, true) : null;
  }

  private boolean mightInline(CallExpr call) {
    return unit.options().inlines()
        && call.op() == Op.CALLFUNC
        && !call.goDefer
        && !call.noInline
        && !isCheckedReflection(call)
        && !isEscapeNonString(call)
        && !isIntrinsic(call);
  }

  /** Reports whether the call gives an address that {@code -d=checkptr} wants to see. */
  private boolean isCheckedReflection(CallExpr call) {
    return unit.options().debug().checkptr() != 0
        && call.fun instanceof SelectorExpr s
        && s.op() == Op.METHEXPR
        && s.method != null
        && SpecialCalls.isReflectedAddress(Unit.packagePath(s.method.sym), s.method.sym.name());
  }

  private static boolean isEscapeNonString(CallExpr call) {
    Name callee = call.fun == null ? null : Ir.staticCalleeName(call.fun);
    return callee != null
        && SpecialCalls.isEscapeNonString(Unit.packagePath(callee.sym), callee.sym.name());
  }

  /**
   * The function that {@code fun} is known to be, or null.
   *
   * @param resolveOnly whether it does not matter that a function literal may be inlined
   */
  @Nullable Func callee(Func caller, @Nullable Node fun, boolean resolveOnly) {
    if (fun == null) {
      return null;
    }
    return switch (StaticValues.of(fun)) {
      case SelectorExpr s when s.op() == Op.METHEXPR -> methodOf(s);
      case Name name -> name.storage == StorageClass.FUNC ? name.func : null;
      case ClosureExpr closure -> {
        Func fn = closure.func;
        List<Name> captured = fn.closureVars;
        Name first = captured.isEmpty() ? null : captured.get(0).outer;
        if (first != null && first.curfn != caller) {
          yield null; // bodies refer to the variables of their own frame only
        }
        if (!resolveOnly) {
          inlinability.decide(fn);
        }
        yield fn;
      }
      default -> null;
    };
  }

  /** The method of a method expression, unless its receiver is adjusted on the way. */
  private static @Nullable Func methodOf(SelectorExpr s) {
    if (s.method == null || s.method.func == null) {
      return null;
    }
    Var receiver = ((Signature) s.method.type()).recv();
    return receiver != null && Shapes.identical(receiver.type(), Unit.typeOf(s.x))
        ? s.method.func
        : null;
  }

  /**
   * Reports whether {@code call}, of {@code callee} in {@code caller}, may be replaced.
   *
   * @param bigCaller whether the caller is big
   * @param calledOnce whether the callee is a function literal and has no other call
   * @param report whether a refusal goes to the log
   */
  boolean isInlinable(
      Func caller,
      CallExpr call,
      Func callee,
      boolean bigCaller,
      boolean calledOnce,
      boolean report) {
    return inlineOf(callee) != null
        && isCheap(caller, call, callee, bigCaller, calledOnce, report)
        && !isItsOwnCaller(call, report)
        && !isUninstrumented(call, callee, report)
        && !repeatsCycle(caller, call, callee, report);
  }

  private boolean isCheap(
      Func caller,
      CallExpr call,
      Func callee,
      boolean bigCaller,
      boolean calledOnce,
      boolean report) {
    int cost = cost(callee);
    int max = maxCost(callee, bigCaller, calledOnce);
    if (cost <= max) {
      return true;
    }
    HotCalls hot = hotCalls;
    boolean isHot = hot != null && hot.isHot(caller, call);
    if (isHot && !bigCaller && cost <= rules.hotMaxBudget()) {
      return true;
    }
    if (report) {
      int limit = isHot && !bigCaller ? rules.hotMaxBudget() : max;
      refuse(
          call,
          () -> "cost " + cost + " of " + pathName(callee) + " exceeds max caller cost " + limit);
    }
    return false;
  }

  private void refuse(CallExpr call, Supplier<String> reason) {
    unit.record(() -> new Optimization.CannotInlineCall(unit.place(call), reason.get()));
  }

  /** The name of a function with its package's path. */
  private static String pathName(Func fn) {
    Package pkg = fn.sym().pkg();
    return (pkg == null ? "" : TypeFmt.linkPath(pkg)) + "." + fn.sym().name();
  }

  private int maxCost(Func callee, boolean bigCaller, boolean calledOnce) {
    int max = bigCaller ? rules.bigFunctionMaxCost() : rules.maxBudget();
    if (callee.closureParent != null) {
      max *= rules.closureFactor();
      if (calledOnce) {
        max = Math.max(max, rules.closureCalledOnceCost());
      }
    }
    return max;
  }

  /** Reports whether {@code callee} must not be instrumented, as it would be in its caller. */
  private boolean isUninstrumented(CallExpr call, Func callee, boolean report) {
    PackageRules packages = unit.release().packages();
    String path = Unit.packagePath(callee.sym());
    Options options = unit.options();
    boolean race = options.race();
    String reason = null;
    if (race && !packages.isInstrumented(path)) {
      reason = "call to runtime function %s in instrumented build";
    } else if (race && packages.isRaceFree(path)) {
      reason = "call to into \"no-race\" package function %s in race build";
    } else if (options.debug().checkptr() != 0 && packages.isRuntime(path)) {
      reason = "call to into runtime package function %s in -d=checkptr build";
    }
    if (reason != null && report) {
      String why = reason;
      refuse(call, () -> why.formatted(pathName(callee)));
    }
    return reason != null;
  }

  /** Reports whether the call stands in an inlined body that it itself was replaced by. */
  private boolean isItsOwnCaller(CallExpr call, boolean report) {
    for (int i = call.inl; i != 0; ) {
      InlTree.Call outer = unit.inlTree().call(i);
      if (unit.isSamePlace(outer.pos(), call.pos)) {
        if (report) {
          // The compiler leaves the message out: it takes it for the function's name.
          refuse(call, () -> "");
        }
        return true;
      }
      i = outer.parent();
    }
    return false;
  }

  private boolean repeatsCycle(Func caller, CallExpr call, Func callee, boolean report) {
    for (int i = call.inl; i != 0; ) {
      InlTree.Call outer = unit.inlTree().call(i);
      if (outer.callee() == callee) {
        if (report) {
          refuse(call, () -> "repeated recursive cycle to " + pathName(callee));
        }
        if (report && unit.log().isDetailed()) {
          unit.log()
              .add(
                  new Decision.RepeatedCycle(
                      unit.pos(call), unit.text(callee), Unit.functionName(caller)));
        }
        return true;
      }
      i = outer.parent();
    }
    return false;
  }

  /** Replaces {@code call} if that is allowed, and returns what stands for it, or null. */
  @Nullable InlinedCallExpr tryInline(
      Func caller, CallExpr call, boolean bigCaller, boolean calledOnce) {
    if (!mightInline(call)) {
      return null;
    }
    Func callee = callee(caller, call.fun, false);
    if (callee == null
        || inlineOf(callee) == null
        || !isInlinable(caller, call, callee, bigCaller, calledOnce, true)) {
      return null;
    }
    if (!BottomUp.isCompiledHere(callee)) {
      inlinedImports.add(callee);
    }
    int inl = unit.inlTree().add(call.inl, call.pos, callee);
    if (unit.log().isEnabled()) {
      unit.log().add(new Decision.InliningCall(unit.pos(call), unit.text(callee)));
    }
    InlinedCallExpr inlined = unit.code().inline(caller, call, callee, inl, this::decideSilently);
    StaticValues.mark(inlined);
    return inlined;
  }

  /**
   * Decides about instances of imported generic functions that an inlined body brought along. Their
   * own packages have reported on them.
   */
  private void decideSilently(List<Func> instances) {
    instances.forEach(StaticValues::mark);
    new CallInliner(unit.silent()).inlinability.decideAll(instances);
  }
}
