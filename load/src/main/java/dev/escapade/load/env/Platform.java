package dev.escapade.load.env;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a target implies: its variant of the architecture, the build tags that follow from it and
 * from GOEXPERIMENT, and whether cgo is on by default. The tables are those of Go 1.26
 * (internal/buildcfg, internal/platform).
 */
public final class Platform {
  private static final Set<String> WITHOUT_CGO =
      Set.of(
          "js/wasm",
          "wasip1/wasm",
          "linux/ppc64",
          "openbsd/ppc64",
          "plan9/386",
          "plan9/amd64",
          "plan9/arm");

  private static final Set<String> KNOWN =
      Set.of(
          "aix/ppc64",
          "android/386",
          "android/amd64",
          "android/arm",
          "android/arm64",
          "darwin/amd64",
          "darwin/arm64",
          "dragonfly/amd64",
          "freebsd/386",
          "freebsd/amd64",
          "freebsd/arm",
          "freebsd/arm64",
          "freebsd/riscv64",
          "illumos/amd64",
          "ios/amd64",
          "ios/arm64",
          "js/wasm",
          "linux/386",
          "linux/amd64",
          "linux/arm",
          "linux/arm64",
          "linux/loong64",
          "linux/mips",
          "linux/mips64",
          "linux/mips64le",
          "linux/mipsle",
          "linux/ppc64",
          "linux/ppc64le",
          "linux/riscv64",
          "linux/s390x",
          "linux/sparc64",
          "netbsd/386",
          "netbsd/amd64",
          "netbsd/arm",
          "netbsd/arm64",
          "openbsd/386",
          "openbsd/amd64",
          "openbsd/arm",
          "openbsd/arm64",
          "openbsd/mips64",
          "openbsd/ppc64",
          "openbsd/riscv64",
          "plan9/386",
          "plan9/amd64",
          "plan9/arm",
          "solaris/amd64",
          "wasip1/wasm",
          "windows/386",
          "windows/amd64",
          "windows/arm64");

  private static final Set<String> ALWAYS_REGABI =
      Set.of("amd64", "arm64", "loong64", "ppc64le", "ppc64", "riscv64");

  private Platform() {}

  /** Reports whether the go command knows this pair. */
  public static boolean isKnown(String goos, String goarch) {
    return KNOWN.contains(goos + "/" + goarch);
  }

  /** The variable that selects the variant of an architecture, or null if there is none. */
  public static @Nullable String levelVariable(String goarch) {
    return switch (goarch) {
      case "386" -> "GO386";
      case "amd64" -> "GOAMD64";
      case "arm" -> "GOARM";
      case "arm64" -> "GOARM64";
      case "mips", "mipsle" -> "GOMIPS";
      case "mips64", "mips64le" -> "GOMIPS64";
      case "ppc64", "ppc64le" -> "GOPPC64";
      case "riscv64" -> "GORISCV64";
      case "wasm" -> "GOWASM";
      default -> null;
    };
  }

  /** The variant of an architecture when its variable is not set. */
  public static String defaultLevel(String goarch) {
    return switch (goarch) {
      case "386" -> "sse2";
      case "amd64" -> "v1";
      case "arm" -> "7";
      case "arm64" -> "v8.0";
      case "mips", "mipsle", "mips64", "mips64le" -> "hardfloat";
      case "ppc64", "ppc64le" -> "power8";
      case "riscv64" -> "rva20u64";
      default -> "";
    };
  }

  /** The build tags that hold for a variant, such as {@code amd64.v1} and {@code amd64.v2}. */
  public static List<String> levelTags(String goarch, String level) {
    List<String> tags = new ArrayList<>();
    switch (goarch) {
      case "386", "mips", "mipsle", "mips64", "mips64le" -> tags.add(goarch + "." + level);
      case "amd64" -> addRange(tags, "amd64.v", 1, number(level, 1));
      case "arm" -> addRange(tags, "arm.", 5, number(level, 0));
      case "arm64" -> addArm64(tags, level);
      case "ppc64", "ppc64le" -> addRange(tags, goarch + ".power", 8, number(level, 5));
      case "riscv64" -> {
        List<String> profiles = List.of("rva20u64", "rva22u64", "rva23u64");
        for (String profile : profiles.subList(0, profiles.indexOf(level) + 1)) {
          tags.add("riscv64." + profile);
        }
      }
      case "wasm" -> tags.addAll(List.of("wasm.satconv", "wasm.signext"));
      default -> {}
    }
    return tags;
  }

