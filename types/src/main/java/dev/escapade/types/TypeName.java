package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** The name of a defined type, an alias, a type parameter or a predeclared type. */
public final class TypeName extends Obj {
  /**
   * A type name.
   *
   * @param type null if it follows, as a side effect of making a {@link Named}, {@link Alias} or
   *     {@link TypeParam} for the name
   */
  public TypeName(int pos, @Nullable Package pkg, String name, @Nullable Type type) {
    super(pos, pkg, name, type);
  }

  /** Reports whether the name is an alias for a type. */
  public boolean isAlias() {
    return switch (typeOrNull()) {
      case null -> false;
      case Basic t ->
          // byte and rune have types of their names, yet are aliases; unsafe.Pointer is none
          pkg() != Universe.UNSAFE
              && (pkg() != null || !t.name().equals(name()) || t == Basic.BYTE || t == Basic.RUNE);
      case Named t -> this != t.ownObj();
      case TypeParam t -> this != t.obj();
      case Alias _,
          Pointer _,
          Slice _,
          Array _,
          MapType _,
          Chan _,
          Struct _,
          Tuple _,
          Signature _,
          Interface _,
          Union _ ->
          true;
    };
  }
}
