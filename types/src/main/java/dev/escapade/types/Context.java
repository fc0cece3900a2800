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

  private final Map<Long, Entry> entries = new HashMap<>();

  /** The instance of {@code origin} with {@code typeArgs}, or null if there is none. */
  synchronized @Nullable Type lookup(long hash, Type origin, List<Type> typeArgs) {
    for (Entry e = entries.get(hash); e != null; e = e.next) {
      if (sameOrigin(e.origin, origin) && Predicates.identicalLists(e.typeArgs, typeArgs)) {
        return e.instance;
      }
    }
    return null;
  }

  /** Adds an instance, or returns the one that is there already. */
  synchronized Type update(long hash, Type origin, List<Type> typeArgs, Type instance) {
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

  /**
   * A hash code that is equal for identical instances as long as they are spelled the same: {@code
   * byte} and {@code uint8}, or an alias and what it stands for, give different instances, which
   * print differently. It is long so that chance does not decide.
   */
  static long hash(Type origin, List<Type> typeArgs) {
    return new Hasher().hash(origin, typeArgs);
  }

  /** Computes one hash code. */
  private static final class Hasher {
    /**
     * How many parts of a type count. Types share parts, so that they can be much larger than the
     * program that makes them.
     */
    private static final int MAX_PARTS = 10_000;

    private int parts;

    private long hash(Type origin, List<Type> typeArgs) {
      long h = System.identityHashCode(origin instanceof Named n ? n.obj() : origin);
      for (Type t : typeArgs) {
        h = mix(h, hash(t));
      }
      return h;
    }

    private static long mix(long a, long b) {
      return (a ^ Long.rotateLeft(b, 32)) * 0x9e3779b97f4a7c15L + b;
    }

    /** What interfaces are made of does not count: their type sets may not be known yet. */
    private long hash(Type t) {
      if (++parts > MAX_PARTS) {
        return 0;
      }
      return switch (t) {
        case Basic b -> System.identityHashCode(b);
        case Array a -> mix(mix(3, a.len()), hash(a.elem()));
        case Slice s -> mix(5, hash(s.elem()));
        case Pointer p -> mix(7, hash(p.elem()));
        case MapType m -> mix(mix(11, hash(m.key())), hash(m.elem()));
        case Chan c -> mix(mix(13, c.dir().hashCode()), hash(c.elem()));
        case Struct s -> {
          long h = mix(17, s.numFields());
          for (Var f : s.fields()) {
            h = mix(mix(h, f.name().hashCode()), hash(f.type()));
          }
          yield h;
        }
        case Tuple p -> hash(p);
        case Signature s ->
            // Type parameters that the signature itself declares have no identity of their own.
            s.typeParams().isEmpty() ? mix(mix(19, hash(s.params())), hash(s.results())) : 19;
        case Named n -> hash(n, n.typeArgs());
        case TypeParam p -> System.identityHashCode(p);
        case Interface _ -> 23;
        case Union _ -> 29;
        case Alias a -> mix(hash(a.unalias()), hash(a.origin(), a.typeArgs()));
      };
    }

    private long hash(Tuple tuple) {
      long h = tuple.len();
      for (Var v : tuple.vars()) {
        h = mix(h, hash(v.type()));
      }
      return h;
    }
  }
}
