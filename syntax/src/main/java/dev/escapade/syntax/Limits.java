package dev.escapade.syntax;

/**
 * How deep a syntax tree may be. Go's compiler has no such limit but its stack; here a file beyond
 * the limits gets an error, so that phases which recurse over a tree know the stack they need.
 */
public final class Limits {
  /**
   * The greatest number of productions that may be open inside each other: parentheses, operands,
   * types, blocks, {@code else if}s, composite literals. Real programs stay far below 1,000.
   */
  public static final int MAX_NESTING = 10_000;

  /**
   * The greatest height of a tree. Beyond {@link #MAX_NESTING} it only comes from long chains that
   * lean to the left, {@code a + b + …}, {@code x.f().g()…} and {@code A | B | …}; generated
   * programs have string concatenations of several thousand terms. Whoever recurses into the left
   * operand must expect this depth.
   */
  public static final int MAX_HEIGHT = 100_000;

  /** A stack, in bytes, on which the parser can reach {@link #MAX_NESTING}. */
  public static final long PARSER_STACK_BYTES = 32L << 20;

  /**
   * How many errors of one file are reported; the rest of the file is not looked at. The compiler
   * prints ten unless told otherwise, and no file that a person wrote comes near.
   */
  public static final int MAX_ERRORS = 1_000;

  private Limits() {}
}
