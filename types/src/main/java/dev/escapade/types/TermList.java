package dev.escapade.types;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of types given by terms: all types, or the union of the types of disjoint terms (types2:
 * termlist). Immutable.
 */
final class TermList {
  /** All types. */
  static final TermList ALL = new TermList(List.of());

  /** No type. */
  static final TermList EMPTY = new TermList(List.of());

  private final List<Term> terms;

  private TermList(List<Term> terms) {
    this.terms = terms;
  }

  /** The types of one term. */
  static TermList of(Term term) {
    return new TermList(List.of(term));
  }

  /** The terms; none if the set is empty or that of all types. */
  List<Term> terms() {
    return terms;
  }

  boolean isAll() {
    return this == ALL;
  }

  boolean isEmpty() {
    return this != ALL && terms.isEmpty();
  }

  /** Reports whether the set is given by terms: neither empty nor that of all types. */
  boolean hasTerms() {
    return !terms.isEmpty();
  }

  TermList union(TermList other) {
    if (isAll() || other.isAll()) {
      return ALL;
    }
    if (terms.isEmpty()) {
      return other;
    }
    if (other.terms.isEmpty()) {
      return this;
    }
    List<Term> all = new ArrayList<>(terms);
    all.addAll(other.terms);
    return normalize(all);
  }

  TermList intersect(TermList other) {
    if (isAll()) {
      return other;
    }
    if (other.isAll()) {
      return this;
    }
    List<Term> common = new ArrayList<>();
    for (Term x : terms) {
      for (Term y : other.terms) {
        if (!x.disjoint(y)) {
          common.add(!x.tilde() || y.tilde() ? x : y);
        }
      }
    }
    return normalize(common);
  }

  /**
   * Merges terms that have types in common: of two, one contains the other. The result keeps the
   * order of first terms. Quadratic, which is why unions are limited in length.
   */
  private static TermList normalize(List<Term> list) {
    List<Term> result = new ArrayList<>(list.size());
    boolean[] merged = new boolean[list.size()];
    for (int i = 0; i < list.size(); i++) {
      if (merged[i]) {
        continue;
      }
      Term x = list.get(i);
      for (int j = i + 1; j < list.size(); j++) {
        Term y = list.get(j);
        if (!merged[j] && !x.disjoint(y)) {
          x = x.tilde() || !y.tilde() ? x : y;
          merged[j] = true;
        }
      }
      result.add(x);
    }
    return result.isEmpty() ? EMPTY : new TermList(List.copyOf(result));
  }

  /** Reports whether the terms hold for {@code t}. */
  boolean includes(Type t) {
    if (isAll()) {
      return true;
    }
    for (Term x : terms) {
      if (x.includes(t)) {
        return true;
      }
    }
    return false;
  }

  boolean subsetOf(TermList other) {
    if (other.isAll()) {
      return true;
    }
    if (isAll()) {
      return false;
    }
    for (Term x : terms) {
      if (!other.contains(x)) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(Term y) {
    for (Term x : terms) {
      if (y.subsetOf(x)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether both are the same set. */
  boolean sameSet(TermList other) {
    return this == other || (subsetOf(other) && other.subsetOf(this));
  }

  /** The terms without those that {@code keep} rejects. */
  TermList filter(Predicate<Term> keep) {
    @Nullable List<Term> kept = null;
    for (int i = 0; i < terms.size(); i++) {
      boolean ok = keep.test(terms.get(i));
      if (!ok && kept == null) {
        kept = new ArrayList<>(terms.subList(0, i));
      } else if (ok && kept != null) {
        kept.add(terms.get(i));
      }
    }
    if (kept == null) {
      return this;
    }
    return kept.isEmpty() ? EMPTY : new TermList(List.copyOf(kept));
  }

  /** The terms as messages show them. */
  String toString(Qualifier qf) {
    if (isAll()) {
      return "𝓤";
    }
    if (terms.isEmpty()) {
      return "∅";
    }
    StringBuilder out = new StringBuilder();
    for (Term t : terms) {
      if (!out.isEmpty()) {
        out.append(" | ");
      }
      out.append(t.toString(qf));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return toString(Qualifier.PATH);
  }
}
