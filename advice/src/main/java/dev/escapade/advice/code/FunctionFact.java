package dev.escapade.advice.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a function.
 *
 * @param kept how it keeps its parameters, the receiver first; shorter than the list of parameters
 *     if the last ones are not kept
 */
public record FunctionFact(List<@Nullable Kept> kept, Set<Trait> traits) {
  /** Nothing. */
  public static final FunctionFact NONE = new FunctionFact(List.of(), Set.of());

  public FunctionFact {
    kept = Collections.unmodifiableList(new ArrayList<>(kept));
    traits = Set.copyOf(traits);
  }

  /** Reports whether there is anything to be told. */
  public boolean isEmpty() {
    return kept.isEmpty() && traits.isEmpty();
  }
}
