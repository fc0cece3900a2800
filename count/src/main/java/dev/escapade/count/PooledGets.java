package dev.escapade.count;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.Visit;
import dev.escapade.unit.StaticValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects that a function takes out of a pool and puts back before it returns, whatever
 * happens: the pool has as many as before, and need not make one the next time.
 */
final class PooledGets {
  private static final Set<String> GET = Set.of("sync.(*Pool).Get", "sync.Pool.Get");
  private static final Set<String> PUT = Set.of("sync.(*Pool).Put", "sync.Pool.Put");

  /** So many functions are looked into that may put something back. */
  private static final int MAX_DEPTH = 2;

  private final Set<Node> returned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> used = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Looks for pools in {@code fn}. */
  PooledGets(Func fn) {
    if (Visit.anyList(fn.body, PooledGets::isGet)) {
      statements(fn.body, false);
    }
  }

  /** Reports whether what a call takes out of a pool is put back. */
  boolean isReturned(CallExpr c) {
    return returned.contains(c);
  }

  private static boolean isGet(Node n) {
    return n instanceof CallExpr c && isCall(c, GET, "Get");
  }

  private static boolean isPut(Node n) {
    return n instanceof CallExpr c && isCall(c, PUT, "Put");
  }

  private static boolean isCall(CallExpr c, Set<String> names, String method) {
    Name callee = c.fun == null ? null : Ir.staticCalleeName(c.fun);
    return callee != null
        && callee.sym.name().endsWith(method)
        && !c.args.isEmpty()
        && names.contains(Reservations.name(callee.sym));
  }

  private void statements(List<Node> list, boolean loop) {
    for (int i = 0; i < list.size(); i++) {
      Node n = list.get(i);
      switch (n) {
        case BlockStmt s -> statements(s.list, loop);
        case IfStmt s -> {
          statements(s.body, loop);
          statements(s.els, loop);
        }
        case ForStmt s -> statements(s.body, true);
        case RangeStmt s -> statements(s.body, true);
        case SwitchStmt s -> {
          for (CaseClause c : s.cases) {
            statements(c.body, loop);
          }
        }
        case SelectStmt s -> {
          for (CommClause c : s.cases) {
            statements(c.body, loop);
          }
        }
        default -> plain(list, i, loop);
      }
    }
  }

  private void plain(List<Node> list, int i, boolean loop) {
    List<CallExpr> gets = new ArrayList<>();
    if (!isSteady(list.get(i))) {
      return;
    }
    Visit.any(
        list.get(i),
        n -> {
          if (n instanceof CallExpr c && isGet(n)) {
            gets.add(c);
          }
          return false;
        });
    for (CallExpr get : gets) {
      if (isPutBack(list, i + 1, get.args.get(0), loop)) {
        returned.add(get);
      }
    }
  }

  /** Reports whether a statement runs what is in it once at most. */
  private static boolean isSteady(Node n) {
    Set<Sym> passed = new HashSet<>();
    return !Visit.any(
        n,
        x -> {
          if (x instanceof LabelStmt l) {
            passed.add(l.label);
          }
          return x instanceof ForStmt
              || x instanceof RangeStmt
              || (x instanceof BranchStmt b && b.label != null && passed.contains(b.label));
        });
  }

  private boolean isPutBack(List<Node> list, int from, Node pool, boolean loop) {
    for (int i = from; i < list.size(); i++) {
      Node n = list.get(i);
      if (n instanceof GoDeferStmt d) {
        if (d.op() == Op.DEFER && !loop && puts(d.call, pool, 0) && used.add(d)) {
          return true;
        }
      } else if (puts(n, pool, 0) && used.add(n)) {
        return true;
      } else if (mayLeave(n)) {
        return false;
      }
    }
    return false;
  }

  /** Reports whether a call puts something into a pool, or what is called does so. */
  private static boolean puts(Node n, Node pool, int depth) {
    return depth <= MAX_DEPTH
        && switch (n) {
          case CallExpr c when isPut(c) -> isSame(c.args.get(0), pool);
          case CallExpr c when c.fun != null -> putsAny(body(c.fun), pool, depth + 1);
          case InlinedCallExpr c -> putsAny(c.body, pool, depth + 1);
          default -> false;
        };
  }

  /** What a function does, if it is known here. */
  private static List<Node> body(Node fun) {
    Node f = StaticValues.of(fun);
    Name callee = Ir.staticCalleeName(f);
    Func called =
        f instanceof ClosureExpr literal ? literal.func : callee == null ? null : callee.func;
    return called == null ? List.of() : called.body;
  }

  /** Reports whether one of some statements puts something into a pool, whatever happens. */
  private static boolean putsAny(List<Node> statements, Node pool, int depth) {
    for (Node n : statements) {
      if (puts(n, pool, depth)) {
        return true;
      }
      if (n instanceof GoDeferStmt || mayLeave(n)) {
        return false;
      }
    }
    return false;
  }

  /** Reports whether a statement may end what it stands in, other than by a panic. */
  private static boolean mayLeave(Node n) {
    return Visit.any(n, x -> x instanceof ReturnStmt || x instanceof BranchStmt);
  }

  /** Reports whether two expressions are the same pool, which is a package's variable. */
  private static boolean isSame(Node a, Node b) {
    Name x = root(a);
    return x != null && x == root(b) && Ir.isSameSafeExpr(path(a), path(b));
  }

  private static Node path(Node n) {
    Node at = StaticValues.of(n);
    return at instanceof AddrExpr a ? a.x : at;
  }

  private static @Nullable Name root(Node pool) {
    Node at = path(pool);
    while (at instanceof SelectorExpr s && (s.op() == Op.DOT || s.op() == Op.DOTPTR)) {
      at = s.x;
    }
    return at instanceof Name n && n.storage == StorageClass.EXTERN ? n : null;
  }
}
