package dev.escapade.advice.code;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.syntax.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The trees of a package, with the way from each node to the one around it. */
public final class Tree {
  private final List<File> files;
  private final IdentityHashMap<Node, Node> parents = new IdentityHashMap<>();
  private final Map<Class<?>, List<Node>> byClass = new HashMap<>();
  private final Map<Integer, List<Node>> byPos = new HashMap<>();

  /** The trees of {@code files}. */
  public Tree(List<File> files) {
    this.files = List.copyOf(files);
    for (File file : files) {
      Walk.preorder(
          file,
          n -> {
            byClass.computeIfAbsent(n.getClass(), _ -> new ArrayList<>()).add(n);
            byPos.computeIfAbsent(n.pos(), _ -> new ArrayList<>(2)).add(n);
            Walk.children(n, child -> parents.put(child, n));
            return true;
          });
    }
  }

  /** Reports whether both are the same node: nodes that look alike are equal as records. */
  @SuppressWarnings("ReferenceEquality") // that is the question
  public static boolean same(@Nullable Node a, @Nullable Node b) {
    return a == b;
  }

  /** The files. */
  public List<File> files() {
    return files;
  }

  /** All nodes of a class, in source order. */
  public <N extends Node> List<N> all(Class<N> type) {
    List<N> nodes = new ArrayList<>();
    for (Node n : byClass.getOrDefault(type, List.of())) {
      nodes.add(type.cast(n));
    }
    return nodes;
  }

  /** All nodes of a class at or below {@code root}, in source order. */
  public static <N extends Node> List<N> below(Node root, Class<N> type) {
    List<N> nodes = new ArrayList<>();
    Walk.preorder(
        root,
        n -> {
          if (type.isInstance(n)) {
            nodes.add(type.cast(n));
          }
          return true;
        });
    return nodes;
  }

  /** The same, without what is in function literals. */
  public static <N extends Node> List<N> belowInFunction(Node root, Class<N> type) {
    List<N> nodes = new ArrayList<>();
    Walk.preorder(
        root,
        n -> {
          if (type.isInstance(n)) {
            nodes.add(type.cast(n));
          }
          return same(n, root) || !(n instanceof Expr.FuncLit);
        });
    return nodes;
  }

  /** Reports whether {@code test} holds for {@code root} or a node below. */
  public static boolean any(Node root, Predicate<Node> test) {
    boolean[] found = new boolean[1];
    Walk.preorder(
        root,
        n -> {
          found[0] = found[0] || test.test(n);
          return !found[0];
        });
    return found[0];
  }

  /** The outermost node of a class at a position, lists left aside, or null. */
  public <N extends Node> @Nullable N at(int pos, Class<N> type) {
    for (Node n : byPos.getOrDefault(pos, List.of())) {
      if (type.isInstance(n) && !(n instanceof Expr.ListExpr)) {
        return type.cast(n);
      }
    }
    return null;
  }

  /** The nodes at a position, outer ones first. */
  public List<Node> at(int pos) {
    return byPos.getOrDefault(pos, List.of());
  }

  /** The node directly around {@code n}, or null for a file. */
  public @Nullable Node parent(Node n) {
    return parents.get(n);
  }

  /** The node around {@code n} that is no parenthesis, or null. */
  public @Nullable Node parentSkippingParens(Node n) {
    Node p = parent(n);
    while (p instanceof Expr.ParenExpr) {
      p = parent(p);
    }
    return p;
  }

  /** The innermost node of a class around {@code n}, or null. */
  public <N extends Node> @Nullable N enclosing(Node n, Class<N> type) {
    for (Node p = parent(n); p != null; p = parent(p)) {
      if (type.isInstance(p)) {
        return type.cast(p);
      }
    }
    return null;
  }

  /** Reports whether {@code n} is {@code ancestor} or below it. */
  public boolean isWithin(Node n, Node ancestor) {
    for (Node p = n; p != null; p = parent(p)) {
      if (same(p, ancestor)) {
        return true;
      }
    }
    return false;
  }

  /** The innermost {@link Decl.FuncDecl} or {@link Expr.FuncLit} around {@code n}, or null. */
  public @Nullable Node function(Node n) {
    for (Node p = parent(n); p != null; p = parent(p)) {
      if (p instanceof Expr.FuncLit || p instanceof Decl.FuncDecl) {
        return p;
      }
    }
    return null;
  }

  /** The declared function around {@code n}, function literals left aside, or null. */
  public Decl.@Nullable FuncDecl declaration(Node n) {
    return enclosing(n, Decl.FuncDecl.class);
  }

  /** The body of a function node, or null if it has none. */
  public static Stmt.@Nullable BlockStmt body(@Nullable Node function) {
    return switch (function) {
      case Decl.FuncDecl d -> d.body();
      case Expr.FuncLit f -> f.body();
      case null, default -> null; // no other node has a body
    };
  }

