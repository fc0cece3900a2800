package dev.escapade.ssa.core;

import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Sizes;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of the values of one package: gives identical types of Go the same {@link SType}. Not
 * for several threads.
 */
public final class STypes {
  /** A struct with more fields than this, or a value with more words, is kept in memory. */
  public static final int MAX_PARTS = 4;

  private record ArrayKey(SType elem, long len) {}

  private record NamedKey(Object origin, List<SType> args) {}

  private record StructKey(List<SType> types, List<String> names) {}

  private record FuncKey(List<SType> types, int params, boolean variadic) {}

  private record PairKey(Object kind, SType first, SType second) {}

  private static final SType[] NONE = {};
  private static final long[] NO_OFFSETS = {};

  private final Sizes sizes;
  private final IdentityHashMap<Type, SType> known = new IdentityHashMap<>();
  private final Map<Object, SType> byKey = new HashMap<>();
  private final Map<Integer, List<SType>> interfaces = new HashMap<>();
  private int count;

  /** The basic types by name, and pointers to some of them. */
  public final SType bool;

  public final SType int8;
  public final SType int16;
  public final SType int32;
  public final SType int64;
  public final SType integer;
  public final SType uint8;
  public final SType uint16;
  public final SType uint32;
  public final SType uint64;
  public final SType uint;
  public final SType uintptr;
  public final SType float32;
  public final SType float64;
  public final SType string;
  public final SType unsafePtr;
  public final SType bytePtr;
  public final SType bytePtrPtr;
  public final SType intPtr;
  public final SType uintptrPtr;

  /** A table for an architecture with {@code sizes}. */
  public STypes(Sizes sizes) {
    this.sizes = sizes;
    bool = of(Basic.BOOL);
    int8 = of(Basic.INT8);
    int16 = of(Basic.INT16);
    int32 = of(Basic.INT32);
    int64 = of(Basic.INT64);
    integer = of(Basic.INT);
    uint8 = of(Basic.UINT8);
    uint16 = of(Basic.UINT16);
    uint32 = of(Basic.UINT32);
    uint64 = of(Basic.UINT64);
    uint = of(Basic.UINT);
    uintptr = of(Basic.UINTPTR);
    float32 = of(Basic.FLOAT32);
    float64 = of(Basic.FLOAT64);
    string = of(Basic.STRING);
    unsafePtr = of(Basic.UNSAFE_POINTER);
    bytePtr = uint8.ptrTo();
    bytePtrPtr = bytePtr.ptrTo();
    intPtr = integer.ptrTo();
    uintptrPtr = uintptr.ptrTo();
  }

  /** The pointer to int32, to uint32, to float32 and to float64. */
  public SType pointerTo(Basic elem) {
    return of(elem).ptrTo();
  }

  /**
   * A type that is known by its shape only, for readers of dumps; to be completed by {@link
   * SType#complete}.
   */
  public SType foreign(
      Kind kind,
      long size,
      int align,
      boolean hasPointers,
      long numElem,
      long[] offsets,
      String name) {
    return own(
        new SType(kind, null, size, align, hasPointers, false, null, numElem, NONE, offsets, name));
  }

  /** The size of a pointer in bytes. */
  public int ptrSize() {
    return sizes.wordSizeBytes();
  }

  public Sizes sizes() {
    return sizes;
  }

  /** The type of values of {@code t}, which must not be a type parameter, union or untyped. */
  public SType of(Type t) {
    SType s = known.get(t);
    if (s == null) {
      s = intern(t);
      known.put(t, s);
    }
    return s;
  }

  /** The pair of {@code first} and {@code second}. */
  public SType tuple(SType first, SType second) {
    return byKey.computeIfAbsent(
        new PairKey(Kind.TUPLE, first, second), _ -> own(SType.tuple(first, second)));
  }

  /** The results of a call, the memory last. */
  public SType results(List<SType> types) {
    return byKey.computeIfAbsent(new NamedKey(Kind.RESULTS, types), _ -> own(SType.results(types)));
  }

  /** Arrays of {@code len} elements. */
  public SType arrayOf(SType elem, long len) {
    return of(new Array(elem.goType(), len));
  }

