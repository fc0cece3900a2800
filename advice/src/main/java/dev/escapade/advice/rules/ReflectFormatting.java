package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value whose type is known is formatted with {@code %v}: a struct, map or slice by reflection,
 * field by field; a number or string by way of a box where strconv does it without.
 */
final class ReflectFormatting extends SimpleRule {
  private static final List<String> FORMATTERS = List.of("String", "Error", "Format", "GoString");

  ReflectFormatting() {
    super(
        "reflect-formatting",
        Question.HOW_MANY,
        Severity.INFO,
        "a value of known type is formatted by reflection");
  }

  /** A text that is stored was on the heap as fmt made it. */
  @Override
  public Set<String> mayLeave() {
    return Set.of("stored-argument-escapes");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Format format = Format.of(ctx.types(), call);
      if (format == null) {
        continue;
      }
      for (Expr arg : format.args()) {
        if (isReported(ctx, format, arg)) {
          report(ctx, call, format, arg);
        }
      }
    }
  }

  /** Reports whether this rule takes care of an argument. */
  static boolean isReported(RuleContext ctx, Format format, Expr arg) {
    int index = index(format, arg);
    Type t = ctx.types().of(arg);
    if (index < 0 || t == null || format.verb(index) != 'v' || ctx.types().isConstant(arg)) {
      return false;
    }
    if (FORMATTERS.stream().anyMatch(m -> ctx.types().hasMethod(t, m))) {
      return false;
    }
    return isComposite(t)
        || (format.isAlone()
            && (Predicates.isNumeric(t) || Types.isString(t) || Predicates.isBoolean(t))
            && !Predicates.isTypeParam(t));
  }

  private static int index(Format format, Expr arg) {
    for (int i = 0; i < format.args().size(); i++) {
      if (dev.escapade.advice.code.Tree.same(format.args().get(i), arg)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isComposite(Type t) {
    Type u = t.underlying();
    if (u instanceof Pointer p) {
      u = p.elem().underlying();
      return u instanceof Struct
          || u instanceof Array
          || u instanceof Slice
          || u instanceof MapType;
    }
    return (u instanceof Struct || u instanceof Array || u instanceof Slice || u instanceof MapType)
        && !Types.isBytes(t);
  }

  private void report(RuleContext ctx, Expr.CallExpr call, Format format, Expr arg) {
    Type t = ctx.types().of(arg);
    boolean composite = t != null && isComposite(t);
    boolean boxed = isBoxed(ctx, call, arg);
    if (!composite && !boxed) {
      return;
    }
    int allocs = (boxed ? 1 : 0) + format.resultAllocs();
    Fix edited = composite ? null : FormatFix.of(ctx, call, format, boxed ? 1 : 0);
    ctx.report(this, arg)
        .warnInLoop()
        .cost(
            composite ? Cost.UNKNOWN : allocs,
            Cost.UNKNOWN,
            composite
                ? (allocs == 0
                        ? ""
                        : "at least "
                            + allocs
                            + (allocs == 1 ? " allocation, " : " allocations, ")
                            + "and ")
                    + "reflection over each part"
                : "no box for integers below 256 and empty values")
        .fix(
            edited != null
                ? edited
                : Fix.of(
                    fix(t, composite),
                    composite ? "as many allocations as the text needs" : "1 or none"))
        .message(
            RuleContext.text(arg)
                + " ("
                + ctx.types().text(t)
                + ") is formatted "
                + (composite ? "by reflection" : "by way of any")
                + ", though its type is known");
  }

  private static boolean isBoxed(RuleContext ctx, Expr.CallExpr call, Expr arg) {
    for (Boxes.Box box : ctx.boxes().of(call)) {
      if (ctx.tree().isWithin(box.at(), arg)) {
        return true;
      }
    }
    return false;
  }

  private static String fix(@Nullable Type t, boolean composite) {
    if (composite || t == null) {
      return "give the type an AppendText or String method that writes its parts, or format the"
          + " fields that matter";
    }
    if (Types.isString(t)) {
      return "use the string itself";
    }
    return Predicates.isInteger(t)
        ? "use strconv.Itoa, or strconv.AppendInt into a buffer"
        : "use strconv";
  }
}
