package dev.escapade.loopvar;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives the loops of one function their variables per iteration. */
public final class LoopVariables implements Predicate<Node> {
  private final Unit unit;
  private final Func fn;

  /** The variables of the loops around; whether each may be referred to after an iteration. */
  private final IdentityHashMap<Name, Boolean> leaks = new IdentityHashMap<>();

  /** The assignment that now declares a variable, instead of the loop. */
  private final IdentityHashMap<Name, AssignStmt> declaredBy = new IdentityHashMap<>();

  private int loopDepth;

  /** The loops that the return statement leaves which we are in, or 0. */
  private int returnDepth;

  private int loopsRewritten;

  /** The last place seen in the loop that we are in. */
  private Node last;

  /** What was rewritten, if anybody wants to know. */
  private final @Nullable List<Transformed> wanted;

  /**
   * A variable that is now one for each iteration.
   *
   * @param last the last node of the loop
   */
  public record Transformed(Name variable, Node loop, Node last) {}

  private LoopVariables(Unit unit, Func fn, @Nullable List<Transformed> wanted) {
    this.unit = unit;
    this.wanted = wanted;
    this.fn = fn;
    last = fn;
  }

  /**
   * Rewrites the loops of {@code fn}.
   *
   * @param wanted receives what was rewritten, or null
   */
  public static void rewrite(Unit unit, Func fn, @Nullable List<Transformed> wanted) {
    LoopVariables pass = new LoopVariables(unit, fn, wanted);
    fn.doChildren(pass);
    if (!pass.declaredBy.isEmpty()) {
      Declarations.move(fn, pass.declaredBy);
    }
  }

  @Override
  public boolean test(Node n) {
    if (loopDepth > 0) {
      see(n);
    }
    switch (n) {
      case ClosureExpr closure -> {
        if (returnDepth < loopDepth) {
          for (Name v : closure.func.closureVars) {
            leaks.computeIfPresent(v.canonical(), (_, _) -> true);
          }
        }
      }
      case AddrExpr addr -> {
        if (returnDepth < loopDepth && Ir.outerValue(addr.x) instanceof Name v) {
          leaks.computeIfPresent(v, (_, _) -> true);
        }
      }
      case ReturnStmt _ -> {
        int outer = returnDepth;
        returnDepth = loopDepth;
        n.doChildren(this);
        returnDepth = outer;
        return false;
      }
      case RangeStmt range -> {
        if (range.def && range.distinctVars) {
          range(range);
          return false;
        }
        range.distinctVars = false;
      }
      case ForStmt loop -> {
        if (loop.distinctVars) {
          loop(loop);
          return false;
        }
      }
      default -> {}
    }
    return n.doChildren(this);
  }

  /** Takes a place into account that is in the file of the loop. */
  private void see(Node n) {
    if (wanted == null || n.inl != last.inl || n.pos <= last.pos || last.pos <= 0) {
      return;
    }
    if (unit.sources().file(last.pos).contains(n.pos)) {
      last = n;
    }
  }

  private void leave(Node before) {
    Node inner = last;
    last = before;
    see(inner);
  }

  private void transformed(Name v, Node loop) {
    if (wanted != null) {
      wanted.add(new Transformed(v, loop, last));
    }
  }

  private void candidate(@Nullable Node n) {
    if (n instanceof Name v && !v.isBlank()) {
      leaks.put(v, false);
    }
  }

  private boolean isLeaked(@Nullable Node n) {
    return n instanceof Name v && leaks.getOrDefault(v, false);
  }

  private void children(Node loop) {
    loopDepth++;
    loop.doChildren(this);
    loopDepth--;
  }

  private void range(RangeStmt n) {
    candidate(n.key);
    candidate(n.value);
    Node before = last;
    last = n;
    children(n);
    n.key = perIteration(n, n.key);
    n.value = perIteration(n, n.value);
    leave(before);
    n.distinctVars = false;
  }

  /** {@code for k := range x { body }} becomes {@code for k' := range x { k := k'; body }}. */
  private @Nullable Node perIteration(RangeStmt loop, @Nullable Node variable) {
    if (!(variable instanceof Name v) || !isLeaked(v)) {
      return variable;
    }
    Name shared = unit.newTemp(fn.pos, 0, fn, v.type());
    AssignStmt copy = new AssignStmt(loop.pos, loop.inl, v, shared);
    copy.def = true;
    declaredBy.put(v, copy);
    transformed(v, loop);
    List<Node> body = new ArrayList<>(loop.body);
    body.add(0, copy);
    loop.body = body;
    return shared;
  }

  private void loop(ForStmt n) {
    for (Name v : variables(n)) {
      candidate(v);
    }
    Node before = last;
    last = n;
    children(n);
    List<Name> leaked = new ArrayList<>();
    for (Name v : variables(n)) {
      if (isLeaked(v)) {
        leaked.add(v);
        transformed(v, n);
      }
    }
    leave(before);
    if (!leaked.isEmpty()) {
      new ForRewriter(unit, fn, n, ++loopsRewritten).rewrite(leaked, declaredBy);
    }
    n.distinctVars = false;
  }

  /** The variables that the initialization of a loop defines. */
  private static List<Name> variables(ForStmt n) {
    List<Name> vars = new ArrayList<>();
    for (Node s : n.init()) {
      switch (s) {
        case AssignStmt as when as.def -> addName(vars, as.x);
        case AssignListStmt as when as.def -> as.lhs.forEach(x -> addName(vars, x));
        default -> {}
      }
    }
    return vars;
  }

  private static void addName(List<Name> vars, @Nullable Node n) {
    if (n instanceof Name v && !v.isBlank()) {
      vars.add(v);
    }
  }
}
