package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.count.alloc.Values;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Visit;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which slice an expression is, as one that grows: that of a variable or parameter, or of a
 * field of the object that one is or points to. What is appended there in a loop makes the array
 * greater each time by a fourth at least, so that this does not happen often, as long as the slice
 * is the same one: assigned back to where it came from, and never with less room.
 */
final class Spots {
  private static final int MAX_STEPS = 16;

  private final Unit unit;
  private final Func fn;
  private final Values values;
  private final List<Name> params;
  private final IdentityHashMap<Name, Integer> locals = new IdentityHashMap<>();

  /**
   * The results of inlined calls that are assigned to a slice, to that; and the parameters of these
   * calls that get it.
   */
  private final IdentityHashMap<Name, Val> results = new IdentityHashMap<>();

  Spots(Unit unit, Func fn, Values values) {
    this.unit = unit;
    this.fn = fn;
    this.values = values;
    params = Unit.params(fn);
  }

  /** The result of an inlined call is assigned to {@code spot}. */
  void assigned(InlinedCallExpr c, Val spot) {
    if (c.returnVars.size() == 1 && c.returnVars.get(0) instanceof Name r) {
      if (spot instanceof Val.Spot && isSlice(r) && !isTouched(c, spot)) {
        handedOn(c, spot);
      }
      results.put(r.canonical(), spot);
    }
  }

  /** The parameter that gets the slice is the slice, until the result is assigned back to it. */
  private void handedOn(InlinedCallExpr c, Val spot) {
    for (Node i : c.init()) {
      switch (i) {
        case AssignStmt s when s.x != null && s.y != null -> handedOn(s.x, s.y, spot);
        case AssignListStmt s when s.op() == Op.AS2 -> {
          for (int k = 0; k < s.lhs.size() && k < s.rhs.size(); k++) {
            handedOn(s.lhs.get(k), s.rhs.get(k), spot);
          }
        }
        default -> {}
      }
    }
  }

  private void handedOn(Node param, Node arg, Val spot) {
    if (param instanceof Name p
        && isSlice(p)
        && !p.canonical().isAddrtaken()
        && p.canonical().curfn == fn
        && comesFrom(arg, spot)) {
      results.put(p.canonical(), spot);
    }
  }

