package dev.escapade.ir;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks over trees of nodes; function literals are entered only where it is said. */
public final class Visit {
  private Visit() {}

  /** Visits {@code n} and all below, each node before its children. */
  public static void visit(Node n, Consumer<Node> visit) {
    new Predicate<Node>() {
      @Override
      public boolean test(Node x) {
        visit.accept(x);
        return x.doChildren(this);
      }
    }.test(n);
  }

  /** As {@link #visit} for each node of a list. */
  public static void visitList(List<? extends Node> list, Consumer<Node> visit) {
    for (Node n : list) {
      visit(n, visit);
    }
  }

  /** Visits the body of {@code fn} and those of the closures in it, where they stand. */
  public static void visitFuncAndClosures(Func fn, Consumer<Node> visit) {
    visitList(
        fn.body,
        n -> {
          visit.accept(n);
          if (n instanceof ClosureExpr c) {
            visitFuncAndClosures(c.func, visit);
          }
        });
  }

  /** Reports whether {@code cond} holds for {@code n} or any node below; stops at the first. */
  public static boolean any(Node n, Predicate<Node> cond) {
    return new Predicate<Node>() {
      @Override
      public boolean test(Node x) {
        return cond.test(x) || x.doChildren(this);
      }
    }.test(n);
  }

  /** As {@link #any} for a list. */
  public static boolean anyList(List<? extends Node> list, Predicate<Node> cond) {
    for (Node n : list) {
      if (any(n, cond)) {
        return true;
      }
    }
    return false;
  }

  /** Replaces the elements of {@code list} by what {@code edit} returns for them. */
  public static void editList(List<Node> list, UnaryOperator<Node> edit) {
    Node.editList(list, edit);
  }
}