  /**
   * The innermost loop of the same function that runs {@code n} again in each round, or null: what
   * is evaluated once before the loop is not in it.
   */
  public Stmt.@Nullable ForStmt loop(Node n) {
    Node child = n;
    for (Node p = parent(n); p != null; p = parent(p)) {
      if (p instanceof Expr.FuncLit || p instanceof Decl.FuncDecl) {
        return null;
      }
      if (p instanceof Stmt.ForStmt loop && !same(child, loop.init())) {
        return loop;
      }
      child = p;
    }
    return null;
  }

  /**
   * Reports whether a loop of the same function runs {@code n} again and again: what is always
   * followed by leaving the loop runs once.
   */
  public boolean isInLoop(Node n) {
    Stmt.ForStmt loop = loop(n);
    if (loop == null) {
      return false;
    }
    if (isMadeOnce(n, loop)) {
      Stmt.ForStmt outer = loop(loop);
      return outer != null && !isMadeOnce(n, outer) && isInLoop(loop);
    }
    if (isFirstRound(n, loop)) {
      return isInLoop(loop);
    }
    return switch (exit(n, loop)) {
      case NONE -> true;
      case LOOP -> isInLoop(loop);
      case FUNCTION -> false;
    };
  }

  /** Reports whether {@code loop} itself, the innermost around {@code n}, runs it again. */
  public boolean isRunAgain(Node n, Stmt.ForStmt loop) {
    return same(loop(n), loop) && !isMadeOnce(n, loop) && exit(n, loop) == Exit.NONE;
  }

  /** {@code if v == nil { … v = … }} of a variable from outside: the first round gets there. */
  private boolean isMadeOnce(Node n, Stmt.ForStmt loop) {
    Stmt.IfStmt f = enclosing(n, Stmt.IfStmt.class);
    return f != null
        && isWithin(f, loop.body())
        && isWithin(n, f.then())
        && Syntax.unparen(f.cond()) instanceof Expr.BinaryExpr test
        && test.op() == Operator.EQL
        && test.y() instanceof Expr.Name nil
        && nil.value().equals("nil")
        && test.x() instanceof Expr.Name v
        && f.then().list().stream().anyMatch(s -> assigns(s, v, false))
        && belowInFunction(loop.body(), Stmt.AssignStmt.class).stream()
            .noneMatch(s -> assigns(s, v, true) || (assigns(s, v, false) && !isWithin(s, f)))
        && belowInFunction(loop.body(), Decl.VarDecl.class).stream()
            .noneMatch(d -> d.names().stream().anyMatch(x -> x.value().equals(v.value())));
  }

  /** In {@code if i == 0 …} of the counter, or {@code if first { first = false … }}. */
  private boolean isFirstRound(Node n, Stmt.ForStmt loop) {
    Node child = n;
    for (Node p = parent(n); p != null && !same(p, loop); p = parent(p)) {
      if (p instanceof Stmt.IfStmt f && f.cond() != null) {
        boolean holds = same(child, f.then());
        if ((holds || (f.els() != null && same(child, f.els())))
            && isFirstRound(f.cond(), holds, child, loop)) {
          return true;
        }
      }
      child = p;
    }
    return false;
  }

  private boolean isFirstRound(Expr condition, boolean holds, Node branch, Stmt.ForStmt loop) {
    return switch (Syntax.unparen(condition)) {
      case Expr.BinaryExpr b when b.op() == (holds ? Operator.AND_AND : Operator.OR_OR) ->
          isFirstRound(b.x(), holds, branch, loop) || isFirstRound(b.y(), holds, branch, loop);
      case Expr.BinaryExpr b ->
          (b.op() == (holds ? Operator.EQL : Operator.NEQ)
                  || (b.op() == Operator.GTR && !holds)
                  || (b.op() == Operator.LEQ && holds))
              && Syntax.unparen(b.y()) instanceof Expr.BasicLit zero
              && zero.value().equals("0")
              && Syntax.unparen(b.x()) instanceof Expr.Name i
              && countsUp(loop, i);
      case Expr.UnaryExpr u when u.op() == Operator.NOT ->
          isFirstRound(u.x(), !holds, branch, loop);
      case Expr.Name flag -> isFlippedOnce(flag, !holds, branch, loop);
      default -> false; // of another kind
    };
  }

  /** The loop counts {@code i} up from 0, or gives it the indices of what it ranges over. */
  private static boolean countsUp(Stmt.ForStmt loop, Expr.Name i) {
    boolean starts =
        switch (loop.init()) {
          case Stmt.RangeClause r ->
              r.lhs() != null
                  && Syntax.unpackList(r.lhs()).getFirst() instanceof Expr.Name first
                  && first.value().equals(i.value());
          case Stmt.AssignStmt s ->
              assigns(s, i, true)
                  && s.rhs() instanceof Expr.BasicLit zero
                  && zero.value().equals("0")
                  && loop.post() instanceof Stmt.AssignStmt post
                  && post.op() == Operator.ADD
                  && assigns(post, i, false);
          case null, default -> false; // nothing that counts
        };
    return starts
        && belowInFunction(loop.body(), Stmt.AssignStmt.class).stream()
            .noneMatch(s -> assigns(s, i, true) || assigns(s, i, false));
  }

