package dev.escapade.syntax;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the elements of lists, inner lists above outer ones, so that each finished list is
 * copied once, at its length.
 */
final class NodeStack {
  private @Nullable Object[] elements = new @Nullable Object[256];
  private int size;

  /** Where a new list starts. */
  int mark() {
    return size;
  }

  void push(Object element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
    elements[size++] = element;
  }

  /** The number of elements since {@code mark}. */
  int count(int mark) {
    return size - mark;
  }

  /**
   * Removes the elements since {@code mark} and returns them as an immutable list.
   *
   * @param <T> the type of everything that was pushed since {@code mark}
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // by the contract above
  <T> List<T> take(int mark) {
    int n = size - mark;
    List<Object> list =
        switch (n) {
          case 0 -> List.of();
          case 1 -> List.of(at(mark));
          case 2 -> List.of(at(mark), at(mark + 1));
          default -> List.of(Arrays.copyOfRange(elements, mark, size));
        };
    Arrays.fill(elements, mark, size, null);
    size = mark;
    return (List<T>) list;
  }

  private Object at(int i) {
    return java.util.Objects.requireNonNull(elements[i]);
  }
}
