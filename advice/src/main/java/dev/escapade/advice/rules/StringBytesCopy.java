package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Keeping;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.TextLength;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.code.Uses;
import dev.escapade.advice.edit.Rewrite;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Lookup;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversion between a string and bytes copies, where a form without a copy exists. The compiler
 * itself leaves the copy out of map reads, comparisons, switches, ranges and concatenations, and of
 * bytes that are only read by what it can see; those are not found.
 */
final class StringBytesCopy extends SimpleRule {
  /** What the compiler has a buffer for in the frame (walk/convert.go, tmpstringbufsize). */
  private static final int BUFFER_BYTES = 32;

  /** The language version with {@code unsafe.StringData}. */
  private static final int GO_WITH_STRING_DATA = 20;

  private static final String NONE_FOR_SHORT = "none up to 32 bytes";

  private static final String NONE_FOR_EMPTY = "none for an empty string";

  /** The runtime has the strings of one byte (runtime/string.go). */
  private static final String NONE_FOR_ONE = "none for less than 2 bytes";

  /** Functions of package strings that only look, and that package bytes has as well. */
  private static final String[] TWINS = {
    "Contains",
    "ContainsAny",
    "ContainsFunc",
    "ContainsRune",
    "Count",
    "HasPrefix",
    "HasSuffix",
    "Index",
    "IndexAny",
    "IndexByte",
    "IndexFunc",
    "IndexRune",
    "LastIndex",
    "LastIndexAny",
    "LastIndexByte",
    "LastIndexFunc"
  };

  StringBytesCopy() {
    super(
        "string-bytes-copy",
        Question.HOW_MANY,
        Severity.INFO,
        "a conversion between string and bytes copies where it need not");
  }

  @Override
  public void check(RuleContext ctx) {
    TextLength length =
        new TextLength(ctx.tree(), ctx.types(), ctx.calls(), ctx.ranges(), ctx.visibility());
    for (Site site : ctx.sites().all()) {
      if (site.isInlined()
          || !(ctx.expression(site) instanceof Expr.CallExpr call)
          || !ctx.types().isConversion(call)
          || (!site.onHeap() && length.max(call.args().getFirst()) <= BUFFER_BYTES)) {
        continue;
      }
      if (site.kind() == Site.Kind.STRING_TO_BYTES
          && !ctx.types().isConstant(call.args().getFirst())) {
        bytes(ctx, site, call);
      } else if (site.kind() == Site.Kind.BYTES_TO_STRING) {
        string(ctx, site, call);
      }
    }
  }

  // Bytes of a string.

  private void bytes(RuleContext ctx, Site site, Expr.CallExpr conversion) {
    if (!(ctx.tree().parentSkippingParens(conversion) instanceof Expr.CallExpr call)
        || ctx.types().isConversion(call)
        || ctx.types().builtin(call) != null
        || call.args().stream().noneMatch(a -> Tree.same(Syntax.unparen(a), conversion))) {
      return;
    }
    Func f = ctx.types().callee(call);
    Expr writer = ctx.types().receiver(call);
    if (f != null
        && writer != null
        && f.name().equals("Write")
        && call.args().size() == 1
        && !isHash(ctx.types().of(writer))
        && !isOwnWriteString(ctx, call, writer)
        && !new Writers(ctx.tree(), ctx.types(), ctx.calls()).takesOnlyBytes(writer)) {
      write(ctx, site, conversion, call, writer);
    } else if (!ctx.ways().of(site).isByNeed() && !isChanged(ctx, call, f, conversion)) {
      lend(ctx, site, conversion, call);
    }
  }

  /** Who has the bytes besides: nobody, or the callee keeps them, and no fix is known. */
  private void lend(RuleContext ctx, Site site, Expr.CallExpr conversion, Expr.CallExpr call) {
    String callee = ExprPrinter.toString(call.fun());
    Keeping.Verdict verdict = ctx.keeping().of(call, conversion);
    boolean isKept = verdict == Keeping.Verdict.YES || verdict == Keeping.Verdict.RETURNED;
    var report =
        ctx.report(this, conversion)
            .warnInLoop()
            .cost(1, Cost.UNKNOWN, site.onHeap() ? NONE_FOR_EMPTY : NONE_FOR_SHORT);
    if (verdict == Keeping.Verdict.RETURNED) {
      report.because(call, "what " + callee + " returns may refer to them");
    } else if (isKept) {
      report.because(site);
    }
    report
        .fix(isKept ? reader(ctx, conversion, call) : lent(ctx, call, callee))
        .message(
            "the bytes of "
                + RuleContext.text(conversion.args().getFirst())
                + " are copied for "
                + callee);
  }

