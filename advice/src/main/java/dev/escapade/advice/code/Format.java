package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.types.Func;
import dev.escapade.types.Package;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call of package fmt, or of a printing function of package log, does with its arguments.
 */
public final class Format {
  private static final Set<String> FORMATS =
      Set.of("Printf", "Sprintf", "Fprintf", "Errorf", "Appendf", "Fatalf", "Panicf");
  private static final Set<String> PRINTS =
      Set.of(
          "Print",
          "Println",
          "Sprint",
          "Sprintln",
          "Fprint",
          "Fprintln",
          "Append",
          "Appendln",
          "Fatal",
          "Fatalln",
          "Panic",
          "Panicln");

  private final Func callee;
  private final List<Expr> args;
  private final List<Character> verbs;
  private final @Nullable String format;

  private Format(Func callee, List<Expr> args, List<Character> verbs, @Nullable String format) {
    this.callee = callee;
    this.args = args;
    this.verbs = verbs;
    this.format = format;
  }

  /** The formatting that a call does, or null if it does none that is understood. */
  public static @Nullable Format of(Types types, Expr.CallExpr call) {
    Func f = types.callee(call);
    Package p = f == null ? null : f.pkg();
    if (f == null || p == null || call.hasDots()) {
      return null;
    }
    if (!p.path().equals("fmt") && !p.path().equals("log")) {
      return null;
    }
    int first = f.signature().params().len() - 1;
    if (first < 0 || !f.signature().variadic() || call.args().size() < first) {
      return null;
    }
    List<Expr> args = call.args().subList(first, call.args().size());
    if (PRINTS.contains(f.name())) {
      return new Format(f, args, args.stream().map(_ -> 'v').toList(), null);
    }
    if (!FORMATS.contains(f.name()) || first < 1) {
      return null;
    }
    String format = types.stringOf(call.args().get(first - 1));
    List<Character> verbs = format == null ? null : verbs(format);
    return verbs == null || verbs.size() != args.size()
        ? new Format(f, args, args.stream().map(_ -> '?').toList(), format)
        : new Format(f, args, verbs, format);
  }

  /** The verbs of a format, one for each argument; null if arguments are taken out of order. */
  static @Nullable List<Character> verbs(String format) {
    List<Character> verbs = new ArrayList<>();
    int i = format.indexOf('%');
    while (i >= 0) {
      i++;
      while (i < format.length() && "+-# 0123456789.".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      if (i == format.length() || format.charAt(i) == '[' || format.charAt(i) == '*') {
        return null;
      }
      if (format.charAt(i) != '%') {
        verbs.add(format.charAt(i));
      }
      i = format.indexOf('%', i + 1);
    }
    return verbs;
  }

  /** What is called. */
  public Func callee() {
    return callee;
  }

  /** The arguments that are formatted. */
  public List<Expr> args() {
    return args;
  }

  /** The verb for an argument; {@code 'v'} without a format, {@code '?'} if it is not known. */
  public char verb(int arg) {
    return verbs.get(arg);
  }

  /** The format, or null. */
  public @Nullable String format() {
    return format;
  }

  /** Reports whether a verb has a width, a precision or another flag. */
  public boolean hasFlags() {
    if (format == null) {
      return false;
    }
    for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
      if (i + 1 == format.length() || "+-# 0123456789.[*".indexOf(format.charAt(i + 1)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether the format is one verb and nothing else, or there is one argument alone. */
  public boolean isAlone() {
    return args.size() == 1
        && (format == null
            ? callee.name().equals("Sprint")
            : format.length() == 2 && format.charAt(0) == '%');
  }

  /** How many allocations there are besides the boxes. */
  public int resultAllocs() {
    return switch (callee.name()) {
      case "Sprintf", "Sprint", "Sprintln" -> 1;
      case "Errorf" -> 2 + listAllocs((int) verbs.stream().filter(v -> v == 'w').count());
      default -> 0; // written somewhere
    };
  }

  /** The list of several wrapped errors, which grows from 1 by doubling (fmt.Errorf). */
  private static int listAllocs(int wrapped) {
    int allocs = 0;
    for (int cap = 0; wrapped > 1 && cap < wrapped; cap = Math.max(1, 2 * cap)) {
      allocs++;
    }
    return allocs;
  }

  /** What these are, in words; empty if there are none. */
  public String resultText() {
    return switch (resultAllocs()) {
      case 0 -> "";
      case 1 -> "the result among them";
      case 2 -> "the error and its text among them";
      default -> "the error, its text and the list of what it wraps among them";
    };
  }
}
