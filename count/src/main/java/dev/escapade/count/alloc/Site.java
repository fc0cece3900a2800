package dev.escapade.count.alloc;

/**
 * A place that may allocate.
 *
 * @param place where it is
 * @param what what it is, in words of the source, as {@code make([]int, n)}
 * @param kind what decides whether and how much it allocates
 * @param elementBytes the size of the object, or of an element
 * @param pointers whether the object, or an element, holds pointers
 * @param buffer how many elements fit into a buffer in the frame; 0 for none
 * @param length how many elements; {@link Val#ANY} if that is unknown or has no meaning
 * @param said whether the compiler says of this place that something escapes to the heap
 */
public record Site(
    Place place,
    String what,
    Kind kind,
    long elementBytes,
    boolean pointers,
    long buffer,
    Val length,
    boolean said) {
  /** What decides. */
  public enum Kind {
    /** One object, unless it has no size. */
    OBJECT,
    /** A value in an interface that has a shared box if it is small, or zero. */
    SMALL_BOX,
    /** A backing array, unless it is empty or fits into the buffer. */
    ARRAY,
    /** A string or byte slice: as an array, but a string of one byte is shared. */
    STRING,
    /** A concatenation: none if only one operand is not empty, or if it fits into the buffer. */
    CONCAT,
    /** An append: at most one array. */
    APPEND,
    /** An append to a slice that has room, if what was reserved suffices. */
    RESERVED,
    /** A variable with such appends. */
    RESERVATION,
    /** A map; {@code length} is the hint, {@code buffer} 1 if the map itself is in the frame. */
    MAP,
    /** An assignment to an entry of a map, which may have to grow. */
    MAP_PUT,
    /** A channel. */
    CHAN,
    /** A go statement, whose goroutine usually is a used one. */
    GO,
    /** A deferred call whose record is taken from a pool. */
    DEFER
  }
}
