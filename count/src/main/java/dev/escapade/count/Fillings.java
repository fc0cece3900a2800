package dev.escapade.count;

import dev.escapade.count.alloc.Val;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Universe;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ways on which something is made that is kept from then on: those of a cache's misses,
 * of fields that are made when they are first needed, of free lists that are empty. What is looked
 * for is a test of what is kept (an entry of a map, nil, a length or capacity), and on the way of
 * the miss an assignment to what has been tested. What is made if a pool has nothing is put there
 * later, where that is certain.
 */
final class Fillings {
  private final Unit unit;
  private final Owners owners;
  private final PooledGets pooled;

  Fillings(Unit unit, Owners owners, PooledGets pooled) {
    this.unit = unit;
    this.owners = owners;
    this.pooled = pooled;
  }

  /** A test of what is kept: where that is, and whether it is there if the test holds. */
  private record Lookup(Node where, boolean hit) {
    Lookup not() {
      return new Lookup(where, !hit);
    }
  }

  /** Whom that belongs to which a way of {@code s} fills; null if it does nothing like that. */
  @Nullable Val filled(IfStmt s, boolean then) {
    List<Node> way = then ? s.body : s.els;
    if (way.isEmpty()) {
      return null;
    }
    Lookup l = lookup(s.cond);
    if (l != null && l.hit != then) {
      Val owner = filledBy(l.where, way);
      if (owner != null) {
        return owner;
      }
    }
    return taken(way);
  }

  /** Whom that belongs to which the statements after {@code s} fill, if {@code s} is a hit. */
  @Nullable Val filledAfter(IfStmt s, List<Node> rest) {
    if (rest.isEmpty() || !s.els.isEmpty() || !isLeft(s.body, rest.getLast())) {
      return null;
    }
    Lookup l = lookup(s.cond);
    return l == null || !l.hit ? null : filledBy(l.where, rest);
  }

  /** Reports whether some statements end with a return, or a jump to the end of an inlined body. */
  private static boolean isLeft(List<Node> body, Node end) {
    return !body.isEmpty()
        && switch (body.getLast()) {
          case ReturnStmt _ -> true;
          case BlockStmt b -> isLeft(b.list, end);
          case BranchStmt b ->
              b.op() == Op.GOTO && end instanceof LabelStmt l && l.label.equals(b.label);
          default -> false;
        };
  }

  private @Nullable Lookup lookup(Node cond) {
    return switch (cond) {
      case ParenExpr p -> lookup(p.x);
      case UnaryExpr u when u.op() == Op.NOT -> {
        Lookup l = lookup(u.x);
        yield l == null ? null : l.not();
      }
      case LogicalExpr l -> {
        Lookup x = lookup(l.x);
        Lookup y = lookup(l.y);
        boolean and = l.op() == Op.ANDAND;
        yield x != null && x.hit == and ? x : y != null && y.hit == and ? y : null;
      }
      case BinaryExpr b -> comparison(b);
      case Name n -> found(n);
      default -> null;
    };
  }

  private @Nullable Lookup comparison(BinaryExpr b) {
    if (b.y instanceof NilExpr && (b.op() == Op.EQ || b.op() == Op.NE)) {
      return new Lookup(source(b.x), b.op() == Op.NE);
    }
    boolean small = b.op() == Op.LT || b.op() == Op.LE || b.op() == Op.EQ;
    if (b.x instanceof UnaryExpr u && (u.op() == Op.CAP || u.op() == Op.LEN)) {
      return new Lookup(u.x, !small);
    }
    if (b.y instanceof UnaryExpr u && (u.op() == Op.CAP || u.op() == Op.LEN)) {
      return new Lookup(u.x, b.op() == Op.LT || b.op() == Op.LE);
    }
    return null;
  }

  /** Where the value of a variable that is assigned once was looked up. */
  private Node source(Node n) {
    if (n instanceof Name name
        && name.canonical().storage == StorageClass.AUTO
        && !StaticValues.isReassigned(name.canonical())) {
      Name v = original(name);
      Node y =
          switch (v.defn) {
            case AssignStmt s -> s.y;
            case AssignListStmt s -> s.lhs.get(0) == v ? s.rhs.get(0) : null;
            case null, default -> null;
          };
      Node where = y == null ? null : container(y);
      return where == null ? n : where;
    }
    Node where = container(n);
    return where == null ? n : where;
  }

