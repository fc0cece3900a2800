package dev.escapade.ssa.compile;

import dev.escapade.ir.Shapes;
import dev.escapade.ssa.core.SType;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.walk.Descriptors;
import org.jspecify.annotations.Nullable;

/**
 * The contents of type descriptors (internal/abi/type.go), as far as the compiler knows them while
 * it makes code (ssa/rewrite.go: isFixedLoad; reflectdata/reflect.go: NeedEmit; Go 1.26).
 */
final class TypeRecords {
  private static final int SIZE = 0;
  private static final int POINTER_BYTES = 8;
  private static final int HASH = 16;
  private static final int KIND = 23;
  private static final int EQUAL = 24;
  private static final int POINTER_MASK = 32;
  private static final int FIRST = 48;
  private static final int SECOND = 56;

  private final Package local;
  private final Descriptors descriptors;

  TypeRecords(Package local, Descriptors descriptors) {
    this.local = local;
    this.descriptors = descriptors;
  }

  /** Reports whether this package writes the descriptor: only then its addresses are known. */
  boolean isWritten(Type type) {
    Type t = type.unalias();
    Type base = t;
    if (t instanceof Pointer p && (p.elem().unalias() instanceof Named || isBasic(p.elem()))) {
      base = p.elem().unalias();
    }
    if (isBasic(base)) {
      return local.path().equals("runtime");
    }
    return !(base instanceof Named n)
        || n.obj().pkg() == local
        || !n.typeArgs().isEmpty()
        || n.obj().pkg() == Shapes.PACKAGE;
  }

  /** Reports whether package runtime has the descriptor (writtenByWriteBasicTypes). */
  private static boolean isBasic(Type type) {
    if (type.unalias() instanceof Signature s) {
      return s.recv() == null
          && !s.variadic()
          && s.params().len() == 1
          && s.results().len() == 1
          && s.params().at(0).type().unalias() == Universe.ERROR
          && s.results().at(0).type().unalias() == Basic.STRING;
    }
    Type plain = type.unalias();
    Type t = plain instanceof Slice s ? s.elem().unalias() : plain;
    return t instanceof Basic || t == Universe.ERROR || (t instanceof Interface i && i.empty());
  }

  /** The symbol whose address stands in the descriptor of {@code type}, or null. */
  @Nullable String addressAt(Type type, long offset) {
    Type t = type.underlying();
    if (!isWritten(type)) {
      return offset == FIRST && t instanceof Pointer p ? descriptors.typeSymbol(p.elem()) : null;
    }
    if (offset == EQUAL) {
      return Predicates.comparable(type) ? "type:.eq." + descriptors.typeSymbol(type) : null;
    }
    if (offset == POINTER_MASK) {
      return "runtime.gcbits." + descriptors.typeSymbol(type);
    }
    Type part =
        switch (t) {
          case Pointer p when offset == FIRST -> p.elem();
          case Slice s when offset == FIRST -> s.elem();
          case Array a when offset == FIRST -> a.elem();
          case Array a when offset == SECOND -> new Slice(a.elem());
          case Chan c when offset == FIRST -> c.elem();
          case MapType m when offset == FIRST -> m.key();
          case MapType m when offset == SECOND -> m.elem();
          default -> null;
        };
    return part == null ? null : descriptors.typeSymbol(part);
  }

  /**
   * The number in the descriptor of {@code type}.
   *
   * @param size the number's size in bytes
   * @return null if it is not known
   */
  @Nullable Long wordAt(SType type, int offset, int size) {
    return switch (offset) {
      case SIZE -> size == 8 ? type.size() : null;
      case POINTER_BYTES -> size == 8 ? pointerBytes(type) : null;
      case HASH -> size == 4 ? (long) descriptors.hash(type.goType()) : null;
      case KIND -> size == 1 ? (long) kind(type) : null;
      default -> null;
    };
  }

  /** The length of the part of {@code t} that has pointers. */
  private static long pointerBytes(SType t) {
    if (!t.hasPointers()) {
      return 0;
    }
    return switch (t.kind()) {
      case INTER -> 16;
      case ARRAY -> (t.numElem() - 1) * t.elem().size() + pointerBytes(t.elem());
      case STRUCT -> {
        int last = t.numFields() - 1;
        while (!t.field(last).hasPointers()) {
          last--;
        }
        yield t.fieldOff(last) + pointerBytes(t.field(last));
      }
      default -> 8;
    };
  }

  /** The number of the kind of a type (internal/abi: Kind). */
  private static int kind(SType t) {
    return switch (t.kind()) {
      case BOOL -> 1;
      case INT -> 2;
      case INT8 -> 3;
      case INT16 -> 4;
      case INT32 -> 5;
      case INT64 -> 6;
      case UINT -> 7;
      case UINT8 -> 8;
      case UINT16 -> 9;
      case UINT32 -> 10;
      case UINT64 -> 11;
      case UINTPTR -> 12;
      case FLOAT32 -> 13;
      case FLOAT64 -> 14;
      case COMPLEX64 -> 15;
      case COMPLEX128 -> 16;
      case ARRAY -> 17;
      case CHAN -> 18;
      case FUNC -> 19;
      case INTER -> 20;
      case MAP -> 21;
      case PTR -> 22;
      case SLICE -> 23;
      case STRING -> 24;
      case STRUCT -> 25;
      case UNSAFEPTR -> 26;
      default -> throw new IllegalArgumentException(t.toString());
    };
  }
}
