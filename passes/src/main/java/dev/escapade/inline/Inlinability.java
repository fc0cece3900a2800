package dev.escapade.inline;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.Inline;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.release.InlineRules;
import dev.escapade.syntax.Pragma;
import dev.escapade.types.Var;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.Unit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides which functions may be inlined. */
public final class Inlinability {
  private final Unit unit;
  private final InlineRules rules;
  private final CallInliner calls;

  Inlinability(Unit unit, CallInliner calls) {
    this.unit = unit;
    this.calls = calls;
    rules = unit.release().inline();
  }

  /** Decides about all of {@code funcs}, callees first. */
  void decideAll(List<Func> funcs) {
    if (!unit.options().inlines()) {
      return;
    }
    BottomUp.visit(
        funcs,
        (batch, _) -> {
          for (Func fn : batch) {
            decide(fn);
          }
        });
  }

  /** Decides about {@code fn}, unless that is done. */
  void decide(Func fn) {
    String obstacle = obstacle(fn);
    if (obstacle != null) {
      refuse(fn, obstacle);
      return;
    }
    if (fn.isInlinabilityChecked()) {
      return;
    }
    CostVisitor visitor = new CostVisitor(unit, calls, fn, budget(fn));
    String reason = visitor.refusal();
    if (reason != null) {
      refuse(fn, reason);
    } else {
      fn.inline = new Inline(visitor.cost(), canDelayResults(fn), null);
      accept(fn, visitor.cost());
    }
    fn.setInlinabilityChecked(true);
  }

  private int budget(Func fn) {
    int budget = calls.isHot(fn) ? rules.hotMaxBudget() : rules.maxBudget();
    return fn.closureParent == null ? budget : Math.max(budget, rules.closureCalledOnceCost());
  }

  private void refuse(Func fn, String reason) {
    if (unit.log().isDetailed()) {
      unit.log().add(new Decision.CannotInline(unit.pos(fn), unit.text(fn), reason));
    }
    unit.record(() -> new Optimization.CannotInlineFunction(unit.place(fn), reason));
  }

  private void accept(Func fn, int cost) {
    if (unit.log().isDetailed()) {
      String form = unit.text(fn.type()) + " { " + unit.fmt().nodes(fn.body) + " }";
      unit.log().add(new Decision.CanInline(unit.pos(fn), unit.text(fn), cost, form));
    } else if (unit.log().isEnabled()) {
      unit.log().add(new Decision.CanInline(unit.pos(fn), unit.text(fn), cost, null));
    }
    unit.record(() -> new Optimization.CanInlineFunction(unit.place(fn), cost));
  }

  /** Why {@code fn} cannot be inlined whatever its body is, or null. */
  @Nullable String obstacle(Func fn) {
    if (fn.has(Pragma.Flag.NOINLINE)) {
      return "marked go:noinline";
    }
    if (unit.options().race() && fn.has(Pragma.Flag.NORACE)) {
      return "marked go:norace with -race compilation";
    }
    if (unit.options().debug().checkptr() != 0 && fn.has(Pragma.Flag.NOCHECKPTR)) {
      return "marked go:nocheckptr";
    }
    if (fn.has(Pragma.Flag.CGO_UNSAFE_ARGS)) {
      return "marked go:cgo_unsafe_args";
    }
    if (fn.has(Pragma.Flag.UINTPTRKEEPALIVE) || fn.has(Pragma.Flag.UINTPTRESCAPES)) {
      return "marked as having a keep-alive uintptr argument";
    }
    if (fn.has(Pragma.Flag.YESWRITEBARRIERREC)) {
      return "marked go:yeswritebarrierrec";
    }
    if (fn.body.isEmpty() && !calls.isKnownInlinable(fn)) {
      return "no function body";
    }
    return null;
  }

  /**
   * Reports whether inlined calls may declare the results as late as at the return statement: there
   * is one such statement, it has operands, and the results have no names.
   */
  private static boolean canDelayResults(Func fn) {
    ReturnCounter counter = new ReturnCounter();
    fn.doChildren(counter);
    if (counter.count != 1) {
      return false;
    }
    for (Var result : fn.type().results().vars()) {
      if (!result.name().isEmpty() && !result.name().equals("_")) {
        return false;
      }
    }
    return true;
  }

  private static final class ReturnCounter implements Predicate<Node> {
    int count;

    @Override
    public boolean test(Node n) {
      if (n instanceof ReturnStmt ret) {
        count += ret.results.isEmpty() ? 2 : 1;
      }
      return n.doChildren(this);
    }
  }

  /** Reports whether {@code fn} is so large that little is to be inlined into it. */
  boolean isBig(Func fn) {
    NodeCounter counter = new NodeCounter(rules.bigFunctionNodes());
    return counter.test(fn);
  }

  /** Counts nodes, those of function literals excluded, until there are too many. */
  private static final class NodeCounter implements Predicate<Node> {
    private int left;

    NodeCounter(int limit) {
      left = limit;
    }

    @Override
    public boolean test(Node n) {
      if (n instanceof AssignListStmt as) {
        left += temporariesCost(as);
      }
      left -= nodes(n);
      return left <= 0 || n.doChildren(this);
    }
  }

  /** The number of nodes that the compiler has for {@code n}, without its children. */
  static int nodes(Node n) {
    return n instanceof TypeSwitchGuard guard && guard.tag != null ? 2 : 1;
  }

  /**
   * The nodes that {@code a, b = f()} has only because its results go through temporary variables,
   * so that they can be converted; the cost model does not charge for them.
   */
  static int temporariesCost(AssignListStmt n) {
    if (n.op() != Op.AS2 || n.rhs.isEmpty()) {
      return 0;
    }
    List<Node> init = n.rhs.get(0).init();
    return init.size() == 1 && init.get(0) instanceof AssignListStmt ? 4 * n.lhs.size() + 1 : 0;
  }
}
