package dev.escapade.types;

/**
 * A Go type (Go spec, "Types"). Java equality is object identity; {@link Predicates#identical} is
 * the identity of Go.
 */
public abstract sealed class Type
    permits Basic,
        Named,
        Alias,
        Pointer,
        Slice,
        Array,
        MapType,
        Chan,
        Struct,
        Tuple,
        Signature,
        Interface,
        TypeParam,
        Union {

  Type() {}

  /**
   * The underlying type (Go spec, "Underlying types"); never a {@link Named}, {@link Alias} or
   * {@link TypeParam}.
   */
  public abstract Type underlying();

  /** The type that this alias, or chain of aliases, stands for; this type if it is no alias. */
  public Type unalias() {
    return this;
  }

  /** This type as a named type, looking through aliases, or null (types2: asNamed). */
  @org.jspecify.annotations.Nullable
  Named asNamed() {
    return unalias() instanceof Named n ? n : null;
  }

  /** The type in Go's notation, with full package paths. */
  @Override
  public final String toString() {
    return TypeString.typeString(this, Qualifier.PATH);
  }
}
