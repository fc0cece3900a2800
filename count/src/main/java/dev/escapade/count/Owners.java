package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.count.alloc.Values;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whom a buffer, map or object belongs to: somebody who keeps it for the next call, as a
 * package's variable, a pool, or the code around a benchmark's loop; or the caller, who knows. What
 * grows and is kept has grown enough after some calls.
 */
final class Owners {
  private static final Set<String> POOL = Set.of("sync.(*Pool).Get");
  private static final Set<String> PUT = Set.of("sync.(*Pool).Put");
  private static final int MAX_STEPS = 24;
  private static final int MAX_DEPTH = 3;

  /** What is assigned to each variable; made when it is needed. */
  private @Nullable IdentityHashMap<Name, List<Node>> assigned;

  /** The variables that start with their zero value, but results of inlined calls. */
  private final Set<Name> zeroed = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The variables that are put somewhere else, or returned; made when it is needed. */
  private @Nullable Set<Name> stored;

  private final Unit unit;
  private final Func fn;
  private final Values values;
  private final List<Name> params;

  /** The variables that are declared within the benchmark's loop that is read; null outside. */
  private @Nullable Set<Name> roundLocals;

  Owners(Unit unit, Func fn, Values values) {
    this.unit = unit;
    this.fn = fn;
    this.values = values;
    params = Unit.params(fn);
  }

  /**
   * Starts with the body of a benchmark's loop.
   *
   * @return what {@link #leave} takes
   */
  @Nullable Set<Name> enter(List<Node> body) {
    Set<Name> outer = roundLocals;
    Set<Name> locals = Collections.newSetFromMap(new IdentityHashMap<>());
    Visit.visitList(
        body,
        n -> {
          if (n instanceof DclStmt d) {
            locals.add(d.x);
          }
        });
    roundLocals = locals;
    return outer;
  }

  /** Ends with the body of a benchmark's loop. */
  void leave(@Nullable Set<Name> outer) {
    roundLocals = outer;
  }

  /** The owner of {@code n}: {@link Val#KEPT}, a parameter, or {@link Val#ANY}. */
  Val of(Node n) {
    return of(n, 0);
  }

  private Val of(Node n, int depth) {
    Node root = root(n);
    return switch (root) {
      case Name name -> of(name, depth);
      case CallExpr c when Reservations.calls(c, POOL) -> Val.KEPT;
      case CallExpr c when c.fun != null && Ir.staticCalleeName(c.fun) != null -> {
        Name callee = Ir.staticCalleeName(c.fun);
        if (callee == null) {
          yield Val.ANY;
        }
        List<Val> owners = new ArrayList<>();
        for (Node arg : c.args) {
          owners.add(depth > MAX_DEPTH ? Val.ANY : of(arg, depth + 1));
        }
        yield new Val.ResultOf(unit.linkName(callee.sym), List.copyOf(owners));
      }
      case null, default -> Val.ANY;
    };
  }

  private Val of(Name name, int depth) {
    Name n = name.canonical();
    if (n.storage == StorageClass.EXTERN) {
      return Val.KEPT;
    }
    int param = params.indexOf(n);
    if (param >= 0) {
      return values.param(param, n.sym.name());
    }
    if (roundLocals != null && !roundLocals.contains(n)) {
      return n.curfn != fn || n.storage == StorageClass.AUTO ? Val.KEPT : Val.ANY;
    }
    return depth > MAX_DEPTH || n.isAddrtaken() || n.curfn != fn ? Val.ANY : joined(n, depth);
  }

  /** The owner of all that is assigned to a variable, if there is one. */
  private Val joined(Name n, int depth) {
    Val owner = null;
    if (Spots.isSlice(n) && (!stored().contains(n) || startsNil(n))) {
      return Val.ANY; // What it grows to is lost, or it grows from nothing each time.
    }
    for (Node y : assigned().getOrDefault(n, List.of())) {
      Node root = root(y);
      if (y instanceof NilExpr || (root instanceof Name same && same.canonical() == n)) {
        continue;
      }
      if (isNew(y)) {
        continue;
      }
      Val v = of(y, depth + 1);
      if (v.equals(Val.ANY) || (owner != null && !owner.equals(v))) {
        return Val.ANY;
      }
      owner = v;
    }
    return owner == null ? Val.ANY : owner;
  }

