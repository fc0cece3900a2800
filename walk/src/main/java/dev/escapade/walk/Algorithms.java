package dev.escapade.walk;

import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Interface;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;

/** How values of a type are compared and hashed (cmd/compile/internal/types: AlgType). */
final class Algorithms {
  /** A way to compare and hash. */
  enum Kind {
    /** As memory. */
    MEMORY,
    STRING,
    INTERFACE,
    EMPTY_INTERFACE,
    FLOAT32,
    FLOAT64,
    COMPLEX64,
    COMPLEX128,
    /** By a function of its own. */
    SPECIAL,
    /** Not at all. */
    NONE
  }

  private final Walk walk;

  Algorithms(Walk walk) {
    this.walk = walk;
  }

  Kind of(Type t) {
    return switch (t.underlying()) {
      case Basic b ->
          switch (b.kind()) {
            case STRING, UNTYPED_STRING -> Kind.STRING;
            case FLOAT32 -> Kind.FLOAT32;
            case FLOAT64 -> Kind.FLOAT64;
            case COMPLEX64 -> Kind.COMPLEX64;
            case COMPLEX128 -> Kind.COMPLEX128;
            default -> Kind.MEMORY;
          };
      case Interface i -> i.numMethods() == 0 ? Kind.EMPTY_INTERFACE : Kind.INTERFACE;
      case dev.escapade.types.Slice _,
          dev.escapade.types.MapType _,
          dev.escapade.types.Signature _ ->
          Kind.NONE;
      case Array a -> ofArray(a);
      case Struct s -> ofStruct(s);
      default -> Kind.MEMORY;
    };
  }

  private Kind ofArray(Array a) {
    Kind elem = of(a.elem());
    if (elem == Kind.MEMORY || elem == Kind.NONE) {
      return elem;
    }
    return a.len() == 0 ? Kind.MEMORY : a.len() == 1 ? elem : Kind.SPECIAL;
  }

  private Kind ofStruct(Struct s) {
    if (s.numFields() == 1 && !s.field(0).name().equals("_")) {
      return of(s.field(0).type());
    }
    Kind kind = Kind.MEMORY;
    for (int i = 0; i < s.numFields(); i++) {
      Var f = s.field(i);
      Kind a = of(f.type());
      if (a == Kind.NONE) {
        return a;
      }
      if (a != Kind.MEMORY || f.name().equals("_") || isPadded(s, i)) {
        kind = Kind.SPECIAL;
      }
    }
    return kind;
  }

  boolean isMemory(Type t) {
    return of(t) == Kind.MEMORY;
  }

  /** Reports whether there is unused memory after a field. */
  boolean isPadded(Struct s, int i) {
    long end =
        i + 1 < s.numFields()
            ? walk.unit().types().offsetBytes(s, i + 1)
            : walk.unit().types().sizeBytes(s);
    return end(s, i) != end;
  }

  long end(Struct s, int i) {
    return walk.unit().types().offsetBytes(s, i) + walk.unit().types().sizeBytes(s.field(i).type());
  }

  /** The first field after {@code start} that is not compared with it as one piece of memory. */
  int runEnd(Struct s, int start) {
    int next = start + 1;
    while (next < s.numFields()
        && !isPadded(s, next - 1)
        && !s.field(next).name().equals("_")
        && isMemory(s.field(next).type())) {
      next++;
    }
    return next;
  }

  /** The size of the fields from {@code start} to before {@code next}. */
  long runBytes(Struct s, int start, int next) {
    return end(s, next - 1) - walk.unit().types().offsetBytes(s, start);
  }

  /** How many comparisons of words a comparison of structs takes. */
  long structCost(Struct s) {
    long cost = 0;
    for (int i = 0; i < s.numFields(); ) {
      if (s.field(i).name().equals("_")) {
        i++;
        continue;
      }
      int next = runEnd(s, i);
      cost += runCost(s, i, next);
      i = next;
    }
    return cost;
  }

  long runCost(Struct s, int start, int next) {
    return (runBytes(s, start, next) + 7) / 8;
  }

  /** Reports whether comparing may panic. */
  static boolean mayPanic(Type t) {
    return switch (t.underlying()) {
      case Interface _ -> true;
      case Array a -> mayPanic(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (!f.name().equals("_") && mayPanic(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }
}
