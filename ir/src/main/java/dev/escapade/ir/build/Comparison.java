package dev.escapade.ir.build;

import dev.escapade.release.Arch;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.Pointer;
import dev.escapade.types.Sizes;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * How values of a type are compared (cmd/compile/internal/types: alg.go, size.go; compare; Go
 * 1.26).
 */
public final class Comparison {
  /** A way to compare values. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /** As plain memory. */
    MEMORY,
    STRING,
    INTERFACE,
    EMPTY_INTERFACE,
    FLOAT32,
    FLOAT64,
    COMPLEX64,
    COMPLEX128,
    /** By a function that is made for the type. */
    SPECIAL
  }

  /**
   * Fields of a struct that are compared as memory together.
   *
   * @param next the index of the first field after them
   */
  public record Run(long sizeBytes, int next) {}

  private final Sizes sizes;
  private final Arch arch;
  private final IdentityHashMap<Type, Kind> kinds = new IdentityHashMap<>();

  /** Comparisons on an architecture. */
  public Comparison(Sizes sizes, Arch arch) {
    this.sizes = sizes;
    this.arch = arch;
  }

  Arch arch() {
    return arch;
  }

  /** How values of {@code t} are compared. */
  public Kind kind(Type t) {
    Type u = t.underlying();
    Kind k = kinds.get(u);
    if (k == null) {
      k = compute(u);
      kinds.put(u, k);
    }
    return k;
  }

  private Kind compute(Type t) {
    return switch (t) {
      case Basic b -> basic(b.kind());
      case Pointer _, Chan _ -> Kind.MEMORY;
      case Interface i -> i.numMethods() == 0 ? Kind.EMPTY_INTERFACE : Kind.INTERFACE;
      case Array a -> {
        Kind k = kind(a.elem());
        if (k == Kind.MEMORY || k == Kind.NONE || a.len() == 1) {
          yield k;
        }
        yield a.len() == 0 ? Kind.MEMORY : Kind.SPECIAL;
      }
      case Struct s -> struct(s);
      default -> Kind.NONE;
    };
  }

  private static Kind basic(BasicKind k) {
    return switch (k) {
      case STRING -> Kind.STRING;
      case FLOAT32 -> Kind.FLOAT32;
      case FLOAT64 -> Kind.FLOAT64;
      case COMPLEX64 -> Kind.COMPLEX64;
      case COMPLEX128 -> Kind.COMPLEX128;
      default -> Kind.MEMORY;
    };
  }

  private Kind struct(Struct s) {
    if (s.numFields() == 1 && !isBlank(s.field(0))) {
      return kind(s.field(0).type());
    }
    Kind k = Kind.MEMORY;
    for (int i = 0; i < s.numFields(); i++) {
      Var f = s.field(i);
      Kind fk = kind(f.type());
      if (fk == Kind.NONE) {
        return Kind.NONE;
      }
      if (fk != Kind.MEMORY || isBlank(f) || isPadded(s, i)) {
        k = Kind.SPECIAL;
      }
    }
    return k;
  }

  /** Reports whether a field has no name, and no part in comparisons. */
  public static boolean isBlank(Var f) {
    return f.name().equals("_");
  }

  private long end(Struct s, int i) {
    return sizes.offsetsof(s.fields())[i] + sizes.sizeof(s.field(i).type());
  }

  /** Reports whether there are unused bytes after a field. */
  private boolean isPadded(Struct s, int i) {
    List<Var> fields = s.fields();
    long next = i + 1 < fields.size() ? sizes.offsetsof(fields)[i + 1] : sizes.sizeof(s);
    return end(s, i) != next;
  }

  /** Reports whether values of {@code t} are equal if and only if their bytes are. */
  public boolean isMemory(Type t) {
    return kind(t) == Kind.MEMORY;
  }

  /** Reports whether comparing values can panic, as there is an interface among them. */
  public static boolean canPanic(Type t) {
    return switch (t.underlying()) {
      case Interface _ -> true;
      case Array a -> canPanic(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (!isBlank(f) && canPanic(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  /** The longest run of fields from {@code start} that can be compared as memory. */
  Run memoryRun(Struct s, int start) {
    int next = start + 1;
    long first = sizes.offsetsof(s.fields())[start];
    while (next < s.numFields()
        && !isPadded(s, next - 1)
        && !isBlank(s.field(next))
        && isMemory(s.field(next).type())
        && !needsWiderLoad(s, first, next)) {
      next++;
    }
    return new Run(end(s, next - 1) - first, next);
  }

  private boolean needsWiderLoad(Struct s, long first, int next) {
    if (arch.alignmentBytes() <= 1) {
      return false;
    }
    long align = sizes.alignof(s);
    if ((first & (align - 1)) != 0) {
      align = Long.lowestOneBit(first);
    }
    return end(s, next) - first > align;
  }

  /** The cost of comparing fields from {@code start}, in loads; the run may be a single field. */
  public long cost(Struct s, int start, Run run) {
    if (!arch.canMergeLoads()) {
      return cost(s.field(start).type());
    }
    long word = sizes.wordSizeBytes();
    return (run.sizeBytes + word - 1) / word;
  }

  /** The fields from {@code start} that are compared together. */
  public Run run(Struct s, int start) {
    return arch.canMergeLoads()
        ? memoryRun(s, start)
        : new Run(sizes.sizeof(s.field(start).type()), start + 1);
  }

  /** The cost of comparing structs field by field, in loads. */
  public long cost(Struct s) {
    long sum = 0;
    for (int i = 0; i < s.numFields(); ) {
      if (isBlank(s.field(i))) {
        i++;
        continue;
      }
      Run run = run(s, i);
      sum += cost(s, i, run);
      i = run.next();
    }
    return sum;
  }

  private long cost(Type t) {
    return switch (t.underlying()) {
      case Struct s -> cost(s);
      case Array a -> a.len() * cost(a.elem());
      case Interface _ -> 2;
      case Basic b ->
          switch (b.kind()) {
            case STRING, COMPLEX64, COMPLEX128 -> 2;
            case INT64, UINT64 -> 8 / sizes.wordSizeBytes();
            default -> 1;
          };
      default -> 1;
    };
  }

  long sizeof(Type t) {
    return sizes.sizeof(t);
  }

  long alignof(Type t) {
    return sizes.alignof(t);
  }
}
