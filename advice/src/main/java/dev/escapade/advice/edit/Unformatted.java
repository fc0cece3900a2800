package dev.escapade.advice.edit;

import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text that a formatting call makes, spelled without package fmt: where the types of the
 * arguments are known and have no methods that fmt would call, concatenation and strconv give the
 * same bytes (package fmt, "Printing"; strconv.FormatFloat has the rules of its verbs).
 *
 * @param text an expression of type string
 * @param allocs how many allocations it makes at most
 * @param parts of how many pieces it is put together
 */
public record Unformatted(String text, int allocs, int parts) {
  /** More pieces than this are easier to read as a format. */
  private static final int READABLE = 5;

  /**
   * The text of {@code call}, or null if it cannot be told or would be hard to read.
   *
   * @param rewrite who imports what is needed
   * @param depth how deep it will stand
   */
  public static @Nullable Unformatted of(
      Types types, Rewrite rewrite, Expr.CallExpr call, int depth) {
    Format format = Format.of(types, call);
    if (format == null) {
      return null;
    }
    String pattern = format.format();
    if (pattern == null) {
      boolean isPrint = List.of("Sprint", "Fprint").contains(format.callee().name());
      if (!isPrint || format.args().size() != 1) {
        return null;
      }
      pattern = "%v";
    }
    return new Speller(types, rewrite, format.args(), depth).spell(pattern);
  }

  /** A verb with what stands before it: {@code precision} is -1 if none is given. */
  private record Verb(char letter, int precision) {}

  private static final class Speller {
    private final Types types;
    private final Rewrite rewrite;
    private final List<Expr> args;
    private final List<String> parts = new ArrayList<>();
    private final int depth;
    private int allocs;

    /** Bytes that become strings: without a copy in a sum with a literal (walk, orderState). */
    private int copies;

    private boolean hasLiteral;

    /** How deep the pieces stand. */
    private int inner;

    Speller(Types types, Rewrite rewrite, List<Expr> args, int depth) {
      this.depth = depth;
      this.types = types;
      this.rewrite = rewrite;
      this.args = args;
    }

    @Nullable Unformatted spell(String pattern) {
      StringBuilder literal = new StringBuilder();
      inner = pattern.matches("%[0-9.]*[a-z]") ? depth : depth + 1;
      int next = 0;
      for (int i = 0; i < pattern.length(); i++) {
        char c = pattern.charAt(i);
        if (c != '%') {
          literal.append(c);
          continue;
        }
        int end = verbEnd(pattern, i + 1);
        if (end < 0) {
          return null;
        }
        Verb verb = verb(pattern, i + 1, end);
        i = end;
        if (verb == null) {
          return null;
        }
        if (verb.letter == '%') {
          literal.append('%');
          continue;
        }
        String spelled = next < args.size() ? spell(verb, args.get(next++)) : null;
        if (spelled == null) {
          return null;
        }
        flush(literal);
        parts.add(spelled);
      }
      flush(literal);
      if (next != args.size() || parts.isEmpty() || parts.size() > READABLE) {
        return null;
      }
      return new Unformatted(
          String.join(Spacing.plus(depth), parts),
          allocs + (hasLiteral ? 0 : copies) + (parts.size() > 1 ? 1 : 0),
          parts.size());
    }

    private void flush(StringBuilder literal) {
      if (!literal.isEmpty()) {
        hasLiteral = true;
        parts.add(GoStrings.quote(literal.toString()));
        literal.setLength(0);
      }
    }

    private static int verbEnd(String pattern, int from) {
      int i = from;
      while (i < pattern.length() && "0123456789.".indexOf(pattern.charAt(i)) >= 0) {
        i++;
      }
      return i < pattern.length() ? i : -1;
    }

    /** A verb without flags, or with a precision alone; else null. */
    private static @Nullable Verb verb(String pattern, int from, int end) {
      char letter = pattern.charAt(end);
      if (from == end) {
        return new Verb(letter, -1);
      }
      String options = pattern.substring(from, end);
      if (options.length() == 2
          && options.charAt(0) == '.'
          && Character.isDigit(options.charAt(1))
          && "feg".indexOf(letter) >= 0) {
        return new Verb(letter, options.charAt(1) - '0');
      }
      return null;
    }

