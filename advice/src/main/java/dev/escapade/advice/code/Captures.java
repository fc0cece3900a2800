package dev.escapade.advice.code;

import dev.escapade.decisions.Decision;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Name;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.unit.TypeFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Variables that function literals on the heap have captured. */
public final class Captures {
  /**
   * A capture.
   *
   * @param closure the function literal, which is on the heap
   * @param literal the same in the tree
   * @param variable the variable as declared
   */
  public record Capture(
      Site closure, Expr.FuncLit literal, Name variable, Decision.Capturing decision) {}

  /** How large the object of a capturing function literal is, in bytes. */
  public static long sizeBytes(Capture c, TypeFacts types) {
    return types.closureSizeBytes(((ClosureExpr) c.closure().node()).func);
  }

  private final Tree tree;
  private final List<Capture> all = new ArrayList<>();

  /** The captures of a package. */
  public Captures(Tree tree, Sites sites, List<Decision> decisions) {
    this.tree = tree;
    Map<Integer, Decision.Capturing> byPos = new HashMap<>();
    for (Decision d : decisions) {
      if (d instanceof Decision.Capturing c) {
        byPos.putIfAbsent(c.pos(), c);
      }
    }
    Set<String> seen = new HashSet<>();
    for (Site site : sites.all()) {
      Expr.FuncLit literal =
          site.kind() == Site.Kind.CLOSURE && site.onHeap() && !site.isInlined()
              ? tree.at(site.pos(), Expr.FuncLit.class)
              : null;
      if (literal != null && site.node() instanceof ClosureExpr c) {
        for (Name v : c.func.closureVars) {
          Name declared = v.canonical();
          Decision.Capturing decision = byPos.get(declared.pos);
          if (decision != null && seen.add(site.pos() + " " + declared.pos)) {
            all.add(new Capture(site, literal, declared, decision));
          }
        }
      }
    }
  }

  /** All captures, function by function. */
  public List<Capture> all() {
    return all;
  }

  /** Whoever makes the variable makes this literal, once, and no other that captures it. */
  public boolean isMadeWith(Capture c, Expr.Name name) {
    if (!Tree.same(tree.function(name), tree.function(c.literal()))
        || !Tree.same(tree.loop(name), tree.loop(c.literal()))
        || all.stream()
            .anyMatch(other ->
                other.variable().pos == c.variable().pos
                    && !Tree.same(other.literal(), c.literal())
                    && Tree.same(tree.function(other.literal()), tree.function(c.literal())))) {
      return false;
    }
    for (Node n = c.literal(), p = tree.parent(n);
        p != null && !(p instanceof Decl.FuncDecl) && !(p instanceof Expr.FuncLit);
        n = p, p = tree.parent(p)) {
      boolean isChoice =
          p instanceof CaseClause
              || p instanceof CommClause
              || (p instanceof Stmt.IfStmt i && !Tree.same(i.init(), n) && !Tree.same(i.cond(), n));
      if (isChoice && !tree.isWithin(name, n)) {
        return false;
      }
    }
    return true;
  }

  /** Reports whether a function literal is called by a go or defer statement itself. */
  public static boolean isGoOrDefer(Tree tree, Expr.FuncLit literal) {
    Node p = tree.parentSkippingParens(literal);
    return p instanceof Expr.CallExpr call
        && tree.parentSkippingParens(call) instanceof Stmt.CallStmt;
  }
}
