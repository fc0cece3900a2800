package dev.escapade.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The types that implement an interface (Go spec, "Interface types"; types2: typeset.go): those
 * that have all its methods, are in its list of terms, and can be compared if the set asks for it.
 * It asks only if the terms are all types, as terms that cannot be compared are left out otherwise.
 *
 * <p>A set is computed once, while the package is checked; a set under computation is already known
 * to its interface, so that an interface that wrongly embeds itself ends the recursion.
 */
final class TypeSet {
  /** The set of all types. */
  static final TypeSet TOP = new TypeSet(List.of(), TermList.ALL, false);

  /** The set of {@code comparable}. */
  static final TypeSet COMPARABLE = new TypeSet(List.of(), TermList.ALL, true);

  /** Stands for a union with too many terms, which has been reported. */
  private static final TypeSet INVALID = new TypeSet(List.of(), TermList.EMPTY, false);

  /** Unions of more terms are refused, as operations on them take quadratic time. */
  static final int MAX_TERMS = 100;

  private List<Func> methods;
  private TermList terms;
  private boolean comparable;

  private TypeSet(List<Func> methods, TermList terms, boolean comparable) {
    this.methods = methods;
    this.terms = terms;
    this.comparable = comparable;
  }

  /** All methods, sorted by {@link Obj#compare}. */
  List<Func> methods() {
    return methods;
  }

  TermList terms() {
    return terms;
  }

  /** Reports whether only comparable types are in the set, which has no specific terms then. */
  boolean comparable() {
    return comparable;
  }

  boolean isEmpty() {
    return terms.isEmpty();
  }

  /** Reports whether this is the set of all types. */
  boolean isAll() {
    return isMethodSet() && methods.isEmpty();
  }

  /** Reports whether methods alone describe the set. */
  boolean isMethodSet() {
    return !comparable && terms.isAll();
  }

  /** Reports whether there are specific types in the set. */
  boolean hasTerms() {
    return terms.hasTerms();
  }

  boolean subsetOf(TypeSet other) {
    return terms.subsetOf(other.terms);
  }

  /** Reports whether each type of the set can be compared. */
  boolean isComparable() {
    return isComparable(null);
  }

  boolean isComparable(@Nullable Set<Type> seen) {
    if (terms.isAll()) {
      return comparable;
    }
    if (terms.isEmpty()) {
      return false;
    }
    for (Term t : terms.terms()) {
      if (Comparability.comparableType(t.type(), false, seen) != null) {
        return false;
      }
    }
    return true;
  }

  /** The index of the method that {@code name} denotes in {@code pkg}, or -1. */
  int lookupMethod(@Nullable Package pkg, String name, boolean foldCase) {
    return Lookup.methodIndex(methods, pkg, name, foldCase);
  }

