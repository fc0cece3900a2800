package dev.escapade.unit;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.StorageClass;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a variable that is assigned once is equal to (cmd/compile/internal/ir, StaticValue,
 * Reassigned).
 *
 * <p>The compiler walks the declaring function for each question. Here one walk over each piece of
 * code marks the variables that are assigned other than by their definition: over all functions at
 * first, then over each body that inlining adds. Nothing ever takes an assignment back except by
 * removing all uses of the variable too, so the mark never needs to be undone; {@link #forget} and
 * {@link #remark} start over where definitions or uses were removed.
 */
public final class StaticValues {
  private StaticValues() {}

  /** Marks what {@code funcs}, which include all closures, assign. */
  public static void markAll(List<Func> funcs) {
    Marker marker = new Marker();
    for (int i = 0; i < funcs.size(); i++) {
      funcs.get(i).doChildren(marker);
    }
  }

  /** Marks what {@code n} assigns, in the closures in it too. */
  public static void mark(Node n) {
    new DeepMarker().test(n);
  }

  /**
   * Forgets all marks of {@code funcs}, which {@link #remark} makes again from what can still be
   * reached: a literal that was removed from the function around it assigns nothing any more.
   */
  public static void forget(List<Func> funcs) {
    for (int i = 0; i < funcs.size(); i++) {
      for (Name n : funcs.get(i).dcl) {
        n.setReassigned(false);
      }
    }
  }

  /** Marks what {@code fn} assigns, which captures nothing, in the literals in it too. */
  public static void remark(Func fn) {
    fn.doChildren(new CaptureMarker());
  }

  /** Marks assigned variables in a tree, without the closures in it. */
  private static class Marker implements Predicate<Node> {
    @Override
    public boolean test(Node n) {
      switch (n) {
        case AssignStmt as -> assigned(as.x, n);
        case AssignListStmt as -> {
          for (int i = 0; i < as.lhs.size(); i++) {
            assigned(as.lhs.get(i), n);
          }
        }
        case AssignOpStmt as -> assigned(as.x, null);
        case RangeStmt range -> {
          assigned(range.key, null);
          assigned(range.value, null);
        }
        default -> {}
      }
      return n.doChildren(this);
    }

    private static void assigned(@Nullable Node target, @Nullable Node by) {
      if (target != null && Ir.outerValue(target) instanceof Name outer) {
        Name n = outer.canonical();
        if (by == null || n.defn != by) {
          n.setReassigned(true);
        }
      }
    }
  }

  private static final class DeepMarker extends Marker {
    @Override
    public boolean test(Node n) {
      if (n instanceof ClosureExpr c) {
        c.func.doChildren(this);
      }
      return super.test(n);
    }
  }

  /** Marks assigned variables in a tree and in the literals in it that capture some. */
  private static final class CaptureMarker extends Marker {
    @Override
    public boolean test(Node n) {
      if (n instanceof ClosureExpr c && c.func.isClosure()) {
        c.func.doChildren(this);
      }
      return super.test(n);
    }
  }

  /** Reports whether {@code n} is assigned, or may be, other than by its definition. */
  public static boolean isReassigned(Name n) {
    return n.curfn == null || n.isAddrtaken() || n.isReassigned();
  }

  /**
   * The earliest expression that always has the value of {@code n}, perhaps in an enclosing
   * function; its type may differ by conversions without effect.
   */
  public static Node of(Node n) {
    return of(n, null);
  }

  /**
   * As {@link #of(Node)}, following only variables of the functions in {@code scope}.
   *
   * @param scope null for all functions
   */
  public static Node of(Node n, @Nullable Set<Func> scope) {
    Node at = n;
    while (true) {
      Node next =
          switch (at) {
            case ConvExpr c when c.op() == Op.CONVNOP -> c.x;
            case InlinedCallExpr c -> Ir.singleResult(c);
            case ParenExpr p -> p.x;
            case Name name -> definition(name.canonical(), scope);
            default -> null;
          };
      if (next == null) {
        return at;
      }
      at = next;
    }
  }

  private static @Nullable Node definition(Name n, @Nullable Set<Func> scope) {
    if (n.storage != StorageClass.AUTO || n.defn == null || isReassigned(n)) {
      return null;
    }
    Func fn = n.curfn;
    if (scope != null && fn != null && !scope.contains(fn)) {
      return null;
    }
    return switch (n.defn) {
      case AssignStmt as -> as.y;
      case AssignListStmt as when as.op() == Op.AS2 -> {
        int i = as.lhs.indexOf(n);
        yield i < 0 ? null : as.rhs.get(i);
      }
      default -> null;
    };
  }
}
