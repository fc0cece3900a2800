package dev.escapade.tools.compare;

import dev.escapade.load.LoadConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The flags of {@code go build} under which both sides look at packages.
 *
 * @param gcflags the compiler's flags
 * @param load the others, each in the form {@code -name=value}; one always says which profile
 * @param platform what the environment says of the platform to build for, such as {@code GOOS}
 */
record Flags(String gcflags, List<String> load, SortedMap<String, String> platform) {
  private static final String AUTO = "auto";
  private static final String DEFAULT = "-pgo=" + AUTO;

  /** The variables that choose files and rules of a platform. */
  private static final List<String> PLATFORM =
      List.of(
          "GOOS",
          "GOARCH",
          "GO386",
          "GOAMD64",
          "GOARM",
          "GOARM64",
          "GOMIPS",
          "GOMIPS64",
          "GOPPC64",
          "GORISCV64",
          "GOWASM",
          "GOEXPERIMENT",
          "CGO_ENABLED");

  Flags {
    load = List.copyOf(load);
    platform = Collections.unmodifiableSortedMap(new TreeMap<>(platform));
  }

  /** The flags that the go command needs in order to load what we load. */
  static Flags of(String gcflags, LoadConfig config) {
    List<String> load = new ArrayList<>();
    load.add("-pgo=" + profile(config));
    add("-tags=", config.tags(), load);
    add("-mod=", config.mod(), load);
    add("-modfile=", config.modfile(), load);
    add("-overlay=", config.overlay(), load);
    SortedMap<String, String> platform = new TreeMap<>();
    for (String name : PLATFORM) {
      String value = config.env().getOrDefault(name, "");
      if (!value.isEmpty() && !value.equals(GoCommand.SETTINGS.get(name))) {
        platform.put(name, value);
      }
    }
    return new Flags(gcflags, load, platform);
  }

  private static void add(String flag, @Nullable String value, List<String> load) {
    if (value != null) {
      load.add(flag + value);
    }
  }

  private static String profile(LoadConfig config) {
    String pgo = config.pgo();
    if (pgo == null || pgo.equals(AUTO)) {
      return AUTO;
    }
    return pgo.equals("off") ? pgo : config.dir().resolve(pgo).normalize().toString();
  }

  /** The variables of the environment that both sides get. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(GoCommand.SETTINGS);
    settings.putAll(platform);
    return settings;
  }

  /** What the platform adds to the name of a file; nothing for the usual one. */
  String suffix() {
    StringBuilder suffix = new StringBuilder();
    platform.forEach((name, value) -> suffix.append('.').append(name).append('=').append(value));
    return suffix.toString();
  }

  /** The name of a file for what is printed under these flags. */
  String fileName() {
    StringBuilder flags = new StringBuilder(gcflags.strip().replaceFirst("^-+", ""));
    if (flags.isEmpty()) {
      flags.append("none");
    }
    for (String flag : load) {
      if (!flag.equals(DEFAULT)) {
        flags.append('.').append(flag, 1, flag.length());
      }
    }
    flags.append(suffix());
    return flags.toString().replaceAll("[^A-Za-z0-9=._-]", "_") + ".txt.gz";
  }
}
