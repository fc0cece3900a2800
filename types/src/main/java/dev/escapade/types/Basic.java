package dev.escapade.types;

/**
 * A predeclared or untyped basic type. There is one object per kind, and two more for the names
 * {@code byte} and {@code rune}.
 */
public final class Basic extends Type {
  /** Properties of a basic type, combined by "or". */
  public static final int IS_BOOLEAN = 1;

  public static final int IS_INTEGER = 1 << 1;
  public static final int IS_UNSIGNED = 1 << 2;
  public static final int IS_FLOAT = 1 << 3;
  public static final int IS_COMPLEX = 1 << 4;
  public static final int IS_STRING = 1 << 5;
  public static final int IS_UNTYPED = 1 << 6;
  public static final int IS_ORDERED = IS_INTEGER | IS_FLOAT | IS_STRING;
  public static final int IS_NUMERIC = IS_INTEGER | IS_FLOAT | IS_COMPLEX;
  public static final int IS_CONST_TYPE = IS_BOOLEAN | IS_NUMERIC | IS_STRING;

  /** The type of what is wrong; errors about it have been reported. */
  public static final Basic INVALID = new Basic(BasicKind.INVALID, 0, "invalid type");

  public static final Basic BOOL = new Basic(BasicKind.BOOL, IS_BOOLEAN, "bool");
  public static final Basic INT = new Basic(BasicKind.INT, IS_INTEGER, "int");
  public static final Basic INT8 = new Basic(BasicKind.INT8, IS_INTEGER, "int8");
  public static final Basic INT16 = new Basic(BasicKind.INT16, IS_INTEGER, "int16");
  public static final Basic INT32 = new Basic(BasicKind.INT32, IS_INTEGER, "int32");
  public static final Basic INT64 = new Basic(BasicKind.INT64, IS_INTEGER, "int64");
  public static final Basic UINT = new Basic(BasicKind.UINT, IS_INTEGER | IS_UNSIGNED, "uint");
  public static final Basic UINT8 = new Basic(BasicKind.UINT8, IS_INTEGER | IS_UNSIGNED, "uint8");
  public static final Basic UINT16 =
      new Basic(BasicKind.UINT16, IS_INTEGER | IS_UNSIGNED, "uint16");
  public static final Basic UINT32 =
      new Basic(BasicKind.UINT32, IS_INTEGER | IS_UNSIGNED, "uint32");
  public static final Basic UINT64 =
      new Basic(BasicKind.UINT64, IS_INTEGER | IS_UNSIGNED, "uint64");
  public static final Basic UINTPTR =
      new Basic(BasicKind.UINTPTR, IS_INTEGER | IS_UNSIGNED, "uintptr");
  public static final Basic FLOAT32 = new Basic(BasicKind.FLOAT32, IS_FLOAT, "float32");
  public static final Basic FLOAT64 = new Basic(BasicKind.FLOAT64, IS_FLOAT, "float64");
  public static final Basic COMPLEX64 = new Basic(BasicKind.COMPLEX64, IS_COMPLEX, "complex64");
  public static final Basic COMPLEX128 = new Basic(BasicKind.COMPLEX128, IS_COMPLEX, "complex128");
  public static final Basic STRING = new Basic(BasicKind.STRING, IS_STRING, "string");
  public static final Basic UNSAFE_POINTER = new Basic(BasicKind.UNSAFE_POINTER, 0, "Pointer");

  public static final Basic UNTYPED_BOOL =
      new Basic(BasicKind.UNTYPED_BOOL, IS_BOOLEAN | IS_UNTYPED, "untyped bool");
  public static final Basic UNTYPED_INT =
      new Basic(BasicKind.UNTYPED_INT, IS_INTEGER | IS_UNTYPED, "untyped int");
  public static final Basic UNTYPED_RUNE =
      new Basic(BasicKind.UNTYPED_RUNE, IS_INTEGER | IS_UNTYPED, "untyped rune");
  public static final Basic UNTYPED_FLOAT =
      new Basic(BasicKind.UNTYPED_FLOAT, IS_FLOAT | IS_UNTYPED, "untyped float");
  public static final Basic UNTYPED_COMPLEX =
      new Basic(BasicKind.UNTYPED_COMPLEX, IS_COMPLEX | IS_UNTYPED, "untyped complex");
  public static final Basic UNTYPED_STRING =
      new Basic(BasicKind.UNTYPED_STRING, IS_STRING | IS_UNTYPED, "untyped string");
  public static final Basic UNTYPED_NIL =
      new Basic(BasicKind.UNTYPED_NIL, IS_UNTYPED, "untyped nil");

  /** {@code uint8} under its other name. */
  public static final Basic BYTE = new Basic(BasicKind.UINT8, IS_INTEGER | IS_UNSIGNED, "byte");

  /** {@code int32} under its other name. */
  public static final Basic RUNE = new Basic(BasicKind.INT32, IS_INTEGER, "rune");

  private final BasicKind kind;
  private final int info;
  private final String name;

  private Basic(BasicKind kind, int info, String name) {
    this.kind = kind;
    this.info = info;
    this.name = name;
  }

  public BasicKind kind() {
    return kind;
  }

  /** The properties of this type, a combination of the {@code IS_} constants. */
  public int info() {
    return info;
  }

  /** Reports whether the type has one of the properties of {@code mask}. */
  public boolean is(int mask) {
    return (info & mask) != 0;
  }

  public String name() {
    return name;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
