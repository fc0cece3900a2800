package dev.escapade.decisions;

import org.jspecify.annotations.Nullable;

/**
 * One decision of the middle end. Texts of expressions, functions and types are spelled as the
 * compiler spells them.
 */
public sealed interface Decision {
  /**
   * The outermost place: for code that was inlined, the place of the outermost call
   * (dev.escapade.diag.SourceMap).
   */
  int pos();

  // Inlining.

  /**
   * {@code function} may be inlined.
   *
   * @param form its type and body, or null below {@code -m=2}
   */
  record CanInline(int pos, String function, int cost, @Nullable String form) implements Decision {}

  /** {@code function} may not be inlined; recorded from {@code -m=2}. */
  record CannotInline(int pos, String function, String reason) implements Decision {}

  /** A call of {@code callee} in {@code caller} closes a cycle that was inlined once already. */
  record RepeatedCycle(int pos, String callee, String caller) implements Decision {}

  /** {@code function} is so large that little is inlined into it; recorded from {@code -m=2}. */
  record BigFunction(int pos, String function) implements Decision {}

  /** The call at {@code pos} is replaced by the body of {@code callee}. */
  record InliningCall(int pos, String callee) implements Decision {}

  // Devirtualization.

  /**
   * The interface method call {@code method} becomes one of a method of {@code type}.
   *
   * @param partially whether that method is again one of an interface (an embedded field)
   */
  record Devirtualizing(int pos, String method, String type, boolean partially)
      implements Decision {}

  /** Why a call whose receiver's type is known stays dynamic. */
  enum ShapeObstacle {
    /** The type of the receiver depends on a type parameter. */
    RECEIVER,
    /** The interface depends on a type parameter. */
    INTERFACE
  }

  /** The {@code call} stays dynamic though its receiver's {@code type} is known. */
  record CannotDevirtualize(int pos, String call, ShapeObstacle obstacle, String type)
      implements Decision {}

  /** A method of a type parameter is called through the interface that its argument is. */
  record ImpreciseInterfaceCall(int pos) implements Decision {}

  // Benchmark loops.

  /**
   * A value in the body of a {@code b.Loop()} loop is kept alive, or (for an assignment of a form
   * that the pass does not know) is not.
   *
   * @param what the beginning of the message, as {@code "dereference"}
   */
  record KeptAlive(int pos, String what, boolean known) implements Decision {}

  // Escape analysis.

  /** A statement that stores a part of an object back into the same object is ignored. */
  record SelfAssignment(int pos, String function, String statement) implements Decision {}

  /**
   * How a closure refers to a variable around it; recorded from {@code -m=2}.
   *
   * @param function the function that declares the variable
   */
  record Capturing(
      int pos,
      String function,
      boolean byValue,
      String variable,
      boolean addrTaken,
      boolean assigned,
      long widthBytes)
      implements Decision {}

  /** Why {@code subject} escapes; recorded from {@code -m=2}. */
  record EscapePath(int pos, String subject, String function, FlowPath path) implements Decision {}

  /**
   * Why a parameter leaks; recorded from {@code -m=2}.
   *
   * @param sink where to, as {@link FlowStep#destination}
   */
  record LeakPath(
      int pos, String parameter, String sink, String function, int derefs, FlowPath path)
      implements Decision {}

  /** A variable is allocated on the heap. */
  record MovedToHeap(int pos, String variable) implements Decision {}

  /** What an expression allocates is on the heap. */
  record EscapesToHeap(int pos, String subject) implements Decision {}

  /** What an expression allocates, or a parameter refers to, does not outlive the call. */
  record DoesNotEscape(int pos, String subject) implements Decision {}

  /** A parameter flows to the heap. */
  record LeakingParam(int pos, String parameter) implements Decision {}

  /** What a parameter points to flows to the heap. */
  record LeakingParamContent(int pos, String parameter) implements Decision {}

  /** A parameter, or what it points to after {@code level} dereferences, flows to a result. */
  record LeakingParamToResult(int pos, String parameter, String result, int level)
      implements Decision {}

  /** A parameter of a function without body is taken to be a pointer in disguise. */
  record UnsafeUintptr(int pos, String parameter) implements Decision {}

  /** A parameter of a {@code //go:uintptrescapes} function. */
  record EscapingUintptr(int pos, String parameter, boolean variadic) implements Decision {}

  /** The bytes of a string are used in place. */
  record ZeroCopyConversion(int pos) implements Decision {}

  // Lowering.

  /** An index is in range whatever its value; seen while lowering. */
  record BoundsCheckElided(int pos) implements Decision {}
}
