package dev.escapade.types;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.Severity;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Positions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports what is wrong with the package (types2: errors.go). An error is reported at the start of
 * a node or operand, at the position of an object, or at a position. Formats have Go's verbs;
 * arguments may be operands, objects, types, expressions, and lists of them: see {@link
 * MessageFormat}.
 *
 * <p>Once an error has been reported, messages that speak of an "invalid operand" or "invalid type"
 * further in are suppressed, as they are follow-on errors as a rule.
 */
final class ErrorReporter {
  private final Checker check;
  private final MessageFormat format;
  private boolean hasErrors;

  ErrorReporter(Checker check) {
    this.check = check;
    this.format = new MessageFormat(check);
  }

  /** Reports whether an error has been reported. */
  boolean hasErrors() {
    return hasErrors;
  }

  /** Formats a message with the names of packages as the checked package sees them. */
  String sprintf(String pattern, @Nullable Object... args) {
    return format.format(pattern, args);
  }

  /** The place of {@code pos}, as an argument for messages. */
  Position position(int pos) {
    return format.position(pos);
  }

  /** How messages qualify the names of {@code pkg}; "" for the package that is checked. */
  String qualifier(Package pkg) {
    return format.qualifier(pkg);
  }

  /** Takes note that {@code pkg} was imported after a message may have been formatted. */
  void noteImport(Package pkg) {
    format.noteImport(pkg);
  }

  /** Where an error about {@code at} is reported. */
  static int posOf(Node at) {
    return Positions.startPos(at);
  }

  /** Where an error about {@code at} is reported. */
  static int posOf(Operand at) {
    return at.startPos();
  }

  void error(int pos, Code code, String msg) {
    newError(code).add(pos, msg).report();
  }

  void error(Node at, Code code, String msg) {
    error(posOf(at), code, msg);
  }

  void error(Operand at, Code code, String msg) {
    error(posOf(at), code, msg);
  }

  void error(Obj at, Code code, String msg) {
    error(at.pos(), code, msg);
  }

  void errorf(int pos, Code code, String pattern, @Nullable Object... args) {
    newError(code).add(pos, sprintf(pattern, args)).report();
  }

  void errorf(Node at, Code code, String pattern, @Nullable Object... args) {
    errorf(posOf(at), code, pattern, args);
  }

  void errorf(Operand at, Code code, String pattern, @Nullable Object... args) {
    errorf(posOf(at), code, pattern, args);
  }

  void errorf(Obj at, Code code, String pattern, @Nullable Object... args) {
    errorf(at.pos(), code, pattern, args);
  }

  /** Like errorf; a soft error leaves all types valid (which nothing here makes use of yet). */
  void softErrorf(int pos, Code code, String pattern, @Nullable Object... args) {
    errorf(pos, code, pattern, args);
  }

  void softErrorf(Node at, Code code, String pattern, @Nullable Object... args) {
    errorf(posOf(at), code, pattern, args);
  }

  void softErrorf(Operand at, Code code, String pattern, @Nullable Object... args) {
    errorf(posOf(at), code, pattern, args);
  }

  void softErrorf(Obj at, Code code, String pattern, @Nullable Object... args) {
    errorf(at.pos(), code, pattern, args);
  }

  /** Reports that what the message speaks of requires a newer language version. */
  void versionErrorf(int pos, GoVersion wanted, String pattern, @Nullable Object... args) {
    String msg = sprintf(pattern, args) + " requires " + wanted + " or later";
    newError(Code.UNSUPPORTED_FEATURE).add(pos, msg).report();
  }

  void versionErrorf(Node at, GoVersion wanted, String pattern, @Nullable Object... args) {
    versionErrorf(posOf(at), wanted, pattern, args);
  }

  void versionErrorf(Operand at, GoVersion wanted, String pattern, @Nullable Object... args) {
    versionErrorf(posOf(at), wanted, pattern, args);
  }

  /** Starts an error that may have several parts. */
  Report newError(Code code) {
    return new Report(code);
  }

  /** An error under construction: the first part says what is wrong and where, others explain. */
  final class Report {
    private final Code code;
    private final List<Diagnostic.Note> parts = new ArrayList<>(1);

