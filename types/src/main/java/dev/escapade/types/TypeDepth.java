package dev.escapade.types;

/**
 * How deeply types are nested. The expansion of an instance may ask for an instance with a larger
 * type argument, and so on without end, as in {@code type T[P any] struct{ next *T[*P] }}. The Go
 * type checker finds most such declarations, but never ends on others; here there is a limit, which
 * no sensible program comes near to.
 */
final class TypeDepth {
  /** The greatest depth of a type argument that an expansion may lead to. */
  static final int MAX = 500;

  /** Types share parts, so that a type may be much larger than it is deep. */
  private static final int MAX_PARTS = 50_000;

  private int parts;

  private TypeDepth() {}

  /** The depth of the deepest of {@code types}; more than {@link #MAX} if they are too large. */
  static int of(Iterable<Type> types) {
    TypeDepth depth = new TypeDepth();
    int max = 0;
    for (Type t : types) {
      max = Math.max(max, depth.of(t));
    }
    return max;
  }

  private int of(Type type) {
    if (++parts > MAX_PARTS) {
      return MAX + 1;
    }
    return switch (type) {
      case Basic _, TypeParam _ -> 0;
      case Named n -> n.depth();
      case Alias a -> of(a.unalias());
      case Pointer p -> 1 + of(p.elem());
      case Slice s -> 1 + of(s.elem());
      case Array a -> 1 + of(a.elem());
      case Chan c -> 1 + of(c.elem());
      case MapType m -> 1 + Math.max(of(m.key()), of(m.elem()));
      case Signature s -> 1 + Math.max(ofVars(s.params().vars()), ofVars(s.results().vars()));
      case Struct s -> 1 + ofVars(s.fields());
      case Tuple t -> ofVars(t.vars());
      case Interface i -> 1 + ofInterface(i);
      case Union u -> {
        int max = 0;
        for (Term t : u.terms()) {
          max = Math.max(max, of(t.type()));
        }
        yield max;
      }
    };
  }

  private int ofVars(Iterable<Var> vars) {
    int max = 0;
    for (Var v : vars) {
      max = Math.max(max, of(v.type()));
    }
    return max;
  }

  private int ofInterface(Interface i) {
    int max = 0;
    for (Func m : i.explicitMethods()) {
      max = Math.max(max, of(m.signature()));
    }
    for (Type t : i.embeddeds()) {
      max = Math.max(max, of(t));
    }
    return max;
  }
}
