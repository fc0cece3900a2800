package dev.escapade.driver;

import dev.escapade.unit.DebugSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The compiler's flag {@code -d}: comma-separated settings {@code name=value}, where {@code name}
 * alone means 1 (cmd/internal/objabi: DebugFlag; cmd/compile/internal/base/debug.go, go 1.26).
 */
final class DebugFlag {
  private static final String BOUNDS_CHECKS = "ssa/check_bce/debug";
  private static final String CHECKPTR = "checkptr";
  private static final String DEADLOCALS_OFF = "nodeadlocals";
  private static final String CLOSURES = "inlfuncswithclosures";
  private static final String MUTATIONS = "escapemutationscalls";
  private static final String NIL_CHECKS = "nil";
  private static final String STATIC_INIT = "inlstaticinit";
  private static final String ZERO_COPY = "zerocopy";

  private static final Set<String> OBEYED =
      Set.of(
          BOUNDS_CHECKS,
          NIL_CHECKS,
          CHECKPTR,
          DEADLOCALS_OFF,
          CLOSURES,
          MUTATIONS,
          STATIC_INIT,
          ZERO_COPY);

  /** Settings that change only what comes after the middle end, or how the compiler itself runs. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "alignhot",
          "compressinstructions",
          "freeappend",
          "gcadjust",
          "gccheck",
          "gcstart",
          "mergelocals",
          "noopendefer",
          "norefname",
          "panic",
          "softfloat",
          "ssa/insert_resched_checks/off", // on in an experiment only
          "syncframes");

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "abiwrap",
          "append",
          "closure",
          "converthash",
          "defer",
          "disablenil",
          "dumpinlcallsitescores",
          "dumpinlfuncprops",
          "dumpptrs",
          "dwarfinl",
          "escapealias",
          "escapealiascheck",
          "escapedebug",
          "export",
          "fipshash",
          "fmahash",
          "gcprog",
          "gossahash",
          "inlbudgetslack",
          "inlscoreadj",
          "libfuzzer",
          "literalallochash",
          "locationlists",
          "loopvar",
          "loopvarhash",
          "maxshapelen",
          "maymorestack",
          "mergelocalsdumpfunc",
          "mergelocalshash",
          "mergelocalshtrace",
          "mergelocalstrace",
          "pctab",
          "pgodebug",
          "pgodevirtualize",
          "pgohash",
          "pgoinline",
          "pgoinlinebudget",
          "pgoinlinecdfthreshold",
          "rangefunccheck",
          "reshape",
          "shapify",
          "slice",
          "staticcopy",
          "tailcall",
          "typeassert",
          "variablemakehash",
          "variablemakethreshold",
          "wb",
          "wrapglobalmapctl",
          "wrapglobalmapdbg");

  /** Consistency checks of the compiler's back end. */
  private static final String SSA_CHECKS = "ssa/check/";

  private final Map<String, Integer> values = new HashMap<>();

  /**
   * Reads one value of the flag.
   *
   * @throws FlagException for a setting that the compiler does not have, or that asks for what
   *     Escapade cannot do
   */
  void set(String value) throws FlagException {
    for (String setting : value.split(",", -1)) {
      if (!setting.isEmpty()) {
        setOne(setting);
      }
    }
  }

  private void setOne(String setting) throws FlagException {
    int end = 0;
    while (end < setting.length() && setting.charAt(end) != '=' && setting.charAt(end) != ':') {
      end++;
    }
    String name = setting.substring(0, end);
    if (name.startsWith(SSA_CHECKS) || WITHOUT_EFFECT.contains(name)) {
      return;
    }
    if (!OBEYED.contains(name)) {
      throw new FlagException(
          UNSUPPORTED.contains(name) || name.startsWith("ssa/") || name.equals("help")
              ? "-gcflags: the compiler's debug setting -d=" + name + " is not supported"
              : "-gcflags: unknown debug key " + name);
    }
    try {
      values.put(name, end == setting.length() ? 1 : Integer.parseInt(setting.substring(end + 1)));
    } catch (NumberFormatException _) {
      throw new FlagException("-gcflags: invalid debug value " + name);
    }
  }

  /**
   * All settings together.
   *
   * @param race whether {@code -race} is given, which implies {@code checkptr}
   * @param liveness whether {@code -live} is given
   */
  DebugSettings settings(boolean race, boolean liveness) {
    return new DebugSettings(
        values.getOrDefault(CHECKPTR, race ? 1 : 0),
        values.getOrDefault(MUTATIONS, 0) > 0,
        values.getOrDefault(ZERO_COPY, 1) != 0,
        values.getOrDefault(CLOSURES, 1) != 0,
        values.getOrDefault(STATIC_INIT, 1) != 0,
        values.getOrDefault(DEADLOCALS_OFF, 0) == 0,
        values.getOrDefault(BOUNDS_CHECKS, 0) > 0,
        values.getOrDefault(NIL_CHECKS, 0) > 0,
        liveness);
  }
}
