package dev.escapade.ir;

/**
 * The operation of a {@link Node}. The names are those of {@code cmd/compile/internal/ir} (Go 1.26)
 * without the leading O.
 */
public enum Op {
  XXX("XXX", 0),
  NAME("NAME", 8),
  NONAME("NONAME", 8),
  TYPE("TYPE", 8),
  LITERAL("LITERAL", 8),
  NIL("NIL", 8),
  ADD("+", 5),
  SUB("-", 5),
  OR("|", 5),
  XOR("^", 5),
  ADDSTR("+", 0),
  ADDR("&", 7),
  ANDAND("&&", 2),
  APPEND("append", 8),
  BYTES2STR("BYTES2STR", 8),
  BYTES2STRTMP("BYTES2STRTMP", 0),
  RUNES2STR("RUNES2STR", 8),
  STR2BYTES("STR2BYTES", 8),
  STR2BYTESTMP("STR2BYTESTMP", 0),
  STR2RUNES("STR2RUNES", 8),
  SLICE2ARR("SLICE2ARR", 8),
  SLICE2ARRPTR("SLICE2ARRPTR", 8),
  AS("=", -1),
  AS2("=", -1),
  AS2DOTTYPE("AS2DOTTYPE", -1),
  AS2FUNC("AS2FUNC", -1),
  AS2MAPR("AS2MAPR", -1),
  AS2RECV("AS2RECV", -1),
  ASOP("ASOP", -1),
  CALL("function call", 8),
  CALLFUNC("CALLFUNC", 8),
  CALLMETH("CALLMETH", 8),
  CALLINTER("CALLINTER", 8),
  CAP("cap", 8),
  CLEAR("clear", 8),
  CLOSE("close", 8),
  CLOSURE("CLOSURE", 0),
  COMPLIT("COMPLIT", 8),
  MAPLIT("MAPLIT", 8),
  STRUCTLIT("STRUCTLIT", 8),
  ARRAYLIT("ARRAYLIT", 8),
  SLICELIT("SLICELIT", 8),
  PTRLIT("PTRLIT", 0),
  CONV("CONV", 8),
  CONVIFACE("CONVIFACE", 8),
  CONVNOP("CONVNOP", 8),
  COPY("copy", 8),
  DCL("DCL", -1),
  DCLFUNC("DCLFUNC", 0),
  DELETE("delete", 8),
  DOT("DOT", 8),
  DOTPTR("DOTPTR", 8),
  DOTMETH("DOTMETH", 8),
  DOTINTER("DOTINTER", 8),
  XDOT("XDOT", 8),
  DOTTYPE("DOTTYPE", 8),
  DOTTYPE2("DOTTYPE2", 8),
  EQ("==", 4),
  NE("!=", 4),
  LT("<", 4),
  LE("<=", 4),
  GE(">=", 4),
  GT(">", 4),
  DEREF("*", 7),
  INDEX("INDEX", 8),
  INDEXMAP("INDEXMAP", 8),
  KEY("KEY", 0),
  STRUCTKEY("STRUCTKEY", 0),
  LEN("len", 8),
  MAKE("make", 8),
  MAKECHAN("MAKECHAN", 0),
  MAKEMAP("MAKEMAP", 0),
  MAKESLICE("MAKESLICE", 8),
  MAKESLICECOPY("MAKESLICECOPY", 8),
  MUL("*", 6),
  DIV("/", 6),
  MOD("%", 6),
  LSH("<<", 6),
  RSH(">>", 6),
  AND("&", 6),
  ANDNOT("&^", 6),
  NEW("new", 8),
  NOT("!", 7),
  BITNOT("^", 7),
  PLUS("+", 7),
  NEG("-", 7),
  OROR("||", 1),
  PANIC("panic", 8),
  PRINT("print", 8),
  PRINTLN("println", 8),
  PAREN("PAREN", 8),
  SEND("<-", 3),
  SLICE("SLICE", 8),
  SLICEARR("SLICEARR", 8),
  SLICESTR("SLICESTR", 8),
  SLICE3("SLICE3", 8),
  SLICE3ARR("SLICE3ARR", 8),
  SLICEHEADER("SLICEHEADER", 8),
  STRINGHEADER("STRINGHEADER", 8),
  RECOVER("recover", 0),
  RECV("<-", 7),
  RUNESTR("RUNESTR", 8),
  SELRECV2("SELRECV2", 0),
  MIN("min", 8),
  MAX("max", 8),
  REAL("real", 0),
  IMAG("imag", 0),
  COMPLEX("complex", 0),
  UNSAFEADD("unsafe.Add", 8),
  UNSAFESLICE("unsafe.Slice", 8),
  UNSAFESLICEDATA("unsafe.SliceData", 8),
  UNSAFESTRING("unsafe.String", 8),
  UNSAFESTRINGDATA("unsafe.StringData", 8),
  METHEXPR("METHEXPR", 8),
  METHVALUE("METHVALUE", 8),
  BLOCK("BLOCK", -1),
  BREAK("break", -1),
  CASE("case", -1),
  CONTINUE("continue", -1),
  DEFER("defer", -1),
  FALL("fallthrough", -1),
  FOR("for", -1),
  GOTO("goto", -1),
  IF("if", -1),
  LABEL("LABEL", -1),
  GO("GO", -1),
  RANGE("range", -1),
  RETURN("return", -1),
  SELECT("select", -1),
  SWITCH("switch", -1),
  TYPESW("TYPESW", 0),
  INLCALL("INLCALL", 0),
  MAKEFACE("MAKEFACE", 0),
  ITAB("ITAB", 0),
  IDATA("IDATA", 0),
  SPTR("SPTR", 0),
  CFUNC("CFUNC", 0),
  CHECKNIL("CHECKNIL", 0),
  RESULT("RESULT", 0),
  INLMARK("inlmark", 0),
  LINKSYMOFFSET("LINKSYMOFFSET", 0),
  JUMPTABLE("JUMPTABLE", 0),
  INTERFACESWITCH("INTERFACESWITCH", 0),
  MOVE2HEAP("MOVE2HEAP", 0),
  DYNAMICDOTTYPE("DYNAMICDOTTYPE", 0),
  DYNAMICDOTTYPE2("DYNAMICDOTTYPE2", 0),
  DYNAMICTYPE("DYNAMICTYPE", 0),
  TAILCALL("TAILCALL", 0),
  GETG("GETG", 8),
  GETCALLERSP("GETCALLERSP", 0);

  private final String text;
  private final int precedence;

  Op(String text, int precedence) {
    this.text = text;
    this.precedence = precedence;
  }

  /**
   * How tightly the operation binds when printed, 1 to 8; 0 if it is never printed as an operand
   * and -1 for statements.
   */
  public int precedence() {
    return precedence;
  }

  /** Reports whether this compares two values. */
  public boolean isComparison() {
    return switch (this) {
      case EQ, NE, LT, LE, GT, GE -> true;
      default -> false;
    };
  }

  /** Reports whether this slices with a capacity. */
  public boolean isSlice3() {
    return this == SLICE3 || this == SLICE3ARR;
  }

  /** The spelling in Go where there is one, or else the name. */
  @Override
  public String toString() {
    return text;
  }
}