    private @Nullable String spell(Verb verb, Expr arg) {
      Type t = types.of(arg);
      if (t == null || Predicates.isTypeParam(t) || !isPlain(t)) {
        return null;
      }
      if (rewrite.source(arg).contains("\n")) {
        return null;
      }
      char v = verb.letter;
      boolean goesOn = arg instanceof Expr.BinaryExpr && t.unalias() instanceof Basic;
      String source = rewrite.source(arg, goesOn && Types.isString(t) ? depth : inner);
      if (Types.isString(t)) {
        return v == 's' || v == 'v' ? converted(t, BasicKind.STRING, source) : quoted(v, t, source);
      }
      if (v == 's' && Types.isBytes(t) && isOfBytes(t)) {
        copies++;
        return "string(" + source + ")";
      }
      if (Predicates.isBoolean(t)) {
        return v == 't' || v == 'v'
            ? rewrite.use("strconv") + ".FormatBool(" + converted(t, BasicKind.BOOL, source) + ")"
            : null;
      }
      if (Predicates.isInteger(t)) {
        return integer(v, t, arg, source);
      }
      return Predicates.isFloat(t) ? number(verb, t, rewrite.source(arg, inner + 1)) : null;
    }

    /** Reports whether fmt calls no method of a type, or of its pointer. */
    private boolean isPlain(Type t) {
      return !types.hasMethod(t, "Format")
          && !types.hasMethod(t, "String")
          && !types.hasMethod(t, "Error");
    }

    /** Reports whether the elements are bytes without methods. */
    private boolean isOfBytes(Type t) {
      return t.underlying() instanceof Slice s && s.elem().unalias() instanceof Basic;
    }

    private @Nullable String quoted(char v, Type t, String source) {
      if (v != 'q') {
        return null;
      }
      allocs += 2; // a buffer of one and a half times the length, and the string
      return rewrite.use("strconv") + ".Quote(" + converted(t, BasicKind.STRING, source) + ")";
    }

    private @Nullable String integer(char v, Type t, Expr arg, String source) {
      int base = v == 'd' || v == 'v' ? 10 : v == 'x' ? 16 : v == 'o' ? 8 : v == 'b' ? 2 : 0;
      if (base == 0) {
        return null;
      }
      allocs++;
      String strconv = rewrite.use("strconv");
      boolean isInt = kind(t) == BasicKind.INT || kind(t) == BasicKind.UNTYPED_INT;
      if (base == 10 && isInt) {
        return strconv + ".Itoa(" + converted(t, BasicKind.INT, source) + ")";
      }
      boolean signed = !Predicates.isUnsigned(t);
      return strconv
          + (signed ? ".FormatInt(" : ".FormatUint(")
          + converted(
              t, signed ? BasicKind.INT64 : BasicKind.UINT64, rewrite.source(arg, inner + 1))
          + ", "
          + base
          + ")";
    }

    private @Nullable String number(Verb verb, Type t, String source) {
      String format =
          switch (verb.letter) {
            case 'v', 'g' -> "'g', " + verb.precision;
            case 'f', 'e' -> "'" + verb.letter + "', " + (verb.precision < 0 ? 6 : verb.precision);
            default -> null;
          };
      if (format == null || (verb.letter == 'v' && verb.precision >= 0)) {
        return null;
      }
      allocs++;
      return rewrite.use("strconv")
          + ".FormatFloat("
          + converted(t, BasicKind.FLOAT64, source)
          + ", "
          + format
          + (kind(t) == BasicKind.FLOAT32 ? ", 32)" : ", 64)");
    }

    private static @Nullable BasicKind kind(Type t) {
      return t.underlying() instanceof Basic b ? b.kind() : null;
    }

    /** The source of a value of type {@code t} as one of the predeclared type of a kind. */
    private String converted(Type t, BasicKind kind, String source) {
      if (t.unalias() instanceof Basic b && (b.kind() == kind || Predicates.isUntyped(b))) {
        return source;
      }
      String name = kind.name().toLowerCase(java.util.Locale.ROOT);
      if (rewrite.isTaken(name) || types.pkg().scope().lookup(name) != null) {
        rewrite.spoil();
      }
      return name + "(" + source + ")";
    }
  }
}
