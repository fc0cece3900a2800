package dev.escapade.load.build;

import java.util.Set;

/**
 * What build constraints are evaluated against (go/build.Context).
 *
 * @param cgoEnabled whether the tag {@code cgo} holds and files that import "C" take part
 * @param tags all other tags that hold apart from the operating system and architecture: the
 *     compiler, {@code -tags}, those of toolchain and release
 */
public record BuildContext(String goos, String goarch, boolean cgoEnabled, Set<String> tags) {
  private static final Set<String> KNOWN_OS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "hurd",
          "illumos",
          "ios",
          "js",
          "linux",
          "nacl",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "wasip1",
          "windows",
          "zos");
  private static final Set<String> UNIX_OS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "hurd",
          "illumos",
          "ios",
          "linux",
          "netbsd",
          "openbsd",
          "solaris");
  private static final Set<String> KNOWN_ARCH =
      Set.of(
          "386",
          "amd64",
          "amd64p32",
          "arm",
          "armbe",
          "arm64",
          "arm64be",
          "loong64",
          "mips",
          "mipsle",
          "mips64",
          "mips64le",
          "mips64p32",
          "mips64p32le",
          "ppc",
          "ppc64",
          "ppc64le",
          "riscv",
          "riscv64",
          "s390",
          "s390x",
          "sparc",
          "sparc64",
          "wasm");

  public BuildContext {
    tags = Set.copyOf(tags);
  }

  /** This context without cgo. */
  public BuildContext withoutCgo() {
    return cgoEnabled ? new BuildContext(goos, goarch, false, tags) : this;
  }

  /** Reports whether a tag of a build constraint holds. */
  public boolean matches(String tag) {
    if (tag.equals(goos) || tag.equals(goarch)) {
      return true;
    }
    return switch (tag) {
      case "cgo" -> cgoEnabled || tags.contains(tag);
      case "linux" -> goos.equals("android") || tags.contains(tag);
      case "solaris" -> goos.equals("illumos") || tags.contains(tag);
      case "darwin" -> goos.equals("ios") || tags.contains(tag);
      case "unix" -> UNIX_OS.contains(goos) || tags.contains(tag);
      case "boringcrypto" -> tags.contains("goexperiment.boringcrypto");
      default -> tags.contains(tag);
    };
  }

  /**
   * Reports whether a file's name lets it take part: {@code name_GOOS}, {@code name_GOARCH} and
   * {@code name_GOOS_GOARCH}, each also before {@code _test}, name a platform. What precedes the
   * first underscore never does, so {@code linux.go} is for every system.
   */
  public boolean matchesFileName(String name) {
    int dot = name.indexOf('.');
    int end = dot < 0 ? name.length() : dot;
    int first = name.indexOf('_');
    if (first < 0 || first >= end) {
      return true;
    }
    if (name.startsWith("_test", end - 5) && end - 5 >= first) {
      end -= 5;
    }
    int last = name.lastIndexOf('_', end - 1);
    if (last < first) {
      return true;
    }
    String suffix = name.substring(last + 1, end);
    boolean isArch = KNOWN_ARCH.contains(suffix);
    if (isArch) {
      int previous = last == 0 ? -1 : name.lastIndexOf('_', last - 1);
      if (previous >= first) {
        String os = name.substring(previous + 1, last);
        if (KNOWN_OS.contains(os)) {
          return matches(suffix) && matches(os);
        }
      }
    }
    return !(isArch || KNOWN_OS.contains(suffix)) || matches(suffix);
  }
}
