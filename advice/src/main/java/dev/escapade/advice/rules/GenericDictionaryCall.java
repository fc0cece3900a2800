package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Func;
import dev.escapade.types.Instance;
import dev.escapade.types.Interface;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method of a type parameter is called in a loop. The code is shared by all types of one shape,
 * so the call goes through a dictionary: it is indirect, is not inlined, and its receiver leaks.
 */
final class GenericDictionaryCall extends SimpleRule {
  GenericDictionaryCall() {
    super(
        "generic-dictionary-call",
        Question.HOW_MANY,
        Severity.INFO,
        "a method of a type parameter is called indirectly in a loop");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Expr receiver = ctx.tree().isInLoop(call) ? ctx.types().receiver(call) : null;
      Type t = ctx.types().of(receiver);
      Func f = t == null ? null : ctx.types().callee(call);
      Decl.FuncDecl d = ctx.tree().declaration(call);
      if (receiver != null
          && t != null
          && f != null
          && d != null
          && Predicates.isTypeParam(t)
          && !ctx.ways().isDevirtualized(call.pos())) {
        ctx.report(this, call)
            .cost(
                Cost.UNKNOWN,
                Cost.UNKNOWN,
                "an indirect call each time; what the receiver points to, if anything, escapes")
            .fix(fix(ctx, d))
            .message(
                RuleContext.text(call.fun())
                    + " is a method of type parameter "
                    + ctx.types().text(t)
                    + ", called through a dictionary");
      }
    }
  }

  /** A loop for a concrete type can be written where this package gives the function such a one. */
  private static @Nullable Fix fix(RuleContext ctx, Decl.FuncDecl generic) {
    Func f = ctx.calls().function(generic);
    if (f == null || generic.recv() != null) {
      return null;
    }
    for (Expr.Name name : ctx.tree().all(Expr.Name.class)) {
      Instance i = ctx.types().info().use(name) == f ? ctx.types().info().instance(name) : null;
      if (i != null
          && i.typeArgs().stream()
              .noneMatch(t -> Types.hasTypeParam(t) || t.underlying() instanceof Interface)) {
        String types =
            i.typeArgs().stream().map(ctx.types()::text).collect(Collectors.joining(", "));
        return Fix.of(
            "write "
                + f.name()
                + "["
                + types
                + "] as a function of its own, without type parameters",
            "direct calls that may be inlined, where that one is called");
      }
    }
    return null;
  }
}
