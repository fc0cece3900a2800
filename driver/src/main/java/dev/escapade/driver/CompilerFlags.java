package dev.escapade.driver;

import dev.escapade.unit.DebugSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The flags of one run of the compiler, as far as they matter to the middle end
 * (cmd/compile/internal/base/flag.go, go 1.26).
 *
 * @param m how much is said of the decisions ({@code -m}): 0 nothing, 1 the decisions, 2 and more
 *     their reasons as well
 * @param l how inlining is set ({@code -l}): 0 on, 1 off, above 1 as the compiler's debugging
 *     levels
 * @param n whether optimizations are off ({@code -N})
 * @param allErrors whether all errors are reported, not ten only ({@code -e})
 * @param lang the language version ({@code -lang}), or empty for the module's
 * @param race whether the code is for the race detector ({@code -race})
 * @param smallFrames whether less is allocated on the stack ({@code -smallframes})
 * @param std whether the package is taken for one of the standard library ({@code -std})
 * @param runtime whether the package is taken for one of the runtime ({@code -+})
 * @param debug the settings of {@code -d}
 * @param json the folder for the optimization log ({@code -json=0,dir}), absolute, or empty
 */
public record CompilerFlags(
    int m,
    int l,
    boolean n,
    boolean allErrors,
    String lang,
    boolean race,
    boolean smallFrames,
    boolean std,
    boolean runtime,
    DebugSettings debug,
    String json) {
  /** No flags. */
  public static final CompilerFlags NONE =
      new CompilerFlags(
          0, 0, false, false, "", false, false, false, false, DebugSettings.DEFAULT, "");

  /** Flags without a value, or with a number, that change nothing here. */
  private static final Set<String> COUNTS_WITHOUT_EFFECT = Set.of("B", "h", "K");

  private static final Set<String> SWITCHES_WITHOUT_EFFECT =
      Set.of(
          "dwarf", "dwarfbasentries", "dwarflocationlists", "complete", "pack", "wb", "errorurl");

  private static final Set<String> VALUES_WITHOUT_EFFECT = Set.of("c", "gendwarfinl", "buildid");

  private static final Set<String> COUNTS_UNSUPPORTED =
      Set.of("E", "L", "S", "W", "j", "r", "w", "%");

  private static final Set<String> SWITCHES_UNSUPPORTED =
      Set.of(
          "V",
          "asan",
          "clobberdead",
          "clobberdeadreg",
          "dynlink",
          "linkshared",
          "msan",
          "nolocalimports",
          "shared",
          "t",
          "v");

  private static final Set<String> VALUES_UNSUPPORTED =
      Set.of(
          "D",
          "I",
          "asmhdr",
          "bench",
          "blockprofile",
          "coveragecfg",
          "cpuprofile",
          "embedcfg",
          "env",
          "goversion",
          "importcfg",
          "installsuffix",
          "linkobj",
          "memprofile",
          "memprofilerate",
          "mutexprofile",
          "o",
          "p",
          "pgoprofile",
          "spectre",
          "symabis",
          "traceprofile",
          "trimpath");

  /**
   * Reads the compiler's flags.
   *
   * @throws FlagException for a flag that the compiler does not have, that has a bad value, or that
   *     asks for what Escapade cannot do
   */
  public static CompilerFlags parse(List<String> args) throws FlagException {
    int m = 0;
    int l = 0;
    int n = 0;
    int e = 0;
    int live = 0;
    String lang = "";
    boolean race = false;
    boolean smallFrames = false;
    boolean std = false;
    boolean runtime = false;
    DebugFlag debug = new DebugFlag();
    String json = "";
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      Flag flag = Flag.of(rest.next());
      switch (flag.name) {
        case "m" -> m = flag.count(m);
        case "l" -> l = flag.count(l);
        case "N" -> n = flag.count(n);
        case "e" -> e = flag.count(e);
        case "live" -> live = flag.count(live);
        case "lang" -> lang = flag.valueOrNext(rest);
        case "race" -> race = flag.isOn();
        case "smallframes" -> smallFrames = flag.isOn();
        case "std" -> std = flag.isOn();
        case "+" -> runtime = flag.isOn();
        case "json" -> json = JsonFlag.folder(flag.valueOrNext(rest), json);
        case "d" -> debug.set(flag.valueOrNext(rest));
        default -> flag.checkWithoutEffect(rest);
      }
    }
    return new CompilerFlags(
        m,
        l,
        n != 0,
        e != 0,
        lang,
        race,
        smallFrames,
        std,
        runtime,
        debug.settings(race, live > 0),
        json);
  }

  /** One flag as written, with its value if that follows an equals sign. */
  private record Flag(String name, String value, boolean hasValue) {
    static Flag of(String arg) throws FlagException {
      String s = arg;
      if (s.length() < 2 || s.charAt(0) != '-') {
        throw new FlagException("-gcflags: " + arg + " is not a compiler flag");
      }
      s = s.substring(s.startsWith("--") ? 2 : 1);
      if (s.isEmpty() || s.startsWith("-") || s.startsWith("=")) {
        throw new FlagException("bad flag syntax: " + arg);
      }
      int equals = s.indexOf('=');
      return equals < 0
          ? new Flag(s, "", false)
          : new Flag(s.substring(0, equals), s.substring(equals + 1), true);
    }

    /** The value of a counting flag that stood at {@code old}. */
    int count(int old) throws FlagException {
      if (!hasValue || value.equals("true")) {
        return old + 1;
      }
      if (value.equals("false")) {
        return 0;
      }
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException _) {
        throw new FlagException(
            "invalid boolean value \"%s\" for -%s: invalid count \"%s\""
                .formatted(value, name, value));
      }
    }

    /** Whether a flag that is on or off is on. */
    boolean isOn() throws FlagException {
      return switch (hasValue ? value : "true") {
        case "1", "t", "T", "true", "TRUE", "True" -> true;
        case "0", "f", "F", "false", "FALSE", "False" -> false;
        default ->
            throw new FlagException(
                "invalid boolean value \"%s\" for -%s: parse error".formatted(value, name));
      };
    }

    String valueOrNext(Iterator<String> rest) throws FlagException {
      if (hasValue) {
        return value;
      }
      if (!rest.hasNext()) {
        throw new FlagException("flag needs an argument: -" + name);
      }
      return rest.next();
    }

    void checkWithoutEffect(Iterator<String> rest) throws FlagException {
      if (COUNTS_WITHOUT_EFFECT.contains(name)) {
        count(0);
      } else if (VALUES_WITHOUT_EFFECT.contains(name)) {
        valueOrNext(rest);
      } else if (!SWITCHES_WITHOUT_EFFECT.contains(name)) {
        boolean known =
            COUNTS_UNSUPPORTED.contains(name)
                || SWITCHES_UNSUPPORTED.contains(name)
                || VALUES_UNSUPPORTED.contains(name);
        throw new FlagException(
            known
                ? "-gcflags: the compiler's flag -" + name + " is not supported"
                : "-gcflags: flag provided but not defined: -" + name);
      }
    }
  }
}