  /** What is made anew where nothing could be taken is kept like what could. */
  private static boolean isNew(Node y) {
    return (y instanceof UnaryExpr u && u.op() == Op.NEW)
        || (y instanceof AddrExpr a && a.op() == Op.PTRLIT)
        || y instanceof MakeExpr;
  }

  /** The owner of some of what is assigned to a variable. */
  Val some(Name name) {
    Name n = name.canonical();
    if (n.storage != StorageClass.AUTO || n.curfn != fn) {
      return Val.ANY;
    }
    for (Node y : assigned().getOrDefault(n, List.of())) {
      if (!isNew(y) && !(y instanceof NilExpr)) {
        Val v = of(y);
        if (!v.equals(Val.ANY)) {
          return v;
        }
      }
    }
    return Val.ANY;
  }

  private IdentityHashMap<Name, List<Node>> assigned() {
    if (assigned == null) {
      IdentityHashMap<Name, List<Node>> map = new IdentityHashMap<>();
      Visit.visitList(
          fn.body,
          s -> {
            switch (s) {
              case AssignStmt a when a.x instanceof Name x && a.y != null -> note(map, x, a.y);
              case AssignStmt a when a.x instanceof Name x && !x.sym.name().startsWith("~") ->
                  zeroed.add(x.canonical());
              case AssignListStmt a when a.op() == Op.AS2 -> {
                for (int i = 0; i < a.lhs.size() && i < a.rhs.size(); i++) {
                  if (a.lhs.get(i) instanceof Name x) {
                    note(map, x, a.rhs.get(i));
                  }
                }
              }
              case AssignListStmt a -> {
                for (int i = 0; i < a.lhs.size(); i++) {
                  if (a.lhs.get(i) instanceof Name x) {
                    note(map, x, i == 0 ? a.rhs.get(0) : a);
                  }
                }
              }
              case RangeStmt r -> {
                if (r.value instanceof Name x) {
                  note(map, x, r.x);
                }
              }
              default -> {}
            }
          });
      assigned = map;
    }
    return assigned;
  }

  /** Reports whether a variable may be nil because nothing has been assigned to it yet. */
  private boolean startsNil(Name n) {
    for (Node y : assigned().getOrDefault(n, List.of())) {
      if (y instanceof NilExpr) {
        return true;
      }
    }
    return n.storage == StorageClass.PARAMOUT || zeroed.contains(n);
  }

  /**
   * The variables whose values are put where they can be found again: in what is no variable of the
   * function, or in one that is put there; and where a slice is a parameter, in the result.
   */
  private Set<Name> stored() {
    if (stored == null) {
      Set<Name> set = Collections.newSetFromMap(new IdentityHashMap<>());
      ArrayDeque<Name> todo = new ArrayDeque<>();
      Visit.visitList(fn.body, n -> stored(n, todo));
      while (!todo.isEmpty()) {
        Name n = todo.removeLast();
        if (set.add(n)) {
          for (Node y : assigned().getOrDefault(n, List.of())) {
            stored(y, todo, true);
          }
        }
      }
      stored = set;
    }
    return stored;
  }

  private void stored(Node n, ArrayDeque<Name> todo) {
    switch (n) {
      case AssignStmt s when s.x != null && s.y != null -> stored(s.y, todo, isElsewhere(s.x));
      case AssignListStmt s when s.op() == Op.AS2 -> {
        for (int i = 0; i < s.lhs.size() && i < s.rhs.size(); i++) {
          stored(s.rhs.get(i), todo, isElsewhere(s.lhs.get(i)));
        }
      }
      case ReturnStmt s -> s.results.forEach(r -> stored(r, todo, isFromParameter(r)));
      case CallExpr c when Reservations.calls(c, PUT) ->
          c.args.forEach(arg -> stored(arg, todo, true));
      default -> {}
    }
  }

