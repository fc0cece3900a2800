package dev.escapade.count;

import dev.escapade.count.Step.Pace;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Basic;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the loops that the testing package decides about, and how many operations their rounds
 * stand for: those over {@code b.Loop()} and {@code pb.Next()}, and those that count to {@code b.N}
 * or a part or multiple of it, in steps of one or more.
 */
final class BenchmarkPace {
  private static final Set<String> LOOPS = Set.of("testing.(*B).Loop", "testing.(*PB).Next");

  private static final int MAX_DEPTH = 12;

  /** As many rounds as operations. */
  private static final Pace SAME = new Pace(1, 1, true);

  /** Not more rounds than operations. */
  private static final Pace FEWER = new Pace(1, 1, false);

  private final Unit unit;

  BenchmarkPace(Unit unit) {
    this.unit = unit;
  }

  /** The pace of a loop, or {@link Pace#NONE} if it is no benchmark's. */
  Pace of(ForStmt s) {
    if (s.cond == null) {
      return Pace.NONE;
    }
    if (Visit.any(s.cond, this::isLoopCall)) {
      return SAME;
    }
    if (!(s.cond instanceof BinaryExpr cond) || !cond.op().isComparison()) {
      return Visit.any(s.cond, this::isCount) ? FEWER : Pace.NONE;
    }
    Pace up = count(s, cond.x, cond.y);
    return up.isBenchmark() ? up : count(s, cond.y, cond.x);
  }

  /** The pace of a loop over a number or slice. */
  Pace of(RangeStmt s) {
    Type t = Unit.typeOf(s.x).underlying();
    return t instanceof Basic ? amount(s.x, 0) : t instanceof Slice ? length(s.x) : Pace.NONE;
  }

  /** The pace of a loop whose variable may be {@code variable}, to a limit or from a start. */
  private Pace count(ForStmt s, Node variable, Node limit) {
    Pace all = amount(limit, 0);
    Name n = variable instanceof Name name ? name : null;
    if (!all.isBenchmark() && n != null) {
      Node start = Trips.start(s.init(), n);
      all = start == null ? Pace.NONE : amount(start, 0);
    }
    if (!all.isBenchmark()) {
      return all;
    }
    long step = n == null ? 0 : Math.abs(Trips.step(s.post, n));
    boolean steady = n != null && step > 0 && !n.isAddrtaken() && !Trips.isAssigned(s.body, n);
    return steady ? all.over(step) : all.orLess();
  }

  /** How many times the number of operations an integer is. */
  private Pace amount(Node n, int depth) {
    if (depth > MAX_DEPTH) {
      return Pace.NONE;
    }
    return switch (n) {
      case SelectorExpr s when isCount(s) -> SAME;
      case ParenExpr p -> amount(p.x, depth + 1);
      case ConvExpr c -> amount(c.x, depth + 1);
      case UnaryExpr u when u.op() == Op.LEN -> length(u.x);
      case BinaryExpr b -> amount(b, depth);
      case Name name -> {
        Node y = StaticValues.of(name);
        yield y == name ? Pace.NONE : amount(y, depth + 1);
      }
      default -> Visit.any(n, this::isCount) ? Pace.UNKNOWN : Pace.NONE;
    };
  }

  private Pace amount(BinaryExpr b, int depth) {
    Pace x = amount(b.x, depth + 1);
    Pace y = amount(b.y, depth + 1);
    if (!x.isBenchmark() && !y.isBenchmark()) {
      return Pace.NONE;
    }
    boolean left = !y.isBenchmark();
    Pace pace = left ? x : y;
    Node other = left ? b.y : b.x;
    long by = ConstantInts.isSmall(other) ? ConstantInts.value(other) : 0;
    return switch (b.op()) {
      // What is added once does not matter for many operations.
      case ADD -> left || !x.isBenchmark() ? pace : Pace.UNKNOWN;
      case SUB -> left ? pace : Pace.UNKNOWN;
      case MUL -> by > 0 ? pace.by(by) : Pace.UNKNOWN;
      case DIV -> !left ? Pace.UNKNOWN : by > 0 ? pace.over(by) : pace.orLess();
      case RSH -> left && by >= 0 && by < 32 ? pace.over(1L << by) : Pace.UNKNOWN;
      default -> Pace.UNKNOWN;
    };
  }

  /** The length of a slice that is made for all operations. */
  private Pace length(Node slice) {
    return StaticValues.of(slice) instanceof MakeExpr m && m.len != null
        ? amount(m.len, 1)
        : Pace.NONE;
  }

  /** {@code b.N}. */
  private boolean isCount(Node n) {
    return n instanceof SelectorExpr s
        && s.sel.name().equals("N")
        && s.x instanceof ExprNode x
        && isTestingB(x.typeOrNull());
  }

  /** {@code b.Loop()} and {@code pb.Next()}. */
  private boolean isLoopCall(Node n) {
    return switch (n) {
      case CallExpr c -> Reservations.calls(c, LOOPS);
      case InlinedCallExpr c -> Reservations.isInlined(unit, c, LOOPS::contains);
      default -> false;
    };
  }

  private static boolean isTestingB(@Nullable Type t) {
    return t != null
        && t.unalias() instanceof Pointer p
        && p.elem().unalias() instanceof Named n
        && n.obj().name().equals("B")
        && n.obj().pkg() != null
        && n.obj().pkg().path().equals("testing");
  }
}
