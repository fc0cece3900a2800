package dev.escapade.advice.rules;

import dev.escapade.advice.RuleContext;
import dev.escapade.advice.code.Captures;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Fix;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Array;
import dev.escapade.types.Func;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether function literals only read what they capture, and nobody changes that after them: a copy
 * that is not assigned again is captured by value, and the variable stays in the frame.
 */
final class CapturedCopy {
  /** What is larger is captured by reference all the same (cmd/compile, capture analysis). */
  static final long BY_VALUE_BYTES = 128;

  private final RuleContext ctx;
  private final Types types;

  CapturedCopy(RuleContext ctx) {
    this.ctx = ctx;
    this.types = ctx.types();
  }

  /** The advice to copy before the literals what they read of a variable; or null. */
  @Nullable Fix fix(Captures.Capture c, Expr.Name declared) {
    Var v = types.defined(declared);
    Node function = ctx.tree().function(declared);
    Stmt.BlockStmt body = Tree.body(function);
    if (v == null || function == null || body == null) {
      return null;
    }
    Set<String> parts = new TreeSet<>();
    List<Expr.FuncLit> literals =
        Tree.below(body, Expr.FuncLit.class).stream()
            .filter(f ->
                Tree.same(ctx.tree().function(f), function)
                    && Tree.any(f, n -> n instanceof Expr.Name x && isUse(x, v)))
            .toList();
    for (Expr.FuncLit literal : literals) {
      if (!Tree.same(ctx.tree().loop(literal), ctx.tree().loop(declared))
          || !collect(literal, v, parts)) {
        return null;
      }
    }
    if (literals.isEmpty()
        || !Tree.same(ctx.tree().function(c.literal()), function)
        || changesAfter(body, v, literals, parts)) {
      return null;
    }
    String it = literals.size() == 1 ? "the literal" : "the literals";
    return Fix.of(
        "copy "
            + String.join(", ", parts)
            + " before "
            + it
            + " to "
            + (parts.size() == 1
                ? "a variable that is not assigned again, and use that in "
                : "variables that are not assigned again, and use these in ")
            + it,
        "no allocation for " + v.name() + " itself");
  }

  private boolean isUse(Expr.Name name, Var v) {
    return types.info().use(name) == v;
  }

  /** Collects what a literal reads of a variable; false if it does something else with it. */
  private boolean collect(Expr.FuncLit literal, Var v, Set<String> parts) {
    for (Expr.Name name : Tree.below(literal, Expr.Name.class)) {
      if (isUse(name, v)) {
        Expr part = part(name);
        if (isChanging(part) || types.sizeBytes(types.of(part)) > BY_VALUE_BYTES) {
          return false;
        }
        parts.add(RuleContext.text(part));
      }
    }
    return true;
  }

  /** The largest field of fields around a use. */
  private Expr part(Expr.Name name) {
    Expr part = name;
    while (ctx.tree().parent(part) instanceof Expr.SelectorExpr s
        && types.field(s) != null
        && types.underlying(part) instanceof Struct) {
      part = s;
    }
    return part;
  }

  /** It is assigned, its address is taken, or a method gets a pointer to it. */
  private boolean isChanging(Expr part) {
    Node child = part;
    Node p = ctx.tree().parent(part);
    while (p instanceof Expr.ParenExpr
        || p instanceof Expr.ListExpr
        || (p instanceof Expr.IndexExpr x
            && Tree.same(x.x(), child)
            && types.underlying(x.x()) instanceof Array)) {
      child = p;
      p = ctx.tree().parent(p);
    }
    return switch (p) {
      case Stmt.AssignStmt s -> Tree.same(s.lhs(), child);
      case Stmt.RangeClause r -> r.lhs() != null && Tree.same(r.lhs(), child);
      case Expr.UnaryExpr u -> u.op() == Operator.AND;
      case Expr.SliceExpr s -> types.underlying(s.x()) instanceof Array;
      case Expr.SelectorExpr s ->
          !(types.underlying(part) instanceof Pointer) && hasPointerReceiver(types.function(s));
      case null, default -> false; // only reads it
    };
  }

  private static boolean hasPointerReceiver(@Nullable Func f) {
    Var recv = f == null ? null : f.signature().recv();
    Type t = recv == null ? null : recv.type().unalias();
    return t instanceof Pointer;
  }

  /** Something at or behind the first literal, or whenever it runs, may change a part. */
  private boolean changesAfter(
      Stmt.BlockStmt body, Var v, List<Expr.FuncLit> literals, Set<String> parts) {
    int from = literals.getFirst().pos();
    boolean returns =
        v.kind() == VarKind.RESULT
            && Tree.belowInFunction(body, Stmt.ReturnStmt.class).stream()
                .anyMatch(r -> r.pos() > from && r.results() != null);
    boolean jumps =
        Tree.belowInFunction(body, Stmt.BranchStmt.class).stream()
            .anyMatch(b -> b.kind() == Stmt.BranchKind.GOTO);
    return returns
        || jumps
        || Tree.below(body, Expr.Name.class).stream()
            .anyMatch(name -> isUse(name, v) && mayChange(name, from, literals.getFirst(), parts));
  }

  private boolean mayChange(Expr.Name name, int from, Expr.FuncLit literal, Set<String> parts) {
    Expr part = part(name);
    if (!isChanging(part) || parts.stream().noneMatch(p -> overlap(p, RuleContext.text(part)))) {
      return false;
    }
    Stmt s = ctx.tree().enclosing(name, Stmt.class);
    boolean isAddress =
        ctx.tree().parentSkippingParens(part) instanceof Expr.UnaryExpr
            || ctx.tree().parentSkippingParens(part) instanceof Expr.SliceExpr;
    return name.pos() > from || isAddress || (s != null && ctx.tree().isWithin(literal, s));
  }

  private static boolean overlap(String a, String b) {
    return a.equals(b) || a.startsWith(b + ".") || b.startsWith(a + ".");
  }
}