  /** Reports whether {@code f} holds for all specific terms; if there are none, for null. */
  boolean is(Predicate<@Nullable Term> f) {
    if (!hasTerms()) {
      return f.test(null);
    }
    for (Term t : terms.terms()) {
      if (!f.test(t)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reports whether {@code f} holds for all specific types and their underlying types; if there are
   * none, for null.
   */
  boolean all(TypeSets.TypePredicate f) {
    if (!hasTerms()) {
      return f.test(null, null);
    }
    for (Term t : terms.terms()) {
      Type u = t.tilde() ? t.type().unalias() : t.type().underlying();
      if (!f.test(t.type(), u)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The type set of {@code t}, which gets to know it. An interface that is not set up has that of
   * all types, for now.
   *
   * @param check the running checker, which errors are reported to; or null
   * @param pos where {@code t} is embedded, or 0
   */
  static TypeSet compute(@Nullable Checker check, int pos, Interface t) {
    TypeSet known = t.typeSetIfKnown();
    if (known != null) {
      return known;
    }
    if (!t.complete()) {
      return TOP;
    }
    TypeSet set = new TypeSet(List.of(), TermList.ALL, false);
    t.setTypeSet(set);
    new Builder(check, set).build(t);
    return set;
  }

  /** The type set of a union, without regard to errors in it. */
  static TypeSet of(Union u) {
    return of(null, 0, u);
  }

  private static TypeSet of(@Nullable Checker check, int pos, Union u) {
    TypeSet known = u.typeSetIfKnown();
    if (known != null) {
      return known;
    }
    TypeSet set = new TypeSet(List.of(), TermList.EMPTY, false);
    u.setTypeSet(set);
    TermList all = TermList.EMPTY;
    for (Term t : u.terms()) {
      all = all.union(termsOf(check, pos, t));
      if (all.terms().size() > MAX_TERMS) {
        if (check != null) {
          check.errors.errorf(
              pos,
              Code.INVALID_UNION,
              "cannot handle more than %d union terms (implementation limitation)",
              MAX_TERMS);
        }
        u.setTypeSet(INVALID);
        return INVALID;
      }
    }
    set.terms = all;
    return set;
  }

  private static TermList termsOf(@Nullable Checker check, int pos, Term t) {
    Type u = t.type().underlying();
    if (u instanceof Interface i) {
      return compute(check, pos, i).terms;
    }
    if (u == Basic.INVALID || (t.tilde() && !Predicates.identical(t.type(), u))) {
      return TermList.EMPTY; // no type has an underlying type that is not one itself
    }
    return TermList.of(t);
  }

  /** Collects the methods and intersects the terms of an interface. */
  private static final class Builder {
    private static final int LINEAR_MAX = 8;

    private final @Nullable Checker check;
    private final TypeSet set;
    private final List<Func> methods = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private @Nullable Map<String, Integer> indexById;

    Builder(@Nullable Checker check, TypeSet set) {
      this.check = check;
      this.set = set;
    }

    void build(Interface t) {
      for (Func m : t.explicitMethods()) {
        add(m.pos(), m, true);
      }
      for (int i = 0; i < t.embeddeds().size(); i++) {
        int pos = i < t.embedPos().size() ? t.embedPos().get(i) : 0;
        embed(pos, t.embeddeds().get(i));
      }
      methods.sort(Obj::compare);
      set.methods = List.copyOf(methods);
    }

    private void embed(int pos, Type t) {
      switch (t.underlying()) {
        case Interface i -> {
          TypeSet other = compute(check, pos, i);
          if (isTooNew(pos, t)) {
            return;
          }
          for (Func m : other.methods) {
            add(pos, m, false);
          }
          intersect(other.terms, other.comparable);
        }
        case Union u -> {
          if (check == null
              || pos == 0
              || check.verifyVersionf(pos, GoVersion.GO1_18, "embedding interface element %s", u)) {
            TypeSet other = of(check, pos, u);
            if (other != INVALID) {
              intersect(other.terms, false);
            }
          }
        }
        case Type u -> {
          if (u != Basic.INVALID
              && (check == null
                  || pos == 0
                  || check.verifyVersionf(
                      pos, GoVersion.GO1_18, "embedding non-interface type %s", t))) {
            intersect(TermList.of(new Term(false, t)), false);
          }
        }
      }
    }

    /** Reports constraints of other packages that older versions may not embed. */
    private boolean isTooNew(int pos, Type t) {
      return pos != 0
          && check != null
          && check.decls.isImportedConstraint(t)
          && !check.verifyVersionf(pos, GoVersion.GO1_18, "embedding constraint interface %s", t);
    }

    private void intersect(TermList other, boolean otherComparable) {
      set.terms = set.terms.intersect(other);
      set.comparable |= otherComparable;
      if (set.comparable && !set.terms.isAll()) {
        set.comparable = false;
        set.terms = set.terms.filter(t -> Comparability.comparableType(t.type(), false) == null);
      }
    }

    private void add(int pos, Func m, boolean explicit) {
      int i = find(m);
      if (i < 0) {
        methods.add(m);
        positions.add(pos);
        if (indexById != null) {
          indexById.put(m.id(), methods.size() - 1);
        }
        return;
      }
      Checker checker = check;
      if (checker == null) {
        return;
      }
      Func other = methods.get(i);
      int otherPos = positions.get(i);
      if (explicit) {
        reportDuplicate(checker, pos, m, otherPos);
        return;
      }
      // Interfaces with a method in common may be embedded since Go 1.14 if its types agree, which
      // cannot be told before all types are complete.
      checker.later(() -> {
        if ((pos != 0 && !checker.allowVersion(GoVersion.GO1_14))
            || !Predicates.identical(m.type(), other.type())) {
          reportDuplicate(checker, pos, m, otherPos);
        }
      });
    }

    private static void reportDuplicate(Checker check, int pos, Func m, int otherPos) {
      check
          .errors
          .newError(Code.DUPLICATE_DECL)
          .addf(pos, "duplicate method %s", m.name())
          .addf(otherPos, "other declaration of method %s", m.name())
          .report();
    }

    private int find(Func m) {
      if (methods.size() <= LINEAR_MAX) {
        return Lookup.methodIndex(methods, m.pkg(), m.name(), false);
      }
      if (indexById == null) {
        indexById = new HashMap<>();
        for (int i = 0; i < methods.size(); i++) {
          indexById.put(methods.get(i).id(), i);
        }
      }
      return indexById.getOrDefault(m.id(), -1);
    }
  }
}
