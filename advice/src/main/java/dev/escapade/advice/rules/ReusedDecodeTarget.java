package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Question;
import dev.escapade.advice.finding.Severity;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.Func;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A variable into which documents are decoded in a loop is not reset: a document without a field
 * leaves what the last one had, and slices and what pointers point to are overwritten.
 */
final class ReusedDecodeTarget extends SimpleRule {
  private static final Set<String> PACKAGES =
      Set.of(
          "encoding/json",
          "encoding/xml",
          "encoding/gob",
          "gopkg.in/yaml.v2",
          "gopkg.in/yaml.v3",
          "sigs.k8s.io/yaml",
          "github.com/goccy/go-yaml",
          "github.com/json-iterator/go",
          "github.com/goccy/go-json",
          "github.com/vmihailenco/msgpack/v5",
          "github.com/BurntSushi/toml",
          "go.mongodb.org/mongo-driver/bson");

  ReusedDecodeTarget() {
    super(
        "reused-decode-target",
        Question.WHO,
        Severity.WARNING,
        "a decode target is used again without being reset");
  }

  @Override
  public void check(RuleContext ctx) {
    for (Expr.CallExpr call : ctx.tree().all(Expr.CallExpr.class)) {
      Stmt.ForStmt loop = ctx.tree().loop(call);
      Func f = loop == null ? null : ctx.types().callee(call);
      Var target = f == null || !isDecode(f) ? null : target(ctx, call);
      if (loop != null
          && target != null
          && target.kind() == VarKind.LOCAL
          && hasState(target.type())
          && !isWithin(ctx, target, loop)
          && !isReset(ctx, target, loop)) {
        report(ctx, call, target, loop);
      }
    }
  }

  private static boolean isDecode(Func f) {
    Package p = f.pkg();
    return p != null
        && PACKAGES.contains(p.path())
        && (f.name().equals("Unmarshal") || f.name().equals("Decode"));
  }

  /** The variable whose address is the last argument, or null. */
  private static @Nullable Var target(RuleContext ctx, Expr.CallExpr call) {
    Expr last = call.args().isEmpty() ? null : Syntax.unparen(call.args().getLast());
    if (last instanceof Expr.UnaryExpr u && u.op() == Operator.AND) {
      return ctx.types().variable(u.x());
    }
    Var v = ctx.types().variable(last);
    return v != null && v.type().underlying() instanceof Pointer ? v : null;
  }

  /** Reports whether decoding may leave something as it was. */
  private static boolean hasState(Type t) {
    return switch (Types.deref(t).underlying()) {
      case Struct s -> s.numFields() > 0;
      case dev.escapade.types.MapType _ -> true;
      default -> false; // replaced as a whole
    };
  }

  private static boolean isWithin(RuleContext ctx, Var v, Stmt.ForStmt loop) {
    return v.pos() >= loop.pos() && v.pos() < ctx.extents().end(loop);
  }

  private static boolean isReset(RuleContext ctx, Var v, Stmt.ForStmt loop) {
    return Tree.any(
        loop.body(),
        n ->
            switch (n) {
              case Stmt.AssignStmt s ->
                  Syntax.unpackList(s.lhs()).stream()
                      .anyMatch(e -> ctx.types().isUse(e, v) || isStar(ctx, e, v));
              case Expr.CallExpr call -> isResetCall(ctx, call, v);
              default -> false; // resets nothing
            });
  }

  private static boolean isStar(RuleContext ctx, Expr e, Var v) {
    return e instanceof Expr.UnaryExpr u && u.op() == Operator.MUL && ctx.types().isUse(u.x(), v);
  }

  private static boolean isResetCall(RuleContext ctx, Expr.CallExpr call, Var v) {
    Func f = ctx.types().callee(call);
    Expr receiver = ctx.types().receiver(call);
    boolean isReset = f != null && f.name().regionMatches(true, 0, "reset", 0, 5);
    return (isReset && receiver != null && ctx.types().isUse(receiver, v))
        || (ctx.types().builtin(call) == dev.escapade.types.BuiltinId.CLEAR
            && ctx.types().isUse(call.args().getFirst(), v))
        || (isReset
            && call.args().stream()
                .anyMatch(a -> a instanceof Expr.UnaryExpr u && ctx.types().isUse(u.x(), v)));
  }

  private void report(RuleContext ctx, Expr.CallExpr call, Var v, Stmt.ForStmt loop) {
    ctx.report(this, call)
        .notCold()
        .because(loop, v.name() + " is declared before this loop")
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "fields that a document leaves out keep the values of an earlier one; slices and what"
                + " pointers point to are overwritten for all who kept them")
        .fix(
            "declare "
                + v.name()
                + " in the loop, or set it to its zero value there if it is used after the loop",
            "each document starts from zero values")
        .message(
            v.name()
                + " ("
                + ctx.types().text(v.type())
                + ") is decoded into again without being reset");
  }
}