  private static Fix lent(RuleContext ctx, Expr.CallExpr call, String callee) {
    return Fix.of(
        "where "
            + callee
            + " neither keeps nor changes the bytes: append the string to a buffer that is used"
            + " again"
            + (ctx.rewrite(call).hasGo(GO_WITH_STRING_DATA)
                ? ", or pass unsafe.Slice(unsafe.StringData(s), len(s)) of the string s"
                : ""),
        "no allocation");
  }

  /** A reader of bytes, where a reader of the string would do: as an interface it is passed on. */
  private static @Nullable Fix reader(
      RuleContext ctx, Expr.CallExpr conversion, Expr.CallExpr call) {
    if (!ctx.types().isCall(call, "bytes", "NewReader")
        || !(ctx.tree().parentSkippingParens(call) instanceof Expr.CallExpr user)) {
      return null;
    }
    Signature signature = ctx.types().signature(user);
    int index = user.args().indexOf(call);
    return signature != null
            && index >= 0
            && index < signature.params().len()
            && signature.params().at(index).type().underlying() instanceof Interface i
            && !Types.isAny(i)
        ? Fix.of(
            "strings.NewReader(" + ExprPrinter.toString(conversion.args().getFirst()) + ")",
            "no copy")
        : null;
  }

  /** {@code func (w *T) WriteString(s string) (int, error) { return w.Write([]byte(s)) }}. */
  private static boolean isOwnWriteString(RuleContext ctx, Expr.CallExpr call, Expr writer) {
    Decl.FuncDecl d = ctx.tree().declaration(call);
    Var v = ctx.types().variable(writer);
    return d != null
        && d.recv() != null
        && d.name().value().equals("WriteString")
        && v != null
        && v.kind() == VarKind.RECV;
  }

  /** The callee changes the bytes that it is given, so that they have to be a copy. */
  private static boolean isChanged(
      RuleContext ctx, Expr.CallExpr call, @Nullable Func f, Expr.CallExpr conversion) {
    Decl.FuncDecl callee = f == null ? null : ctx.calls().declaration(f);
    if (f == null || callee == null || callee.body() == null) {
      return false;
    }
    List<Var> params = f.origin().signature().params().vars();
    for (int i = 0; i < Math.min(params.size(), call.args().size()); i++) {
      if (Tree.same(Syntax.unparen(call.args().get(i)), conversion)) {
        return new Uses(ctx.tree(), ctx.types()).isWrittenThrough(params.get(i), callee.body());
      }
    }
    return false;
  }

  /** No hash of the standard library has a WriteString method (hash/maphash aside). */
  private static boolean isHash(@Nullable Type t) {
    return Types.isNamed(t, "hash", "Hash")
        || Types.isNamed(t, "hash", "Hash32")
        || Types.isNamed(t, "hash", "Hash64");
  }

  /** {@code (…) (n int, err error)}, as io.Writer has it. */
  private static boolean isWriters(Signature s) {
    List<Var> results = s.results().vars();
    return results.size() == 2 && Types.isError(results.getLast().type());
  }

  private void write(
      RuleContext ctx, Site site, Expr.CallExpr conversion, Expr.CallExpr call, Expr writer) {
    Type t = ctx.types().of(writer);
    boolean method = t != null && hasTwin(ctx, t, "WriteString", call);
    boolean indirect = ctx.types().isInterfaceCall(call);
    Func f = ctx.types().callee(call);
    if (!method && (!indirect || f == null || !isWriters(f.signature()))) {
      return; // the library would make the same copy
    }
    Expr text = conversion.args().getFirst();
    String value = ExprPrinter.toString(text);
    Rewrite rewrite = ctx.rewrite(call);
    String fixed;
    boolean isFormatted =
        indirect && ctx.types().isCall(text, "fmt", "Sprintf", "Sprint", "Sprintln");
    if (isFormatted) {
      fixed = formatted(ctx, rewrite, (Expr.CallExpr) Syntax.unparen(text), writer);
    } else if (method) {
      fixed = rewrite.source(writer) + ".WriteString(" + rewrite.source(text) + ")";
    } else {
      fixed =
          rewrite.use("io")
              + ".WriteString("
              + rewrite.source(writer)
              + ", "
              + rewrite.source(text, rewrite.depth(call) + 1)
              + ")";
    }
    rewrite.replace(call, fixed);
    ctx.report(this, conversion)
        .warnInLoop()
        .because(site)
        .cost(1, Cost.UNKNOWN, site.onHeap() ? NONE_FOR_EMPTY : NONE_FOR_SHORT)
        .fix(
            new Fix(
                fixed,
                isFormatted
                    ? "neither the string nor its copy"
                    : method
                        ? risk(t).isEmpty() ? "no copy" : "no copy, if its WriteString makes none"
                        : "no copy for writers whose WriteString method makes none",
                isFormatted || risk(t).isEmpty()
                    ? ""
                    : method
                        ? risk(t)
                        : "a writer's WriteString, if it has one, has to write what its Write"
                            + " writes",
                rewrite.edits()))
        .message("the bytes of " + value + " are copied only to be written");
  }