  /** The temporary variable that a variable is a copy of, where results are converted. */
  private static Name original(Name n) {
    Name v = n.canonical();
    return v.defn instanceof AssignListStmt s
            && s.op() == Op.AS2
            && s.lhs.contains(v)
            && converted(s.rhs.get(s.lhs.indexOf(v))) instanceof Name tmp
            && tmp.isAutoTemp()
        ? tmp.canonical()
        : v;
  }

  private static Node converted(Node n) {
    return n instanceof ConvExpr c && c.op() == Op.CONVNOP ? c.x : n;
  }

  /** The second result of a look-up. */
  private @Nullable Lookup found(Name n) {
    Name v = original(n);
    if (v.defn instanceof AssignListStmt s && s.lhs.size() == 2 && s.lhs.get(1) == v) {
      Node where = container(s.rhs.get(0));
      return where == null ? null : new Lookup(where, true);
    }
    return null;
  }

  /** The map or variable that is looked at. */
  private @Nullable Node container(Node y) {
    return switch (y) {
      case IndexExpr i when i.op() == Op.INDEXMAP -> i.x;
      case TypeAssertExpr t
          when StaticValues.of(t.x) instanceof CallExpr c && pooled.isReturned(c) ->
          c;
      case CallExpr c when pooled.isReturned(c) -> c;
      case CallExpr c when !c.args.isEmpty() && isCalled(c, "Load") -> c.args.get(0);
      case InlinedCallExpr c when isInlined(c, "Load") -> receiver(c);
      default -> null;
    };
  }

  private static boolean isCalled(CallExpr c, String method) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    return callee != null && isSync(Reservations.name(callee.sym), method);
  }

  private static boolean isSync(String name, String method) {
    return (name.startsWith("sync") || name.startsWith("internal/sync"))
        && name.substring(name.lastIndexOf('.') + 1).contains(method);
  }

  private boolean isInlined(InlinedCallExpr c, String method) {
    return Reservations.isInlined(unit, c, name -> isSync(name, method));
  }

  /** The first argument of a call that was inlined. */
  private static @Nullable Node receiver(InlinedCallExpr c) {
    for (Node i : c.init()) {
      if (i instanceof AssignStmt s && s.y != null) {
        return s.y;
      }
      if (i instanceof AssignListStmt s && s.op() == Op.AS2) {
        return s.rhs.get(0);
      }
    }
    return null;
  }

  private @Nullable Val filledBy(Node where, List<Node> way) {
    if (where instanceof CallExpr c && pooled.isReturned(c)) {
      return Val.KEPT;
    }
    Node place = place(where);
    if (!(place instanceof ExprNode e)
        || e.typeOrNull() == null
        || e.type().unalias() == Universe.ERROR) {
      return null;
    }
    Val owner = owners.of(place);
    if (owner.equals(Val.ANY)) {
      return null;
    }
    return Visit.anyList(way, n -> assigns(n, place)) ? owner : null;
  }

  /** What an address is of. */
  private static Node place(Node n) {
    Node at = n;
    while (true) {
      switch (at) {
        case ParenExpr p -> at = p.x;
        case AddrExpr a when a.op() == Op.ADDR -> at = a.x;
        default -> {
          return at;
        }
      }
    }
  }

  private boolean assigns(Node n, Node place) {
    return switch (n) {
      case AssignStmt s -> s.x != null && isSame(s.x, place);
      case AssignListStmt s -> s.lhs.stream().anyMatch(x -> x != null && isSame(x, place));
      case CallExpr c ->
          !c.args.isEmpty()
              && (isCalled(c, "Store") || isCalled(c, "Swap"))
              && isSame(c.args.get(0), place);
      case InlinedCallExpr c when isInlined(c, "Store") || isInlined(c, "Swap") -> {
        Node receiver = receiver(c);
        yield receiver != null && isSame(receiver, place);
      }
      default -> false;
    };
  }

  /** Reports whether {@code x} is {@code place}, or an element of it, and no variable of here. */
  private static boolean isSame(Node x, Node place) {
    Node at = place(x);
    if (at instanceof IndexExpr i) {
      at = place(i.x);
    }
    boolean local = at instanceof Name n && n.storage != StorageClass.EXTERN;
    return !local && Ir.isSameSafeExpr(at, place);
  }

  /** Whom a free list belongs to from which a variable is taken that is new on this way. */
  private @Nullable Val taken(List<Node> way) {
    for (Node n : way) {
      if (n instanceof AssignStmt s
          && s.x instanceof Name name
          && s.y instanceof UnaryExpr u
          && u.op() == Op.NEW) {
        Val owner = owners.some(name);
        if (!owner.equals(Val.ANY)) {
          return owner;
        }
      }
    }
    return null;
  }
}
