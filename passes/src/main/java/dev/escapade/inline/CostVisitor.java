package dev.escapade.inline;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.TypeNode;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.release.InlineRules;
import dev.escapade.release.SpecialCalls;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.Unit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Computes what it costs to inline a function: 1 for each node, with the surcharges and discounts
 * below (cmd/compile/internal/inline, hairyVisitor).
 */
final class CostVisitor implements Predicate<Node> {
  private final Unit unit;
  private final CallInliner calls;
  private final Func fn;
  private final InlineRules rules;
  private final int maxBudget;
  private final int extraCallCost;
  private final boolean bigFunction;
  private int budget;
  private @Nullable String reason;

  CostVisitor(Unit unit, CallInliner calls, Func fn, int budget) {
    this.unit = unit;
    this.calls = calls;
    this.fn = fn;
    this.budget = budget;
    maxBudget = budget;
    rules = unit.release().inline();
    extraCallCost =
        unit.options().inlining() == 4 ? rules.extraCallCostAggressive() : rules.extraCallCost();
    bigFunction = calls.inlinability().isBig(fn);
  }

  /** Visits the function and returns why it cannot be inlined, or null. */
  @Nullable String refusal() {
    if (fn.doChildren(this)) {
      return reason;
    }
    return budget >= 0
        ? null
        : "function too complex: cost " + cost() + " exceeds budget " + maxBudget;
  }

  int cost() {
    return maxBudget - budget;
  }

  /** What to do with a node. */
  private enum Step {
    /** Charge for the node and go on with its children. */
    CHARGE,
    /** Charge nothing, skip the children. */
    SKIP,
    /** Give up. */
    STOP
  }

  @Override
  public boolean test(Node n) {
    if (n instanceof IfStmt s && isConstantBool(s.cond)) {
      return constantIf(s);
    }
    switch (visit(n)) {
      case SKIP -> {
        return false;
      }
      case STOP -> {
        return true;
      }
      case CHARGE -> budget -= Inlinability.nodes(n);
    }
    // The full cost is of interest only when it is printed.
    if (budget < 0 && !unit.log().explains()) {
      reason = "too expensive";
      return true;
    }
    return n.doChildren(this);
  }

  private Step refuse(String why) {
    reason = why;
    return Step.STOP;
  }

  private Step visit(Node n) {
    return switch (n) {
      case CallExpr call -> call(call);
      case UnaryExpr x -> unary(x);
      case ClosureExpr _ -> {
        if (!unit.options().debug().inlineClosures()) {
          yield refuse("not inlining functions with closures");
        }
        budget -= rules.closureCost();
        yield Step.CHARGE;
      }
      case GoDeferStmt s -> refuse("unhandled op " + s.op().name());
      case TailCallStmt s -> refuse("unhandled op " + s.op().name());
      case AddrExpr x -> addr(x);
      case StarExpr x -> deref(x);
      case ConvExpr x -> {
        budget += x.op() == Op.CONVNOP ? 1 : 0;
        yield Step.CHARGE;
      }
      case BranchStmt s -> s.op() == Op.FALL ? Step.SKIP : Step.CHARGE;
      case TypeNode _ -> Step.SKIP;
      case BlockStmt _ -> {
        budget++;
        yield Step.CHARGE;
      }
      case SelectorExpr x -> selector(x);
      case CompLitExpr x -> {
        budget -= x.op() == Op.SLICELIT ? 1 : 0;
        yield Step.CHARGE;
      }
      case AssignListStmt s -> {
        budget += Inlinability.temporariesCost(s);
        yield Step.CHARGE;
      }
      case SliceExpr x -> slice(x);
      default -> Step.CHARGE;
    };
  }

  /** Of an if whose condition is constant, only the branch that is taken counts. */
  private boolean constantIf(IfStmt n) {
    return all(n.init()) || all(isTrue(n.cond) ? n.body : n.els);
  }

  private static boolean isConstantBool(Node n) {
    return n instanceof BasicLit lit && lit.value.kind() == Constant.Kind.BOOL;
  }

  private static boolean isTrue(Node n) {
    return n instanceof BasicLit lit && Constants.boolVal(lit.value);
  }

  private boolean all(List<Node> list) {
    for (Node n : list) {
      if (test(n)) {
        return true;
      }
    }
    return false;
  }

