package dev.escapade.unit;

import dev.escapade.types.Func;
import dev.escapade.types.Obj;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the compilation of a package leaves to its importers, besides types and bodies.
 *
 * @param functions by name without the package, as {@code "(*T).M"} for a method
 * @param visible the objects, of this package and others, that its importers can find, by the
 *     linker's names; empty without a profile, as nobody asks then
 * @param bodies the functions, of this package and others, whose bodies it hands on
 */
public record PackageSummary(
    Map<String, FuncSummary> functions, Map<String, Obj> visible, Set<Func> bodies) {
  public PackageSummary {
    functions = Map.copyOf(functions);
  }

  /** The summary of a function of this package, or null if nothing is known of it. */
  public @Nullable FuncSummary function(String name) {
    return functions.get(name);
  }
}
