package dev.escapade.types;

/**
 * A term of a union: a type, or with {@code tilde} all types whose underlying type it is.
 *
 * @param tilde whether the term is {@code ~type}
 */
public record Term(boolean tilde, Type type) {
  @Override
  public String toString() {
    return tilde ? "~" + type : type.toString();
  }

  /** The term in Go's notation. */
  String toString(Qualifier qf) {
    String s = TypeString.typeString(type, qf);
    return tilde ? "~" + s : s;
  }

  /** Reports whether {@code t} is in the set of types that the term stands for. */
  boolean includes(Type t) {
    return Predicates.identical(type, tilde ? t.underlying() : t);
  }

  /** Reports whether no type is in both terms. */
  boolean disjoint(Term y) {
    Type ux = y.tilde ? type.underlying() : type;
    Type uy = tilde ? y.type.underlying() : y.type;
    return !Predicates.identical(ux, uy);
  }

  /** Reports whether every type of this term is one of {@code y}. */
  boolean subsetOf(Term y) {
    return !disjoint(y) && (!tilde || y.tilde);
  }
}
