package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What later stages need in order to instantiate generic code themselves. */
public final class GenericTypes {
  private GenericTypes() {}

  /** The core type of {@code t} (types2: CoreType), or null if there is none. */
  public static @Nullable Type coreType(Type t) {
    return TypeSets.coreType(t);
  }

  /**
   * An instance of a generic type, or of a type declared within a generic function, to be completed
   * by {@link #complete}.
   *
   * @param typeArgs those of the functions around a local type, then those of the type itself
   */
  public static Named instance(Named origin, List<Type> typeArgs) {
    return Named.instance(null, 0, origin, typeArgs, null);
  }

  /** Sets what an instance is made of. */
  public static void complete(Named instance, Type underlying) {
    instance.setFromRhs(underlying);
  }
}
