package dev.escapade.types;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes the order in which package variables are initialized and reports initialization cycles
 * (Go spec, "Package initialization"; types2: initorder.go).
 *
 * <p>The dependency graph has a node for each package-level constant, variable and function (and
 * method). Functions are then taken out: a node depends on whatever it reaches through functions
 * alone. Nodes leave the graph one by one, constants first, then by the number of dependencies that
 * have not left, then in source order. A node that leaves while it still has dependencies may be
 * part of a cycle.
 *
 * <p>Taking functions out is done by strongly connected components, with one bit set of reached
 * nodes for each component. Constants whose initialization cannot reach a function or variable (all
 * but a handful in practice) never matter for those sets and are kept out of them.
 */
final class InitOrder {
  /** A constant or variable. */
  private static final class Node {
    final Obj obj;
    final boolean isConst;

    /** The index in bit sets, or -1 for a constant that depends on constants alone. */
    int bit = -1;

    /** The number of dependencies that have not left the graph. */
    int pending;

    final List<Node> consumers = new ArrayList<>();

    Node(Obj obj) {
      this.obj = obj;
      this.isConst = obj instanceof Const;
    }
  }

  /** A function or method, with the state of Tarjan's algorithm. */
  private static final class FuncNode {
    final DeclInfo decl;
    int index = -1;
    int low;
    boolean onStack;
    @Nullable BitSet reached;

    FuncNode(DeclInfo decl) {
      this.decl = decl;
    }
  }

  private static final Comparator<Node> PRIORITY =
      Comparator.<Node>comparingInt(n -> n.isConst ? 0 : 1)
          .thenComparingInt(n -> n.pending)
          .thenComparingInt(n -> n.obj.order());

  private final Checker check;
  private final IdentityHashMap<Obj, Node> nodes = new IdentityHashMap<>();
  private final IdentityHashMap<Obj, FuncNode> funcs = new IdentityHashMap<>();
  private final List<Node> ordered = new ArrayList<>();
  private final List<Node> byBit = new ArrayList<>();
  private final List<FuncNode> stack = new ArrayList<>();
  private int visited;

  InitOrder(Checker check) {
    this.check = check;
  }

  /** Computes the order; cycles are reported. */
  List<Initializer> compute() {
    collectNodes();
    numberNodes();
    linkNodes();
    return emit();
  }

  private void collectNodes() {
    for (Obj obj : check.objList) {
      switch (obj) {
        case Const _, Var _ -> {
          Node n = new Node(obj);
          nodes.put(obj, n);
          ordered.add(n);
        }
        case Func _ -> funcs.put(obj, new FuncNode(check.declInfo(obj)));
        case PkgName _, TypeName _, Label _, Builtin _, Nil _ -> {}
      }
    }
  }

  /** Gives bits to all variables and to the constants that reach a function or variable. */
  private void numberNodes() {
    for (Node n : ordered) {
      if (!n.isConst) {
        number(n);
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Node n : ordered) {
        if (n.bit < 0 && dependsOnMoreThanConstants(n)) {
          number(n);
          changed = true;
        }
      }
    }
  }

  private void number(Node n) {
    n.bit = byBit.size();
    byBit.add(n);
  }

  private boolean dependsOnMoreThanConstants(Node n) {
    for (Obj dep : check.declInfo(n.obj).deps()) {
      Node d = nodes.get(dep);
      if (d != null ? d.bit >= 0 : funcs.containsKey(dep)) {
        return true;
      }
    }
    return false;
  }

