package dev.escapade.release;

import java.util.Set;

/**
 * The functions whose calls the inliner knows (cmd/compile/internal/inline, hairyVisitor, Go 1.26).
 */
public final class SpecialCalls {
  /** How a call counts. */
  public enum Kind {
    /** As any other. */
    ORDINARY,
    /** As a node, without the surcharge of a call. */
    CHEAP,
    /** As runtime.throw. */
    THROW,
    /** The caller cannot be inlined: it asks for its own frame. */
    NEEDS_FRAME,
    /** The caller cannot be inlined: it defers in a range over a function. */
    DEFERS_IN_RANGE
  }

  private static final String BUILTINS = "go.runtime";

  private static final Set<String> BYTE_ORDER_METHODS =
      Set.of(
          "littleEndian.Uint64",
          "littleEndian.Uint32",
          "littleEndian.Uint16",
          "bigEndian.Uint64",
          "bigEndian.Uint32",
          "bigEndian.Uint16",
          "littleEndian.PutUint64",
          "littleEndian.PutUint32",
          "littleEndian.PutUint16",
          "bigEndian.PutUint64",
          "bigEndian.PutUint32",
          "bigEndian.PutUint16",
          "littleEndian.AppendUint64",
          "littleEndian.AppendUint32",
          "littleEndian.AppendUint16",
          "bigEndian.AppendUint64",
          "bigEndian.AppendUint32",
          "bigEndian.AppendUint16");

  private static final Set<String> BYTE_ORDER_FUNCTIONS =
      Set.of(
          "LEUint64",
          "LEUint32",
          "LEUint16",
          "BEUint64",
          "BEUint32",
          "BEUint16",
          "LEPutUint64",
          "LEPutUint32",
          "LEPutUint16",
          "BEPutUint64",
          "BEPutUint32",
          "BEPutUint16",
          "LEAppendUint64",
          "LEAppendUint32",
          "LEAppendUint16",
          "BEAppendUint64",
          "BEAppendUint32",
          "BEAppendUint16");

  private SpecialCalls() {}

  /** How a call of a function that is not a method counts. */
  public static Kind function(String packagePath, String name, Arch arch) {
    return switch (packagePath) {
      case "internal/abi" ->
          name.equals("NoEscape") || isEscapeNonString(packagePath, name)
              ? Kind.CHEAP
              : Kind.ORDINARY;
      case "internal/byteorder" ->
          arch.canMergeLoads() && BYTE_ORDER_FUNCTIONS.contains(name) ? Kind.CHEAP : Kind.ORDINARY;
      case "internal/runtime/sys" ->
          name.equals("GetCallerPC") || name.equals("GetCallerSP")
              ? Kind.NEEDS_FRAME
              : Kind.ORDINARY;
      case BUILTINS ->
          switch (name) {
            case "throw" -> Kind.THROW;
            case "panicrangestate" -> Kind.CHEAP;
            case "deferrangefunc" -> Kind.DEFERS_IN_RANGE;
            default -> Kind.ORDINARY;
          };
      default -> Kind.ORDINARY;
    };
  }

  /** How a call of a method counts, {@code name} being as in {@code "(*T).M"}. */
  public static Kind method(String packagePath, String name, Arch arch) {
    return switch (packagePath) {
      case "encoding/binary" ->
          arch.canMergeLoads() && BYTE_ORDER_METHODS.contains(name) ? Kind.CHEAP : Kind.ORDINARY;
      case "runtime" -> name.equals("heapBits.nextArena") ? Kind.CHEAP : Kind.ORDINARY;
      default -> Kind.ORDINARY;
    };
  }

  /** Reports whether a method of package reflect gives the address of a value as a number. */
  public static boolean isReflectedAddress(String packagePath, String name) {
    return packagePath.equals("reflect")
        && (name.equals("Value.UnsafeAddr") || name.equals("Value.Pointer"));
  }

  /**
   * Reports whether the function is an instance of {@code internal/abi.EscapeNonString}, which
   * escape analysis implements.
   */
  public static boolean isEscapeNonString(String packagePath, String name) {
    return packagePath.equals("internal/abi") && name.startsWith("EscapeNonString[");
  }
}