  /** Reports whether an argument is the slice, or the result of an inlined call that gets it. */
  private boolean comesFrom(Node arg, Val spot) {
    if (!(arg instanceof InlinedCallExpr c)) {
      return of(arg).equals(spot);
    }
    if (c.returnVars.size() != 1 || isTouched(c, spot)) {
      return false;
    }
    for (Node i : c.init()) {
      boolean gets =
          switch (i) {
            case AssignStmt s -> s.y != null && isSlice(s.y) && comesFrom(s.y, spot);
            case AssignListStmt s when s.op() == Op.AS2 ->
                s.rhs.stream().anyMatch(y -> isSlice(y) && comesFrom(y, spot));
            default -> false;
          };
      if (gets) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reports whether the body of an inlined call may assign to the slice itself: by its name, or if
   * it is a field by a call.
   */
  private boolean isTouched(InlinedCallExpr c, Val spot) {
    boolean field = !(spot instanceof Val.Spot s && s.path().isEmpty());
    return Visit.anyList(
        c.body,
        n ->
            switch (n) {
              case AssignStmt s -> s.x != null && isSlice(s.x) && of(s.x).equals(spot);
              case AssignListStmt s ->
                  s.lhs.stream().anyMatch(x -> isSlice(x) && of(x).equals(spot));
              case CallExpr call ->
                  field
                      && (call.op() == Op.CALLFUNC
                          || call.op() == Op.CALLINTER
                          || call.op() == Op.CALLMETH);
              default -> false;
            });
  }

  static boolean isSlice(Node n) {
    Type t = n instanceof ExprNode e ? e.typeOrNull() : null;
    return t != null && t.underlying() instanceof Slice;
  }

  private static boolean isPointer(Node n) {
    Type t = n instanceof ExprNode e ? e.typeOrNull() : null;
    return t != null && t.underlying() instanceof Pointer;
  }

  /** The slice or object that {@code n} is; {@link Val#ANY} if it has no name. */
  Val of(Node n) {
    StringBuilder path = new StringBuilder();
    boolean followed = false;
    Node at = n;
    for (int i = 0; i < MAX_STEPS; i++) {
      switch (at) {
        case ParenExpr p -> at = p.x;
        case ConvExpr c when c.op() == Op.CONVNOP -> at = c.x;
        case AddrExpr a when a.op() == Op.ADDR -> at = a.x;
        case StarExpr s when s.x instanceof Name -> at = s.x;
        case SliceExpr s when keepsRoom(s) -> at = s.x;
        case SelectorExpr s when s.op() == Op.DOT -> {
          path.insert(0, "." + s.sel.name());
          at = s.x;
        }
        case SelectorExpr s when s.op() == Op.DOTPTR -> {
          if (followed) {
            return Val.ANY;
          }
          path.insert(0, "." + s.sel.name());
          followed = true;
          at = s.x;
        }
        case CallExpr c when c.op() == Op.APPEND -> at = c.args.get(0);
        case CallExpr c -> {
          return path.isEmpty() ? call(c) : Val.ANY;
        }
        case InlinedCallExpr c when c.returnVars.size() == 1 -> at = c.returnVars.get(0);
        case Name name -> {
          Name v = name.canonical();
          Val result = results.get(v);
          if (result != null && path.isEmpty()) {
            return result;
          }
          Node alias = alias(v);
          if (alias == null) {
            return spot(v, path.toString());
          }
          at = alias;
        }
        default -> {
          return Val.ANY;
        }
      }
    }
    return Val.ANY;
  }

  /** Reports whether a slice of a slice has the same room as it has. */
  private static boolean keepsRoom(SliceExpr s) {
    return isSlice(s.x)
        && s.max == null
        && (s.low == null || (ConstantInts.isSmall(s.low) && ConstantInts.value(s.low) == 0));
  }

  private Val call(CallExpr c) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    if (callee == null) {
      return Val.ANY;
    }
    List<Val> args = new ArrayList<>();
    for (Node arg : c.args) {
      args.add(isSlice(arg) ? of(arg) : Val.ANY);
    }
    return new Val.SameAs(unit.linkName(callee.sym), List.copyOf(args));
  }

  /** Reports whether {@code n} is a variable that stands for another one. */
  boolean isAlias(Node n) {
    return n instanceof Name name && alias(name.canonical()) != null;
  }

  /** Reports whether {@code n} is such a result, or a parameter that stands for the slice. */
  boolean isResult(Name n) {
    return results.containsKey(n.canonical());
  }

  /** The slice that is assigned to; {@link Val#KEPT} if it is no variable of the function. */
  Val target(Node x) {
    Val spot = of(x);
    boolean local = x instanceof Name n && n.storage != StorageClass.EXTERN;
    return spot.equals(Val.ANY) && !local ? Val.KEPT : spot;
  }

  /** Reports whether what has grown gets to where it can be found the next time. */
  static boolean isBack(Val spot, Val target) {
    return target.equals(Val.KEPT)
        || (!target.equals(Val.ANY) && target.equals(spot))
        || (target instanceof Val.Spot s && !s.path().isEmpty());
  }

  /** The slice that a result is, or the first that a call gets whose result is returned. */
  Val returned(Node result) {
    Val spot = of(result);
    Val first = Val.ANY;
    if (spot instanceof Val.SameAs s) {
      first = first(s.args());
    } else if (result instanceof InlinedCallExpr c) {
      List<Val> args = new ArrayList<>();
      for (Node n : c.init()) {
        switch (n) {
          case AssignStmt s when s.y != null && isSlice(s.y) -> args.add(of(s.y));
          case AssignListStmt s when s.op() == Op.AS2 -> {
            for (Node y : s.rhs) {
              args.add(isSlice(y) ? of(y) : Val.ANY);
            }
          }
          default -> {}
        }
      }
      first = first(args);
    }
    return !first.equals(Val.ANY) ? first : spot.equals(Val.ANY) ? Val.KEPT : spot;
  }

  private static Val first(List<Val> args) {
    for (Val arg : args) {
      if (arg instanceof Val.Spot) {
        return arg;
      }
    }
    return Val.ANY;
  }

  private Val spot(Name v, String path) {
    int param = params.indexOf(v);
    if (param >= 0) {
      return new Val.Spot(values.param(param, v.sym.name()), path);
    }
    if (v.curfn != fn || (v.storage != StorageClass.AUTO && v.storage != StorageClass.PARAMOUT)) {
      return Val.ANY;
    }
    return new Val.Spot(new Val.Local(locals.computeIfAbsent(v, _ -> locals.size())), path);
  }

  /** What a variable that is assigned once points to, or is a copy of. */
  private @Nullable Node alias(Name v) {
    if (v.storage != StorageClass.AUTO || v.curfn != fn || StaticValues.isReassigned(v)) {
      return null;
    }
    Node y =
        switch (v.defn) {
          case AssignStmt s -> s.y;
          case AssignListStmt s when s.op() == Op.AS2 && s.lhs.contains(v) ->
              s.rhs.get(s.lhs.indexOf(v));
          case null, default -> null;
        };
    return switch (y) {
      case AddrExpr a when a.op() == Op.ADDR -> a;
      case Name name when isPointer(v) || isSlice(v) -> name;
      case SliceExpr s when keepsRoom(s) -> s;
      case SelectorExpr s when isSlice(v) && (s.op() == Op.DOT || s.op() == Op.DOTPTR) -> s;
      case ConvExpr c when c.op() == Op.CONVNOP -> c;
      case null, default -> null;
    };
  }
}
