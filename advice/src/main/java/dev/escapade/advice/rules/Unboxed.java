package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Boxes;
import dev.escapade.advice.code.Format;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Func;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a variadic call could do without boxes, in words, where no edit is known to be the same: said
 * only of what strings and numbers in their plain form allow, or of functions of this package.
 */
final class Unboxed {
  private static final List<String> TELLING =
      List.of(
          "Print", "Log", "log", "Debug", "Info", "Warn", "Error", "Fatal", "Panic", "Skip",
          "print", "warn", "fatal", "exit", "die");

  private static final List<String> FORMATTERS = List.of("String", "Error", "Format", "GoString");

  private Unboxed() {}

  /** The advice for a call whose boxes are known, or null if there is none. */
  static @Nullable Fix of(RuleContext ctx, Expr.CallExpr call, @Nullable Format format) {
    if (format == null) {
      return typed(ctx, call);
    }
    if (format.callee().name().equals("Errorf")) {
      return error(ctx, call, format);
    }
    return isLog(format) || isOnce(ctx, call) ? null : appended(ctx, format);
  }

  /** A text that is made only when somebody asks for it. */
  private static @Nullable Fix error(RuleContext ctx, Expr.CallExpr call, Format format) {
    String pattern = format.format();
    if (pattern == null) {
      return null; // nobody knows what it wraps
    }
    if (ctx.tree().parentSkippingParens(call) instanceof Expr.SelectorExpr) {
      return pattern.contains("%w") // its text is wanted at once
          ? null
          : Fix.of("make the text alone, with fmt.Sprintf", "1 allocation less, the error");
    }
    if (isReadAtOnce(ctx, call)) {
      return null;
    }
    return Fix.of(
        "where the text of the error is seldom read, a type of error with these as fields, whose"
            + " Error method makes the text"
            + (pattern.contains("%w") ? ", and whose Unwrap method returns what %w wraps" : ""),
        "1 allocation until it is read");
  }

  /**
   * Reports whether the text of an error is asked for, or printed, logged or shown by a panic where
   * the error is made.
   */
  static boolean isReadAtOnce(RuleContext ctx, Expr.CallExpr call) {
    return switch (ctx.tree().parentSkippingParens(call)) {
      case Expr.SelectorExpr _ -> true;
      case Expr.CallExpr around ->
          ctx.types().builtin(around) == BuiltinId.PANIC
              || ctx.coldness().isGivingUp(around)
              || Format.of(ctx.types(), around) != null
              || isTelling(ctx, around);
      case null, default -> false; // goes on
    };
  }

  /** Loggers and tests have methods of these names in all packages. */
  private static boolean isTelling(RuleContext ctx, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    String name = f == null ? "" : f.name();
    return TELLING.stream().anyMatch(name::startsWith);
  }

  private static boolean isLog(Format format) {
    return format.callee().pkg() != null && "log".equals(format.callee().pkg().path());
  }

  /** In main or init, outside of loops: it runs once for each start. */
  static boolean isOnce(RuleContext ctx, Expr.CallExpr call) {
    return ctx.tree().function(call) instanceof Decl.FuncDecl d
        && d.recv() == null
        && (d.name().value().equals("init")
            || (d.name().value().equals("main") && "main".equals(ctx.types().pkg().name())))
        && !ctx.tree().isInLoop(call);
  }

