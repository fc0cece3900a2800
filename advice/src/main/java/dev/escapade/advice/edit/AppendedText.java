package dev.escapade.advice.edit;

import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Func;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions that append to a slice of bytes what others return as a string (package strconv,
 * "AppendInt"; package fmt, "Append"; package time, "AppendFormat").
 */
public final class AppendedText {
  private static final Set<String> STRCONV =
      Set.of(
          "FormatInt",
          "FormatUint",
          "FormatFloat",
          "FormatBool",
          "Quote",
          "QuoteToASCII",
          "QuoteRune");
  private static final Map<String, String> FMT =
      Map.of("Sprintf", "Appendf", "Sprint", "Append", "Sprintln", "Appendln");

  /** The release with {@code fmt.Appendf}. */
  private static final int GO_WITH_APPENDF = 19;

  private final Types types;
  private final Rewrite rewrite;

  /** Changes in one file. */
  public AppendedText(Types types, Rewrite rewrite) {
    this.types = types;
    this.rewrite = rewrite;
  }

  /** Reports whether there is such a function for what {@code f} returns. */
  public static boolean isKnown(Func f) {
    return Types.isFunction(f, "strconv", "Itoa")
        || STRCONV.stream().anyMatch(name -> Types.isFunction(f, "strconv", name))
        || FMT.keySet().stream().anyMatch(name -> Types.isFunction(f, "fmt", name));
  }

  /**
   * Appends without the string.
   *
   * @param append {@code append(b, text...)}
   * @param text the call that makes the string
   * @return the call that does it, or null if it cannot be told
   */
  public @Nullable String change(Expr.CallExpr append, Expr.CallExpr text) {
    Expr buffer = append.args().getFirst();
    Func f = types.callee(text);
    if (f == null
        || !Types.isBytes(types.of(buffer))
        || !isUnnamed(types.of(buffer))
        || rewrite.source(append).contains("\n")
        || rewrite.source(append).contains("/*")) {
      rewrite.spoil();
      return null;
    }
    String call = call(f, text, rewrite.source(buffer, rewrite.depth(append) + 1));
    if (call == null) {
      rewrite.spoil();
      return null;
    }
    rewrite.replace(append, call);
    return call;
  }

  /** What is appended to a type of its own would be of another type. */
  private static boolean isUnnamed(@Nullable Type t) {
    return t != null && t.unalias() instanceof Slice;
  }

  private @Nullable String call(Func f, Expr.CallExpr text, String buffer) {
    int depth = rewrite.depth(text) + 1;
    if (Types.isFunction(f, "strconv", "Itoa")) {
      return rewrite.use("strconv")
          + ".AppendInt("
          + buffer
          + ", "
          + asInt64(text.args().getFirst(), depth)
          + ", 10)";
    }
    StringBuilder args = new StringBuilder(buffer);
    text.args().forEach(arg -> args.append(", ").append(rewrite.source(arg, depth)));
    if (text.hasDots()) {
      args.append("...");
    }
    String path = f.pkg() == null ? "" : f.pkg().path();
    if (path.equals("strconv")) {
      return rewrite.use("strconv")
          + ".Append"
          + (f.name().startsWith("Format") ? f.name().substring("Format".length()) : f.name())
          + "("
          + args
          + ")";
    }
    String name = FMT.get(f.name());
    return name == null || !rewrite.hasGo(GO_WITH_APPENDF)
        ? null
        : rewrite.use("fmt") + "." + name + "(" + args + ")";
  }

  private String asInt64(Expr n, int depth) {
    if (types.of(n) instanceof dev.escapade.types.Basic b
        && b.kind() == BasicKind.INT
        && !types.isConstant(n)) {
      if (rewrite.isTaken("int64") || types.pkg().scope().lookup("int64") != null) {
        rewrite.spoil();
      }
      return "int64(" + rewrite.source(n, depth - 1) + ")";
    }
    return types.isConstant(n) ? rewrite.source(n, depth) : spoiled();
  }

  private String spoiled() {
    rewrite.spoil();
    return "";
  }
}