  /** Slices of {@code elem}. */
  public SType sliceOf(SType elem) {
    SType s = elem.slice;
    if (s == null) {
      s = newSlice(new Slice(elem.goType()), elem);
      elem.slice = s;
    }
    return s;
  }

  /** The floating-point type of the parts of a complex one. */
  public SType floatForComplex(SType t) {
    return t.size() == 8 ? float32 : float64;
  }

  /** The unsigned integers of the size of {@code t}; for int, uint. */
  public SType toUnsigned(SType t) {
    return switch (t.kind()) {
      case INT8, UINT8 -> uint8;
      case INT16, UINT16 -> uint16;
      case INT32, UINT32 -> uint32;
      case INT64, UINT64 -> uint64;
      case INT, UINT -> uint;
      case UINTPTR -> uintptr;
      default -> throw new IllegalArgumentException("no integer: " + t);
    };
  }

  SType pointerTo(SType elem) {
    if (elem.isForeign()) {
      SType p = foreign(Kind.PTR, ptrSize(), ptrSize(), true, 0, NO_OFFSETS, "*" + elem);
      p.complete(elem, NONE, false);
      return p;
    }
    return newPointer(new Pointer(elem.goType()), elem);
  }

  /** The element of a type in which it may be reached again and is computed late for that. */
  SType elemOf(SType t) {
    return switch (t.goType().underlying()) {
      case Pointer p -> of(p.elem());
      case Slice s -> of(s.elem());
      case Array a -> of(a.elem());
      case Chan c -> of(c.elem());
      case MapType m -> of(m.elem());
      default -> throw new IllegalArgumentException("no element: " + t);
    };
  }

  private SType own(SType t) {
    t.owner = this;
    t.id = ++count;
    return t;
  }

