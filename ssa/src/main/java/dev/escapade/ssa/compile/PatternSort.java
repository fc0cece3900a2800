package dev.escapade.ssa.compile;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Sorts as the compiler sorts the functions that it compiles: by pattern-defeating quicksort (Orson
 * Peters, arXiv:2106.05123), as package slices of the release does it (slices.SortFunc, Go 1.26).
 * It is not stable, so elements with equal keys come in the order that just this algorithm, with
 * its thresholds and its choice of pivots, leaves them in. What is compiled first is logged first.
 */
final class PatternSort<T> {
  /** Up to so many elements are sorted by insertion. */
  private static final int INSERTION = 12;

  /** From so many elements on, the pivot is a median of medians. */
  private static final int NINTHER = 50;

  /** So many swaps in the choice of a pivot mean that the elements are in reverse order. */
  private static final int ALL_SWAPPED = 12;

  /** So many elements out of place are moved before what looks sorted is given up. */
  private static final int REPAIRS = 5;

  /** Fewer elements are not repaired. */
  private static final int REPAIRABLE = 50;

  private final List<T> items;
  private final ToIntFunction<T> key;
  private int swaps;

  private PatternSort(List<T> items, ToIntFunction<T> key) {
    this.items = items;
    this.key = key;
  }

  /** Sorts a list with random access by a key, the least first. */
  static <T> void sort(List<T> items, ToIntFunction<T> key) {
    int n = items.size();
    new PatternSort<>(items, key).sort(0, n, bitLength(n));
  }

