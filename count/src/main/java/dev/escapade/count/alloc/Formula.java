package dev.escapade.count.alloc;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sum of products of quantities that are never negative, such as {@code 3 + 2*len(items)}. The
 * value is immutable; arithmetic saturates.
 */
public final class Formula {
  /** Nothing. */
  public static final Formula ZERO = new Formula(0, new TreeMap<>());

  /** One. */
  public static final Formula ONE = new Formula(1, new TreeMap<>());

  /** Beyond so many products a formula tells nobody anything. */
  private static final int MAX_TERMS = 6;

  private static final char TIMES = '*';

  private final long constant;

  /** The factors of a product, sorted and joined by {@link #TIMES}, to its coefficient. */
  private final SortedMap<String, Long> terms;

  private Formula(long constant, SortedMap<String, Long> terms) {
    this.constant = constant;
    this.terms = terms;
  }

  /** A number, at least 0. */
  public static Formula of(long n) {
    if (n < 0) {
      throw new IllegalArgumentException(Long.toString(n));
    }
    return n == 0 ? ZERO : n == 1 ? ONE : new Formula(n, new TreeMap<>());
  }

  /** A quantity by its name in the source, as {@code len(items)}. */
  public static Formula symbol(String name) {
    TreeMap<String, Long> terms = new TreeMap<>();
    terms.put(name, 1L);
    return new Formula(0, terms);
  }

  /** Reports whether this is a number. */
  public boolean isConstant() {
    return terms.isEmpty();
  }

  /** Reports whether this is 0. */
  public boolean isZero() {
    return constant == 0 && terms.isEmpty();
  }

  /** The number, or the part of the sum that is one. */
  public long constant() {
    return constant;
  }

  /** Reports whether there are too many products to be told. */
  public boolean isTooLong() {
    return terms.size() > MAX_TERMS;
  }

  /** The sum. */
  public Formula plus(Formula other) {
    if (other.isZero()) {
      return this;
    }
    if (isZero()) {
      return other;
    }
    TreeMap<String, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((name, n) -> sum.merge(name, n, Formula::add));
    return new Formula(add(constant, other.constant), sum);
  }

  /** The product. */
  public Formula times(Formula other) {
    if (isZero() || other.isZero()) {
      return ZERO;
    }
    TreeMap<String, Long> product = new TreeMap<>();
    terms.forEach((name, n) -> put(product, name, multiply(n, other.constant)));
    other.terms.forEach((name, n) -> put(product, name, multiply(n, constant)));
    terms.forEach(
        (a, n) -> other.terms.forEach((b, m) -> put(product, factors(a, b), multiply(n, m))));
    return new Formula(multiply(constant, other.constant), product);
  }

  private static void put(SortedMap<String, Long> product, String name, long n) {
    if (n != 0) {
      product.merge(name, n, Formula::add);
    }
  }

  private static String factors(String a, String b) {
    String joined = a + TIMES + b;
    if (joined.indexOf(TIMES) == joined.lastIndexOf(TIMES)) {
      return a.compareTo(b) <= 0 ? joined : b + TIMES + a;
    }
    String[] all = joined.split("\\*", -1);
    java.util.Arrays.sort(all);
    return String.join("*", all);
  }

  /** A formula that is at least as great as both, whatever the quantities are. */
  public Formula max(Formula other) {
    return combine(other, true);
  }

  /** A formula that is at most as great as both, whatever the quantities are. */
  public Formula min(Formula other) {
    return combine(other, false);
  }

  private Formula combine(Formula other, boolean max) {
    TreeMap<String, Long> result = new TreeMap<>();
    terms.forEach((name, n) -> {
      long m = other.terms.getOrDefault(name, 0L);
      put(result, name, max ? Math.max(n, m) : Math.min(n, m));
    });
    if (max) {
      other.terms.forEach(result::putIfAbsent);
    }
    return new Formula(
        max ? Math.max(constant, other.constant) : Math.min(constant, other.constant), result);
  }

  /** This less a number, 0 at least. */
  public Formula minus(long n) {
    return constant >= n
        ? new Formula(constant - n, terms)
        : constant == 0 ? this : withoutConstant();
  }

  private Formula withoutConstant() {
    return new Formula(0, terms);
  }

  /**
   * Reports whether this is worse than another: it is more where all quantities are 1, or grows
   * faster with one of them. Something done once, in place of something done in each round, is not.
   */
  public boolean isWorseThan(Formula other) {
    return atOne() > other.atOne()
        || terms.entrySet().stream()
            .anyMatch(t -> t.getValue() > other.terms.getOrDefault(t.getKey(), 0L));
  }

  /** The value where all quantities are 1. */
  private long atOne() {
    long sum = constant;
    for (long n : terms.values()) {
      sum = add(sum, n);
    }
    return sum;
  }

  private static long add(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long multiply(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Formula f && f.constant == constant && f.terms.equals(terms);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(constant) + terms.hashCode();
  }

  /** As in {@code 3 + 2*len(items)}. */
  @Override
  public String toString() {
    StringBuilder b = new StringBuilder();
    if (constant != 0 || terms.isEmpty()) {
      b.append(constant);
    }
    for (Map.Entry<String, Long> term : terms.entrySet()) {
      if (b.length() > 0) {
        b.append(" + ");
      }
      if (term.getValue() != 1) {
        b.append(term.getValue()).append(TIMES);
      }
      b.append(term.getKey());
    }
    return b.toString();
  }
}
