package dev.escapade.types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instances of generic types and functions, so that identical ones are made once only, and so that
 * an expansion that comes back to where it started ends (types2: context.go). Safe for use by
 * several threads.
 */
public final class Context {
  /** One instance; a chain of those with the same hash code. */
  private record Entry(Type origin, List<Type> typeArgs, Type instance, @Nullable Entry next) {}

  private final Map<Integer, Entry> entries = new HashMap<>();

  /** The instance of {@code origin} with {@code typeArgs}, or null if there is none. */
  synchronized @Nullable Type lookup(int hash, Type origin, List<Type> typeArgs) {
    for (Entry e = entries.get(hash); e != null; e = e.next) {
      if (sameOrigin(e.origin, origin) && Predicates.identicalLists(e.typeArgs, typeArgs)) {
        return e.instance;
      }
    }
    return null;
  }

  /** Adds an instance, or returns the one that is there already. */
  synchronized Type update(int hash, Type origin, List<Type> typeArgs, Type instance) {
    Type known = lookup(hash, origin, typeArgs);
    if (known != null) {
      return known;
    }
    entries.put(hash, new Entry(origin, List.copyOf(typeArgs), instance, entries.get(hash)));
    return instance;
  }

  private static boolean sameOrigin(Type x, Type y) {
    return x == y
        || (x instanceof Named a && y instanceof Named b && Predicates.identicalOrigin(a, b));
  }

  /** A hash code that is equal for identical instances. */
  static int hash(Type origin, List<Type> typeArgs) {
    int h = System.identityHashCode(origin instanceof Named n ? n.obj() : origin);
    for (Type t : typeArgs) {
      h = 31 * h + hash(t);
    }
    return h;
  }

  /**
   * A hash code that is equal for identical types. What interfaces are made of does not count:
   * their type sets may not be known yet.
   */
  private static int hash(Type t) {
    return switch (t.unalias()) {
      case Basic b -> b.kind().hashCode();
      case Array a -> 3 + 31 * hash(a.elem());
      case Slice s -> 5 + 31 * hash(s.elem());
      case Pointer p -> 7 + 31 * hash(p.elem());
      case MapType m -> 11 + 31 * (hash(m.key()) + 31 * hash(m.elem()));
      case Chan c -> 13 + c.dir().hashCode() + 31 * hash(c.elem());
      case Struct s -> {
        int h = 17 + s.numFields();
        for (Var f : s.fields()) {
          h = 31 * h + f.name().hashCode();
          h = 31 * h + hash(f.type());
        }
        yield h;
      }
      case Tuple p -> hash(p);
      case Signature s ->
          // Type parameters that the signature itself declares have no identity of their own.
          s.typeParams().isEmpty() ? 19 + 31 * (hash(s.params()) + 31 * hash(s.results())) : 19;
      case Named n -> hash(n, n.typeArgs());
      case TypeParam p -> System.identityHashCode(p);
      case Interface _ -> 23;
      case Union _ -> 29;
      case Alias _ -> throw new AssertionError("alias");
    };
  }

  private static int hash(Tuple tuple) {
    int h = tuple.len();
    for (Var v : tuple.vars()) {
      h = 31 * h + hash(v.type());
    }
    return h;
  }
}
