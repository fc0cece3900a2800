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

  /** An instance of a generic type declared at package level, expanded when it is asked. */
  public static Named instance(Named origin, List<Type> typeArgs) {
    return Named.instance(null, 0, origin, typeArgs, null);
  }

  /**
   * An instance of a type declared within a generic function, to be completed by {@link #complete}.
   *
   * @param typeArgs those of the functions around it, then its own
   */
  public static Named localInstance(Named origin, List<Type> typeArgs) {
    return Named.instance(null, 0, origin, typeArgs, null);
  }

  /** Sets what a local instance is made of. */
  public static void complete(Named localInstance, Type underlying) {
    localInstance.setFromRhs(underlying);
  }
}