    private Report(Code code) {
      this.code = code;
    }

    Report add(int pos, String msg) {
      parts.add(new Diagnostic.Note(pos, msg));
      return this;
    }

    Report addf(int pos, String pattern, @Nullable Object... args) {
      return add(pos, sprintf(pattern, args));
    }

    Report addf(Node at, String pattern, @Nullable Object... args) {
      return add(posOf(at), sprintf(pattern, args));
    }

    Report addf(Operand at, String pattern, @Nullable Object... args) {
      return add(posOf(at), sprintf(pattern, args));
    }

    Report addf(Obj at, String pattern, @Nullable Object... args) {
      return add(at.pos(), sprintf(pattern, args));
    }

    /** Adds where else {@code obj} is declared, if that is known. */
    Report addAltDecl(Obj obj) {
      if (obj.pos() != SourceMap.NO_POS) {
        addf(obj, "other declaration of %s", obj.name());
      }
      return this;
    }

    boolean isEmpty() {
      return parts.isEmpty();
    }

    /** The position of the first part. */
    int pos() {
      return parts.get(0).pos();
    }

    /** The text of all parts, one to a line, each further one with its position. */
    String message() {
      StringBuilder out = new StringBuilder(parts.get(0).message());
      for (Diagnostic.Note part : parts.subList(1, parts.size())) {
        out.append("\n\t");
        if (part.pos() != SourceMap.NO_POS) {
          out.append(position(part.pos())).append(": ");
        }
        out.append(part.message());
      }
      return out.toString();
    }

    /** Reports the error, unless it is a follow-on error. */
    void report() {
      Diagnostic.Note first = parts.get(0);
      String msg = first.message();
      if (hasErrors && (msg.indexOf("invalid operand") > 0 || msg.indexOf("invalid type") > 0)) {
        return;
      }
      hasErrors = true;
      // While an inherited constant initialization is evaluated, positions are those of the
      // original expression; the name that is declared stands in for it.
      int pos = check.env.errpos != SourceMap.NO_POS ? check.env.errpos : first.pos();
      String text = code == Code.INVALID_SYNTAX_TREE ? "invalid syntax tree: " + msg : msg;
      check
          .conf
          .sink()
          .report(
              new Diagnostic(
                  Severity.ERROR,
                  code.toString(),
                  pos,
                  withVersionHint(pos, stripAnnotations(text)),
                  parts.subList(1, parts.size())));
    }
  }

  /** Says where the language version comes from, as the compiler does (noder: checkFiles). */
  private String withVersionHint(int pos, String msg) {
    String lang = check.conf.goVersion();
    if (!check.conf.options().compiler()
        || lang.isEmpty()
        || pos == SourceMap.NO_POS
        || !requiresVersion(msg)) {
      return msg;
    }
    String fileVersion = check.fileVersionDeclared(pos);
    if (fileVersion != null) {
      return msg + " (file declares //go:build " + fileVersion + ")";
    }
    return msg + " (-lang was set to " + lang + "; check go.mod)";
  }

  /** Reports whether {@code msg} contains "requires go1.N or later". */
  private static boolean requiresVersion(String msg) {
    int from = 0;
    while (true) {
      int i = msg.indexOf("requires go", from);
      if (i < 0) {
        return false;
      }
      int end = msg.indexOf(" or later", i);
      if (end > 0 && GoVersion.parse(msg.substring(i + "requires ".length(), end)).isValid()) {
        return true;
      }
      from = i + 1;
    }
  }

  /** Removes the subscript digits that number type parameters in debugging output. */
  private static String stripAnnotations(String msg) {
    for (int i = 0; i < msg.length(); i++) {
      if (isSubscript(msg.charAt(i))) {
        StringBuilder out = new StringBuilder(msg.length());
        msg.chars().filter(c -> !isSubscript((char) c)).forEach(c -> out.append((char) c));
        return out.toString();
      }
    }
    return msg;
  }

  private static boolean isSubscript(char c) {
    return c >= '\u2080' && c <= '\u2089';
  }
}