  /** Parameters of their own type; not for a function that only hands its arguments on. */
  private static @Nullable Fix typed(RuleContext ctx, Expr.CallExpr call) {
    Func f = ctx.types().callee(call);
    Decl.FuncDecl d = f == null ? null : ctx.calls().declaration(f);
    if (f == null || d == null || d.body() == null || !isOwn(ctx, f) || !isTakenApart(ctx, f, d)) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (Boxes.Box box : ctx.boxes().of(call)) {
      String name = ctx.types().text(ctx.types().of(box.at()));
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    if (!areAlike(ctx, f, call, names)) {
      return null;
    }
    return Fix.of(
        "give "
            + f.name()
            + (names.size() == 1
                ? " a parameter of type " + names.getFirst() + ", or ..." + names.getFirst()
                : " parameters of their types: " + String.join(", ", names)),
        "no box");
  }

  /** Nobody else has a say in what the function takes. */
  private static boolean isOwn(RuleContext ctx, Func f) {
    return !f.exported() && f.signature().recv() == null && !ctx.calls().isUsedAsValue(f);
  }

  /** The calls here all pass the same types, or nothing but the one that is named. */
  private static boolean areAlike(RuleContext ctx, Func f, Expr.CallExpr call, List<String> names) {
    int first = f.origin().signature().params().len() - 1;
    List<String> passed = types(ctx, call, first);
    for (Expr.CallExpr other : ctx.calls().of(f)) {
      List<String> types = types(ctx, other, first);
      if (other.hasDots()
          || !(types.equals(passed)
              || (names.size() == 1 && names.containsAll(types) && names.containsAll(passed)))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> types(RuleContext ctx, Expr.CallExpr call, int first) {
    List<String> types = new ArrayList<>();
    for (Expr arg : call.args().subList(Math.min(first, call.args().size()), call.args().size())) {
      Type t = ctx.types().of(arg);
      types.add(
          t == null
              ? ""
              : ctx.types().text(Predicates.isUntyped(t) ? Predicates.defaultType(t) : t));
    }
    return types;
  }

  /** All that the function does with its arguments is to count them and to ask for their types. */
  private static boolean isTakenApart(RuleContext ctx, Func f, Decl.FuncDecl d) {
    List<Var> params = f.origin().signature().params().vars();
    return !params.isEmpty()
        && Tree.below(d, Expr.Name.class).stream()
            .filter(n -> ctx.types().info().use(n) == params.getLast())
            .allMatch(n ->
                switch (ctx.tree().parentSkippingParens(n)) {
                  case Expr.CallExpr c -> ctx.types().builtin(c) == BuiltinId.LEN;
                  case Expr.IndexExpr x ->
                      Tree.same(Syntax.unparen(x.x()), n)
                          && ctx.tree().parentSkippingParens(x) instanceof Expr.TypeAssertExpr;
                  case Stmt.RangeClause r -> isAsked(ctx, r, d);
                  case null, default -> false; // goes somewhere
                });
  }

  /** Each use of the element is a type assertion. */
  private static boolean isAsked(RuleContext ctx, Stmt.RangeClause r, Decl.FuncDecl d) {
    List<Expr> targets = r.lhs() == null ? List.of() : Syntax.unpackList(r.lhs());
    Var v = targets.size() == 2 ? ctx.types().defined(targets.get(1)) : null;
    return targets.size() < 2
        || (v != null
            && Tree.below(d, Expr.Name.class).stream()
                .filter(n -> ctx.types().info().use(n) == v)
                .allMatch(n ->
                    ctx.tree().parentSkippingParens(n) instanceof Expr.TypeAssertExpr
                        || ctx.tree().parentSkippingParens(n) instanceof Expr.TypeSwitchGuard));
  }

  private static @Nullable Fix appended(RuleContext ctx, Format format) {
    if (format.hasFlags()) {
      return null; // strconv does not pad
    }
    List<String> ways = new ArrayList<>();
    for (int i = 0; i < format.args().size(); i++) {
      String way = way(ctx, format, i);
      if (way == null) {
        return null;
      }
      if (!way.isEmpty() && !ways.contains(way)) {
        ways.add(way);
      }
    }
    String name = format.callee().name();
    boolean makesString = name.startsWith("S");
    boolean appends = name.startsWith("A");
    String own = format.args().stream().anyMatch(a -> makesText(ctx, a)) ? " of its own" : "";
    return Fix.of(
        "where it runs often, append the parts to "
            + (appends ? "the slice" : "a []byte that is used again")
            + (ways.isEmpty() ? "" : ", with " + String.join(" and ", ways) + " for the numbers")
            + (makesString || appends ? "" : ", and write that"),
        makesString
            ? "no allocation" + own + ", or 1 where a string is needed"
            : "no allocation" + own);
  }

  /** What an argument is may be made by a call, or by putting strings together. */
  private static boolean makesText(RuleContext ctx, Expr arg) {
    return Tree.any(
        arg,
        n ->
            (n instanceof Expr.CallExpr c && ctx.types().builtin(c) == null)
                || (n instanceof Expr.BinaryExpr b
                    && Types.isString(ctx.types().of(b))
                    && !ctx.types().isConstant(b)));
  }

  /** What appends an argument besides append itself; null if nothing does that without a box. */
  private static @Nullable String way(RuleContext ctx, Format format, int index) {
    Type t = ctx.types().of(format.args().get(index));
    char verb = format.verb(index);
    if (t == null
        || Predicates.isTypeParam(t)
        || (verb != 'd' && FORMATTERS.stream().anyMatch(m -> ctx.types().hasMethod(t, m)))) {
      return null;
    }
    if (Types.isString(t) || (Types.isBytes(t) && verb == 's')) {
      return verb == 's' || verb == 'v' ? "" : null;
    }
    if (Predicates.isInteger(t)) {
      return verb != 'd' && verb != 'v'
          ? null
          : Predicates.isUnsigned(t) ? "strconv.AppendUint" : "strconv.AppendInt";
    }
    if (Predicates.isFloat(t)) {
      return verb == 'v' || verb == 'g' || verb == 'f' || verb == 'e'
          ? "strconv.AppendFloat"
          : null;
    }
    return null;
  }

  /** The function of strconv that gives the text of an integer of some type. */
  static String text(Type t) {
    if (t.unalias() instanceof Basic b && b.kind() == BasicKind.INT) {
      return "strconv.Itoa";
    }
    return Predicates.isUnsigned(t) ? "strconv.FormatUint" : "strconv.FormatInt";
  }
}
