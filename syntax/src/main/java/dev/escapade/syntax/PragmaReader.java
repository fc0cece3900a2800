package dev.escapade.syntax;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the {@code //go:} directives of one file until the declaration to which they belong, and
 * reports those that are wrong (rules and texts: cmd/compile/internal/noder, lex.go and noder.go,
 * Go 1.26).
 */
final class PragmaReader {
  private static final String MISPLACED = "misplaced compiler directive";

  private final ParseOptions options;
  private final DiagnosticSink sink;
  private final boolean cgoGenerated;
  private final List<Linkname> linknames = new ArrayList<>();

  private final List<Pragma.Use> uses = new ArrayList<>();
  private final List<Pragma.Embed> embeds = new ArrayList<>();
  private Pragma.@Nullable WasmName wasmImport;
  private Pragma.@Nullable WasmName wasmExport;
  private boolean any;

  PragmaReader(SourceFile file, ParseOptions options, DiagnosticSink sink) {
    this.options = options;
    this.sink = sink;
    String name = file.name();
    int base = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
    this.cgoGenerated = name.startsWith("_cgo_", base);
  }

  /** The {@code //go:linkname} directives seen so far. */
  List<Linkname> linknames() {
    return linknames;
  }

  /** The directives since the last declaration, or null if there are none. */
  @Nullable Pragma take() {
    if (!any) {
      return null;
    }
    Pragma pragma = new Pragma(uses, embeds, wasmImport, wasmExport);
    clear();
    return pragma;
  }

  /** Reports the directives since the last declaration, as they stand before something else. */
  void rejectPending() {
    if (!any) {
      return;
    }
    for (Pragma.Use use : uses) {
      error(use.pos(), MISPLACED);
    }
    for (Pragma.Embed embed : embeds) {
      error(embed.pos(), "misplaced go:embed directive");
    }
    if (wasmImport != null) {
      error(wasmImport.pos(), "misplaced go:wasmimport directive");
    }
    if (wasmExport != null) {
      error(wasmExport.pos(), "misplaced go:wasmexport directive");
    }
    clear();
  }

  private void clear() {
    uses.clear();
    embeds.clear();
    wasmImport = null;
    wasmExport = null;
    any = false;
  }

  private void error(int pos, String message) {
    sink.report(Diagnostic.error("InvalidDirective", pos, message));
  }

  /**
   * Takes one directive.
   *
   * @param pos of its "go:"
   * @param alone whether only blanks stand before it on its line
   * @param text from "go:" to the end of the line
   */
  void directive(int pos, boolean alone, String text) {
    if (!alone) {
      error(pos, MISPLACED);
    } else if (text.startsWith("go:wasmimport ")) {
      List<String> f = fields(text);
      if (f.size() != 3) {
        error(pos, "usage: //go:wasmimport importmodule importname");
      } else if (options.wasm()) {
        wasmImport = new Pragma.WasmName(pos, f.get(1), f.get(2));
        any = true;
      }
    } else if (text.startsWith("go:wasmexport ")) {
      List<String> f = fields(text);
      if (f.size() != 2) {
        error(pos, "usage: //go:wasmexport exportname");
      } else if (options.wasm()) {
        wasmExport = new Pragma.WasmName(pos, "", f.get(1));
        any = true;
      }
    } else if (text.startsWith("go:linkname ")) {
      linkname(pos, text);
    } else if (text.equals("go:embed") || text.startsWith("go:embed ")) {
      embed(pos, text.substring("go:embed".length()));
    } else if (text.startsWith("go:cgo_")) {
      cgo(pos, text);
    } else {
      flag(pos, verb(text));
    }
  }

  private void linkname(int pos, String text) {
    List<String> f = fields(text);
    if (f.size() == 2 || f.size() == 3) {
      linknames.add(new Linkname(pos, f.get(1), f.size() == 3 ? f.get(2) : ""));
    } else {
      error(pos, "usage: //go:linkname localname [linkname]");
    }
  }

  private static String verb(String text) {
    int space = text.indexOf(' ');
    return space >= 0 ? text.substring(0, space) : text;
  }

  private void flag(int pos, String verb) {
    Pragma.Flag flag = flagOf(verb);
    if (flag == null) {
      if (options.std() && !isStdOnlyVerb(verb)) {
        error(pos, "//" + verb + " is not allowed in the standard library");
      }
      return;
    }
    if (!options.runtime() && isRuntimeOnly(flag)) {
      error(pos, "//" + verb + " only allowed in runtime");
    }
    if (flag == Pragma.Flag.UINTPTRKEEPALIVE && !options.std()) {
      error(pos, "//" + verb + " is only allowed in the standard library");
    }
    uses.add(new Pragma.Use(pos, flag));
    any = true;
  }

  private static Pragma.@Nullable Flag flagOf(String verb) {
    return switch (verb) {
      case "go:build" -> Pragma.Flag.GO_BUILD;
      case "go:noescape" -> Pragma.Flag.NOESCAPE;
      case "go:norace" -> Pragma.Flag.NORACE;
      case "go:nosplit" -> Pragma.Flag.NOSPLIT;
      case "go:noinline" -> Pragma.Flag.NOINLINE;
      case "go:nocheckptr" -> Pragma.Flag.NOCHECKPTR;
      case "go:systemstack" -> Pragma.Flag.SYSTEMSTACK;
      case "go:nowritebarrier" -> Pragma.Flag.NOWRITEBARRIER;
      case "go:nowritebarrierrec" -> Pragma.Flag.NOWRITEBARRIERREC;
      case "go:yeswritebarrierrec" -> Pragma.Flag.YESWRITEBARRIERREC;
      case "go:cgo_unsafe_args" -> Pragma.Flag.CGO_UNSAFE_ARGS;
      case "go:uintptrkeepalive" -> Pragma.Flag.UINTPTRKEEPALIVE;
      case "go:uintptrescapes" -> Pragma.Flag.UINTPTRESCAPES;
      case "go:registerparams" -> Pragma.Flag.REGISTERPARAMS;
      // go:nointerface needs the experiment fieldtrack, and go:notinheap is gone.
      default -> null;
    };
  }

  private static boolean isRuntimeOnly(Pragma.Flag flag) {
    return flag == Pragma.Flag.SYSTEMSTACK
        || flag == Pragma.Flag.NOWRITEBARRIER
        || flag == Pragma.Flag.NOWRITEBARRIERREC
        || flag == Pragma.Flag.YESWRITEBARRIERREC;
  }

  /** Verbs that the standard library may use although they are no flags of a declaration. */
  private static boolean isStdOnlyVerb(String verb) {
    return switch (verb) {
      case "go:cgo_export_static",
          "go:cgo_export_dynamic",
          "go:cgo_import_static",
          "go:cgo_import_dynamic",
          "go:cgo_ldflag",
          "go:cgo_dynamic_linker",
          "go:embed",
          "go:fix",
          "go:generate" ->
          true;
      default -> false;
    };
  }

  // ---------------------------------------------------------------------------------------------
  // cgo

  private void cgo(int pos, String text) {
    List<String> f = quotedFields(text);
    String verb = f.getFirst().substring("go:".length());
    if (text.startsWith("go:cgo_import_dynamic ") && f.size() >= 4) {
      // Any package may name a library: golang.org/x/sys does for Solaris.
      String library = trimQuotes(f.get(3));
      if (!library.isEmpty() && !isSafeArgument(library) && !cgoGenerated) {
        error(pos, "invalid library name " + quote(library) + " in cgo_import_dynamic directive");
      }
      checkCgoUsage(pos, verb, f);
      return;
    }
    if (!cgoGenerated && !options.std()) {
      error(pos, "//" + text + " only allowed in cgo-generated code");
    }
    checkCgoUsage(pos, verb, f);
    flag(pos, verb(text));
  }

  private void checkCgoUsage(int pos, String verb, List<String> f) {
    int n = f.size();
    boolean name1 = n > 1 && !isQuoted(f.get(1));
    boolean name2 = n > 2 && !isQuoted(f.get(2));
    boolean ok =
        switch (verb) {
          case "cgo_export_static", "cgo_export_dynamic" -> name1 && (n == 2 || (n == 3 && name2));
          case "cgo_import_dynamic" ->
              name1 && (n == 2 || (name2 && (n == 3 || (n == 4 && isQuoted(f.get(3))))));
          case "cgo_import_static" -> name1 && n == 2;
          case "cgo_dynamic_linker", "cgo_ldflag" -> n == 2 && isQuoted(f.get(1));
          default -> true;
        };
    if (ok) {
      return;
    }
    String operands =
        switch (verb) {
          case "cgo_import_dynamic" -> "local [remote [\"library\"]]";
          case "cgo_import_static" -> "local";
          case "cgo_dynamic_linker" -> "\"path\"";
          case "cgo_ldflag" -> "\"arg\"";
          default -> "local [remote]";
        };
    error(pos, "usage: //go:" + verb + " " + operands);
  }

  private static boolean isQuoted(String s) {
    return s.length() >= 2 && s.startsWith("\"") && s.endsWith("\"");
  }

  private static String trimQuotes(String s) {
    int from = 0;
    int to = s.length();
    while (from < to && s.charAt(from) == '"') {
      from++;
    }
    while (to > from && s.charAt(to - 1) == '"') {
      to--;
    }
    return s.substring(from, to);
  }

  private static String quote(String s) {
    StringBuilder out = new StringBuilder("\"");
    s.codePoints()
        .forEach(c -> {
          String quoted = GoRunes.quote(c);
          out.append(
              c == '"' ? "\\\"" : c == '\'' ? "'" : quoted.substring(1, quoted.length() - 1));
        });
    return out.append('"').toString();
  }

  /** Reports whether a command line argument is no option and has no special meaning. */
  private static boolean isSafeArgument(String s) {
    char c = s.charAt(0);
    return ('0' <= c && c <= '9')
        || ('A' <= c && c <= 'Z')
        || ('a' <= c && c <= 'z')
        || c == '.'
        || c == '_'
        || c == '/'
        || c >= 0x80;
  }

  /** The words of a text; a part in double quotes is a word of its own, with its quotes. */
  private static List<String> quotedFields(String s) {
    List<String> words = new ArrayList<>();
    boolean inQuote = false;
    int start = -1;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"') {
        if (start >= 0) {
          words.add(s.substring(start, inQuote ? i + 1 : i));
        }
        start = inQuote ? -1 : i;
        inQuote = !inQuote;
      } else if (!inQuote && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
        if (start >= 0) {
          words.add(s.substring(start, i));
        }
        start = -1;
      } else if (start < 0) {
        start = i;
      }
    }
    if (!inQuote && start >= 0) {
      words.add(s.substring(start));
    }
    return words;
  }

  /** The words of a text, split at white space. */
  private static List<String> fields(String s) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < s.length()) {
      int end = wordEnd(s, i);
      if (end > i) {
        words.add(s.substring(i, end));
      }
      i = end + 1; // white space is never a surrogate pair
    }
    return words;
  }

  private static int wordEnd(String s, int from) {
    int i = from;
    while (i < s.length() && !GoRunes.isSpace(s.charAt(i))) {
      i++;
    }
    return i;
  }

  // ---------------------------------------------------------------------------------------------
  // embed

  private void embed(int pos, String arguments) {
    List<String> patterns = embedPatterns(pos, arguments);
    if (patterns.isEmpty()) {
      error(pos, "usage: //go:embed pattern...");
      return;
    }
    embeds.add(new Pragma.Embed(pos, patterns));
    any = true;
  }

  /** The patterns; empty after an error, which is reported. */
  private List<String> embedPatterns(int pos, String arguments) {
    List<String> patterns = new ArrayList<>();
    String rest = skipSpace(arguments);
    while (!rest.isEmpty()) {
      int end = patternEnd(rest);
      String pattern = end < 0 ? null : unquote(rest.substring(0, end));
      if (pattern == null) {
        String wrong = end < 0 ? rest : rest.substring(0, end);
        error(pos, "invalid quoted string in //go:embed: " + wrong);
        return List.of();
      }
      rest = rest.substring(end);
      if (!rest.isEmpty() && !GoRunes.isSpace(rest.charAt(0))) {
        error(pos, "invalid quoted string in //go:embed: " + rest);
        return List.of();
      }
      patterns.add(pattern);
      rest = skipSpace(rest);
    }
    return patterns;
  }

  /** The end of the pattern at the start of {@code s}, or -1 if a quote is not closed. */
  private static int patternEnd(String s) {
    char quote = s.charAt(0);
    if (quote == '`') {
      int close = s.indexOf('`', 1);
      return close < 0 ? -1 : close + 1;
    }
    if (quote != '"') {
      return wordEnd(s, 0);
    }
    for (int i = 1; i < s.length(); i++) {
      if (s.charAt(i) == '\\') {
        i++;
      } else if (s.charAt(i) == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  private static @Nullable String unquote(String s) {
    if (s.startsWith("`")) {
      return s.substring(1, s.length() - 1);
    }
    if (!s.startsWith("\"")) {
      return s;
    }
    byte[] value = StringLiterals.value(s);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private static String skipSpace(String s) {
    int from = 0;
    int to = s.length();
    while (from < to && GoRunes.isSpace(s.charAt(from))) {
      from++;
    }
    while (to > from && GoRunes.isSpace(s.charAt(to - 1))) {
      to--;
    }
    return s.substring(from, to);
  }
}
