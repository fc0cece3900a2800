package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a function does with a channel that it makes. */
public final class Channel {
  /** One use. */
  public enum Kind {
    SEND,
    RECEIVE,
    RANGE,
    CLOSE,
    RETURN,
    /** It is passed, stored or captured by something that is no goroutine: anything may happen. */
    OTHER
  }

  /**
   * A use.
   *
   * @param goroutine the function literal of the go statement in which it is, or null
   */
  public record Use(Kind kind, Expr.Name name, Expr.@Nullable FuncLit goroutine) {}

  private final List<Use> uses = new ArrayList<>();

  /**
   * The uses of a variable.
   *
   * @param function the function that declares it
   */
  public Channel(Tree tree, Types types, Var v, Node function) {
    Stmt.BlockStmt body = Tree.body(function);
    if (body == null) {
      return;
    }
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(name) == v) {
        Node around = tree.function(name);
        Expr.FuncLit goroutine = around instanceof Expr.FuncLit f && isStarted(tree, f) ? f : null;
        boolean known =
            Tree.same(around, function) || goroutine != null || isDeferred(tree, around);
        uses.add(new Use(known ? kind(tree, types, name) : Kind.OTHER, name, goroutine));
      }
    }
  }

  /** {@code go func() { … }()}. */
  private static boolean isStarted(Tree tree, Expr.FuncLit f) {
    return tree.parentSkippingParens(f) instanceof Expr.CallExpr call
        && Tree.same(call.fun(), f)
        && tree.parentSkippingParens(call) instanceof Stmt.CallStmt s
        && !s.defer();
  }

  private static boolean isDeferred(Tree tree, @Nullable Node function) {
    return function instanceof Expr.FuncLit f
        && tree.parentSkippingParens(f) instanceof Expr.CallExpr call
        && tree.parentSkippingParens(call) instanceof Stmt.CallStmt s
        && s.defer();
  }

  private static Kind kind(Tree tree, Types types, Expr.Name name) {
    Node p = tree.parentSkippingParens(name);
    return switch (p) {
      case Stmt.SendStmt s -> Tree.same(s.chan(), name) ? Kind.SEND : Kind.OTHER;
      case Expr.UnaryExpr u -> u.op() == Operator.RECV ? Kind.RECEIVE : Kind.OTHER;
      case Stmt.RangeClause _ -> Kind.RANGE;
      case Stmt.ReturnStmt _ -> Kind.RETURN;
      case Expr.ListExpr l when tree.parent(l) instanceof Stmt.ReturnStmt -> Kind.RETURN;
      case Expr.CallExpr call when types.builtin(call) == BuiltinId.CLOSE -> Kind.CLOSE;
      case null, default -> Kind.OTHER;
    };
  }

  /** All uses, in source order. */
  public List<Use> uses() {
    return uses;
  }

  /** Reports whether there is a use of a kind. */
  public boolean has(Kind kind) {
    return uses.stream().anyMatch(u -> u.kind() == kind);
  }
}
