package dev.escapade.types;

/** Sizes and alignments as the gc compiler has them for one architecture. */
public final class Sizes {
  private final int wordSizeBytes;
  private final int maxAlignBytes;

  Sizes(int wordSizeBytes, int maxAlignBytes) {
    this.wordSizeBytes = wordSizeBytes;
    this.maxAlignBytes = maxAlignBytes;
  }

  /** The sizes for a GOARCH; those of a 64-bit architecture if it is unknown. */
  public static Sizes forArch(String goarch) {
    return switch (goarch) {
      case "386", "arm", "mips", "mipsle" -> new Sizes(4, 4);
      case "amd64p32" -> new Sizes(4, 8);
      default -> new Sizes(8, 8);
    };
  }

  public int wordSizeBytes() {
    return wordSizeBytes;
  }

  /** The size of a value in bytes; negative if it is too large. */
  public long sizeof(Type type) {
    throw new UnsupportedOperationException();
  }

  /** The alignment of a variable in bytes. */
  public long alignof(Type type) {
    throw new UnsupportedOperationException();
  }

  /** The offset in bytes of the field that {@code index} selects; negative if it is too large. */
  public long offsetof(Type type, int[] index) {
    throw new UnsupportedOperationException();
  }

  int maxAlignBytes() {
    return maxAlignBytes;
  }
}