  private void linkNodes() {
    for (Node n : ordered) {
      Set<Obj> deps = check.declInfo(n.obj).deps();
      if (deps.isEmpty()) {
        continue;
      }
      BitSet bits = new BitSet();
      for (Obj dep : deps) {
        Node d = nodes.get(dep);
        if (d == null) {
          FuncNode f = funcs.get(dep);
          if (f != null) {
            bits.or(reachedFrom(f));
          }
        } else if (d.bit >= 0) {
          bits.set(d.bit);
        } else {
          link(n, d);
        }
      }
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        link(n, byBit.get(i));
      }
    }
  }

  private static void link(Node from, Node to) {
    from.pending++;
    to.consumers.add(from);
  }

  private BitSet reachedFrom(FuncNode f) {
    if (f.index < 0) {
      visit(f);
    }
    BitSet reached = f.reached;
    if (reached == null) {
      throw new AssertionError("component of a function still open");
    }
    return reached;
  }

  private void visit(FuncNode f) {
    f.index = visited++;
    f.low = f.index;
    f.onStack = true;
    int bottom = stack.size();
    stack.add(f);
    for (Obj dep : f.decl.deps()) {
      FuncNode g = funcs.get(dep);
      if (g == null) {
        continue;
      }
      if (g.index < 0) {
        visit(g);
        f.low = Math.min(f.low, g.low);
      } else if (g.onStack) {
        f.low = Math.min(f.low, g.index);
      }
    }
    if (f.low == f.index) {
      closeComponent(stack.subList(bottom, stack.size()));
    }
  }

  private void closeComponent(List<FuncNode> component) {
    BitSet reached = new BitSet();
    for (FuncNode f : component) {
      f.onStack = false;
      for (Obj dep : f.decl.deps()) {
        Node n = nodes.get(dep);
        if (n != null) {
          if (n.bit >= 0) {
            reached.set(n.bit);
          }
          continue;
        }
        FuncNode g = funcs.get(dep);
        if (g != null && g.reached != null) {
          reached.or(g.reached);
        }
      }
    }
    for (FuncNode f : component) {
      f.reached = reached;
    }
    component.clear();
  }

  private List<Initializer> emit() {
    List<Initializer> order = new ArrayList<>();
    Set<DeclInfo> emitted = new HashSet<>();
    TreeSet<Node> queue = new TreeSet<>(PRIORITY);
    queue.addAll(ordered);
    for (Node n = queue.pollFirst(); n != null; n = queue.pollFirst()) {
      if (n.pending > 0) {
        List<Obj> cycle = findPath(n.obj, n.obj, new HashSet<>());
        if (cycle != null) {
          reportCycle(cycle);
        }
      }
      for (Node consumer : n.consumers) {
        boolean queued = queue.remove(consumer);
        consumer.pending--;
        if (queued) {
          queue.add(consumer);
        }
      }
      if (n.obj instanceof Var v) {
        DeclInfo decl = check.declInfo(v);
        // The variables of "a, b = f()" share one declaration, which is initialized once.
        if (decl.init != null && emitted.add(decl)) {
          order.add(new Initializer(decl.lhs != null ? decl.lhs : List.of(v), decl.init));
        }
      }
    }
    return order;
  }

  /** The way back from {@code to} to what {@code from} depends on, or null if there is none. */
  private @Nullable List<Obj> findPath(Obj from, Obj to, Set<Obj> seen) {
    if (!seen.add(from)) {
      return null;
    }
    List<Obj> deps = new ArrayList<>(check.declInfo(from).deps());
    deps.sort(Comparator.comparingInt(Obj::order));
    for (Obj d : deps) {
      if (d == to) {
        List<Obj> path = new ArrayList<>();
        path.add(d);
        return path;
      }
      List<Obj> path = findPath(d, to, seen);
      if (path != null) {
        path.add(d);
        return path;
      }
    }
    return null;
  }

  private void reportCycle(List<Obj> cycle) {
    Obj obj = cycle.get(0);
    if (cycle.size() == 1) {
      check.errors.errorf(
          obj, Code.INVALID_INIT_CYCLE, "initialization cycle: %s refers to itself", obj.name());
      return;
    }
    ErrorReporter.Report err = check.errors.newError(Code.INVALID_INIT_CYCLE);
    err.addf(obj, "initialization cycle for %s", obj.name());
    for (int i = cycle.size() - 1; i >= 0; i--) {
      Obj next = cycle.get(i);
      err.addf(obj, "%s refers to %s", obj.name(), next.name());
      obj = next;
    }
    err.report();
  }
}
