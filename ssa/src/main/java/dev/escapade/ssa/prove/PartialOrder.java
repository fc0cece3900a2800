package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A partial order of values with equalities and inequalities, that can be undone to a checkpoint.
 *
 * <p>Nodes stand for sets of equal values. A node has at most two edges to greater ones, strict or
 * not; one that needs more gets helper nodes. The nodes are a forest of directed acyclic graphs,
 * and the roots are known, so that a search starts at the top of the graph of a node. An order
 * follows if a path leads from one node to the other; it is strict if an edge of the path is.
 */
final class PartialOrder {
  private enum Step {
    CHECKPOINT,
    LEFT,
    RIGHT,
    NON_EQUAL,
    NEW_NODE,
    ALIAS,
    NEW_ROOT,
    CHANGE_ROOT,
    MERGE_ROOT
  }

  /** How to undo one change: the node, and the value, edge or other node that belongs to it. */
  private record Undo(Step step, int node, int other) {}

  private int last;
  private int[] left = new int[16];
  private int[] right = new int[16];
  private final Map<Integer, Integer> nodes = new HashMap<>();
  private final ArrayList<Integer> roots = new ArrayList<>();
  private final Map<Integer, BitSet> nonEqual = new HashMap<>();
  private final ArrayList<Undo> undo = new ArrayList<>();

  // An edge is the number of the node it leads to, twice, and 1 more if it is strict; 0 is none.

  private static int edge(int node, boolean strict) {
    return node << 1 | (strict ? 1 : 0);
  }

  private static int target(int edge) {
    return edge >>> 1;
  }

  private static boolean isStrict(int edge) {
    return (edge & 1) != 0;
  }

  private void push(Step step, int node, int other) {
    undo.add(new Undo(step, node, other));
  }

  private int node(Value v) {
    return nodes.getOrDefault(v.id, 0);
  }

  private int newNode(int value) {
    int i = ++last;
    if (i == left.length) {
      left = Arrays.copyOf(left, 2 * i);
      right = Arrays.copyOf(right, 2 * i);
    }
    if (value != 0) {
      nodes.put(value, i);
    }
    push(Step.NEW_NODE, i, value);
    return i;
  }

  private int newRoot(Value v) {
    int i = newNode(v.id);
    roots.add(i);
    push(Step.NEW_ROOT, i, 0);
    return i;
  }

  private void setLeft(int i, int edge) {
    push(Step.LEFT, i, left[i]);
    left[i] = edge;
  }

  private void setRight(int i, int edge) {
    push(Step.RIGHT, i, right[i]);
    right[i] = edge;
  }

  private void addChild(int i, int j, boolean strict) {
    int l = left[i];
    int r = right[i];
    int e = edge(j, strict);
    if (l == 0) {
      setLeft(i, e);
    } else if (r == 0) {
      setRight(i, e);
    } else {
      int extra = newNode(0);
      boolean odd = ((i ^ j) & 1) != 0; // some balance
      left[extra] = odd ? r : l;
      right[extra] = e;
      if (odd) {
        setRight(i, edge(extra, false));
      } else {
        setLeft(i, edge(extra, false));
      }
    }
  }

  /** Makes {@code i} stand for the values of the nodes {@code others} too. */
  private void alias(int i, BitSet others) {
    for (int n = 0, end = last; n <= end; n++) {
      if (n == i) {
        continue;
      }
      int l = left[n];
      int r = right[n];
      if (others.get(target(l))) {
        setLeft(n, edge(i, isStrict(l)));
      }
      if (others.get(target(r))) {
        setRight(n, edge(i, isStrict(r)));
      }
      if (others.get(n)) {
        if (l != 0 && !others.get(target(l))) {
          addChild(i, target(l), isStrict(l));
        }
        if (r != 0 && !others.get(target(r))) {
          addChild(i, target(r), isStrict(r));
        }
        push(Step.LEFT, n, l);
        push(Step.RIGHT, n, r);
        left[n] = 0;
        right[n] = 0;
      }
    }
    for (Map.Entry<Integer, Integer> e : nodes.entrySet()) {
      int old = e.getValue();
      if (others.get(old)) {
        e.setValue(i);
        push(Step.ALIAS, old, e.getKey());
      }
    }
  }

