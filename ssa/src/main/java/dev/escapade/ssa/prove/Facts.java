package dev.escapade.ssa.prove;

import static dev.escapade.ssa.prove.Relations.ALL;
import static dev.escapade.ssa.prove.Relations.BOOLEAN;
import static dev.escapade.ssa.prove.Relations.EQ;
import static dev.escapade.ssa.prove.Relations.GE;
import static dev.escapade.ssa.prove.Relations.GT;
import static dev.escapade.ssa.prove.Relations.LE;
import static dev.escapade.ssa.prove.Relations.LT;
import static dev.escapade.ssa.prove.Relations.NE;
import static dev.escapade.ssa.prove.Relations.POINTER;
import static dev.escapade.ssa.prove.Relations.SIGNED;
import static dev.escapade.ssa.prove.Relations.UNSIGNED;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known where the walk is. */
public final class Facts {
  /** One known order of a value: it is in relation {@code r} to {@code w}. */
  static final class Ordering {
    final @Nullable Ordering next;
    final Value w;
    final int domain;
    final int relation;

    Ordering(@Nullable Ordering next, Value w, int domain, int relation) {
      this.next = next;
      this.w = w;
      this.domain = domain;
      this.relation = relation;
    }
  }

  private record OldLimit(int value, Limit limit) {}

  private static final OldLimit MARK = new OldLimit(0, Limit.NONE);

  private final Func f;
  private boolean contradiction;
  private int contradictionDepth;
  private final PartialOrder signedOrder = new PartialOrder();
  private final PartialOrder unsignedOrder = new PartialOrder();
  private @Nullable Ordering[] orderings;
  private final ArrayList<Integer> orderingStack = new ArrayList<>();
  private Limit[] limits;
  private final ArrayList<OldLimit> limitStack = new ArrayList<>();
  private boolean[] busy;
  final @Nullable Value[] lens;
  final @Nullable Value[] caps;

