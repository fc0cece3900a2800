package dev.escapade.advice.edit;

import dev.escapade.advice.code.Tree;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The blanks around binary operators, which gofmt sets by how deep an expression stands
 * (go/printer, {@code binaryExpr} and {@code cutoff}, Go 1.26): {@code x := a + b}, but {@code
 * f(a+b, c)}. What is moved from one depth to another is spaced anew.
 */
final class Spacing {
  private final Tree tree;

  Spacing(Tree tree) {
    this.tree = tree;
  }

  /** The operator of a sum that stands at a depth. */
  static String plus(int depth) {
    return depth == 1 ? " + " : "+";
  }

  /** The depth at which an expression stands, from 1. */
  int depth(Expr e) {
    Deque<Node> path = new ArrayDeque<>();
    Node at = e;
    while (at instanceof Expr) {
      path.push(at);
      at = tree.parent(at);
    }
    int depth = at instanceof Stmt.AssignStmt s && hasSeveral(s) ? 2 : 1;
    Node parent = path.pop();
    for (Node child : path) {
      depth = below(parent, child, depth);
      parent = child;
    }
    return depth;
  }

  private static boolean hasSeveral(Stmt.AssignStmt s) {
    return s.lhs() instanceof Expr.ListExpr && s.rhs() instanceof Expr.ListExpr;
  }

  private static int below(Node parent, Node child, int depth) {
    return switch (parent) {
      case Expr.CallExpr call -> call.args().size() > 1 ? depth + 1 : depth;
      case Expr.BinaryExpr b -> {
        boolean goesOn =
            Tree.same(b.x(), child)
                && child instanceof Expr.BinaryExpr left
                && left.op().precedence() == b.op().precedence();
        yield goesOn ? depth : depth + 1;
      }
      case Expr.ParenExpr _ -> Math.max(1, depth - 1);
      case Expr.IndexExpr x -> Tree.same(x.x(), child) ? 1 : depth + 1;
      case Expr.SliceExpr x -> Tree.same(x.x(), child) ? 1 : depth + 1;
      case Expr.CompositeLit _, Expr.KeyValueExpr _, Expr.FuncLit _ -> 1;
      default -> depth; // a selector, a unary operator, a list
    };
  }

  /** The source of an expression, spaced as at a depth. */
  String spaced(Expr e, String source, ToIntFunction<Expr.BinaryExpr> offset, int depth) {
    TreeMap<Integer, Boolean> blanks = new TreeMap<>();
    TreeMap<Integer, Integer> lengths = new TreeMap<>();
    collect(e, depth, offset, blanks, lengths);
    StringBuilder text = new StringBuilder(source);
    for (Map.Entry<Integer, Boolean> op : blanks.descendingMap().entrySet()) {
      int at = op.getKey();
      int end = at + lengths.getOrDefault(at, 1);
      if (at <= 0 || end >= text.length()) {
        continue;
      }
      int from = at;
      while (from > 0 && text.charAt(from - 1) == ' ') {
        from--;
      }
      int to = end;
      while (to < text.length() && text.charAt(to) == ' ') {
        to++;
      }
      if (text.charAt(to) != '\n') {
        String blank = op.getValue() ? " " : "";
        text.replace(from, to, blank + text.substring(at, end) + blank);
      }
    }
    return text.toString();
  }

  private static void collect(
      Node n,
      int depth,
      ToIntFunction<Expr.BinaryExpr> offset,
      Map<Integer, Boolean> blanks,
      Map<Integer, Integer> lengths) {
    switch (n) {
      case Expr.BinaryExpr b -> {
        int at = offset.applyAsInt(b);
        blanks.put(at, b.op().precedence() < cutoff(b, depth));
        lengths.put(at, b.op().toString().length());
        collect(b.x(), below(b, b.x(), depth), offset, blanks, lengths);
        collect(b.y(), depth + 1, offset, blanks, lengths);
      }
      case Expr.CallExpr call -> {
        int inner = below(call, call, depth);
        collect(call.fun(), inner, offset, blanks, lengths);
        for (Expr arg : call.args()) {
          collect(arg, inner, offset, blanks, lengths);
        }
      }
      case Expr.ParenExpr p -> collect(p.x(), below(p, p.x(), depth), offset, blanks, lengths);
      case Expr.IndexExpr x -> collect(x.index(), depth + 1, offset, blanks, lengths);
      case Expr.SelectorExpr s -> collect(s.x(), depth, offset, blanks, lengths);
      case Expr.UnaryExpr u -> collect(u.x(), depth, offset, blanks, lengths);
      case Expr.TypeAssertExpr t -> collect(t.x(), depth, offset, blanks, lengths);
      default -> {} // no operators, or a depth of its own
    }
  }

  private static int cutoff(Expr.BinaryExpr e, int depth) {
    boolean[] has = new boolean[2];
    int problem = problem(e, has);
    if (problem > 0) {
      return problem + 1;
    }
    if (has[0] && has[1]) {
      return depth == 1 ? 5 : 4;
    }
    return depth == 1 ? 6 : 4;
  }

  /** The precedence from which on blanks keep operators apart; notes whether there are 4 and 5. */
  private static int problem(Expr.BinaryExpr e, boolean[] has) {
    int precedence = e.op().precedence();
    has[0] |= precedence == 4;
    has[1] |= precedence == 5;
    int problem = 0;
    if (e.x() instanceof Expr.BinaryExpr left && left.op().precedence() >= precedence) {
      problem = problem(left, has);
    }
    if (e.y() instanceof Expr.BinaryExpr right && right.op().precedence() > precedence) {
      problem = Math.max(problem, problem(right, has));
    } else if (e.y() instanceof Expr.UnaryExpr u) {
      problem = Math.max(problem, problem(e.op(), u.op()));
    }
    return problem;
  }

  private static int problem(Operator op, Operator unary) {
    return switch (op.toString() + unary) {
      case "/*", "&&", "&^" -> 5;
      case "++", "--" -> 4;
      default -> 0;
    };
  }
}
