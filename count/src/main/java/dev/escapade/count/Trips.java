package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.count.alloc.Values;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.Visit;
import dev.escapade.unit.ConstantInts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rounds a for loop makes: those that count a variable, which the loop starts with and
 * nothing else changes, up or down to a limit.
 */
final class Trips {
  private final Values values;

  Trips(Values values) {
    this.values = values;
  }

  /** The number of rounds unless something jumps out, or {@link Val#ANY}. */
  Val of(ForStmt loop) {
    if (!(loop.cond instanceof BinaryExpr cond) || !cond.op().isComparison()) {
      return Val.ANY;
    }
    if (Ir.outerValue(cond.x) instanceof Name n && cond.x == n) {
      Val v = counted(loop, n, cond.op(), cond.y);
      if (!v.equals(Val.ANY)) {
        return v;
      }
    }
    return cond.y instanceof Name n ? counted(loop, n, mirrored(cond.op()), cond.x) : Val.ANY;
  }

  private static Op mirrored(Op op) {
    return switch (op) {
      case LT -> Op.GT;
      case LE -> Op.GE;
      case GT -> Op.LT;
      case GE -> Op.LE;
      default -> op;
    };
  }

  private Val counted(ForStmt loop, Name n, Op op, Node limit) {
    Node start = start(loop.init(), n);
    long step = step(loop.post, n);
    if (start == null || step == 0 || n.isAddrtaken() || isAssigned(loop.body, n)) {
      return Val.ANY;
    }
    Val from = values.of(start);
    Val to = values.of(limit);
    boolean up = step > 0;
    Val distance =
        switch (op) {
          case LT, NE -> up ? new Val.Op('-', to, from) : op == Op.NE ? back(from, to) : Val.ANY;
          case LE -> up ? plusOne(new Val.Op('-', to, from)) : Val.ANY;
          case GT -> up ? Val.ANY : back(from, to);
          case GE -> up ? Val.ANY : plusOne(back(from, to));
          default -> Val.ANY;
        };
    long stride = Math.abs(step);
    if (distance.equals(Val.ANY) || stride == 1) {
      return distance;
    }
    return new Val.Op('/', new Val.Op('+', distance, new Val.Num(stride - 1)), new Val.Num(stride));
  }

  private static Val back(Val from, Val to) {
    return new Val.Op('-', from, to);
  }

  private static Val plusOne(Val v) {
    return new Val.Op('+', v, new Val.Num(1));
  }

  /** What the variable of a loop starts with; null if that is not said there. */
  static @Nullable Node start(List<Node> init, Name n) {
    for (Node s : init) {
      if (s instanceof AssignStmt a && a.x == n) {
        return a.y;
      }
      if (s instanceof AssignListStmt a && a.op() == Op.AS2 && a.lhs.contains(n)) {
        return a.rhs.get(a.lhs.indexOf(n));
      }
    }
    return null;
  }

  /** By how much a variable is greater in each round; 0 if that is not known. */
  static long step(@Nullable Node post, Name n) {
    if (!(post instanceof AssignOpStmt s) || s.x != n) {
      return 0;
    }
    long by = ConstantInts.isSmall(s.y) ? ConstantInts.value(s.y) : 0;
    return switch (s.asOp) {
      case ADD -> by;
      case SUB -> -by;
      default -> 0;
    };
  }

  /** Reports whether the body of a loop assigns to a variable. */
  static boolean isAssigned(List<Node> body, Name n) {
    return Visit.anyList(
        body,
        x ->
            switch (x) {
              case AssignStmt s -> s.x == n;
              case AssignOpStmt s -> s.x == n;
              case AssignListStmt s -> s.lhs.contains(n);
              case RangeStmt s -> s.key == n || s.value == n;
              default -> false;
            });
  }
}
