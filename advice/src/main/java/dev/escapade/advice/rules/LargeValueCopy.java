package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Site;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A large struct or array is copied in each round of a loop: as an argument, receiver or result of
 * a call that is not inlined, or as the value of a range.
 */
final class LargeValueCopy extends SimpleRule {
  /** What is copied in some ten nanoseconds; below, a copy is no worse than the pointer. */
  private static final long LARGE_BYTES = 256;

  LargeValueCopy() {
    super(
        "large-value-copy",
        Question.OTHER,
        Severity.INFO,
        "a large struct is copied in each round of a loop");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Stmt.RangeClause range : ctx.tree().all(Stmt.RangeClause.class)) {
      List<Expr> targets = Syntax.unpackList(range.lhs());
      if (targets.size() == 2
          && !(targets.get(1) instanceof Expr.Name n && n.isBlank())
          && isLarge(ctx, ctx.types().of(targets.get(1)))
          && !isCopyNeeded(
              ctx, targets.get(1), ctx.tree().enclosing(targets.get(1), Stmt.ForStmt.class))) {
        String fix = rangeFix(ctx.types().underlying(range.x()));
        if (fix != null) {
          report(
              ctx,
              targets.get(1),
              ctx.types().of(targets.get(1)),
              "each element is copied to " + RuleContext.text(targets.get(1)),
              Fix.of(fix, "one copy less each time"));
        }
      }
    }
    for (Decl.FuncDecl d : ctx.tree().all(Decl.FuncDecl.class)) {
      Func f = ctx.calls().function(d);
      if (f != null
          && d.body() != null
          && !ctx.calls().isInlinable(d)
          && !ctx.calls().isUsedAsValue(f)
          && ctx.calls().isCalledInLoop(f)) {
        check(ctx, d, f, d.recv(), "receiver");
        d.type().params().forEach(p -> check(ctx, d, f, p, "parameter"));
      }
    }
  }

  /** What does without the copy of an element, or null if there is no such thing. */
  private static @Nullable String rangeFix(@Nullable Type over) {
    return switch (over) {
      case MapType _ -> "let the map have pointers as values, where nobody else sets its type";
      case Slice _, Pointer _ -> "range over the index and take the address of the element";
      case Array _ -> "range over the index of the variable itself, which also saves its copy";
      case null, default -> null; // a function yields values
    };
  }

  /** The variable is changed, or its address taken: who does so may mean a copy. */
  private static boolean isCopyNeeded(RuleContext ctx, Expr target, @Nullable Node scope) {
    Var v = ctx.types().variable(target);
    return v == null
        || scope == null
        || Tree.any(
            scope,
            n ->
                switch (n) {
                  case Stmt.AssignStmt s ->
                      Syntax.unpackList(s.lhs()).stream()
                          .anyMatch(lhs -> ctx.types().isPartOf(lhs, v));
                  case Expr.UnaryExpr u -> u.op() == Operator.AND && ctx.types().isPartOf(u.x(), v);
                  case Expr.CallExpr call -> isChangedBy(ctx, call, v);
                  default -> false; // only looks
                });
  }

  /** A method of the pointer may change the variable. */
  private static boolean isChangedBy(RuleContext ctx, Expr.CallExpr call, Var v) {
    Expr receiver = ctx.types().receiver(call);
    Func f = receiver == null ? null : ctx.types().callee(call);
    Var recv = f == null ? null : f.signature().recv();
    return receiver != null
        && recv != null
        && ctx.types().isPartOf(receiver, v)
        && recv.type().unalias() instanceof Pointer
        && !(ctx.types().underlying(receiver) instanceof Pointer);
  }

  private void check(RuleContext ctx, Decl.FuncDecl d, Func f, @Nullable Field param, String role) {
    Expr.Name name = param == null ? null : param.name();
    Type t = name == null ? null : ctx.types().of(name);
    if (name != null && !name.isBlank() && isLarge(ctx, t)) {
      report(
          ctx,
          name,
          t,
          role + " " + name.value() + " is copied in each call, and calls are made in a loop",
          ctx.visibility().isAskedForAnywhere(d, f) ? null : pointer(ctx, d, f, name));
    }
  }

  private static Fix pointer(RuleContext ctx, Decl.FuncDecl d, Func f, Expr.Name name) {
    boolean isReceiver = d.recv() != null && Tree.same(d.recv().name(), name);
    List<String> risks = new ArrayList<>();
    if (isCopyNeeded(ctx, name, d)) {
      risks.add("what the function changes of it, the caller sees");
    }
    if (isReceiver
        && (ctx.visibility().isApi(f)
            || ctx.calls().of(f).stream().anyMatch(call -> !hasAddress(ctx, call)))) {
      risks.add("what has no address, as the result of a call, needs a variable first");
    }
    return new Fix(
        "take a pointer"
            + (d.recv() != null && f.exported()
                ? ", where no interface asks for the method as it is"
                : "")
            + (ctx.visibility().isApi(f) ? ", as long as other modules can change with it" : ""),
        "one copy less each time",
        String.join("; ", risks),
        List.of());
  }

  /** A method of the pointer may be called for the receiver as it is written. */
  private static boolean hasAddress(RuleContext ctx, Expr.CallExpr call) {
    Expr e = ctx.types().receiver(call);
    while (e != null) {
      switch (Syntax.unparen(e)) {
        case Expr.Name _ -> {
          return true;
        }
        case Expr.UnaryExpr u -> {
          return u.op() == Operator.MUL;
        }
        case Expr.SelectorExpr s -> {
          if (ctx.types().underlying(s.x()) instanceof Pointer || ctx.types().global(s) != null) {
            return true;
          }
          e = s.x();
        }
        case Expr.IndexExpr x -> {
          if (!(ctx.types().underlying(x.x()) instanceof Array)) {
            return ctx.types().underlying(x.x()) instanceof Slice;
          }
          e = x.x();
        }
        default -> {
          return ctx.types().underlying(e) instanceof Pointer;
        }
      }
    }
    return false;
  }

  private static boolean isLarge(RuleContext ctx, @Nullable Type t) {
    return t != null
        && (t.underlying() instanceof Struct || t.underlying() instanceof Array)
        && ctx.types().sizeBytes(t) >= LARGE_BYTES;
  }

  private void report(
      RuleContext ctx, Expr at, @Nullable Type t, String message, @Nullable Fix fix) {
    long size = ctx.types().sizeBytes(t);
    boolean isOnHeap = ctx.sites().isOnHeap(at.pos(), Site.Kind.VARIABLE);
    ctx.report(this, at)
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "a copy of "
                + size
                + " bytes each time"
                + (isOnHeap ? ", and an allocation for it" : "; no allocation"))
        .fix(fix)
        .message(message + ": " + size + " bytes of " + ctx.types().text(t));
  }
}