  /** {@code fmt.Fprintf(w, …)}, which writes once, as the call of Write does. */
  private static String formatted(
      RuleContext ctx, Rewrite rewrite, Expr.CallExpr format, Expr writer) {
    String source = rewrite.source(format);
    String fun = rewrite.source(format.fun());
    Func f = ctx.types().callee(format);
    int sel = fun.lastIndexOf('.') + 1;
    String rest = source.substring(fun.length()).stripLeading().substring(1);
    return fun.substring(0, sel)
        + "F"
        + (f == null ? "" : f.name().substring(1))
        + "("
        + rewrite.source(writer)
        + (format.args().isEmpty() ? "" : ", ")
        + rest;
  }

  /** The type has another method of that name with as many parameters and the same results. */
  private static boolean hasTwin(RuleContext ctx, Type t, String name, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    if (f == null
        || !(Lookup.lookupFieldOrMethod(t, true, ctx.types().pkg(), name).obj()
            instanceof Func twin)
        || twin.signature().params().len() != 1
        || twin.signature().results().len() != f.signature().results().len()) {
      return false;
    }
    Type param = twin.signature().params().at(0).type();
    if (name.equals("Write") ? !Types.isBytes(param) : !Types.isString(param)) {
      return false;
    }
    for (int i = 0; i < f.signature().results().len(); i++) {
      if (!Predicates.identical(
          f.signature().results().at(i).type(), twin.signature().results().at(i).type())) {
        return false;
      }
    }
    return true;
  }

  /** What implements or is a writer of the standard library is to write the same bytes. */
  private static String risk(@Nullable Type t) {
    return t != null
            && Types.deref(t).unalias() instanceof Named n
            && n.obj().pkg() != null
            && !n.obj().pkg().path().contains(".")
        ? ""
        : "WriteString of this type has to write what Write writes";
  }

  // A string of bytes.

  private void string(RuleContext ctx, Site site, Expr.CallExpr conversion) {
    Node p = ctx.tree().parentSkippingParens(conversion);
    if (p instanceof Expr.IndexExpr x
        && ctx.types().underlying(x.x()) instanceof MapType
        && isStored(ctx, x)
        && isEntryChanged(ctx, x)) {
      report(
          ctx,
          conversion,
          "the key is copied each time, also when the map has it already",
          pointers(conversion, x),
          NONE_FOR_ONE);
    } else if (p instanceof Stmt.AssignStmt s && s.op() == Operator.DEF) {
      named(ctx, conversion, s);
    } else if (p instanceof Expr.CallExpr call) {
      written(ctx, site, conversion, call);
      searched(ctx, site, conversion, call);
    }
  }

  /** Package bytes has the same function for bytes, and what it looks for is constant. */
  private void searched(RuleContext ctx, Site site, Expr.CallExpr conversion, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    if (f == null || !Types.isFunction(f, "strings", TWINS) || call.args().size() != 2) {
      return;
    }
    Expr other = call.args().get(1);
    if (!Tree.same(Syntax.unparen(call.args().getFirst()), conversion)
        || (Types.isString(ctx.types().of(other)) && !ctx.types().isConstant(other))) {
      return;
    }
    boolean isText = f.name().endsWith("Any") || !Types.isString(ctx.types().of(other));
    report(
        ctx,
        conversion,
        "the bytes are copied only to be looked at",
        "bytes."
            + f.name()
            + "("
            + ExprPrinter.toString(conversion.args().getFirst())
            + ", "
            + (isText ? ExprPrinter.toString(other) : "[]byte(" + ExprPrinter.toString(other) + ")")
            + ")",
        site.onHeap() ? NONE_FOR_ONE : NONE_FOR_SHORT);
  }

