package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types that implement an interface (Go spec, "Interface types"): those that have all its
 * methods and are in its list of terms, and that are comparable if the set asks for it.
 */
final class TypeSet {
  /** The set of all types. */
  static final TypeSet TOP = new TypeSet();

  private List<Func> methods = List.of();

  /** All methods, sorted by {@link Obj#compare}. */
  List<Func> methods() {
    return methods;
  }

  boolean isAll() {
    throw new UnsupportedOperationException();
  }

  boolean isMethodSet() {
    throw new UnsupportedOperationException();
  }

  boolean isComparable() {
    throw new UnsupportedOperationException();
  }

  boolean isEmpty() {
    throw new UnsupportedOperationException();
  }

  boolean comparable() {
    throw new UnsupportedOperationException();
  }

  TermList terms() {
    throw new UnsupportedOperationException();
  }

  static TypeSet ofUnion(Union u) {
    throw new UnsupportedOperationException();
  }

  static TypeSet compute(@Nullable Checker check, int pos, Interface t) {
    throw new UnsupportedOperationException();
  }
}
