package dev.escapade.types;

import java.util.List;

/**
 * Sizes and alignments in bytes as the gc compiler has them for one architecture (types2:
 * gcsizes.go). Type parameters and unions have none and must not be asked for.
 */
public final class Sizes {
  /** What is computed for a type that is too large. */
  public static final long TOO_LARGE = -1;

  /** No type of any architecture asks for more. */
  private static final int MAX_ALIGN_BYTES = 8;

  private final int wordSizeBytes;
  private final int maxAlignBytes;

  private Sizes(int wordSizeBytes, int maxAlignBytes) {
    this.wordSizeBytes = wordSizeBytes;
    this.maxAlignBytes = maxAlignBytes;
  }

  /** The sizes for a GOARCH; those of a 64-bit architecture if it is unknown. */
  public static Sizes forArch(String goarch) {
    return switch (goarch) {
      case "386", "arm", "mips", "mipsle" -> new Sizes(4, 4);
      case "amd64p32" -> new Sizes(4, 8);
      default -> new Sizes(8, 8);
    };
  }

  /** The size of a word, and of a pointer. */
  public int wordSizeBytes() {
    return wordSizeBytes;
  }

  /** The alignment of a variable of type {@code t}, at least 1. */
  public long alignof(Type t) {
    return switch (t.underlying()) {
      case Array a -> alignof(a.elem());
      case Struct s -> alignof(t, s);
      case Slice _, Interface _ -> wordSizeBytes;
      case Basic b when b.is(Basic.IS_STRING) -> wordSizeBytes;
      case Basic b -> {
        long a = Math.max(sizeof(t), 1);
        yield Math.min(b.is(Basic.IS_COMPLEX) ? a / 2 : a, maxAlignBytes);
      }
      case Pointer _, MapType _, Chan _, Signature _ -> Math.min(wordSizeBytes, maxAlignBytes);
      case Named _, Alias _, Tuple _, TypeParam _, Union _ -> wordSizeBytes;
    };
  }

  private long alignof(Type t, Struct s) {
    if (s.numFields() == 0 && isAtomicAlign64(t)) {
      return 8;
    }
    long max = 1;
    Type previous = null;
    for (Var f : s.fields()) {
      if (f.type() != previous) {
        previous = f.type();
        max = Math.max(max, alignof(previous));
      }
      if (max >= MAX_ALIGN_BYTES) {
        break;
      }
    }
    return max;
  }

  /** Reports whether this is the type by which the atomic packages ask for 64-bit alignment. */
  private static boolean isAtomicAlign64(Type t) {
    Named named = t.asNamed();
    if (named == null || !named.obj().name().equals("align64")) {
      return false;
    }
    Package pkg = named.obj().pkg();
    return pkg != null
        && (pkg.path().equals("sync/atomic") || pkg.path().equals("internal/runtime/atomic"));
  }

  /** The offsets of the fields of a struct; {@link #TOO_LARGE} from the first that is too far. */
  public long[] offsetsof(List<Var> fields) {
    long[] offsets = new long[fields.size()];
    long offset = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (offset < 0) {
        offsets[i] = TOO_LARGE;
        continue;
      }
      Type t = fields.get(i).type();
      offset = align(offset, alignof(t));
      offsets[i] = offset;
      long size = sizeof(t);
      offset = size >= 0 && offset >= 0 ? offset + size : TOO_LARGE;
    }
    return offsets;
  }

  /**
   * The offset of a field of {@code t} that is reached by field indices, all through structs; or
   * {@link #TOO_LARGE}.
   */
  public long offsetof(Type t, int[] index) {
    long offset = 0;
    Type outer = t;
    for (int i : index) {
      Struct s = (Struct) outer.underlying();
      long d = offsetsof(s.fields())[i];
      if (d < 0) {
        return TOO_LARGE;
      }
      offset += d;
      if (offset < 0) {
        return TOO_LARGE;
      }
      outer = s.field(i).type();
    }
    return offset;
  }

  /** The size of a variable of type {@code t}, negative if it is too large. */
  public long sizeof(Type t) {
    return switch (t.underlying()) {
      case Basic b ->
          switch (b.kind()) {
            case BOOL, INT8, UINT8 -> 1;
            case INT16, UINT16 -> 2;
            case INT32, UINT32, FLOAT32 -> 4;
            case INT64, UINT64, FLOAT64, COMPLEX64 -> 8;
            case COMPLEX128 -> 16;
            case STRING -> 2L * wordSizeBytes;
            default -> wordSizeBytes;
          };
      case Array a -> sizeof(a);
      case Slice _ -> 3L * wordSizeBytes;
      case Struct s -> sizeof(s);
      case Interface _ -> 2L * wordSizeBytes;
      case Pointer _, MapType _, Chan _, Signature _ -> wordSizeBytes;
      case Named _, Alias _, Tuple _, TypeParam _, Union _ -> wordSizeBytes;
    };
  }

  private long sizeof(Array a) {
    if (a.len() <= 0) {
      return 0;
    }
    long elem = sizeof(a.elem());
    if (elem <= 0) {
      return elem;
    }
    return elem > Long.MAX_VALUE / a.len() ? TOO_LARGE : elem * a.len();
  }

  private long sizeof(Struct s) {
    int n = s.numFields();
    if (n == 0) {
      return 0;
    }
    long offset = 0;
    long size = 0;
    long align = 1;
    Type previous = null;
    for (int i = 0; i < n; i++) {
      Type t = s.field(i).type();
      if (t != previous) { // looking twice at the same would double the work at each level
        align = alignof(t);
      }
      offset = align(offset + size, align);
      size = t == previous ? size : sizeof(t);
      previous = t;
      if (offset < 0 || size < 0) {
        return TOO_LARGE;
      }
    }
    if (offset > 0 && size == 0) {
      size = 1; // so that a pointer to the last field does not point past the struct
    }
    return align(offset + size, alignof(s));
  }

  /** The smallest multiple of {@code a}, a power of two, from {@code x}; negative on overflow. */
  private static long align(long x, long a) {
    return (x + a - 1) & -a;
  }
}