  private static int bitLength(int n) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(n);
  }

  private int at(int i) {
    return key.applyAsInt(items.get(i));
  }

  private boolean isLess(int i, int j) {
    return at(i) < at(j);
  }

  private void swap(int i, int j) {
    T x = items.get(i);
    items.set(i, items.get(j));
    items.set(j, x);
  }

  /**
   * Sorts the elements from {@code from} on, before {@code to}.
   *
   * @param limit how many bad partitions are accepted before heap sort takes over
   */
  private void sort(int from, int to, int limit) {
    int a = from;
    int b = to;
    int badLeft = limit;
    boolean balanced = true;
    boolean partitioned = true;
    while (true) {
      int length = b - a;
      if (length <= INSERTION) {
        insertionSort(a, b);
        return;
      }
      if (badLeft == 0) {
        heapSort(a, b);
        return;
      }
      if (!balanced) {
        scatter(a, b);
        badLeft--;
      }
      int pivot = choosePivot(a, b);
      boolean increasing = swaps == 0;
      if (swaps == ALL_SWAPPED) {
        reverse(a, b);
        pivot = a + b - 1 - pivot;
        increasing = true;
      }
      if (balanced && partitioned && increasing && repair(a, b)) {
        return;
      }
      if (a > 0 && !isLess(a - 1, pivot)) {
        a = skipEqual(a, b, pivot);
        continue;
      }
      partitioned = isPartitioned(a, b, pivot);
      int mid = partition(a, b, pivot);
      balanced = Math.min(mid - a, b - mid) >= length / 8;
      if (mid - a < b - mid) {
        sort(a, mid, badLeft);
        a = mid + 1;
      } else {
        sort(mid + 1, b, badLeft);
        b = mid;
      }
    }
  }

  private void insertionSort(int a, int b) {
    for (int i = a + 1; i < b; i++) {
      sink(i, a);
    }
  }

  /** Moves an element down, not below {@code bottom}, while it is less than the one before it. */
  private void sink(int from, int bottom) {
    for (int i = from; i > bottom && isLess(i, i - 1); i--) {
      swap(i, i - 1);
    }
  }

  private void heapSort(int a, int b) {
    int n = b - a;
    for (int i = (n - 1) / 2; i >= 0; i--) {
      siftDown(a, i, n);
    }
    for (int i = n - 1; i >= 0; i--) {
      swap(a, a + i);
      siftDown(a, 0, i);
    }
  }

  private void siftDown(int first, int from, int n) {
    int root = from;
    for (int child = 2 * root + 1; child < n; child = 2 * root + 1) {
      if (child + 1 < n && isLess(first + child, first + child + 1)) {
        child++;
      }
      if (!isLess(first + root, first + child)) {
        return;
      }
      swap(first + root, first + child);
      root = child;
    }
  }

  /** Breaks patterns on which the choice of pivots fails; not at random, for repeatable results. */
  private void scatter(int a, int b) {
    int length = b - a;
    int mask = (1 << bitLength(length)) - 1;
    long random = length;
    int middle = a + length / 4 * 2;
    for (int i = middle - 1; i <= middle + 1; i++) {
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      int other = (int) random & mask;
      swap(i, a + (other >= length ? other - length : other));
    }
  }

  /** A median; leaves in {@link #swaps} how many of the comparisons found a pair out of order. */
  private int choosePivot(int a, int b) {
    int quarter = (b - a) / 4;
    int i = a + quarter;
    int j = a + 2 * quarter;
    int k = a + 3 * quarter;
    swaps = 0;
    if (b - a >= NINTHER) {
      i = median(i - 1, i, i + 1);
      j = median(j - 1, j, j + 1);
      k = median(k - 1, k, k + 1);
    }
    return median(i, j, k);
  }

  private int median(int i, int j, int k) {
    int low = i;
    int mid = j;
    if (isLess(mid, low)) {
      swaps++;
      low = j;
      mid = i;
    }
    if (isLess(k, mid)) {
      swaps++;
      mid = k;
    }
    if (isLess(mid, low)) {
      swaps++;
      mid = low;
    }
    return mid;
  }

  private void reverse(int a, int b) {
    for (int i = a, j = b - 1; i < j; i++, j--) {
      swap(i, j);
    }
  }

  /** Sorts elements few of which are out of place; reports whether it could. */
  private boolean repair(int a, int b) {
    int i = a + 1;
    for (int repairs = 0; repairs < REPAIRS; repairs++) {
      while (i < b && !isLess(i, i - 1)) {
        i++;
      }
      if (i == b) {
        return true;
      }
      if (b - a < REPAIRABLE) {
        return false;
      }
      swap(i, i - 1);
      if (i - a >= 2) {
        sink(i - 1, 0);
      }
      for (int j = i + 1; j < b && isLess(j, j - 1); j++) {
        swap(j, j - 1);
      }
    }
    return false;
  }

  /** Puts what equals the pivot first; nothing is less. Returns where the rest begins. */
  private int skipEqual(int a, int b, int pivot) {
    swap(a, pivot);
    int i = a + 1;
    int j = b - 1;
    while (true) {
      while (i <= j && !isLess(a, i)) {
        i++;
      }
      while (i <= j && isLess(a, j)) {
        j--;
      }
      if (i > j) {
        return i;
      }
      swap(i++, j--);
    }
  }

  /** Reports whether the elements, but for the pivot, stand on the right sides already. */
  private boolean isPartitioned(int a, int b, int pivot) {
    T first = items.get(a);
    int p = at(pivot);
    int i = a + 1;
    while (i < b && (i == pivot ? key.applyAsInt(first) : at(i)) < p) {
      i++;
    }
    while (i < b && (i == pivot ? key.applyAsInt(first) : at(i)) >= p) {
      i++;
    }
    return i == b;
  }

  /** Puts what is less than the pivot before it. Returns the pivot's new place. */
  private int partition(int a, int b, int pivot) {
    swap(a, pivot);
    int i = a + 1;
    int j = b - 1;
    while (true) {
      while (i <= j && isLess(i, a)) {
        i++;
      }
      while (i <= j && !isLess(j, a)) {
        j--;
      }
      if (i > j) {
        swap(j, a);
        return j;
      }
      swap(i++, j--);
    }
  }
}