  /** Nothing but what the operations of the values say. */
  public Facts(Func f) {
    this.f = f;
    int n = f.numValues();
    orderings = new Ordering[n];
    limits = new Limit[n];
    Arrays.fill(limits, Limit.NONE);
    busy = new boolean[n];
    lens = new Value[n];
    caps = new Value[n];
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        limits[v.id] = InitialLimits.of(v);
      }
    }
  }

  /** Takes a value in that was made meanwhile. */
  void addValue(Value v) {
    if (v.id >= limits.length) {
      int n = f.numValues() + 16;
      int old = limits.length;
      limits = Arrays.copyOf(limits, n);
      Arrays.fill(limits, old, n, Limit.NONE);
      orderings = Arrays.copyOf(orderings, n);
      busy = Arrays.copyOf(busy, n);
    }
    limits[v.id] = InitialLimits.of(v);
  }

  /** Whether the facts contradict each other: what is walked cannot be reached. */
  public boolean isContradiction() {
    return contradiction;
  }

  Limit limit(Value v) {
    return limits[v.id];
  }

  @Nullable Ordering orderings(Value v) {
    return v.id < orderings.length ? orderings[v.id] : null;
  }

  boolean isNonNegative(Value v) {
    return limits[v.id].min() >= 0;
  }

  /** Whether {@code v <= w}, as signed, is known. */
  boolean isOrderedOrEqual(Value v, Value w) {
    return signedOrder.isOrderedOrEqual(v, w);
  }

  /** Whether {@code v == w} is known. */
  boolean isEqual(Value v, Value w) {
    return signedOrder.isEqual(v, w);
  }

  void signedMin(Value v, long m) {
    newLimit(v, new Limit(m, Long.MAX_VALUE, 0, -1));
  }

  void signedMax(Value v, long m) {
    newLimit(v, new Limit(Long.MIN_VALUE, m, 0, -1));
  }

  void signed(Value v, long lo, long hi) {
    newLimit(v, new Limit(lo, hi, 0, -1));
  }

  void setNonNegative(Value v) {
    signedMin(v, 0);
  }

  void unsignedMin(Value v, long m) {
    newLimit(v, new Limit(Long.MIN_VALUE, Long.MAX_VALUE, m, -1));
  }

  void unsignedMax(Value v, long m) {
    newLimit(v, new Limit(Long.MIN_VALUE, Long.MAX_VALUE, 0, m));
  }

  void unsigned(Value v, long lo, long hi) {
    newLimit(v, new Limit(Long.MIN_VALUE, Long.MAX_VALUE, lo, hi));
  }

  void setBool(Value v, boolean b) {
    newLimit(v, b ? Limit.ONE : Limit.ZERO);
  }

  private void setNil(Value v, boolean nil) {
    newLimit(v, nil ? Limit.ZERO : Limit.NONE.unsignedMin(1));
  }

  /** Learns limits of {@code v}, and what follows for values that it is ordered to. */
  void newLimit(Value v, Limit fresh) {
    Limit old = limits[v.id];
    Limit l = old.intersect(fresh).tightened(8 * (int) v.type.size());
    if (l.equals(old)) {
      return;
    }
    if (l.isEmpty()) {
      contradiction = true;
      return;
    }
    if (busy[v.id]) {
      return; // it follows from itself
    }
    busy[v.id] = true;
    limitStack.add(new OldLimit(v.id, old));
    limits[v.id] = l;
    for (Ordering o = orderings[v.id]; o != null; o = o.next) {
      propagate(o, l);
    }
    if (v.type.isBoolean()) {
      learnComparison(v, l.min() == 1);
    }
    busy[v.id] = false;
  }

  /** What the limits {@code l} of a value mean for the value that it is ordered to. */
  private void propagate(Ordering o, Limit l) {
    Value w = o.w;
    switch (o.domain) {
      case SIGNED -> {
        switch (o.relation) {
          case EQ -> signed(w, l.min(), l.max());
          case LE -> signedMin(w, l.min());
          case LT -> signedMin(w, l.min() + 1);
          case GE -> signedMax(w, l.max());
          case GT -> signedMax(w, l.max() - 1);
          case NE -> {
            if (l.min() == l.max()) {
              notConstant(w, limits[w.id], l.min());
            }
          }
          default -> {}
        }
      }
      case UNSIGNED -> {
        switch (o.relation) {
          case EQ -> unsigned(w, l.umin(), l.umax());
          case LE -> unsignedMin(w, l.umin());
          case LT -> unsignedMin(w, l.umin() + 1);
          case GE -> unsignedMax(w, l.umax());
          case GT -> unsignedMax(w, l.umax() - 1);
          case NE -> {
            if (l.umin() == l.umax()) {
              notConstantUnsigned(w, l.umin());
            }
          }
          default -> {}
        }
      }
      case BOOLEAN -> {
        boolean eq = o.relation == EQ;
        if (l.min() == 0 && l.max() == 0) {
          setBool(w, !eq);
        }
        if (l.min() == 1 && l.max() == 1) {
          setBool(w, eq);
        }
      }
      default -> {
        if (l.umax() == 0) {
          setNil(w, o.relation == EQ);
        }
        if (l.umin() != 0 && o.relation == EQ) {
          setNil(w, false);
        }
      }
    }
  }

  /** A value that is not {@code c} has tighter limits if c is one of them. */
  private void notConstant(Value w, Limit l, long c) {
    if (l.min() == c) {
      signedMin(w, c + 1);
    }
    if (limits[w.id].max() == c) {
      signedMax(w, c - 1);
    }
  }

  private void notConstantUnsigned(Value w, long c) {
    if (limits[w.id].umin() == c) {
      unsignedMin(w, c + 1);
    }
    if (limits[w.id].umax() == c) {
      unsignedMax(w, c - 1);
    }
  }

  /** What the outcome of a comparison says of what is compared. */
  private void learnComparison(Value v, boolean isTrue) {
    int d = Relations.domain(v.op);
    if (d != 0) {
      int r = Relations.relation(v.op);
      if (d == SIGNED && isNonNegative(v.arg(0)) && isNonNegative(v.arg(1))) {
        d |= UNSIGNED;
      }
      addRestrictions(v.block(), d, v.arg(0), v.arg(1), isTrue ? r : r ^ ALL);
    }
    switch (v.op) {
      case IS_NON_NIL -> setNil(v.arg(0), !isTrue);
      case IS_IN_BOUNDS, IS_SLICE_IN_BOUNDS -> {
        Value i = v.arg(0);
        Value n = v.arg(1);
        int r = v.op == Op.IS_IN_BOUNDS ? LT : LE;
        if (isTrue) {
          setNonNegative(i);
          update(v.block(), i, n, SIGNED, r);
          update(v.block(), i, n, UNSIGNED, r);
        } else {
          r ^= ALL;
          if (isNonNegative(i)) {
            update(v.block(), i, n, SIGNED, r);
          }
          update(v.block(), i, n, UNSIGNED, r);
        }
      }
      default -> {}
    }
  }

  /**
   * Learns that {@code v} is in relation {@code r} to {@code w}, in each of the domains {@code d}.
   */
  void addRestrictions(Block parent, int d, Value v, Value w, int r) {
    for (int i = 1; i <= d; i <<= 1) {
      if ((d & i) != 0) {
        update(parent, v, w, i, r);
      }
    }
  }

  private void addOrdering(Value v, Value w, int d, int r) {
    if (v.id >= orderings.length) {
      orderings = Arrays.copyOf(orderings, f.numValues() + 16);
    }
    orderings[v.id] = new Ordering(orderings[v.id], w, d, r);
    orderingStack.add(v.id);
  }

  /** Learns that {@code v} is in relation {@code r} to {@code w} in the domain {@code d}. */
  void update(Block parent, Value v, Value w, int d, int r) {
    if (contradiction) {
      return;
    }
    if (v == w) {
      if ((r & EQ) == 0) {
        contradiction = true;
      }
      return;
    }
    if (d == SIGNED || d == UNSIGNED) {
      PartialOrder order = d == SIGNED ? signedOrder : unsignedOrder;
      boolean ok =
          switch (r) {
            case LT -> order.setOrder(v, w, true);
            case GT -> order.setOrder(w, v, true);
            case LE -> order.setOrder(v, w, false);
            case GE -> order.setOrder(w, v, false);
            case EQ -> order.setEqual(v, w);
            default -> order.setNonEqual(v, w);
          };
      addOrdering(v, w, d, r);
      addOrdering(w, v, d, Relations.reverse(r));
      if (!ok) {
        contradiction = true;
        return;
      }
    } else {
      for (Ordering o = orderings(v); o != null; o = o.next) {
        if (o.domain == d && o.w == w) {
          if (o.relation != r) {
            contradiction = true;
          }
          return;
        }
      }
      addOrdering(v, w, d, r);
      addOrdering(w, v, d, r);
    }
    learnLimits(v, w, d, r);
    if (d == SIGNED || d == UNSIGNED) {
      learnMore(parent, v, w, d, r);
    }
  }

  /** What an order says of the limits of both. */
  private void learnLimits(Value v, Value w, int d, int r) {
    Limit a = limits[v.id];
    Limit b = limits[w.id];
    switch (d) {
      case SIGNED -> {
        switch (r) {
          case EQ -> {
            signed(v, b.min(), b.max());
            signed(w, a.min(), a.max());
          }
          case LT -> {
            signedMax(v, b.max() - 1);
            signedMin(w, a.min() + 1);
          }
          case LE -> {
            signedMax(v, b.max());
            signedMin(w, a.min());
          }
          case GT -> {
            signedMin(v, b.min() + 1);
            signedMax(w, a.max() - 1);
          }
          case GE -> {
            signedMin(v, b.min());
            signedMax(w, a.max());
          }
          default -> {
            differ(a, w, b);
            differ(b, v, a);
          }
        }
      }
      case UNSIGNED -> {
        switch (r) {
          case EQ -> {
            unsigned(v, b.umin(), b.umax());
            unsigned(w, a.umin(), a.umax());
          }
          case LT -> {
            unsignedMax(v, b.umax() - 1);
            unsignedMin(w, a.umin() + 1);
          }
          case LE -> {
            unsignedMax(v, b.umax());
            unsignedMin(w, a.umin());
          }
          case GT -> {
            unsignedMin(v, b.umin() + 1);
            unsignedMax(w, a.umax() - 1);
          }
          case GE -> {
            unsignedMin(v, b.umin());
            unsignedMax(w, a.umax());
          }
          default -> {
            differUnsigned(a, w, b);
            differUnsigned(b, v, a);
          }
        }
      }
      case BOOLEAN -> {
        boolean eq = r == EQ;
        if (a.min() == 1) {
          setBool(w, eq);
        }
        if (a.max() == 0) {
          setBool(w, !eq);
        }
        if (b.min() == 1) {
          setBool(v, eq);
        }
        if (b.max() == 0) {
          setBool(v, !eq);
        }
      }
      case POINTER -> {
        if (r == EQ) {
          copyNil(a, w);
          copyNil(b, v);
        } else {
          if (a.umax() == 0) {
            setNil(w, false);
          }
          if (b.umax() == 0) {
            setNil(v, false);
          }
        }
      }
      default -> throw new IllegalStateException("domain " + d);
    }
  }

  private void copyNil(Limit l, Value w) {
    if (l.umax() == 0) {
      setNil(w, true);
    }
    if (l.umin() != 0) {
      setNil(w, false);
    }
  }

  /** A value with limits {@code b} is not one with limits {@code a}. */
  private void differ(Limit a, Value w, Limit b) {
    if (a.min() == a.max()) {
      long c = a.min();
      if (b.min() == c) {
        signedMin(w, c + 1);
      }
      if (b.max() == c) {
        signedMax(w, c - 1);
      }
    }
  }

  private void differUnsigned(Limit a, Value w, Limit b) {
    if (a.umin() == a.umax()) {
      long c = a.umin();
      if (b.umin() == c) {
        unsignedMin(w, c + 1);
      }
      if (b.umax() == c) {
        unsignedMax(w, c - 1);
      }
    }
  }

  private static @Nullable Value of(@Nullable Value[] table, Value slice) {
    return slice.id < table.length ? table[slice.id] : null;
  }

  /** What an order says of lengths and capacities, and of values that differ by a constant. */
  private void learnMore(Block parent, Value v, Value w, int d, int r) {
    if (v.op == Op.SLICE_LEN && (r & LT) == 0) {
      Value cap = of(caps, v.arg(0));
      if (cap != null) {
        update(parent, cap, w, d, r | GT);
      }
    }
    if (w.op == Op.SLICE_LEN && (r & GT) == 0) {
      Value cap = of(caps, w.arg(0));
      if (cap != null) {
        update(parent, v, cap, d, r | LT);
      }
    }
    if (v.op == Op.SLICE_CAP && (r & GT) == 0) {
      Value len = of(lens, v.arg(0));
      if (len != null) {
        update(parent, len, w, d, r | LT);
      }
    }
    if (w.op == Op.SLICE_CAP && (r & LT) == 0) {
      Value len = of(lens, w.arg(0));
      if (len != null) {
        update(parent, v, len, d, r | GT);
      }
    }
    if (r == LT || r == LE) {
      learnFromGreater(parent, w, v, d, Relations.reverse(r));
    } else {
      learnFromGreater(parent, v, w, d, r);
    }
  }

  private void learnFromGreater(Block parent, Value v, Value w, int d, int r) {
    Relations.Delta dv = Relations.delta(v);
    Relations.Delta dw = Relations.delta(w);
    if (r == GT) {
      // x+1 > w means x >= w, and v > x-1 means v >= x.
      if (dv != null && dv.delta() == 1) {
        update(parent, dv.base(), w, d, GE);
      } else if (dw != null && dw.delta() == -1) {
        update(parent, v, dw.base(), d, GE);
      }
    } else if (r == GE) {
      // x-1 >= w means x > w, and v >= x+1 means v > x, if nothing overflows.
      if (dv != null && dv.delta() == -1) {
        Limit l = limits[dv.base().id];
        if (d == SIGNED ? l.min() > least(v.op) : l.umin() != 0) {
          update(parent, dv.base(), w, d, GT);
        }
      } else if (dw != null && dw.delta() == 1) {
        Limit l = limits[dw.base().id];
        if (d == SIGNED
            ? l.max() < greatest(w.op)
            : Long.compareUnsigned(l.umax(), greatestUnsigned(w.op)) < 0) {
          update(parent, v, dw.base(), d, GT);
        }
      }
    }
    if ((r == GT || r == GE) && dv != null && d == SIGNED) {
      learnOfBase(parent, v, w, r, dv.base(), dv.delta());
    }
    if (Relations.isCleanExtension(v)) {
      boolean signed = v.arg(0).type.isSigned();
      if (d == SIGNED ? signed : !signed) {
        update(parent, v.arg(0), w, d, r);
      }
    }
    if (Relations.isCleanExtension(w)) {
      boolean signed = w.arg(0).type.isSigned();
      if (d == SIGNED ? signed : !signed) {
        update(parent, v, w.arg(0), d, r);
      }
    }
  }

  // The extremes are known for sums and differences of 32 and 64 bits only.

  private static long least(Op op) {
    return switch (op) {
      case ADD64, SUB64 -> Long.MIN_VALUE;
      case ADD32, SUB32 -> Integer.MIN_VALUE;
      default -> 0;
    };
  }

  private static long greatest(Op op) {
    return switch (op) {
      case ADD64, SUB64 -> Long.MAX_VALUE;
      case ADD32, SUB32 -> Integer.MAX_VALUE;
      default -> 0;
    };
  }

  private static long greatestUnsigned(Op op) {
    return switch (op) {
      case ADD64, SUB64 -> -1;
      case ADD32, SUB32 -> 0xffff_ffffL;
      default -> 0;
    };
  }

  /** What {@code x + delta > w}, or {@code >=}, says of x. */
  private void learnOfBase(Block parent, Value v, Value w, int r, Value x, long delta) {
    boolean underflow = true;
    if (delta < 0) {
      long min = limits[x.id].min();
      if ((x.type.size() == 8 && min >= Long.MIN_VALUE - delta)
          || (x.type.size() == 4 && min >= Integer.MIN_VALUE - delta)) {
        underflow = false;
      }
    }
    if (delta < 0 && !underflow) {
      update(parent, x, v, SIGNED, GT);
    }
    if (!w.isIntConst()) {
      if (delta < 0 && !underflow) {
        update(parent, x, w, SIGNED, r);
      }
      return;
    }
    int shift = 64 - 8 * (int) x.type.size();
    long min = (w.auxInt - delta) << shift >> shift;
    long max = ((Long.MAX_VALUE >> shift) - delta) << shift >> shift;
    if (min < max) {
      signed(x, r == GT ? min + 1 : min, max);
      return;
    }
    // x + delta wraps around: x is above min or not above max; one of them may be impossible.
    Limit l = limits[x.id];
    if (l.max() <= min) {
      if ((r & EQ) == 0 || l.max() < min) {
        signedMax(x, max);
      }
    } else if (l.min() > max) {
      signedMin(x, r == GT ? min + 1 : min);
    }
  }

  /** Marks the state to come back to. */
  public void checkpoint() {
    if (contradiction) {
      contradictionDepth++;
    }
    limitStack.add(MARK);
    signedOrder.checkpoint();
    unsignedOrder.checkpoint();
    orderingStack.add(0);
  }

  /** Forgets what was learnt since the last checkpoint. */
  public void restore() {
    if (contradictionDepth > 0) {
      contradictionDepth--;
    } else {
      contradiction = false;
    }
    while (true) {
      OldLimit old = limitStack.removeLast();
      if (old.value == 0) {
        break;
      }
      limits[old.value] = old.limit;
    }
    signedOrder.restore();
    unsignedOrder.restore();
    while (true) {
      int id = orderingStack.removeLast();
      if (id == 0) {
        break;
      }
      Ordering o = orderings[id];
      orderings[id] = o == null ? null : o.next;
    }
  }

  /** Learns the outcome of the branch at the end of a block; see {@link Branches}. */
  public void addBranch(Block b, int branch) {
    Value c = b.control(0);
    if (branch == Branches.NEGATIVE) {
      setBool(c, false);
    } else if (branch == Branches.POSITIVE) {
      setBool(c, true);
    } else {
      long val = (long) branch - Branches.JUMP_TABLE;
      Relations.Delta x = Relations.delta(c);
      if (x != null) {
        newLimit(x.base(), Limit.of(val - x.delta()));
      } else {
        newLimit(c, Limit.of(val));
      }
    }
  }
}
