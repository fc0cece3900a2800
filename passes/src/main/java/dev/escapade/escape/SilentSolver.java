package dev.escapade.escape;

import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what {@link Solver} finds, for those who do not ask why. One walk for each location takes a
 * time that grows with the square of the batch, and batches of thousands of functions exist. What
 * the walks come to does not depend on their order, so all roots that let the same be concluded are
 * taken together, and what walks still remain turn back where nothing new is ahead.
 *
 * <p>For each attribute there is the least number of dereferences on the way from a location to any
 * that has the attribute ({@link #nearest}); what follows from the attribute follows from this
 * number. Apart from what escapes, only two kinds of locations outlive others:
 *
 * <ul>
 *   <li>Results. A parameter tells the results of its own function apart, and counts all others as
 *       heap. Where results of two functions have been at least as near, one of the two is another
 *       function's for every parameter ahead; so a walk turns back there, for a way to the heap
 *       that is no longer makes one to a result pointless ({@link Leaks#optimize}).
 *   <li>Variables outside of a loop or of a closure. They are walked from only if there is
 *       something in such a loop or closure that is still to be decided.
 * </ul>
 *
 * <p>Every walk turns back where the heap is as near, and where results of two functions are.
 */
final class SilentSolver {
  /** As far away as nothing that is there. */
  private static final int FAR = Integer.MAX_VALUE;

  /** The attributes, by their number. */
  private static final int[] ATTRS = {
    Location.ESCAPES, Location.PERSISTS, Location.MUTATES, Location.CALLS
  };

  private static final int HEAP = 0;
  private static final int PERSISTS = 1;
  private static final int MUTATES = 2;
  private static final int CALLS = 3;

  private final Graph graph;
  private final Batches batches;
  private final int maxResultTags;

  /** For each attribute and location the dereferences on the way to one that has it. */
  private final int[][] nearest = new int[ATTRS.length][];

  /** For each attribute the locations from which {@link #nearest} is yet to be spread. */
  private final LocationQueue[] changed = new LocationQueue[ATTRS.length];

  /** For each location a bit for each queue of {@link #changed} that it is in. */
  private final byte[] isChanged;

  // For each location two different functions whose results it reaches, and how near.
  private final @Nullable Func[] nearFunc;
  private final int[] nearFuncDerefs;
  private final @Nullable Func[] otherFunc;
  private final int[] otherFuncDerefs;

  /** Results of closures that turned out to be as good as leaked. */
  private final LocationQueue lost = new LocationQueue(2);

  private final LocationQueue reached = new LocationQueue(16);
  private int walk;

  SilentSolver(Graph graph, Batches batches) {
    this.graph = graph;
    this.batches = batches;
    maxResultTags = graph.unit.release().escape().maxResultTags();
    int count = 0;
    for (Location l : graph.locations) {
      l.index = count++;
    }
    for (Location l : List.of(graph.mutator, graph.callee, graph.heap)) {
      l.index = count++;
    }
    for (int attr = 0; attr < ATTRS.length; attr++) {
      nearest[attr] = new int[count];
      Arrays.fill(nearest[attr], FAR);
      changed[attr] = new LocationQueue(16);
    }
    isChanged = new byte[count];
    nearFunc = new @Nullable Func[count];
    nearFuncDerefs = new int[count];
    otherFunc = new @Nullable Func[count];
    otherFuncDerefs = new int[count];
  }

  /** Sets the attributes and leaks of all locations. */
  void solve() {
    List<Location> locations = graph.locations;
    gain(graph.heap, graph.heap.attrs);
    gain(graph.mutator, graph.mutator.attrs);
    gain(graph.callee, graph.callee.attrs);
    for (int i = 0; i < locations.size(); i++) {
      gain(locations.get(i), locations.get(i).attrs);
    }
    spread();
    for (int i = 0; i < locations.size(); i++) {
      if (locations.get(i).isResult) {
        walkFrom(locations.get(i));
      }
    }
    walkFromLost();
    Undecided undecided = new Undecided(locations);
    for (int i = 0; i < locations.size(); i++) {
      Location l = locations.get(i);
      if (!l.isResult && undecided.isOutlivedBy(l)) {
        walkFrom(l);
      }
    }
    walkFromLost();
  }

  private void walkFromLost() {
    while (!lost.isEmpty()) {
      walkFrom(lost.removeFirst());
    }
  }

  // ---- attributes

  private void gain(Location l, int attrs) {
    l.attrs |= attrs;
    for (int attr = 0; attr < ATTRS.length; attr++) {
      if ((attrs & ATTRS[attr]) != 0) {
        reach(attr, l, 0);
      }
    }
    for (Name result : batches.loseResults(l)) {
      lost.addLast(graph.locationOf(result));
    }
  }

  private void escapes(Location l) {
    if (!l.has(Location.ESCAPES)) {
      gain(l, Graph.ALL_ATTRS);
    }
  }

  /** There is a way of {@code derefs} dereferences from {@code l} to one that has an attribute. */
  private void reach(int attr, Location l, int derefs) {
    int[] least = nearest[attr];
    if (least[l.index] <= derefs) {
      return;
    }
    least[l.index] = derefs;
    int bit = 1 << attr;
    if ((isChanged[l.index] & bit) == 0) {
      isChanged[l.index] |= (byte) bit;
      changed[attr].addLast(l);
    }
    int value = Math.max(0, derefs);
    switch (attr) {
      case HEAP -> {
        if (derefs < 0) {
          escapes(l);
        }
        if (l.isParam) {
          l.leaks = Leaks.add(l.leaks, Leaks.HEAP, value);
        }
      }
      case PERSISTS -> {
        if (derefs < 0) {
          l.attrs |= Location.PERSISTS;
        }
      }
      case MUTATES, CALLS -> {
        if (value == 0 && !l.has(ATTRS[attr])) {
          gain(l, ATTRS[attr]);
        }
        if (l.isParam) {
          l.leaks = Leaks.add(l.leaks, attr == MUTATES ? Leaks.MUTATOR : Leaks.CALLEE, value);
        }
      }
      default -> throw new IllegalArgumentException("attribute " + attr);
    }
  }

  private void spread() {
    boolean isDone;
    do {
      isDone = true;
      for (int attr = 0; attr < ATTRS.length; attr++) {
        LocationQueue queue = changed[attr];
        while (!queue.isEmpty()) {
          isDone = false;
          spread(attr, queue.removeFirst());
        }
      }
    } while (!isDone);
  }

  private void spread(int attr, Location l) {
    isChanged[l.index] &= (byte) ~(1 << attr);
    int base = Math.max(0, nearest[attr][l.index]);
    for (int i = 0; i < l.edgeCount; i++) {
      Location source = l.edgeSources[i];
      if (!source.has(Location.ESCAPES)) {
        reach(attr, source, base + l.edgeDerefs[i]);
      }
    }
  }

  // ---- walks

  /** Finds what {@code root} outlives of what flows to it, attributes apart. */
  private void walkFrom(Location root) {
    if (root.has(Location.ESCAPES) || root.edgeCount == 0) {
      return;
    }
    Func func = root.isResult ? root.func : null;
    boolean outlivesAll = func != null && (func.closure == null || func.isClosureResultsLost());
    walk++;
    root.walk = walk;
    root.derefs = 0;
    reached.addLast(root);
    while (!reached.isEmpty()) {
      Location l = reached.removeFirst();
      l.queuedInWalk = 0;
      if (l.has(Location.ESCAPES) || isCovered(l, l.derefs) || !conclude(root, l)) {
        continue;
      }
      if (func != null && outlivesAll) {
        reachResult(func, l, l.derefs);
      }
      followEdges(l);
    }
    spread();
  }

  /** Concludes from the way from {@code l}; reports whether to go on with what flows there. */
  private boolean conclude(Location root, Location l) {
    if ((l.derefs < 0 || l.isParam) && root.outlives(l)) {
      if (l.derefs < 0) {
        escapes(l);
        return false;
      }
      l.leakTo(root, l.derefs, maxResultTags);
    }
    return true;
  }

  private void followEdges(Location l) {
    int base = Math.max(0, l.derefs);
    for (int i = 0; i < l.edgeCount; i++) {
      Location source = l.edgeSources[i];
      int derefs = base + l.edgeDerefs[i];
      if (source.walk != walk || source.derefs > derefs) {
        source.walk = walk;
        source.derefs = derefs;
        if (source.queuedInWalk != walk) {
          source.queuedInWalk = walk;
          reached.addLast(source);
        }
      }
    }
  }

  /** Reports whether all that a way on from {@code l} could tell is known. */
  private boolean isCovered(Location l, int derefs) {
    int i = l.index;
    return nearest[HEAP][i] <= derefs
        || (otherFunc[i] != null && nearFuncDerefs[i] <= derefs && otherFuncDerefs[i] <= derefs);
  }

  /** A result of {@code func}, which outlives everything, is reached from {@code l}. */
  private void reachResult(Func func, Location l, int derefs) {
    int i = l.index;
    if (nearFunc[i] == null || nearFunc[i] == func) {
      boolean isNearer = nearFunc[i] == null || derefs < nearFuncDerefs[i];
      nearFunc[i] = func;
      nearFuncDerefs[i] = isNearer ? derefs : nearFuncDerefs[i];
    } else if (otherFunc[i] == null || otherFunc[i] == func) {
      boolean isNearer = otherFunc[i] == null || derefs < otherFuncDerefs[i];
      otherFunc[i] = func;
      otherFuncDerefs[i] = isNearer ? derefs : otherFuncDerefs[i];
    } else if (nearFuncDerefs[i] > otherFuncDerefs[i]) {
      if (derefs < nearFuncDerefs[i]) {
        nearFunc[i] = func;
        nearFuncDerefs[i] = derefs;
      }
    } else if (derefs < otherFuncDerefs[i]) {
      otherFunc[i] = func;
      otherFuncDerefs[i] = derefs;
    }
  }

  /** The locations in loops and closures of which it may still turn out that they are outlived. */
  private static final class Undecided {
    /** The depth of the innermost loop in which a function has one. */
    private final IdentityHashMap<Func, Integer> deepest = new IdentityHashMap<>();

    /** The functions around closures that have one. */
    private final Set<Func> around = Collections.newSetFromMap(new IdentityHashMap<>());

    Undecided(List<Location> locations) {
      for (int i = 0; i < locations.size(); i++) {
        Location l = locations.get(i);
        if (l.isParam) {
          addUnlessDecided(l);
        }
        for (int e = 0; e < l.edgeCount; e++) {
          if (l.edgeDerefs[e] < 0) {
            addUnlessDecided(l.edgeSources[e]);
          }
        }
      }
    }

    private void addUnlessDecided(Location l) {
      Func func = l.func;
      if (l.has(Location.ESCAPES) || func == null) {
        return;
      }
      deepest.merge(func, l.loopDepth, Math::max);
      if (func.closure != null) {
        Func f = func.closureParent;
        while (f != null && around.add(f)) {
          f = f.closureParent;
        }
      }
    }

    boolean isOutlivedBy(Location l) {
      Func func = l.func;
      return func != null && (deepest.getOrDefault(func, 0) > l.loopDepth || around.contains(func));
    }
  }
}
