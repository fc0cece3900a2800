package dev.escapade.unit;

import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Sizes;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What passes ask about types; remembers answers for named types. For one thread. */
public final class TypeFacts {
  private final Sizes sizes;
  private final IdentityHashMap<Type, Boolean> pointers = new IdentityHashMap<>();
  private final IdentityHashMap<Named, Boolean> notInHeap = new IdentityHashMap<>();
  private final IdentityHashMap<Named, Boolean> nonStringPointers = new IdentityHashMap<>();

  /** Facts for an architecture with {@code sizes}. */
  public TypeFacts(Sizes sizes) {
    this.sizes = sizes;
  }

  /** The size of a value. */
  public long sizeBytes(Type t) {
    return sizes.sizeof(t);
  }

  /** The alignment of a value. */
  public long alignBytes(Type t) {
    return sizes.alignof(t);
  }

  /** The size of a pointer. */
  public int ptrSizeBytes() {
    return sizes.wordSizeBytes();
  }

  /**
   * How large the object of a function literal is, in bytes: its code, and the captured variables
   * or where they are (cmd/compile/internal/typecheck/func.go, ClosureType, Go 1.26).
   */
  public long closureSizeBytes(Func literal) {
    long word = ptrSizeBytes();
    long size = word;
    for (Name v : literal.closureVars) {
      size =
          v.isByval()
              ? aligned(size, Math.max(1, alignBytes(v.type()))) + sizeBytes(v.type())
              : aligned(size, word) + word;
    }
    return aligned(size, word);
  }

  /** The least multiple of {@code alignment} that is not less than {@code size}. */
  public static long aligned(long size, long alignment) {
    return (size + alignment - 1) / alignment * alignment;
  }

  /**
   * Reports whether a value holds pointers that the collector follows (cmd/compile/internal/types,
   * PtrDataSize); those to types that are never on the heap are none.
   */
  public boolean hasPointers(Type t) {
    return switch (t) {
      case Basic b -> b.kind() == BasicKind.STRING || b.kind() == BasicKind.UNSAFE_POINTER;
      case Pointer p -> !isNotInHeap(p.elem());
      case Slice s -> !isNotInHeap(s.elem());
      case MapType _, Chan _, Signature _, Interface _ -> true;
      case Array a -> a.len() != 0 && hasPointers(a.elem());
      case Struct s -> cached(s);
      case Named n -> cached(n);
      case Alias a -> hasPointers(a.unalias());
      case Tuple tuple -> hasPointers(tuple);
      case TypeParam _, Union _ -> true;
    };
  }

  private boolean cached(Type t) {
    Boolean known = pointers.get(t);
    if (known == null) {
      known =
          switch (t) {
            case Struct s -> hasPointers(s);
            default -> hasPointers(t.underlying());
          };
      pointers.put(t, known);
    }
    return known;
  }

  private boolean hasPointers(Struct s) {
    for (Var field : s.fields()) {
      if (hasPointers(field.type())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasPointers(Tuple tuple) {
    for (int i = 0; i < tuple.len(); i++) {
      if (hasPointers(tuple.at(i).type())) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a type may not be allocated on the Go heap (internal/runtime/sys). */
  private boolean isNotInHeap(Type t) {
    Type u = t.unalias();
    if (!(u instanceof Named n)) {
      return hasPartNotInHeap(u);
    }
    Boolean known = notInHeap.get(n);
    if (known == null) {
      known = isNih(n) || hasPartNotInHeap(n.underlying());
      notInHeap.put(n, known);
    }
    return known;
  }

  private static boolean isNih(Named n) {
    Package pkg = n.obj().pkg();
    return pkg != null && n.obj().name().equals("nih") && pkg.path().equals("internal/runtime/sys");
  }

  private boolean hasPartNotInHeap(Type u) {
    return switch (u) {
      case Array a -> isNotInHeap(a.elem());
      case Struct s -> {
        for (Var field : s.fields()) {
          if (isNotInHeap(field.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  /** Reports whether an interface holds a value of this type itself and not a pointer to it. */
  public boolean isDirectIface(Type t) {
    return hasPointers(t) && sizeBytes(t) == ptrSizeBytes();
  }

  /** Reports whether a value contains a pointer that is not a string's. */
  public boolean hasNonStringPointers(Type t) {
    if (!hasPointers(t)) {
      return false;
    }
    if (!(t.unalias() instanceof Named n)) {
      return hasNonStringPart(t);
    }
    Boolean known = nonStringPointers.get(n);
    if (known == null) {
      known = hasNonStringPart(n);
      nonStringPointers.put(n, known);
    }
    return known;
  }

  private boolean hasNonStringPart(Type t) {
    return switch (t.underlying()) {
      case Basic b -> b.kind() != BasicKind.STRING;
      case Array a -> hasNonStringPointers(a.elem());
      case Struct s -> {
        for (Var field : s.fields()) {
          if (hasNonStringPointers(field.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> true;
    };
  }

  /** Reports whether values are interfaces. */
  public static boolean isInterface(Type t) {
    return t.underlying() instanceof Interface;
  }

  /** Reports whether {@code t} is uintptr or defined as it. */
  public static boolean isUintptr(@Nullable Type t) {
    return isKind(t, BasicKind.UINTPTR);
  }

  /** Reports whether {@code t} is unsafe.Pointer or defined as it. */
  public static boolean isUnsafePointer(@Nullable Type t) {
    return isKind(t, BasicKind.UNSAFE_POINTER);
  }

  private static boolean isKind(@Nullable Type t, BasicKind kind) {
    return t != null && t.underlying() instanceof Basic b && b.kind() == kind;
  }

  /** Reports whether {@code t} is the type of an untyped constant or nil. */
  public static boolean isUntyped(Type t) {
    return t instanceof Basic b && b.is(Basic.IS_UNTYPED);
  }

  /** Where field number {@code index} is in a struct. */
  public long offsetBytes(Struct struct, int index) {
    return sizes.offsetof(struct, new int[] {index});
  }

  /** Reports whether only fields of size 0 come before {@code field}. */
  public boolean isAtOffsetZero(Struct struct, Var field) {
    for (Var f : struct.fields()) {
      if (f.name().equals(field.name())) {
        return true;
      }
      if (sizeBytes(f.type()) != 0) {
        return false;
      }
    }
    return false;
  }
}
