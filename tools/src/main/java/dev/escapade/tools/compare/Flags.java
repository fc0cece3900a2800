package dev.escapade.tools.compare;

import dev.escapade.load.LoadConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flags of {@code go build} under which both sides look at packages.
 *
 * @param gcflags the compiler's flags
 * @param load the others, each in the form {@code -name=value}; one always says which profile
 */
record Flags(String gcflags, List<String> load) {
  private static final String AUTO = "auto";
  private static final String DEFAULT = "-pgo=" + AUTO;

  Flags {
    load = List.copyOf(load);
  }

  /** The flags that the go command needs in order to load what we load. */
  static Flags of(String gcflags, LoadConfig config) {
    List<String> load = new ArrayList<>();
    load.add("-pgo=" + profile(config));
    add("-tags=", config.tags(), load);
    add("-mod=", config.mod(), load);
    add("-modfile=", config.modfile(), load);
    add("-overlay=", config.overlay(), load);
    return new Flags(gcflags, load);
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
    return flags.toString().replaceAll("[^A-Za-z0-9=._-]", "_") + ".txt.gz";
  }
}
