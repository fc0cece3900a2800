package dev.escapade.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows which local variables of a function, closures included, are assigned only once; one walk
 * over the function answers all questions. To be made anew when the function has changed.
 */
public final class ReassignOracle {
  private final IdentityHashMap<Name, Node> singleDef = new IdentityHashMap<>();

  public ReassignOracle(Func fn) {
    for (Name param : fn.dcl) {
      if (param.storage == StorageClass.PARAM && !param.isBlank()) {
        singleDef.put(param, fn);
      }
    }
    Visit.any(
        fn,
        new Predicate<>() {
          @Override
          public boolean test(Node n) {
            if (n instanceof Name name) {
              Node defn = name.defn;
              if (defn != null && !name.isAddrtaken() && name.storage == StorageClass.AUTO) {
                singleDef.put(name, defn);
              }
            } else if (n instanceof ClosureExpr c) {
              Visit.any(c.func, this);
            }
            return false;
          }
        });
    Visit.any(
        fn,
        new Predicate<>() {
          @Override
          public boolean test(Node n) {
            prune(n);
            if (n instanceof ClosureExpr c) {
              Visit.any(c.func, this);
            }
            return false;
          }
        });
  }

  private void prune(Node n) {
    switch (n) {
      case AssignStmt s -> prune(s.x, s);
      case AssignListStmt s -> prune(s.lhs, s);
      case AssignOpStmt s -> prune(s.x, s);
      case RangeStmt s -> {
        prune(s.key, s);
        prune(s.value, s);
      }
      default -> {}
    }
  }

  private void prune(List<Node> lhs, Node assignment) {
    for (Node n : lhs) {
      prune(n, assignment);
    }
  }

  private void prune(@Nullable Node lhs, Node assignment) {
    if (lhs == null || !(Ir.outerValue(lhs) instanceof Name use)) {
      return;
    }
    Name n = use.canonical();
    Node defn = singleDef.get(n);
    if (defn == null) {
      return;
    }
    if (n.storage == StorageClass.PARAM || (n.storage == StorageClass.AUTO && assignment != defn)) {
      singleDef.remove(n);
    }
  }

  /** As {@link Ir#staticValue}. */
  public Node staticValue(Node n) {
    Node x = n;
    while (true) {
      Node next =
          switch (x) {
            case ConvExpr c when c.op() == Op.CONVNOP -> c.x;
            case InlinedCallExpr c -> Ir.singleResult(c);
            case Name name when singleDef.containsKey(name.canonical()) -> Ir.initialValue(name);
            default -> null;
          };
      if (next == null) {
        return x;
      }
      x = next;
    }
  }

  /** As {@link Ir#isReassigned}. */
  public boolean isReassigned(Name n) {
    return !singleDef.containsKey(n);
  }
}