  /** The branch gives a variable from outside the value that leads elsewhere, and nothing else. */
  private static boolean isFlippedOnce(
      Expr.Name flag, boolean value, Node branch, Stmt.ForStmt loop) {
    return branch instanceof Stmt.BlockStmt block
        && block.list().stream()
            .anyMatch(s ->
                assigns(s, flag, false)
                    && s instanceof Stmt.AssignStmt a
                    && a.rhs() instanceof Expr.Name to
                    && to.value().equals(value ? "true" : "false"))
        && belowInFunction(loop.body(), Stmt.AssignStmt.class).stream()
            .noneMatch(s ->
                assigns(s, flag, true) || (assigns(s, flag, false) && !block.list().contains(s)))
        && belowInFunction(loop.body(), Decl.VarDecl.class).stream()
            .noneMatch(d -> d.names().stream().anyMatch(x -> x.value().equals(flag.value())));
  }

  private static boolean assigns(Stmt s, Expr.Name v, boolean defines) {
    return s instanceof Stmt.AssignStmt a
        && (a.op() == Operator.DEF) == defines
        && Syntax.unpackList(a.lhs()).stream()
            .anyMatch(x -> x instanceof Expr.Name name && name.value().equals(v.value()));
  }

  /** What is always left after a node of a loop's body. */
  private enum Exit {
    /** The loop may go on. */
    NONE,
    /** The loop, by a break. */
    LOOP,
    /** All loops, by a return. */
    FUNCTION
  }

  private Exit exit(Node n, Stmt.ForStmt loop) {
    Stmt s = listed(n);
    boolean breaksLoop = true;
    while (s != null && isWithin(s, loop.body()) && !same(s, loop.body())) {
      boolean isInClause = parent(s) instanceof CaseClause || parent(s) instanceof CommClause;
      List<Stmt> after = following(s);
      Stmt last = after.isEmpty() ? s : after.getLast();
      boolean returns = last instanceof Stmt.ReturnStmt || leavesByGoto(last, loop);
      boolean breaks =
          breaksLoop
              && !isInClause
              && last instanceof Stmt.BranchStmt b
              && b.kind() == Stmt.BranchKind.BREAK
              && b.label() == null;
      if ((returns || breaks)
          && after.stream().noneMatch(x -> !same(x, last) && mayGoOn(x, loop))) {
        return returns ? Exit.FUNCTION : Exit.LOOP;
      }
      breaksLoop &= !isInClause;
      Node around = parent(s);
      s = around == null ? null : listed(around);
      if (s != null && same(s, loop)) {
        return Exit.NONE;
      }
    }
    return Exit.NONE;
  }

  /** A jump to a label after the loop; whether an outer loop goes on from there nobody asks. */
  private boolean leavesByGoto(Stmt last, Stmt.ForStmt loop) {
    return last instanceof Stmt.BranchStmt b
        && b.kind() == Stmt.BranchKind.GOTO
        && b.label() != null
        && isFinalLabel(b, loop);
  }

  /** The label stands after the loop, and in no loop. */
  private boolean isFinalLabel(Stmt.BranchStmt jump, Stmt.ForStmt loop) {
    Stmt.BlockStmt body = body(function(loop));
    String label = jump.label() == null ? "" : jump.label().value();
    return body != null
        && belowInFunction(body, Stmt.LabeledStmt.class).stream()
            .anyMatch(l ->
                l.label().value().equals(label)
                    && l.pos() > loop.pos()
                    && !isWithin(l, loop)
                    && loop(l) == null
                    && !(l.stmt() instanceof Stmt.ForStmt));
  }

  /** Something in {@code s} goes on to the next round, or nobody knows where. */
  private boolean mayGoOn(Stmt s, Stmt.ForStmt loop) {
    return belowInFunction(s, Stmt.BranchStmt.class).stream()
        .anyMatch(b ->
            b.label() != null || (b.kind() == Stmt.BranchKind.CONTINUE && same(loop(b), loop)));
  }

  /** The innermost statement at or around {@code n} that stands in a list, or null. */
  public @Nullable Stmt listed(Node n) {
    for (Node p = n; p != null; p = parent(p)) {
      if (p instanceof Stmt s && isList(parent(p))) {
        return s;
      }
    }
    return null;
  }

  private static boolean isList(@Nullable Node n) {
    return n instanceof Stmt.BlockStmt || n instanceof CaseClause || n instanceof CommClause;
  }

  /** The list in which a statement stands; it alone if it stands in none. */
  public List<Stmt> siblings(Stmt s) {
    return switch (parent(s)) {
      case Stmt.BlockStmt b -> b.list();
      case CaseClause c -> c.body();
      case CommClause c -> c.body().contains(s) ? c.body() : List.of(s);
      case null, default -> List.of(s); // as the init of an if
    };
  }

  /** The statements that follow {@code s} in its list. */
  public List<Stmt> following(Stmt s) {
    List<Stmt> list = siblings(s);
    for (int i = 0; i < list.size(); i++) {
      if (same(list.get(i), s)) {
        return list.subList(i + 1, list.size());
      }
    }
    return List.of();
  }
}
