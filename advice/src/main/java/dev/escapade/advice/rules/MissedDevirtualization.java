package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Calls;
import dev.escapade.advice.code.FieldTypes;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a parameter of interface type is called, and every caller passes the same concrete
 * type: the call could be direct, and what is passed need not escape. Only functions that nobody
 * else can call are judged.
 */
final class MissedDevirtualization extends SimpleRule {
  MissedDevirtualization() {
    super(
        "missed-devirtualization",
        Question.WHO,
        Severity.INFO,
        "an interface call stays indirect though only one type is ever passed");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      Func f = ctx.calls().function(d);
      if (f != null && d.body() != null && isClosed(ctx, d, f)) {
        for (int i = 0; i < d.type().params().size(); i++) {
          check(ctx, d, f, i);
        }
      }
    }
    new FieldTypes(ctx.tree(), ctx.types())
        .single()
        .forEach((field, type) -> {
          Expr.CallExpr first =
              isConcrete(ctx, type) && !isAsked(ctx, field) ? firstIndirect(ctx, field) : null;
          if (first != null) {
            reportField(ctx, field, type, first);
          }
        });
  }

  private static Expr.@Nullable CallExpr firstIndirect(RuleContext ctx, Var field) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Var called = ctx.types().field(ctx.types().receiver(call));
      if (called != null
          && called.origin() == field
          && ctx.types().isInterfaceCall(call)
          && !ctx.ways().isDevirtualized(call.pos())) {
        return call;
      }
    }
    return null;
  }

  private void reportField(RuleContext ctx, Var field, Type concrete, Expr.CallExpr call) {
    String type = ctx.types().text(concrete);
    ctx.report(this, call)
        .warnInLoop()
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, cost(ctx, call))
        .fix(
            "give the field the type "
                + type
                + "; a test that puts something else there has to change",
            "a direct call that may be inlined")
        .message(
            RuleContext.text(call.fun())
                + " is called through an interface, though field "
                + field.name()
                + " has a "
                + type
                + " wherever this package sets it");
  }

  /** All callers are known, and the function is not inlined at some of them. */
  private static boolean isClosed(RuleContext ctx, Decl.FuncDecl d, Func f) {
    boolean main = f.pkg() != null && f.pkg().name().equals("main") && d.recv() == null;
    return (!f.exported() || main)
        && !ctx.calls().isUsedAsValue(f)
        && !f.signature().variadic()
        && f.signature().typeParams().isEmpty()
        && !ctx.calls().of(f).isEmpty()
        && (d.recv() == null || !mayImplement(ctx, d, f))
        && ctx.calls().isRunOutOfLine(d);
  }

  /** A method may be called by way of an interface. */
  private static boolean mayImplement(RuleContext ctx, Decl.FuncDecl d, Func f) {
    return f.exported() || ctx.visibility().isAskedFor(d, f);
  }

  private void check(RuleContext ctx, Decl.FuncDecl d, Func f, int index) {
    Field param = d.type().params().get(index);
    Type t = ctx.types().of(param.type());
    if (param.name() == null || t == null || !isPlainInterface(t)) {
      return;
    }
    Type concrete = null;
    for (Expr.CallExpr call : ctx.calls().of(f)) {
      Type arg = index < call.args().size() ? ctx.types().of(call.args().get(index)) : null;
      if (arg == null
          || call.args().size() != d.type().params().size()
          || Predicates.isInterface(arg)
          || (concrete != null && !Predicates.identical(concrete, arg))) {
        return;
      }
      concrete = arg;
    }
    Expr.Name name = param.name();
    List<Expr.CallExpr> indirect = indirect(ctx, d, name);
    if (concrete != null && !indirect.isEmpty() && isConcrete(ctx, concrete)) {
      report(ctx, d, name, concrete, indirect);
    }
  }

  /** A type with a name that can be written here. */
  private static boolean isConcrete(RuleContext ctx, Type t) {
    Type named = t.unalias() instanceof Pointer p ? p.elem().unalias() : t.unalias();
    return named instanceof dev.escapade.types.Named && ctx.types().isNameable(t);
  }

  private static boolean isPlainInterface(Type t) {
    return t.underlying() instanceof Interface i && !i.empty() && !Predicates.isTypeParam(t);
  }

  /** The calls of the parameter's methods that stayed indirect. */
  private static List<Expr.CallExpr> indirect(
      RuleContext ctx, Decl.FuncDecl d, Expr.@Nullable Name param) {
    List<Expr.CallExpr> calls = new ArrayList<>();
    Stmt.BlockStmt body = d.body();
    Var v =
        param != null && ctx.types().info().def(param) instanceof Var declared ? declared : null;
    if (body == null || v == null || isAsked(ctx, v)) {
      return calls;
    }
    for (Stmt.AssignStmt s : Tree.below(body, Stmt.AssignStmt.class)) {
      if (Syntax.unpackList(s.lhs()).stream().anyMatch(e -> ctx.types().isUse(e, v))) {
        return calls; // it may become something else
      }
    }
    for (Expr.CallExpr call : Tree.below(body, Expr.CallExpr.class)) {
      if (ctx.types().isInterfaceCall(call)
          && ctx.types().isUse(ctx.types().receiver(call), v)
          && !ctx.ways().isDevirtualized(call.pos())) {
        calls.add(call);
      }
    }
    return calls;
  }

  private static String cost(RuleContext ctx, Expr.CallExpr call) {
    boolean pointers =
        call.args().stream()
            .map(e -> ctx.types().of(e))
            .anyMatch(t -> t != null && ctx.types().facts().hasPointers(t));
    return "an indirect call each time"
        + (pointers ? "; pointers among its arguments are taken to escape" : "");
  }

  /** Some use of a parameter or field needs the interface: its type is asked, or it is compared. */
  private static boolean needsInterface(RuleContext ctx, Expr.Name name) {
    Node p = ctx.tree().parent(name);
    if (p instanceof Expr.SelectorExpr s && Tree.same(s.sel(), name)) {
      p = ctx.tree().parentSkippingParens(s);
    } else {
      p = ctx.tree().parentSkippingParens(name);
    }
    return switch (p) {
      case Expr.TypeAssertExpr _, Expr.TypeSwitchGuard _, Expr.BinaryExpr _ -> true;
      case Expr.UnaryExpr u -> u.op() == Operator.AND;
      case Stmt.AssignStmt s -> s.rhs() != null && ctx.tree().isWithin(name, s.rhs());
      case null, default -> false; // a method is called, or it is handed on
    };
  }

  private static boolean isAsked(RuleContext ctx, Var v) {
    return ctx.tree().all(Expr.Name.class).stream()
        .anyMatch(n ->
            ctx.types().info().use(n) instanceof Var u
                && (u == v || u.origin() == v)
                && needsInterface(ctx, n));
  }

  private void report(
      RuleContext ctx,
      Decl.FuncDecl d,
      Expr.@Nullable Name param,
      Type concrete,
      List<Expr.CallExpr> indirect) {
    String type = ctx.types().text(concrete);
    Expr.CallExpr first = indirect.getFirst();
    ctx.report(this, first)
        .warnInLoop()
        .because(
            d.name(),
            Calls.name(d)
                + " is not inlined at each call, and all of them, tests aside, pass "
                + type
                + (param == null ? "" : " for " + param.value()))
        .cost(Cost.UNKNOWN, Cost.UNKNOWN, cost(ctx, first))
        .fix(
            "take a "
                + type
                + " instead of the interface, and change the tests that pass something else; or"
                + " build with a profile in which the call is hot",
            "a direct call that may be inlined")
        .message(
            RuleContext.text(first.fun())
                + " is called through an interface, though each caller passes a "
                + type);
  }
}
