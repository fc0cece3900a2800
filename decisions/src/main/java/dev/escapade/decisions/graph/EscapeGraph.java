package dev.escapade.decisions.graph;

import dev.escapade.diag.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The escape graph of one batch: functions that call each other, and the closures within them.
 *
 * <p>All positions are places in the files themselves, whatever line directives say; columns count
 * bytes from 1. {@link Position#UNKNOWN} is the place of what the compiler made up.
 *
 * @param functions those of the batch, in the order of the analysis
 * @param locations the id of each is its index
 * @param edges the assignments, the id of each being its index
 * @param paths how locations escape or leak, in the order in which that was found
 */
public record EscapeGraph(
    List<Function> functions, List<Location> locations, List<Edge> edges, List<Path> paths) {
  public EscapeGraph {
    functions = List.copyOf(functions);
    locations = List.copyOf(locations);
    edges = List.copyOf(edges);
    paths = List.copyOf(paths);
  }

  /**
   * A function.
   *
   * @param name without the package, as {@code (*T).M} or {@code F.func1}
   * @param pos where it begins
   * @param end its closing brace
   * @param isWrapper whether the compiler made it to call another
   */
  public record Function(String name, Position pos, Position end, boolean isWrapper) {}

  /** What a location is. */
  public enum Kind {
    /** All that is on the heap, and global variables. */
    HEAP,
    /** The target of every store through a pointer. */
    MUTATOR,
    /** The callee of every unknown call. */
    CALLEE,
    /** A parameter or receiver. */
    PARAMETER,
    /** A result parameter. */
    RESULT,
    /** A local variable. */
    VARIABLE,
    /** What an expression allocates. */
    ALLOCATION,
    /** A value without a variable. */
    TEMPORARY
  }

  /** What the analysis found of a location; the compiler's own attributes. */
  public enum Attribute {
    /** It must be on the heap. */
    ESCAPES,
    /** Its storage is needed after the statement that it is in. */
    PERSISTS,
    /** What its value points to may be written to. */
    MUTATES,
    /** Closures reachable from it may be called by code that is not known. */
    CALLS
  }

  /** Where a location lives. */
  public enum Verdict {
    HEAP,
    STACK,
    /** There is nothing to decide. */
    NONE
  }

  /** Where a parameter's value flows. */
  public enum Sink {
    HEAP,
    MUTATOR,
    CALLEE,
    RESULT
  }

  /**
   * A parameter's tag: what callers know of it.
   *
   * @param result the name of the result for {@link Sink#RESULT}, otherwise empty
   * @param derefs the least number of dereferences on the way, at least 0
   */
  public record Leak(Sink sink, String result, int derefs) {}

  /**
   * A place that stores values.
   *
   * @param name the variable, or the text of the expression
   * @param operation the operation of an {@link Kind#ALLOCATION}, as {@code MAKESLICE}
   *     (cmd/compile/internal/ir), otherwise empty
   * @param type the type of the variable or expression; may be empty
   * @param function the index of the function around it, or -1
   * @param loopDepth the number of loops around its declaration, from 1; 0 outside of functions and
   *     for what no loop renews
   * @param pos where it is in that function
   * @param origin where it was written, if a call that was inlined brought it there, otherwise null
   * @param leaks of a parameter, where it flows
   */
  public record Location(
      Kind kind,
      String name,
      String operation,
      String type,
      int function,
      int loopDepth,
      Position pos,
      @Nullable Position origin,
      List<Attribute> attributes,
      Verdict verdict,
      boolean isAddrTaken,
      boolean isReassigned,
      List<Leak> leaks) {
    public Location {
      attributes = List.copyOf(attributes);
      leaks = List.copyOf(leaks);
    }
  }

  /**
   * What in the source brings an assignment about.
   *
   * @param where the text of the expression or statement
   * @param why what it does, as {@code "address-of"}
   */
  public record Note(String where, String why, Position pos) {}

  /**
   * The assignment of {@code source}'s value to {@code target}.
   *
   * @param derefs the number of dereferences of the source; -1 when its address is taken
   * @param isSettled whether this is the address of something that flows to what was on the heap
   *     already: the source escapes without further search
   * @param notes from the inside out
   */
  public record Edge(int source, int target, int derefs, boolean isSettled, List<Note> notes) {
    public Edge {
      if (derefs < -1) {
        throw new IllegalArgumentException("derefs: " + derefs);
      }
      notes = List.copyOf(notes);
    }
  }

  /** What a path shows. */
  public enum Outcome {
    /** The address of the location reaches the root: the location is put on the heap. */
    ESCAPES,
    /** The value of the parameter reaches the root. */
    LEAKS
  }

  /** Why the root outlives the location. */
  public enum Reason {
    /** The root is on the heap. */
    HEAP,
    /** The root is returned. */
    RETURNED,
    /** The root is declared outside of a loop around the location. */
    LOOP,
    /** The root is declared in a function around that of the location. */
    ENCLOSING_FUNCTION
  }

  /**
   * The shortest way from a location to a root that outlives it, at the moment that decided.
   *
   * @param derefs the dereferences on the way, summed up with 0 as the lower bound before each step
   * @param edges from the location on
   * @param isTruncated whether the rest is missing because the compiler's links run in a cycle
   */
  public record Path(
      Outcome outcome,
      int location,
      int root,
      int derefs,
      Reason reason,
      List<Integer> edges,
      boolean isTruncated) {
    public Path {
      edges = List.copyOf(edges);
    }
  }
}
