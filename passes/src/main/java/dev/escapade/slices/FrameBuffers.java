package dev.escapade.slices;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StmtNode;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Slice;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The pass over one function. */
public final class FrameBuffers implements Predicate<Node> {
  /** Buffers are of no use for less. */
  private static final int MIN_WEIGHT = 2;

  /** Tells where arguments flow. */
  @FunctionalInterface
  public interface Arguments {
    /**
     * Reports whether a function lets parameter {@code index}, the receiver being 0, flow anywhere.
     */
    boolean leaks(Func fn, int index);
  }

  /** What is known of a slice variable that may still have a buffer. */
  private static final class Variable {
    final Name name;

    /** All uses, and those that do no harm or are known as the transition. */
    int uses;

    int knownUses;

    /** The statement from which on other slices share the backing store. */
    @Nullable StmtNode transition;

    final List<CallExpr> appends = new ArrayList<>();

    /** How often the appends happen, roughly. */
    int weight;

    /** The loops around the declaration. */
    int depth;

    boolean capacityUsed;

    Variable(Name name) {
      this.name = name;
    }
  }

  private final Arguments arguments;
  private final IdentityHashMap<Name, Variable> variables = new IdentityHashMap<>();
  private final List<Name> results = new ArrayList<>();
  private int depth;

  private FrameBuffers(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Marks the appends of {@code fn} that may use buffers, and moves the slices to the heap. */
  public static void mark(Unit unit, Func fn, Arguments arguments) {
    long max = unit.release().allocation().variableMakeBytes();
    FrameBuffers pass = new FrameBuffers(arguments);
    for (Name n : fn.dcl) {
      if (n.type().underlying() instanceof Slice s && unit.types().sizeBytes(s.elem()) <= max) {
        pass.variables.put(n, new Variable(n));
        if (n.storage == StorageClass.PARAMOUT) {
          pass.results.add(n);
        }
      }
    }
    if (pass.variables.isEmpty()) {
      return;
    }
    for (Node n : List.copyOf(fn.body)) {
      pass.test(n);
    }
    for (Name n : fn.dcl) {
      Variable v = pass.variables.get(n);
      if (v != null) {
        apply(v);
      }
    }
  }

  private static void apply(Variable v) {
    StmtNode at = v.transition;
    if (v.uses != v.knownUses || at == null || v.weight < MIN_WEIGHT) {
      return;
    }
    MoveToHeapExpr move = new MoveToHeapExpr(at.pos, at.inl, v.name.type(), v.name);
    move.preserveCapacity = v.capacityUsed;
    move.rtype = v.appends.getFirst().rtype;
    List<Node> init = Ir.list(new AssignStmt(at.pos, at.inl, v.name, move));
    init.addAll(at.init());
    at.setInit(init);
    for (CallExpr append : v.appends) {
      append.setEsc(Esc.NONE);
      append.useBuf |= v.capacityUsed;
    }
  }

  private @Nullable Variable tracked(@Nullable Node n) {
    return n instanceof Name name ? variables.get(name) : null;
  }

  @Override
  public boolean test(Node n) {
    boolean loop = n instanceof ForStmt || n instanceof RangeStmt;
    look(n);
    depth += loop ? 1 : 0;
    n.doChildren(this);
    depth -= loop ? 1 : 0;
    return false;
  }

  private void look(Node n) {
    switch (n) {
      case Name _ -> {
        Variable v = tracked(n);
        if (v != null) {
          v.uses++;
        }
      }
      case DclStmt dcl -> {
        Variable v = known(dcl.x);
        if (v != null) {
          v.depth = depth;
        }
      }
      case IndexExpr x when x.op() == Op.INDEX -> known(x.x);
      case UnaryExpr x when x.op() == Op.LEN -> known(x.x);
      case UnaryExpr x when x.op() == Op.CAP -> usesCapacity(known(x.x));
      case RangeStmt range -> known(range.x);
      case AddrExpr x when x.op() == Op.ADDR -> {
        if (x.x instanceof IndexExpr element && element.x instanceof Name name) {
          variables.remove(name);
        }
      }
      case ReturnStmt ret -> returns(ret);
      case CallExpr call when call.op() == Op.CALLFUNC -> call(call);
      case AssignStmt as -> assign(as.x, as.y, as);
      case AssignListStmt as when as.op() == Op.AS2 -> {
        for (int i = 0; i < as.lhs.size(); i++) {
          assign(as.lhs.get(i), as.rhs.get(i), as);
        }
      }
      case ClosureExpr closure -> {
        for (Name captured : closure.func.closureVars) {
          test(Objects.requireNonNull(captured.outer));
        }
      }
      default -> {}
    }
  }

  /** Counts a use that does no harm. */
  private @Nullable Variable known(Node n) {
    Variable v = tracked(n);
    if (v != null) {
      v.knownUses++;
    }
    return v;
  }

  private static void usesCapacity(@Nullable Variable v) {
    if (v != null) {
      v.capacityUsed = true;
    }
  }

  private void returns(ReturnStmt n) {
    for (Node result : n.results) {
      Variable v = known(result);
      if (v != null) {
        transition(v, n);
      }
    }
    if (n.results.isEmpty()) {
      for (Name result : results) {
        Variable v = tracked(result);
        if (v != null) {
          transition(v, n);
        }
      }
    }
  }

  private void call(CallExpr n) {
    for (int i = 0; i < n.args.size(); i++) {
      if (tracked(n.args.get(i)) != null && !leaks(n, i)) {
        usesCapacity(known(n.args.get(i)));
      }
    }
  }

  private boolean leaks(CallExpr n, int index) {
    if (n.fun == null) {
      return true;
    }
    Name callee = Ir.staticCalleeName(StaticValues.of(n.fun));
    return callee == null || callee.func == null || arguments.leaks(callee.func, index);
  }

  private void assign(@Nullable Node to, @Nullable Node value, StmtNode stmt) {
    Variable v = tracked(to);
    if (v != null) {
      assigned(v, value);
    }
    Variable copied = tracked(value);
    if (copied != null) {
      copied.knownUses++;
      transition(copied, stmt);
    }
  }

  private void assigned(Variable v, @Nullable Node value) {
    switch (value) {
      case null -> v.knownUses++;
      case NilExpr _ -> v.knownUses++;
      case CompLitExpr lit when lit.op() == Op.SLICELIT -> {
        v.knownUses++;
        v.capacityUsed = true;
      }
      case SliceExpr part when part.op() == Op.SLICE && part.x == v.name -> {
        v.knownUses += 2;
        v.capacityUsed = true;
      }
      case CallExpr append when append.op() == Op.APPEND && append.args.getFirst() == v.name -> {
        v.knownUses += 2;
        v.appends.add(append);
        v.weight += 1 + depth - v.depth;
      }
      default -> {}
    }
  }

  /** A second transition, or one in a loop, is too much. */
  private void transition(Variable v, StmtNode where) {
    if (v.transition != null || depth > v.depth) {
      variables.remove(v.name);
    } else {
      v.transition = where;
    }
  }
}