  private void changeRoot(int from, int to) {
    int k = roots.indexOf(from);
    if (k < 0) {
      throw new IllegalStateException("no root: " + from);
    }
    roots.set(k, to);
  }

  /**
   * Whether a path leads from {@code i} to {@code j}; with {@code strict}, one with a strict edge.
   */
  private boolean reaches(int i, int j, boolean strict) {
    BitSet closed = new BitSet();
    ArrayList<Integer> open = new ArrayList<>();
    open.add(i);
    if (strict) {
      ArrayList<Integer> next = new ArrayList<>();
      while (!open.isEmpty()) {
        int n = open.removeLast();
        if (!closed.get(n)) {
          closed.set(n);
          follow(left[n], open, next);
          follow(right[n], open, next);
        }
      }
      open = next;
      closed.clear();
    }
    while (!open.isEmpty()) {
      int n = open.removeLast();
      if (!closed.get(n)) {
        if (n == j) {
          return true;
        }
        closed.set(n);
        follow(left[n], open, open);
        follow(right[n], open, open);
      }
    }
    return false;
  }

  private static void follow(int e, List<Integer> plain, List<Integer> strict) {
    if (e != 0) {
      (isStrict(e) ? strict : plain).add(target(e));
    }
  }

  private int findRoot(int i) {
    for (int r : roots) {
      if (reaches(r, i, false)) {
        return r;
      }
    }
    throw new IllegalStateException("no root of " + i);
  }

  private void mergeRoots(int i, int j) {
    int r1 = findRoot(i);
    int r2 = findRoot(j);
    if (r1 == r2) {
      return;
    }
    int r = newNode(0);
    left[r] = edge(r1, false);
    right[r] = edge(r2, false);
    changeRoot(r1, r);
    roots.remove(Integer.valueOf(r2));
    push(Step.MERGE_ROOT, r, 0);
  }

  /**
   * Makes all nodes on paths from {@code i} to {@code j} one; false if one of the edges is strict.
   */
  private boolean collapse(int i, int j) {
    if (reaches(i, j, true)) {
      return false;
    }
    BitSet path = new BitSet();
    path.set(j);
    findPaths(i, j, new BitSet(), path);
    path.clear(i);
    alias(i, path);
    return true;
  }

  private void findPaths(int i, int j, BitSet seen, BitSet path) {
    if (i == j) {
      return;
    }
    seen.set(i);
    int l = target(left[i]);
    int r = target(right[i]);
    if (!seen.get(l)) {
      findPaths(l, j, seen, path);
    }
    if (!seen.get(r)) {
      findPaths(r, j, seen, path);
    }
    if (path.get(l) || path.get(r)) {
      path.set(i);
    }
  }

  private boolean isNonEqual(int i, int j) {
    BitSet s = i == j ? null : nonEqual.get(Math.max(i, j));
    return s != null && s.get(Math.min(i, j));
  }

  private void noteNonEqual(Value v, Value w) {
    int i = node(v);
    if (i == 0) {
      i = newRoot(v);
    }
    int j = node(w);
    if (j == 0) {
      j = newRoot(w);
    }
    int hi = Math.max(i, j);
    int lo = Math.min(i, j);
    BitSet s = nonEqual.computeIfAbsent(hi, _ -> new BitSet());
    if (!s.get(lo)) {
      s.set(lo);
      push(Step.NON_EQUAL, lo, hi);
    }
  }

  /** Whether {@code v <= w} is known. */
  boolean isOrderedOrEqual(Value v, Value w) {
    int i = node(v);
    int j = node(w);
    return i != 0 && j != 0 && (i == j || reaches(i, j, false));
  }

  /** Whether {@code v == w} is known. */
  boolean isEqual(Value v, Value w) {
    int i = node(v);
    return i != 0 && i == node(w);
  }

