package dev.escapade.unit;

import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Visits functions in batches, callees before callers (cmd/compile/internal/ir/scc.go): the
 * strongly connected components of the static call graph, by Tarjan's algorithm.
 *
 * <p>Two particulars. A closure that captures something never heads a component, so that it is in
 * the batch of the function around it. And each function has two numbers, n to be found by and n+1
 * to search from: when the search comes back to n, the batch is recursive, even if it has a single
 * function.
 */
public final class BottomUp {
  /** Receives a batch. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Visits a batch of functions that call only each other and functions of earlier batches.
     *
     * @param recursive whether they call each other, or themselves
     */
    void visit(List<Func> batch, boolean recursive);
  }

  private static final int DONE = Integer.MAX_VALUE;

  private final Visitor visitor;
  private final IdentityHashMap<Func, Integer> numbers = new IdentityHashMap<>();
  private final List<Func> stack = new ArrayList<>();
  private int last;

  private BottomUp(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Visits all of {@code funcs}, and what they refer to of this compilation's functions. */
  public static void visit(List<Func> funcs, Visitor visitor) {
    BottomUp v = new BottomUp(visitor);
    for (Func fn : List.copyOf(funcs)) {
      if (!fn.isClosure()) {
        v.search(fn);
      }
    }
  }

  /** Reports whether this compilation defines {@code fn}: instances of generic functions always. */
  public static boolean isCompiledHere(Func fn) {
    return fn.nname.defn != null;
  }

  /** Searches from {@code fn} and returns the least number reachable from it. */
  private int search(Func fn) {
    Integer known = numbers.get(fn);
    if (known != null) {
      return known;
    }
    int number = ++last;
    numbers.put(fn, number);
    Search search = new Search(++last);
    stack.add(fn);
    fn.doChildren(search);
    int least = search.least;
    if ((least == number || least == number + 1) && !fn.isClosure()) {
      int start = stack.lastIndexOf(fn);
      List<Func> tail = stack.subList(start, stack.size());
      List<Func> batch = List.copyOf(tail);
      for (Func member : batch) {
        numbers.put(member, DONE);
      }
      tail.clear();
      visitor.visit(batch, least == number);
    }
    return least;
  }

  /** Follows the references in one function. */
  private final class Search implements Predicate<Node> {
    int least;

    Search(int least) {
      this.least = least;
    }

    @Override
    public boolean test(Node n) {
      switch (n) {
        case Name name -> {
          if (name.storage == StorageClass.FUNC) {
            follow(name.func);
          }
        }
        case SelectorExpr s -> {
          if (s.method != null
              && (s.op() == Op.DOTMETH || s.op() == Op.METHVALUE || s.op() == Op.METHEXPR)) {
            follow(s.method.func);
          }
        }
        case ClosureExpr c -> least = Math.min(least, search(c.func));
        default -> {}
      }
      return n.doChildren(this);
    }

    private void follow(@Nullable Func callee) {
      if (callee != null && isCompiledHere(callee)) {
        least = Math.min(least, search(callee));
      }
    }
  }
}
