package dev.escapade.release;

/**
 * What the middle end asks of a GOARCH (cmd/internal/sys, cmd/compile/internal/types).
 *
 * @param name the GOARCH
 * @param ptrSizeBytes the size of a pointer, an int and a uintptr
 * @param canMergeLoads whether the back end turns byte-wise loads and stores into one wide one
 * @param softFloat whether floating point is emulated
 * @param level the year of GORISCV64 or the number of GOPPC64; 0 for the lowest
 */
public record Arch(
    String name, int ptrSizeBytes, boolean canMergeLoads, boolean softFloat, int level) {

  /** The architecture named {@code goarch}, at its lowest level, with hardware floating point. */
  public static Arch of(String goarch) {
    int ptrSizeBytes =
        switch (goarch) {
          case "386", "arm", "mips", "mipsle" -> 4;
          default -> 8;
        };
    boolean canMergeLoads =
        switch (goarch) {
          case "386", "amd64", "arm64", "loong64", "ppc64", "ppc64le", "s390x" -> true;
          default -> false;
        };
    return new Arch(goarch, ptrSizeBytes, canMergeLoads, false, 0);
  }

  /** Loads and stores that are smaller than this must be aligned to their size. */
  public int alignmentBytes() {
    return switch (name) {
      case "arm", "mips", "mipsle" -> 4;
      case "loong64", "mips64", "mips64le", "riscv64" -> 8;
      default -> 1;
    };
  }
}
