package dev.escapade.types;

import java.util.List;

/**
 * An instantiation of a generic type or function.
 *
 * @param type the resulting {@link Named}, {@link Alias} or {@link Signature}
 */
public record Instance(List<Type> typeArgs, Type type) {
  public Instance {
    typeArgs = List.copyOf(typeArgs);
  }
}
