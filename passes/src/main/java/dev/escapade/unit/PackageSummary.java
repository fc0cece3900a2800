package dev.escapade.unit;

import dev.escapade.ir.Sym;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the compilation of a package leaves to its importers, besides types and bodies.
 *
 * @param functions by name without the package, as {@code "(*T).M"} for a method
 * @param inlined the functions of other packages that were inlined here, so that their bodies are
 *     known to who imports this package
 */
public record PackageSummary(Map<String, FuncSummary> functions, Set<Sym> inlined) {
  public PackageSummary {
    functions = Map.copyOf(functions);
    inlined = Set.copyOf(inlined);
  }

  /** The summary of a function of this package, or null if nothing is known of it. */
  public @Nullable FuncSummary function(String name) {
    return functions.get(name);
  }
}
