package dev.escapade.types;

import java.util.List;

/**
 * An ordered list of variables: parameters or results, or the type of an expression with several
 * values. Tuples are no first class types.
 */
public final class Tuple extends Type {
  /** The tuple without variables. */
  public static final Tuple EMPTY = new Tuple(List.of());

  private final List<Var> vars;

  private Tuple(List<Var> vars) {
    this.vars = vars;
  }

  /** A tuple of {@code vars}. */
  public static Tuple of(List<Var> vars) {
    return vars.isEmpty() ? EMPTY : new Tuple(List.copyOf(vars));
  }

  /** A tuple of {@code vars}. */
  public static Tuple of(Var... vars) {
    return vars.length == 0 ? EMPTY : new Tuple(List.of(vars));
  }

  public int len() {
    return vars.size();
  }

  public Var at(int i) {
    return vars.get(i);
  }

  /** The variables; immutable. */
  public List<Var> vars() {
    return vars;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