  /** Notes that {@code v < w}, or {@code v <= w}; false if that contradicts what is known. */
  boolean setOrder(Value v, Value w, boolean strictly) {
    int i = node(v);
    int j = node(w);
    boolean strict = strictly;
    if (i == 0 && j == 0) {
      i = newNode(v.id);
      j = newNode(w.id);
      roots.add(i);
      push(Step.NEW_ROOT, i, 0);
      addChild(i, j, strict);
      return true;
    }
    if (j == 0) {
      addChild(i, newNode(w.id), strict);
      return true;
    }
    if (i == 0) {
      i = newNode(v.id);
      if (roots.contains(j)) {
        changeRoot(j, i);
        push(Step.CHANGE_ROOT, i, edge(j, strict));
        addChild(i, j, strict);
        return true;
      }
      int r = findRoot(j);
      int extra = newNode(0);
      changeRoot(r, extra);
      push(Step.CHANGE_ROOT, extra, edge(r, false));
      addChild(extra, r, false);
      addChild(extra, i, false);
      addChild(i, j, strict);
      return true;
    }
    if (i == j) {
      return !strict;
    }
    strict |= isNonEqual(i, j);
    if (reaches(i, j, false)) {
      if (strict && !reaches(i, j, true)) {
        addChild(i, j, true);
      }
      return true;
    }
    if (reaches(j, i, false)) {
      return !strict && collapse(j, i);
    }
    mergeRoots(i, j);
    addChild(i, j, strict);
    return true;
  }

  /** Notes that {@code v == w}; false if that contradicts what is known. */
  boolean setEqual(Value v, Value w) {
    int i = node(v);
    int j = node(w);
    if (i == 0 && j == 0) {
      aliasNew(newRoot(v), w);
    } else if (j == 0) {
      aliasNew(i, w);
    } else if (i == 0) {
      aliasNew(j, v);
    } else {
      if (i == j) {
        return true;
      }
      if (isNonEqual(i, j)) {
        return false;
      }
      if (reaches(i, j, false)) {
        return collapse(i, j);
      }
      if (reaches(j, i, false)) {
        return collapse(j, i);
      }
      mergeRoots(i, j);
      BitSet other = new BitSet();
      other.set(j);
      alias(i, other);
    }
    return true;
  }

  private void aliasNew(int i, Value v) {
    nodes.put(v.id, i);
    push(Step.ALIAS, 0, v.id);
  }

  /** Notes that {@code v != w}; false if that contradicts what is known. */
  boolean setNonEqual(Value v, Value w) {
    int i = node(v);
    int j = node(w);
    if (i == 0 || j == 0) {
      noteNonEqual(v, w);
      return true;
    }
    if (isNonEqual(i, j)) {
      return true;
    }
    if (i == j) {
      return false;
    }
    noteNonEqual(v, w);
    if (reaches(i, j, false) && !reaches(i, j, true)) {
      addChild(i, j, true);
    }
    if (reaches(j, i, false) && !reaches(j, i, true)) {
      addChild(j, i, true);
    }
    return true;
  }

  void checkpoint() {
    push(Step.CHECKPOINT, 0, 0);
  }

  /** Forgets all since the last checkpoint. */
  void restore() {
    while (true) {
      Undo u = undo.removeLast();
      int i = u.node;
      switch (u.step) {
        case CHECKPOINT -> {
          return;
        }
        case LEFT -> left[i] = u.other;
        case RIGHT -> right[i] = u.other;
        case NON_EQUAL -> {
          BitSet s = nonEqual.get(u.other);
          if (s != null) {
            s.clear(i);
          }
        }
        case NEW_NODE -> {
          if (u.other != 0) {
            nodes.remove(u.other);
          }
          left[i] = 0;
          right[i] = 0;
          last--;
        }
        case ALIAS -> {
          if (i == 0) {
            nodes.remove(u.other);
          } else {
            nodes.put(u.other, i);
          }
        }
        case NEW_ROOT -> roots.remove(Integer.valueOf(i));
        case CHANGE_ROOT -> changeRoot(i, target(u.other));
        case MERGE_ROOT -> {
          changeRoot(i, target(left[i]));
          roots.add(target(right[i]));
        }
      }
    }
  }
}
