package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Cost;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slices in fields of a struct that is made just before the loop that appends to them. */
final class FieldGrowth {
  private final AppendWithoutCapacity rule;
  private final RuleContext ctx;

  FieldGrowth(AppendWithoutCapacity rule, RuleContext ctx) {
    this.rule = rule;
    this.ctx = ctx;
  }

  void check() {
    for (Stmt.AssignStmt s : ctx.tree().all(Stmt.AssignStmt.class)) {
      Stmt.ForStmt loop = ctx.tree().loop(s);
      Var field = loop == null ? null : ctx.types().field(s.lhs());
      if (loop != null
          && field != null
          && s.op() == null
          && Types.singleRight(s) instanceof Expr.CallExpr call
          && ctx.types().builtin(call) == BuiltinId.APPEND
          && !call.hasDots()
          && call.args().size() > 1
          && ctx.types().field(call.args().getFirst()) == field) {
        check(s, field, call.args().size() - 1, loop);
      }
    }
  }

  private void check(Stmt.AssignStmt append, Var field, int elements, Stmt.ForStmt loop) {
    Var owner = ctx.types().variable(((Expr.SelectorExpr) Syntax.unparen(append.lhs())).x());
    Loops.Bound bound = new Loops(ctx.tree(), ctx.types()).bound(loop);
    Stmt made = owner == null ? null : made(owner, loop);
    if (owner == null
        || owner.kind() != VarKind.LOCAL
        || bound == null
        || (bound.constant() >= 0 && bound.constant() <= AppendWithoutCapacity.SMALL)
        || made == null
        || AppendWithoutCapacity.endsSoon(ctx, append)
        || isAssignedTwice(append, field, loop)
        || !isEmptyUntil(made, owner, field, loop)) {
      return;
    }
    boolean always = Loops.isEachRound(ctx.tree(), append, loop);
    String target = RuleContext.text(append.lhs());
    List<String> risks = new ArrayList<>();
    risks.add(AppendWithoutCapacity.notNil("field", always));
    risks.addAll(AppendWithoutCapacity.roomRisks(ctx, bound, always));
    ctx.report(rule, append)
        .because(made, "made here, with " + field.name() + " empty")
        .because(loop, "the loop runs at most " + bound.text() + " times")
        .cost(
            Cost.UNKNOWN,
            Cost.UNKNOWN,
            "about one allocation for each doubling, and a copy of all elements each time")
        .fix(
            new Fix(
                AppendWithoutCapacity.BEFORE
                    + target
                    + " = make("
                    + ctx.types().text(field.type())
                    + ", 0, "
                    + AppendWithoutCapacity.room(elements, bound)
                    + ")"
                    + (always ? "" : AppendWithoutCapacity.MOST),
                "1 allocation instead of about log2 of the length",
                String.join("; ", risks),
                List.of()))
        .message(
            target
                + " starts without capacity and grows in a loop of at most "
                + bound.text()
                + " rounds"
                + (always ? "" : ", in some of them"));
  }

  /** The statement before the loop, in its list, that declares {@code owner} with a new struct. */
  private @Nullable Stmt made(Var owner, Stmt.ForStmt loop) {
    for (Stmt s : ctx.tree().siblings(loop)) {
      if (Tree.same(s, loop)) {
        return null;
      }
      if (s instanceof Stmt.AssignStmt a
          && a.op() == Operator.DEF
          && ctx.types().defined(a.lhs()) == owner) {
        return a;
      }
      if (s instanceof Stmt.DeclStmt d
          && d.decls().size() == 1
          && d.decls().getFirst() instanceof Decl.VarDecl v
          && v.names().size() == 1
          && ctx.types().defined(v.names().getFirst()) == owner) {
        return s;
      }
    }
    return null;
  }

  private boolean isAssignedTwice(Stmt append, Var field, Stmt.ForStmt loop) {
    for (Stmt.AssignStmt s : Tree.below(loop.body(), Stmt.AssignStmt.class)) {
      if (!Tree.same(s, append)
          && Syntax.unpackList(s.lhs()).stream().anyMatch(e -> ctx.types().field(e) == field)) {
        return true;
      }
    }
    return false;
  }

  /** The struct is made without the field, and nobody sees it, or the field, before the loop. */
  private boolean isEmptyUntil(Stmt made, Var owner, Var field, Stmt.ForStmt loop) {
    if (!isMadeEmpty(made, owner, field)) {
      return false;
    }
    for (Stmt s : ctx.tree().following(made)) {
      if (Tree.same(s, loop)) {
        return true;
      }
      if (Tree.any(s, n -> mayFill(n, owner, field))) {
        return false;
      }
    }
    return false;
  }

  private boolean isMadeEmpty(Stmt made, Var owner, Var field) {
    Type t = Types.deref(owner.type());
    if (!(t.underlying() instanceof Struct)) {
      return false;
    }
    Expr value =
        switch (made) {
          case Stmt.AssignStmt s -> Types.singleRight(s);
          case Stmt.DeclStmt d -> ((Decl.VarDecl) d.decls().getFirst()).values();
          default -> null; // no other statement declares it
        };
    if (value == null) {
      return !(owner.type().underlying() instanceof Pointer);
    }
    Expr e = Syntax.unparen(value);
    if (e instanceof Expr.UnaryExpr u && u.op() == Operator.AND) {
      e = Syntax.unparen(u.x());
    }
    return switch (e) {
      case Expr.CompositeLit lit -> !sets(lit, field);
      case Expr.CallExpr call -> ctx.types().builtin(call) == BuiltinId.NEW;
      default -> false; // made elsewhere
    };
  }

  private boolean sets(Expr.CompositeLit lit, Var field) {
    return (!lit.elems().isEmpty() && lit.keyCount() == 0)
        || lit.elems().stream()
            .anyMatch(e ->
                e instanceof Expr.KeyValueExpr kv
                    && kv.key() instanceof Expr.Name n
                    && n.value().equals(field.name()));
  }

  /** Other fields of the struct may be used. */
  private boolean mayFill(Node n, Var owner, Var field) {
    if (!(n instanceof Expr.Name name) || ctx.types().info().use(name) != owner) {
      return false;
    }
    Node p = ctx.tree().parentSkippingParens(name);
    return !(p instanceof Expr.SelectorExpr s)
        || ctx.types().field(s) == null
        || List.of(field).contains(ctx.types().field(s));
  }
}