  private SType intern(Type t) {
    return switch (t) {
      case Alias a -> of(a.unalias());
      case Basic b -> basic(b);
      case Pointer p -> of(p.elem()).ptrTo();
      case Slice s -> sliceOf(of(s.elem()));
      case Array a -> {
        SType elem = of(a.elem());
        yield byKey.computeIfAbsent(new ArrayKey(elem, a.len()), _ -> make(a, a));
      }
      case Chan c -> {
        SType elem = of(c.elem());
        yield find(new PairKey(c.dir(), elem, elem), c);
      }
      case MapType m -> find(new PairKey(Kind.MAP, of(m.key()), of(m.elem())), m);
      case Struct s -> {
        List<SType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < s.numFields(); i++) {
          Var f = s.field(i);
          types.add(of(f.type()));
          names.add(f.name() + (f.embedded() ? " e " : " ") + s.tag(i));
        }
        yield find(new StructKey(types, names), s);
      }
      case Signature s -> {
        List<SType> types = new ArrayList<>();
        add(types, s.params());
        int params = types.size();
        add(types, s.results());
        yield find(new FuncKey(types, params, s.variadic()), s);
      }
      case Interface i -> interfaceOf(i);
      case Named n -> named(n);
      case Tuple _, TypeParam _, Union _ ->
          throw new IllegalArgumentException("no type of a value: " + t);
    };
  }

  private SType find(Object key, Type t) {
    SType s = byKey.get(key);
    if (s == null) {
      s = make(t, t);
      byKey.put(key, s);
    }
    return s;
  }

  private void add(List<SType> types, Tuple tuple) {
    for (Var v : tuple.vars()) {
      types.add(of(v.type()));
    }
  }

  private SType interfaceOf(Interface i) {
    List<SType> list = interfaces.computeIfAbsent(i.numMethods(), _ -> new ArrayList<>());
    for (SType s : list) {
      if (Predicates.identical(s.goType(), i)) {
        return s;
      }
    }
    SType s = make(i, i);
    list.add(s);
    return s;
  }

  private SType named(Named n) {
    boolean shape = dev.escapade.ir.Shapes.isShape(n);
    if (!shape && n.typeArgs().isEmpty()) {
      return make(n, n.underlying());
    }
    List<SType> args = new ArrayList<>();
    for (Type a : n.typeArgs()) {
      args.add(of(a));
    }
    Object origin = shape ? n.obj().name() : n.origin().obj();
    NamedKey key = new NamedKey(origin, args);
    SType s = byKey.get(key);
    if (s == null) {
      s = make(n, n.underlying());
      byKey.put(key, s);
    }
    return s;
  }

  private SType basic(Basic b) {
    SType s = byKey.get(b.kind());
    if (s == null) {
      s = make(b, b);
      byKey.put(b.kind(), s);
    }
    return s;
  }

  private SType newPointer(Type t, SType elem) {
    return own(
        new SType(
            Kind.PTR,
            t,
            ptrSize(),
            ptrSize(),
            !isNotInHeap(elem.goType()),
            false,
            elem,
            0,
            NONE,
            NO_OFFSETS,
            ""));
  }

  private SType newSlice(Type t, SType elem) {
    return own(
        new SType(
            Kind.SLICE,
            t,
            3L * ptrSize(),
            ptrSize(),
            !isNotInHeap(elem.goType()),
            false,
            elem,
            0,
            NONE,
            NO_OFFSETS,
            ""));
  }

  /** A new type; {@code u} is what underlies {@code t}. Parts are looked at when asked for. */
  private SType make(Type t, Type u) {
    return own(
        new SType(
            kindOf(u),
            t,
            sizes.sizeof(t),
            (int) sizes.alignof(t),
            hasPointers(u),
            isNotInHeap(t),
            null,
            u instanceof Array a ? a.len() : 0,
            u instanceof Struct ? null : NONE,
            u instanceof Struct s ? sizes.offsetsof(s.fields()) : NO_OFFSETS,
            ""));
  }

  SType[] fieldsOf(SType t) {
    Struct s = (Struct) t.goType().underlying();
    SType[] parts = new SType[s.numFields()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = of(s.field(i).type());
    }
    return parts;
  }

  private static boolean hasPointers(Type t) {
    return switch (t.underlying()) {
      case Basic b -> {
        Kind k = kindOf(b);
        yield k == Kind.STRING || k == Kind.UNSAFEPTR;
      }
      case Pointer p -> !isNotInHeap(p.elem());
      case Slice s -> !isNotInHeap(s.elem());
      case Array a -> a.len() != 0 && hasPointers(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (hasPointers(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> true;
    };
  }

  private static boolean isNotInHeap(Type t) {
    Type u = t.unalias();
    if (u instanceof Named n) {
      dev.escapade.types.Package pkg = n.obj().pkg();
      if (pkg != null
          && n.obj().name().equals("nih")
          && pkg.path().equals("internal/runtime/sys")) {
        return true;
      }
      u = n.underlying();
    }
    return switch (u) {
      case Array a -> isNotInHeap(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (isNotInHeap(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  private static Kind kindOf(Type u) {
    return switch (u) {
      case Basic b ->
          switch (b.kind()) {
            case BOOL, UNTYPED_BOOL -> Kind.BOOL;
            case INT -> Kind.INT;
            case INT8 -> Kind.INT8;
            case INT16 -> Kind.INT16;
            case INT32 -> Kind.INT32;
            case INT64 -> Kind.INT64;
            case UINT -> Kind.UINT;
            case UINT8 -> Kind.UINT8;
            case UINT16 -> Kind.UINT16;
            case UINT32 -> Kind.UINT32;
            case UINT64 -> Kind.UINT64;
            // Of a field whose type is C's nothing is known: it is taken for a word.
            case UINTPTR, INVALID -> Kind.UINTPTR;
            case FLOAT32 -> Kind.FLOAT32;
            case FLOAT64 -> Kind.FLOAT64;
            case COMPLEX64 -> Kind.COMPLEX64;
            case COMPLEX128 -> Kind.COMPLEX128;
            case STRING, UNTYPED_STRING -> Kind.STRING;
            case UNSAFE_POINTER -> Kind.UNSAFEPTR;
            default -> Kind.INVALID;
          };
      case Pointer _ -> Kind.PTR;
      case Slice _ -> Kind.SLICE;
      case Array _ -> Kind.ARRAY;
      case Struct _ -> Kind.STRUCT;
      case Signature _ -> Kind.FUNC;
      case Chan _ -> Kind.CHAN;
      case MapType _ -> Kind.MAP;
      case Interface _ -> Kind.INTER;
      default -> Kind.INVALID;
    };
  }
}