  private static void stored(Node y, ArrayDeque<Name> todo, boolean elsewhere) {
    if (elsewhere && root(y) instanceof Name name) {
      todo.add(name.canonical());
    }
  }

  /** Reports whether what is assigned to is no variable of the function, or one of around it. */
  private boolean isElsewhere(Node x) {
    return !(x instanceof Name name)
        || name.storage == StorageClass.EXTERN
        || name.canonical().curfn != fn
        || (roundLocals != null && !roundLocals.contains(name.canonical()));
  }

  /** Reports whether a slice that is returned may be one that the function got as such. */
  private boolean isFromParameter(Node result) {
    if (!Spots.isSlice(result) || !(root(result) instanceof Name name)) {
      return false;
    }
    Set<Name> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Name> todo = new ArrayDeque<>(List.of(name.canonical()));
    while (!todo.isEmpty()) {
      Name n = todo.removeLast();
      if (params.contains(n) && Spots.isSlice(n)) {
        return true;
      }
      if (seen.add(n)) {
        for (Node y : assigned().getOrDefault(n, List.of())) {
          stored(y, todo, Spots.isSlice(y));
        }
      }
    }
    return false;
  }

  private static void note(IdentityHashMap<Name, List<Node>> map, Name x, Node y) {
    map.computeIfAbsent(x.canonical(), _ -> new ArrayList<>()).add(y);
  }

  /** The variable that {@code n} is a part of, or is reached from; or null. */
  static @Nullable Name variable(Node n) {
    return root(n) instanceof Name name ? name.canonical() : null;
  }

  /** The variable, or the call, that {@code n} is a part of, or is reached from. */
  private static @Nullable Node root(Node n) {
    Node at = n;
    for (int i = 0; i < MAX_STEPS; i++) {
      switch (at) {
        case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> at = s.x;
        case AddrExpr a when a.op() == Op.ADDR -> at = a.x;
        case StarExpr s -> at = s.x;
        case ParenExpr p -> at = p.x;
        case SliceExpr s -> at = s.x;
        case IndexExpr e -> at = e.x;
        case TypeAssertExpr t -> at = t.x;
        case ConvExpr c when c.op() == Op.CONVNOP || c.op() == Op.CONVIFACE -> at = c.x;
        case InlinedCallExpr c when c.returnVars.size() == 1 -> at = c.returnVars.get(0);
        case CallExpr c when c.op() == Op.APPEND -> at = c.args.get(0);
        case Name name -> {
          Node definition = definition(name.canonical());
          if (definition == null) {
            return name;
          }
          at = definition;
        }
        default -> {
          return at;
        }
      }
    }
    return null;
  }

  /** What a variable that is assigned once was taken from. */
  private static @Nullable Node definition(Name n) {
    if (n.storage != StorageClass.AUTO || StaticValues.isReassigned(n)) {
      return null;
    }
    Node y =
        switch (n.defn) {
          case AssignStmt s -> s.y;
          case AssignListStmt s when s.op() == Op.AS2 && s.lhs.contains(n) ->
              s.rhs.get(s.lhs.indexOf(n));
          case AssignListStmt s when s.lhs.get(0) == n -> s.rhs.get(0);
          case null, default -> null;
        };
    return switch (y) {
      case IndexExpr i -> i;
      case AddrExpr a when a.op() == Op.ADDR -> a;
      case Name name -> name;
      case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> s;
      case SliceExpr s -> s;
      case TypeAssertExpr t -> t;
      case InlinedCallExpr c -> c;
      case CallExpr c when c.op() == Op.CALLFUNC -> c;
      case ConvExpr c when c.op() == Op.CONVNOP || c.op() == Op.CONVIFACE -> c;
      case null, default -> null;
    };
  }
}