  private Step unary(UnaryExpr n) {
    if (n.op() == Op.PANIC) {
      if (n.x instanceof ConvExpr conv && conv.op() == Op.CONVIFACE && conv.isImplicit()) {
        budget++;
      }
      budget -= rules.extraPanicCost();
    }
    return Step.CHARGE;
  }

  /** The address of a variable's first field is that of the variable. */
  private Step addr(AddrExpr n) {
    if (n.op() == Op.ADDR
        && n.x instanceof SelectorExpr s
        && (s.op() == Op.DOT || s.op() == Op.DOTPTR)
        && s.x instanceof Name
        && isAtOffsetZero(s)) {
      budget += 2;
    }
    return Step.CHARGE;
  }

  private boolean isAtOffsetZero(SelectorExpr s) {
    Type t = Unit.typeOf(s.x).underlying();
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    return t instanceof Struct struct
        && s.field != null
        && unit.types().isAtOffsetZero(struct, s.field);
  }

  /** {@code *(*X)(unsafe.Pointer(&x))} is a load. */
  private Step deref(StarExpr n) {
    Node pointer = n.x;
    while (pointer instanceof ConvExpr conv && conv.op() == Op.CONVNOP) {
      pointer = conv.x;
    }
    if (pointer instanceof AddrExpr a && a.op() == Op.ADDR) {
      budget++;
    }
    return Step.CHARGE;
  }

  private Step selector(SelectorExpr n) {
    if (n.op() == Op.METHVALUE) {
      budget--;
    } else if (n.op() == Op.METHEXPR) {
      budget++;
    }
    return Step.CHARGE;
  }

  private Step slice(SliceExpr n) {
    if (ConstantInts.value(n.low) == 0) {
      budget++;
    }
    if (n.high instanceof UnaryExpr len && len.op() == Op.LEN && len.x == n.x) {
      budget += 2;
    }
    return Step.CHARGE;
  }

  private Step call(CallExpr n) {
    return switch (n.op()) {
      case CALLFUNC -> callFunc(n);
      case CALL, CALLINTER -> {
        budget -= extraCallCost;
        yield Step.CHARGE;
      }
      case RECOVER -> refuse("call to recover");
      case APPEND -> {
        budget -= rules.extraAppendCost();
        yield Step.CHARGE;
      }
      default -> Step.CHARGE;
    };
  }

  private Step callFunc(CallExpr n) {
    switch (kind(n.fun)) {
      case NEEDS_FRAME -> {
        return refuse("call to " + (n.fun instanceof Name name ? name.sym.name() : ""));
      }
      case DEFERS_IN_RANGE -> {
        return refuse("defer call in range func");
      }
      case THROW -> {
        budget -= rules.extraThrowCost();
        return Step.CHARGE;
      }
      case CHEAP -> {
        return Step.CHARGE;
      }
      case ORDINARY -> {}
    }
    if (calls.isIntrinsic(n)) {
      return Step.CHARGE;
    }
    Func callee = calls.callee(fn, n.fun, false);
    if (callee != null && calls.inlineOf(callee) != null) {
      if (calls.isInlinable(fn, n, callee, bigFunction, false, false)) {
        budget -= calls.cost(callee);
        return Step.CHARGE;
      }
    }
    budget -= isParameter(n.fun) ? Math.min(extraCallCost, rules.paramCallCost()) : extraCallCost;
    return Step.CHARGE;
  }

  private SpecialCalls.Kind kind(@Nullable Node fun) {
    if (fun instanceof Name name && name.storage == StorageClass.FUNC) {
      return SpecialCalls.function(Unit.packagePath(name.sym), name.sym.name(), unit.arch());
    }
    if (fun instanceof SelectorExpr s
        && s.op() == Op.METHEXPR
        && s.method != null
        && s.method.func != null) {
      Sym sym = s.method.sym;
      return SpecialCalls.method(Unit.packagePath(sym), sym.name(), unit.arch());
    }
    return SpecialCalls.Kind.ORDINARY;
  }

  private static boolean isParameter(@Nullable Node fun) {
    return fun instanceof Name name
        && (name.storage == StorageClass.PARAM
            || (name.storage == StorageClass.AUTOHEAP && name.isClosureVar()));
  }
}
