package dev.escapade.types;

/**
 * The predeclared functions, those of package unsafe, and two for tests of the checker itself.
 * Functions of package unsafe have upper case names.
 */
public enum BuiltinId {
  APPEND("append", 1, true, ExprKind.EXPRESSION),
  CAP("cap", 1, false, ExprKind.EXPRESSION),
  CLEAR("clear", 1, false, ExprKind.STATEMENT),
  CLOSE("close", 1, false, ExprKind.STATEMENT),
  COMPLEX("complex", 2, false, ExprKind.EXPRESSION),
  COPY("copy", 2, false, ExprKind.STATEMENT),
  DELETE("delete", 2, false, ExprKind.STATEMENT),
  IMAG("imag", 1, false, ExprKind.EXPRESSION),
  LEN("len", 1, false, ExprKind.EXPRESSION),
  MAKE("make", 1, true, ExprKind.EXPRESSION),
  MAX("max", 1, true, ExprKind.EXPRESSION),
  MIN("min", 1, true, ExprKind.EXPRESSION),
  NEW("new", 1, false, ExprKind.EXPRESSION),
  PANIC("panic", 1, false, ExprKind.STATEMENT),
  PRINT("print", 0, true, ExprKind.STATEMENT),
  PRINTLN("println", 0, true, ExprKind.STATEMENT),
  REAL("real", 1, false, ExprKind.EXPRESSION),
  RECOVER("recover", 0, false, ExprKind.STATEMENT),

  ADD("Add", 2, false, ExprKind.EXPRESSION),
  ALIGNOF("Alignof", 1, false, ExprKind.EXPRESSION),
  OFFSETOF("Offsetof", 1, false, ExprKind.EXPRESSION),
  SIZEOF("Sizeof", 1, false, ExprKind.EXPRESSION),
  SLICE("Slice", 2, false, ExprKind.EXPRESSION),
  SLICE_DATA("SliceData", 1, false, ExprKind.EXPRESSION),
  STRING("String", 2, false, ExprKind.EXPRESSION),
  STRING_DATA("StringData", 1, false, ExprKind.EXPRESSION),

  /** Only in the universe of tests. */
  ASSERT("assert", 1, false, ExprKind.STATEMENT),
  /** Only in the universe of tests. */
  TRACE("trace", 0, true, ExprKind.STATEMENT);

  private final String goName;
  private final int nargs;
  private final boolean variadic;
  private final ExprKind kind;

  BuiltinId(String goName, int nargs, boolean variadic, ExprKind kind) {
    this.goName = goName;
    this.nargs = nargs;
    this.variadic = variadic;
    this.kind = kind;
  }

  /** The name in Go, without package. */
  public String goName() {
    return goName;
  }

  /** The number of arguments, at least if {@link #variadic}. */
  public int nargs() {
    return nargs;
  }

  public boolean variadic() {
    return variadic;
  }

  /** How a call may be used. */
  public ExprKind kind() {
    return kind;
  }

  /** Reports whether the function belongs to package unsafe. */
  public boolean isUnsafe() {
    return Character.isUpperCase(goName.charAt(0));
  }
}
