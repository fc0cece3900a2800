package dev.escapade.escape;

import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.StorageClass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place that stores values: a variable, what an expression allocates, or one of the {@link
 * Graph}'s own. Belongs to one batch; the graph adds edges, the {@link Solver} changes attributes.
 */
final class Location {
  /** It must be on the heap. */
  static final int ESCAPES = 1;

  /** Its storage is needed after the statement that it is in. */
  static final int PERSISTS = 1 << 1;

  /** What its value points to may be written to. */
  static final int MUTATES = 1 << 2;

  /** Closures reachable from it may be called without anyone tracking their results. */
  static final int CALLS = 1 << 3;

  private static final Location[] NO_SOURCES = {};
  private static final int[] NO_DEREFS = {};
  private static final @Nullable Note[] NO_NOTES = {};

  /** The variable or expression, if any. */
  final @Nullable Node node;

  /** The function around it; null for the graph's own locations. */
  final @Nullable Func func;

  /** The number of loops around its declaration, from 1; 0 outside of any function. */
  int loopDepth;

  /** For a result its index from 1, otherwise 0. */
  int resultIndex;

  int attrs;

  /** Where this parameter's value flows ({@link Leaks}). */
  long leaks = Leaks.NONE;

  final boolean isParam;
  final boolean isResult;

  /** Whether a closure captures this variable. */
  boolean captured;

  /** Whether this variable is assigned to other than by its declaration. */
  boolean reassigned;

  /** Whether this variable's address is taken. */
  boolean addrTaken;

  // Incoming edges.
  int edgeCount;
  Location[] edgeSources = NO_SOURCES;
  int[] edgeDerefs = NO_DEREFS;
  @Nullable Note[] edgeNotes = NO_NOTES;

  /** The number that a {@link SilentSolver} gives it, by which its tables are indexed. */
  int index;

  // The state of the walk that reached this location last.

  /** The walk. */
  int walk;

  /** The least number of dereferences from here to the walk's root, at least -1. */
  int derefs;

  /** The next location on the way to the root. */
  @Nullable Location next;

  /** The edge of {@link #next} that leads here. */
  int nextEdge;

  /** The walk in whose queue this is, or 0. */
  int queuedInWalk;

  /** Whether this waits to be the root of a walk. */
  boolean queued;

  Location(@Nullable Node node, @Nullable Func func, int loopDepth, int attrs) {
    this.node = node;
    this.func = func;
    this.loopDepth = loopDepth;
    this.attrs = attrs;
    isParam = node instanceof Name n && n.storage == StorageClass.PARAM;
    isResult = node instanceof Name n && n.storage == StorageClass.PARAMOUT;
  }

  boolean has(int attr) {
    return (attrs & attr) != 0;
  }

  /**
   * Reports whether what is stored here may outlive {@code other} if that were on the stack. The
   * graph's own locations outlive nothing, but for the heap, which outlives everything.
   */
  boolean outlives(Location other) {
    if (has(ESCAPES)) {
      return true;
    }
    Func otherFunc = other.func;
    if (func == null || otherFunc == null) {
      return false;
    }
    if (isResult) {
      // Callers may do anything with a result. Only of a closure all of whose calls are known may
      // a result refer to variables around it.
      return !otherFunc.containsClosure(func) || func.isClosureResultsLost();
    }
    // Declared outside of a loop that makes a new one of the other in each iteration, or around
    // the function whose frame the other is in.
    return (func == otherFunc && loopDepth < other.loopDepth) || func.containsClosure(otherFunc);
  }

  void addEdge(Location source, int derefs, @Nullable Note notes) {
    if (edgeCount == edgeSources.length) {
      int capacity = edgeCount == 0 ? 2 : 2 * edgeCount;
      edgeSources = Arrays.copyOf(edgeSources, capacity);
      edgeDerefs = Arrays.copyOf(edgeDerefs, capacity);
      edgeNotes = Arrays.copyOf(edgeNotes, capacity);
    }
    edgeSources[edgeCount] = source;
    edgeDerefs[edgeCount] = derefs;
    edgeNotes[edgeCount] = notes;
    edgeCount++;
  }

  /**
   * Records that this parameter's value flows to {@code sink} after {@code derefs} dereferences: a
   * leak to a result if its function returns it and the tag has room, otherwise to the heap.
   */
  void leakTo(Location sink, int derefs, int maxResultTags) {
    if (!sink.has(ESCAPES) && sink.isResult && sink.func == func) {
      int result = sink.resultIndex - 1;
      if (result < maxResultTags) {
        leaks = Leaks.add(leaks, Leaks.RESULT_0 + result, derefs);
        return;
      }
    }
    leaks = Leaks.add(leaks, Leaks.HEAP, derefs);
  }
}
