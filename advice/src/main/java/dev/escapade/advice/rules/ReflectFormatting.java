package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Boxing;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Array;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
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
                            + (isNilFree(ctx, call, arg) ? "1 less for a nil slice, " : "")
                            + "and ")
                    + "reflection over each part"
                : t == null || Predicates.isBoolean(t) ? "" : "no box for " + Boxing.free(t))
        .fix(
            edited != null
                ? edited
                : composite ? parts(ctx, call, format, t) : alone(ctx, call, format, t))
        .message(
            RuleContext.text(arg)
                + " ("
                + ctx.types().text(t)
                + ") is formatted "
                + (composite ? "by reflection" : "by way of any")
                + ", though its type is known");
  }

  /** A slice that may be nil, for which there is no box. */
  private static boolean isNilFree(RuleContext ctx, Expr.CallExpr call, Expr arg) {
    return ctx.types().underlying(arg) instanceof Slice
        && ctx.boxes().of(call).stream()
            .anyMatch(b -> ctx.tree().isWithin(b.at(), arg) && !ctx.boxes().isFilled(b));
  }

  private static boolean isBoxed(RuleContext ctx, Expr.CallExpr call, Expr arg) {
    for (Boxes.Box box : ctx.boxes().of(call)) {
      if (ctx.tree().isWithin(box.at(), arg)) {
        return true;
      }
    }
    return false;
  }

  /** A type of this package may have methods; of others only the parts can be formatted. */
  private static @Nullable Fix parts(
      RuleContext ctx, Expr.CallExpr call, Format format, @Nullable Type t) {
    if (Unboxed.isOnce(ctx, call)) {
      return null;
    }
    String pattern = format.format();
    boolean asksForString = pattern == null || !pattern.contains("#");
    return asksForString
            && t != null
            && Types.deref(t).unalias() instanceof Named n
            && n.obj().pkg() == ctx.types().pkg()
            && hasRoomForString(n)
        ? new Fix(
            "where it runs often, give the type a String method that writes its parts, or format"
                + " those that matter",
            "no reflection",
            "with a String method %v and %s print what that returns",
            List.of())
        : Fix.of("where it runs often, format one by one the parts that matter", "no reflection");
  }

  /** The type, or a pointer to it, has nothing that is named String yet. */
  private static boolean hasRoomForString(Named n) {
    for (int i = 0; i < n.numMethods(); i++) {
      if (n.method(i).name().equals("String")) {
        return false;
      }
    }
    return !(n.underlying() instanceof Struct s)
        || s.fields().stream().noneMatch(f -> f.name().equals("String"));
  }

  /** What gives the same text without a box, or null. */
  private static @Nullable Fix alone(
      RuleContext ctx, Expr.CallExpr call, Format format, @Nullable Type t) {
    if (t == null || !format.callee().name().startsWith("Sprint")) {
      return Unboxed.of(ctx, call, format);
    }
    if (Types.isString(t)) {
      return Fix.of("use the string itself", "no allocation");
    }
    return Predicates.isInteger(t)
        ? Fix.of("use " + Unboxed.text(t), "at most 1 allocation")
        : null;
  }
}