  /** An entry can be changed without its key only by way of a pointer. */
  private static String pointers(Expr.CallExpr conversion, Expr.IndexExpr x) {
    return "where most keys are in the map already: with pointers as values, "
        + ExprPrinter.toString(x.x())
        + "["
        + ExprPrinter.toString(conversion)
        + "] finds the entry to change without a copy, and only a new key is copied";
  }

  /** {@code m[string(b)] = v} and {@code m[string(b)]++}. */
  private static boolean isStored(RuleContext ctx, Expr.IndexExpr x) {
    return ctx.tree().parentSkippingParens(x) instanceof Stmt.AssignStmt s
        && Tree.same(Syntax.unparen(s.lhs()), x);
  }

  /**
   * The new value comes of the old one, as with {@code m[k]++} and {@code m[k] = append(m[k], v)}:
   * what is only put there is mostly there for the first time.
   */
  private static boolean isEntryChanged(RuleContext ctx, Expr.IndexExpr x) {
    if (!(ctx.tree().parentSkippingParens(x) instanceof Stmt.AssignStmt s)) {
      return false;
    }
    String map = ExprPrinter.toString(x.x());
    Expr value = s.rhs();
    return s.op() != null
        || (value != null
            && Tree.any(
                value,
                n -> n instanceof Expr.IndexExpr y && ExprPrinter.toString(y.x()).equals(map)));
  }

  /** A name for the string, which is then used only where the conversion itself is free. */
  private void named(RuleContext ctx, Expr.CallExpr conversion, Stmt.AssignStmt s) {
    Var v = Types.singleRight(s) == null ? null : ctx.types().defined(s.lhs());
    Stmt.BlockStmt body = Tree.body(ctx.tree().function(s));
    if (v == null || v.kind() != VarKind.LOCAL || body == null) {
      return;
    }
    Expr.IndexExpr stored = null;
    Expr.IndexExpr used = null;
    int uses = 0;
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (ctx.types().info().use(name) == v) {
        uses++;
        Node p = ctx.tree().parent(name);
        if (!(p instanceof Expr.IndexExpr x)
            || !(ctx.types().underlying(x.x()) instanceof MapType)
            || !Tree.same(x.index(), name)) {
          return;
        }
        used = x;
        if (isStored(ctx, x)) {
          if (!isEntryChanged(ctx, x)) {
            return;
          }
          stored = x;
        }
      }
    }
    if (used == null || (stored == null && uses > 1)) {
      return;
    }
    report(
        ctx,
        conversion,
        stored == null
            ? v.name() + " is copied for a lookup that needs no copy"
            : v.name() + " is copied each time, also when the map has it already",
        stored == null
            ? "convert in the index: "
                + ExprPrinter.toString(used.x())
                + "["
                + ExprPrinter.toString(conversion)
                + "]"
            : pointers(conversion, stored),
        stored == null ? NONE_FOR_SHORT : NONE_FOR_ONE);
  }

  private void written(RuleContext ctx, Site site, Expr.CallExpr conversion, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    Expr writer = ctx.types().receiver(call);
    Type t = ctx.types().of(writer);
    if (f != null
        && writer != null
        && t != null
        && f.name().equals("WriteString")
        && hasTwin(ctx, t, "Write", call)) {
      Rewrite rewrite = ctx.rewrite(call);
      String fixed =
          rewrite.source(writer) + ".Write(" + rewrite.source(conversion.args().getFirst()) + ")";
      rewrite.replace(call, fixed);
      report(
          ctx,
          conversion,
          "the bytes are copied only to be written",
          new Fix(fixed, "no copy", risk(t), rewrite.edits()),
          site.onHeap() ? NONE_FOR_ONE : NONE_FOR_SHORT);
    }
  }

  private void report(
      RuleContext ctx,
      Expr.CallExpr conversion,
      String message,
      String fix,
      @Nullable String condition) {
    report(ctx, conversion, message, Fix.of(fix, "no copy"), condition);
  }

  private void report(
      RuleContext ctx,
      Expr.CallExpr conversion,
      String message,
      Fix fix,
      @Nullable String condition) {
    ctx.report(this, conversion)
        .warnInLoop()
        .cost(1, Cost.UNKNOWN, condition == null ? "" : condition)
        .fix(fix)
        .message(RuleContext.text(conversion) + ": " + message);
  }
}
