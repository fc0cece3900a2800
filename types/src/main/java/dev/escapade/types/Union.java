package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A union of terms as written in an interface. */
public final class Union extends Type {
  private final List<Term> terms;
  private @Nullable TypeSet tset;

  /**
   * A union.
   *
   * @param terms at least one
   */
  public Union(List<Term> terms) {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("empty union");
    }
    this.terms = List.copyOf(terms);
  }

  /** The terms as they are written; immutable. */
  public List<Term> terms() {
    return terms;
  }

  /** The type set if it has been computed, else null. */
  @Nullable TypeSet typeSetIfKnown() {
    return tset;
  }

  void setTypeSet(TypeSet tset) {
    this.tset = tset;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
