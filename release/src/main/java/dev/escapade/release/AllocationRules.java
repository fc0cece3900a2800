package dev.escapade.release;

/**
 * What the allocator and the lowering of allocating operations do (internal/runtime/gc, runtime,
 * internal/runtime/maps, cmd/compile/internal/walk), on 64-bit architectures.
 *
 * @param stringBufferBytes the buffer in the frame for a string or byte slice that does not escape
 *     (walk: tmpstringbufsize); for runes it has as many elements
 * @param variableMakeBytes the buffer in the frame for a slice of unknown capacity that does not
 *     escape (base: VariableMakeThreshold)
 * @param maxInterfaceTempBytes the greatest value in the frame that a non-escaping interface points
 *     to (walk: dataWord)
 * @param maxZeroValueBytes the greatest zero value for which the runtime has a shared one
 *     (internal/abi: ZeroValSize)
 * @param smallIntegers integers below this have shared boxes (runtime: staticuint64s)
 * @param mapGroupSlots how many entries a group of a map has
 * @param mapGroupLoad how many of them are used on average at most
 * @param mapTableSlots how many entries a table of a map has at most
 * @param mapMaxInlineBytes keys and elements beyond this are allocated one by one
 * @param tinyBytes objects below this without pointers share a block of this size
 * @param minHeaderBytes objects with pointers beyond this have a header
 * @param headerBytes its size
 * @param pageBytes large objects are multiples of this
 * @param doubleBelow slices with less capacity than this double (runtime: nextslicecap)
 */
public record AllocationRules(
    int stringBufferBytes,
    int variableMakeBytes,
    int maxInterfaceTempBytes,
    int maxZeroValueBytes,
    int smallIntegers,
    int mapGroupSlots,
    int mapGroupLoad,
    int mapTableSlots,
    int mapMaxInlineBytes,
    int tinyBytes,
    int minHeaderBytes,
    int headerBytes,
    int pageBytes,
    int doubleBelow) {
  /** The rules of Go 1.26. */
  public static final AllocationRules GO1_26 =
      new AllocationRules(32, 32, 1024, 1024, 256, 8, 7, 1024, 128, 16, 512, 8, 8192, 256);

  /** The sizes of small objects, ascending (internal/runtime/gc: SizeClassToSize). */
  private static final int[] SIZE_CLASSES = {
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
    384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768
  };

  /**
   * What an object takes from the heap, header included.
   *
   * @param sizeBytes of the object, at least 0
   * @param pointers whether it holds any
   */
  public long heapBytes(long sizeBytes, boolean pointers) {
    if (sizeBytes <= 0) {
      return 0;
    }
    long size = sizeBytes;
    if (size <= SIZE_CLASSES[SIZE_CLASSES.length - 1] - headerBytes) {
      if (pointers && size > minHeaderBytes) {
        size += headerBytes;
      }
      return sizeClass(size);
    }
    return size > Long.MAX_VALUE - pageBytes
        ? size
        : (size + pageBytes - 1) / pageBytes * pageBytes;
  }

  /**
   * What one of many such objects takes from the heap. Small ones without pointers share a block
   * (runtime/malloc.go: mallocgcTiny, Go 1.26).
   *
   * @param sizeBytes of the object, at least 0
   * @param pointers whether it holds any
   */
  public long shareBytes(long sizeBytes, boolean pointers) {
    boolean shares = !pointers && sizeBytes > 0 && sizeBytes < tinyBytes;
    return shares ? tinyBytes / (tinyBytes / sizeBytes) : heapBytes(sizeBytes, pointers);
  }

  private static long sizeClass(long sizeBytes) {
    int low = 0;
    int high = SIZE_CLASSES.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (SIZE_CLASSES[middle] >= sizeBytes) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return SIZE_CLASSES[low];
  }

  /** What of {@link #heapBytes} elements can use: without the header. */
  private long usableBytes(long sizeBytes, boolean pointers) {
    boolean header =
        pointers
            && sizeBytes > minHeaderBytes
            && sizeBytes <= SIZE_CLASSES[SIZE_CLASSES.length - 1] - headerBytes;
    return heapBytes(sizeBytes, pointers) - (header ? headerBytes : 0);
  }

  /**
   * The capacity of a slice after an append that does not fit.
   *
   * @param newLength the length that is needed
   * @param oldCapacity less than that
   * @param elementBytes the size of an element, at least 1
   */
  public long grownCapacity(long newLength, long oldCapacity, long elementBytes, boolean pointers) {
    long capacity = nextCapacity(newLength, oldCapacity);
    return usableBytes(Math.multiplyExact(capacity, elementBytes), pointers) / elementBytes;
  }

  private long nextCapacity(long newLength, long oldCapacity) {
    if (newLength > 2 * oldCapacity) {
      return newLength;
    }
    if (oldCapacity < doubleBelow) {
      return 2 * oldCapacity;
    }
    long capacity = oldCapacity;
    while (capacity < newLength) {
      capacity += (capacity + 3L * doubleBelow) >> 2;
    }
    return capacity;
  }
}
