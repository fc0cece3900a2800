package dev.escapade.release;

import java.util.Set;

/**
 * One release of Go, as far as its rules are numbers and lists.
 *
 * @param name as in {@code go1.26}
 * @param minorVersion 26 for {@code go1.26}; language versions up to {@code go1.26} are accepted
 */
public record Release(
    String name,
    int minorVersion,
    InlineRules inline,
    EscapeRules escape,
    AllocationRules allocation,
    PositionRules positions,
    PackageRules packages) {

  /** Go 1.26. */
  public static final Release GO1_26 =
      new Release(
          "go1.26",
          26,
          new InlineRules(80, 57, 1, 17, 1, 80, 0, 15, 5000, 20, 800, 2, 20, 2000, 99),
          new EscapeRules(128 << 10, 64 << 10, 128, 5, 254),
          AllocationRules.GO1_26,
          new PositionRules((1 << 20) - 2, 255),
          new PackageRules(
              Set.of(
                  "runtime",
                  "internal/abi",
                  "internal/bytealg",
                  "internal/byteorder",
                  "internal/chacha8rand",
                  "internal/coverage/rtcov",
                  "internal/cpu",
                  "internal/goarch",
                  "internal/godebugs",
                  "internal/goexperiment",
                  "internal/goos",
                  "internal/profilerecord",
                  "internal/runtime/atomic",
                  "internal/runtime/cgroup",
                  "internal/runtime/exithook",
                  "internal/runtime/gc",
                  "internal/runtime/gc/scan",
                  "internal/runtime/maps",
                  "internal/runtime/math",
                  "internal/runtime/sys",
                  "internal/runtime/syscall/linux",
                  "internal/runtime/syscall/windows",
                  "internal/strconv",
                  "internal/stringslite"),
              Set.of("runtime/race", "runtime/msan", "runtime/asan"),
              Set.of("internal/bytealg"),
              Set.of("sync", "sync/atomic", "internal/sync", "internal/runtime/atomic")));

  /** This release with the smaller frames of {@code -smallframes}. */
  public Release withSmallFrames() {
    return new Release(
        name, minorVersion, inline, escape.withSmallFrames(), allocation, positions, packages);
  }

  /** Reads this release's table of intrinsics for {@code arch}; keep it, it takes milliseconds. */
  public Intrinsics intrinsics(Arch arch) {
    return Intrinsics.read(name, arch);
  }
}
