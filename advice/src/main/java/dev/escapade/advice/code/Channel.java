package dev.escapade.advice.code;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.BuiltinId;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
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
   * @param name where; in a function of this package if a go statement hands the channel to it
   * @param goroutine the function literal that a goroutine runs, or the go statement of a function
   *     with a name; null outside of goroutines
   */
  public record Use(Kind kind, Expr.Name name, @Nullable Node goroutine) {}

  private final List<Use> uses = new ArrayList<>();

  /**
   * The uses of a variable.
   *
   * @param calls where functions of this package are declared
   * @param function the function that declares it
   */
  public Channel(Tree tree, Types types, Calls calls, Var v, Node function) {
    this(tree, types, calls, v, function, true);
  }

  private Channel(Tree tree, Types types, Calls calls, Var v, Node function, boolean followsCalls) {
    Stmt.BlockStmt body = Tree.body(function);
    if (body == null) {
      return;
    }
    for (Expr.Name name : Tree.below(body, Expr.Name.class)) {
      if (types.info().use(name) == v) {
        Node around = tree.function(name);
        Expr.FuncLit goroutine =
            around instanceof Expr.FuncLit f && isStarted(tree, types, f) ? f : null;
        if (followsCalls && Tree.same(around, function) && follow(tree, types, calls, name)) {
          continue;
        }
        boolean known =
            Tree.same(around, function) || goroutine != null || isDeferred(tree, around);
        uses.add(new Use(known ? kind(tree, types, name) : Kind.OTHER, name, goroutine));
      }
    }
  }

  /** {@code go f(ch)}: what {@code f}, of this package, does with its parameter. */
  private boolean follow(Tree tree, Types types, Calls calls, Expr.Name name) {
    if (!(tree.parentSkippingParens(name) instanceof Expr.CallExpr call)
        || !(tree.parentSkippingParens(call) instanceof Stmt.CallStmt s)
        || s.defer()) {
      return false;
    }
    Func f = types.callee(call);
    Decl.FuncDecl d = f == null ? null : calls.declaration(f);
    int index = call.args().indexOf(name);
    if (d == null || d.body() == null || index < 0 || index >= d.type().params().size()) {
      return false;
    }
    Expr.Name param = d.type().params().get(index).name();
    Var v = param == null ? null : types.defined(param);
    if (v == null) {
      return false;
    }
    Channel there = new Channel(tree, types, calls, v, d, false);
    if (there.has(Kind.OTHER) || there.has(Kind.RETURN)) {
      return false;
    }
    for (Use use : there.uses) {
      uses.add(new Use(use.kind, use.name, s));
    }
    return true;
  }

  /** {@code go func() { … }()}, or a literal for the Go method of a group. */
  private static boolean isStarted(Tree tree, Types types, Expr.FuncLit f) {
    if (tree.parentSkippingParens(f) instanceof Expr.CallExpr group && group.args().contains(f)) {
      return isGroup(types, group);
    }
    return tree.parentSkippingParens(f) instanceof Expr.CallExpr call
        && Tree.same(call.fun(), f)
        && tree.parentSkippingParens(call) instanceof Stmt.CallStmt s
        && !s.defer();
  }

  /** {@code group.Go(f)}, which starts a goroutine. */
  public static boolean isGroup(Types types, Expr.CallExpr call) {
    Expr receiver = types.receiver(call);
    Func f = receiver == null ? null : types.callee(call);
    Var recv = f == null ? null : f.signature().recv();
    return f != null
        && recv != null
        && f.name().equals("Go")
        && call.args().size() == 1
        && (Types.isNamed(Types.deref(recv.type()), "sync", "WaitGroup")
            || Types.isNamed(Types.deref(recv.type()), "golang.org/x/sync/errgroup", "Group"));
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

  /** The channel that a node receives from, by an arrow or as a range; or null. */
  public static @Nullable Expr received(Types types, Node n) {
    return switch (n) {
      case Expr.UnaryExpr u -> u.op() == Operator.RECV ? u.x() : null;
      case Stmt.RangeClause r -> types.underlying(r.x()) instanceof Chan ? r.x() : null;
      default -> null; // goes on
    };
  }
}
