package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alias type, declared by {@code type A = T}, possibly generic. */
public final class Alias extends Type {
  private final TypeName obj;
  private final Alias origin;
  private List<TypeParam> typeParams;
  private final List<Type> typeArgs;
  private @Nullable Type fromRhs;
  private @Nullable Type actual;

  /**
   * A declared alias. It becomes the type of {@code obj} if that has none.
   *
   * @param rhs null if it follows by {@link #setFromRhs}
   */
  public Alias(TypeName obj, @Nullable Type rhs) {
    this.obj = obj;
    this.origin = this;
    this.typeParams = List.of();
    this.typeArgs = List.of();
    this.fromRhs = rhs;
    if (obj.typeOrNull() == null) {
      obj.setType(this);
    }
  }

  /** An instance of the generic alias {@code origin}. */
  Alias(TypeName obj, Type rhs, Alias origin, List<Type> typeArgs) {
    this.obj = obj;
    this.origin = origin;
    this.typeParams = origin.typeParams;
    this.typeArgs = List.copyOf(typeArgs);
    this.fromRhs = rhs;
    obj.setType(this);
  }

  /** The name in the declaration; of an instance that of its origin. */
  public TypeName obj() {
    return origin.obj;
  }

  /** The generic alias of which this is an instance, or this alias. */
  public Alias origin() {
    return origin;
  }

  /** The type parameters; those of the origin for an instance. */
  public List<TypeParam> typeParams() {
    return typeParams;
  }

  void setTypeParams(List<TypeParam> typeParams) {
    this.typeParams = List.copyOf(typeParams);
  }

  /** The type arguments of an instance, else empty. */
  public List<Type> typeArgs() {
    return typeArgs;
  }

  /** The type on the right-hand side, which may be another alias. */
  public Type rhs() {
    return fromRhs == null ? Basic.INVALID : fromRhs;
  }

  /** The type on the right-hand side, or null while the declaration is being checked. */
  @Nullable Type fromRhs() {
    return fromRhs;
  }

  void setFromRhs(@Nullable Type rhs) {
    fromRhs = rhs;
    actual = null;
  }

  /**
   * The type that the chain of aliases ends in; invalid while one of them is being declared. A
   * chain that runs into itself is an error that has been or will be reported.
   */
  @Override
  public Type unalias() {
    if (actual != null) {
      return actual;
    }
    Type t = fromRhs;
    int steps = 0;
    while (t instanceof Alias a) {
      t = a.actual != null ? a.actual : a.fromRhs;
      if (++steps > 1_000_000) {
        return Basic.INVALID;
      }
    }
    if (t == null) {
      return Basic.INVALID;
    }
    actual = t;
    return t;
  }

  @Override
  public Type underlying() {
    return unalias().underlying();
  }
}
