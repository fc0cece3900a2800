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
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Visit;
import dev.escapade.unit.StaticValues;
import java.util.ArrayList;
import java.util.Collections;
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
    return !Visit.any(n, x -> x instanceof ForStmt || x instanceof RangeStmt || isJump(x));
  }

  private static boolean isJump(Node n) {
    return n instanceof BranchStmt b && b.op() == Op.GOTO;
  }

  private boolean isPutBack(List<Node> list, int from, Node pool, boolean loop) {
    for (int i = from; i < list.size(); i++) {
      Node n = list.get(i);
      if (n instanceof GoDeferStmt d) {
        if (d.op() == Op.DEFER && !loop && puts(deferred(d), pool)) {
          return true;
        }
      } else if (puts(List.of(n), pool)) {
        return true;
      } else if (mayLeave(n)) {
        return false;
      }
    }
    return false;
  }

  /** What a deferred call does. */
  private static List<Node> deferred(GoDeferStmt d) {
    if (d.call instanceof CallExpr c && c.fun != null && !isPut(c)) {
      if (StaticValues.of(c.fun) instanceof ClosureExpr literal) {
        return literal.func.body;
      }
    }
    return List.of(d.call);
  }

  /** Reports whether one of some statements puts something into a pool, whatever happens. */
  private boolean puts(List<Node> statements, Node pool) {
    for (Node n : statements) {
      CallExpr put = n instanceof CallExpr c && isPut(n) ? c : null;
      if (put != null && isSame(put.args.get(0), pool) && used.add(put)) {
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