  private static void addArm64(List<String> tags, String level) {
    if (level.length() < 4) {
      return;
    }
    int major = level.charAt(1) - '0';
    int minor = level.charAt(3) - '0';
    addRange(tags, "arm64.v" + major + ".", 0, minor);
    if (major == 9) {
      addRange(tags, "arm64.v8.", 0, Math.min(minor + 5, 9)); // v9.n has all of v8.(n+5)
    }
  }

  private static void addRange(List<String> tags, String prefix, int first, int last) {
    for (int i = first; i <= last; i++) {
      tags.add(prefix + i);
    }
  }

  private static int number(String level, int start) {
    int n = 0;
    for (int i = start; i < level.length() && Character.isDigit(level.charAt(i)) && n < 100; i++) {
      n = n * 10 + Character.digit(level.charAt(i), 10);
    }
    return n;
  }

  /**
   * The experiments that are on (internal/buildcfg: ParseGOEXPERIMENT).
   *
   * @param known all experiments of the installation
   * @param setting the value of GOEXPERIMENT
   * @throws IllegalArgumentException with the go command's text if the setting is not valid
   */
  public static SortedSet<String> experiments(
      String goos, String goarch, Set<String> known, String setting) {
    boolean always = ALWAYS_REGABI.contains(goarch);
    boolean supported = always || goarch.equals("s390x");
    SortedSet<String> on = new TreeSet<>(List.of("randomizedheapbase64", "greenteagc"));
    if (!Set.of("darwin", "ios", "aix").contains(goos)) {
      on.add("dwarf5");
    }
    if (supported) {
      on.addAll(List.of("regabiwrappers", "regabiargs"));
    }
    for (String item : setting.split(",", -1)) {
      boolean off = item.startsWith("no");
      String name = off ? item.substring(2) : item;
      if (item.equals("none")) {
        on.clear();
      } else if (name.equals("regabi")) {
        set(on, "regabiwrappers", !off);
        set(on, "regabiargs", !off);
      } else if (known.contains(name)) {
        set(on, name, !off);
      } else if (!item.isEmpty()) {
        throw new IllegalArgumentException("unknown GOEXPERIMENT " + name);
      }
    }
    if (always) {
      on.addAll(List.of("regabiwrappers", "regabiargs"));
    } else if (!supported) {
      on.removeAll(Set.of("regabiwrappers", "regabiargs"));
    }
    if (on.contains("regabiargs") && !on.contains("regabiwrappers")) {
      throw new IllegalArgumentException("GOEXPERIMENT regabiargs requires regabiwrappers");
    }
    return on;
  }

  private static void set(Set<String> on, String name, boolean value) {
    if (value) {
      on.add(name);
    } else {
      on.remove(name);
    }
  }

  /** Reports whether cgo is on (cmd/go: cfg.defaultContext). */
  public static boolean cgoEnabled(GoEnv env, String goos, String goarch) {
    String setting = env.get("CGO_ENABLED");
    if (setting.equals("0") || setting.equals("1")) {
      return setting.equals("1");
    }
    boolean host = goos.equals(GoEnv.hostOs()) && goarch.equals(GoEnv.hostArch());
    if (!host || WITHOUT_CGO.contains(goos + "/" + goarch)) {
      return false;
    }
    if (!env.fromEnvironment("CC").isEmpty()) {
      return true;
    }
    String compiler =
        Set.of("darwin", "ios", "freebsd", "openbsd").contains(goos) ? "clang" : "gcc";
    String exe = goos.equals("windows") ? compiler + ".exe" : compiler;
    return env.path().stream().anyMatch(dir -> new File(dir, exe).canExecute());
  }
}
