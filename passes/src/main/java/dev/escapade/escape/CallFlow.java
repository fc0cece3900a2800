package dev.escapade.escape;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Esc;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.release.SpecialCalls;
import dev.escapade.syntax.Pragma;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.unit.StaticValues;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow of calls, those of builtins included (cmd/compile/internal/escape/call.go). */
final class CallFlow {
  private final FuncFlow flow;
  private final Graph graph;
  private final Unit unit;

  CallFlow(FuncFlow flow) {
    this.flow = flow;
    graph = flow.graph;
    unit = flow.unit;
  }

  /**
   * Evaluates a call.
   *
   * @param results where the results flow, or null if they are not used
   */
  void call(Hole @Nullable [] results, Node call) {
    switch (call) {
      case CallExpr c -> {
        switch (c.op()) {
          case CALLFUNC, CALLINTER -> function(results, c);
          case APPEND -> append(first(results), c);
          case DELETE, PRINT, PRINTLN, RECOVER -> flow.exprs.discardAll(c.args);
          case MIN, MAX -> {
            for (Node arg : c.args) {
              argument(first(results), arg, c);
            }
          }
          default -> throw unexpected(call);
        }
      }
      case InlinedCallExpr c -> inlined(results, c);
      case UnaryExpr c -> {
        switch (c.op()) {
          case PANIC -> argument(graph.heapHole(), c.x, c);
          case CLEAR -> argument(graph.mutatorHole(), c.x, c);
          case LEN, CAP, REAL, IMAG, CLOSE -> flow.exprs.discard(c.x);
          case UNSAFESTRINGDATA, UNSAFESLICEDATA -> argument(first(results), c.x, c);
          default -> throw unexpected(call);
        }
      }
      case BinaryExpr c -> {
        switch (c.op()) {
          case COPY -> copy(c);
          case COMPLEX -> {
            flow.exprs.discard(c.x);
            flow.exprs.discard(c.y);
          }
          case UNSAFEADD, UNSAFESLICE, UNSAFESTRING -> {
            argument(first(results), c.x, c);
            flow.exprs.discard(c.y);
          }
          default -> throw unexpected(call);
        }
      }
      default -> throw unexpected(call);
    }
  }

  private static IllegalStateException unexpected(Node call) {
    return new IllegalStateException("unexpected call: " + call.op().name());
  }

  private Hole first(Hole @Nullable [] results) {
    return results == null ? graph.discardHole() : results[0];
  }

  private void argument(Hole hole, @Nullable Node arg, Node call) {
    flow.exprs.expr(graph.note(hole, call, "call parameter"), arg);
  }

  private void function(Hole @Nullable [] results, CallExpr call) {
    Name callee = null;
    if (call.op() == Op.CALLFUNC && call.fun != null) {
      callee = Ir.staticCalleeName(StaticValues.of(call.fun));
    }
    if (results != null && callee != null && callee.func != null) {
      resultsOf(callee.func, results);
    }
    Node receiver = null;
    if (call.op() == Op.CALLFUNC) {
      flow.exprs.expr(calleeHole(results, callee, call), call.fun);
    } else if (call.fun instanceof SelectorExpr s) {
      receiver = s.x;
    }
    Hole forced = forcedHole(callee, call);
    int param = 0;
    if (receiver != null) {
      parameter(results, callee, call, param++, receiver, forced);
    }
    for (Node arg : List.copyOf(call.args)) {
      parameter(results, callee, call, param++, arg, forced);
    }
  }

  /** Within a batch, results flow directly. */
  private void resultsOf(Func callee, Hole[] results) {
    if (!flow.batches.inProgress(callee)) {
      return;
    }
    List<Name> names = Unit.results(callee);
    for (int i = 0; i < names.size(); i++) {
      flow.exprs.expr(results[i], names.get(i));
    }
  }

  /**
   * If the callee is unknown and its results are used, a closure that may be it loses track of
   * them.
   */
  private Hole calleeHole(Hole @Nullable [] results, @Nullable Name callee, CallExpr call) {
    if (callee == null && results != null) {
      for (Hole result : results) {
        if (result.dst() != graph.blank) {
          return graph.note(graph.calleeHole(), call, "callee operand");
        }
      }
    }
    return graph.discardHole();
  }

  /** The hole of all arguments, where it does not depend on the parameters. */
  private @Nullable Hole forcedHole(@Nullable Name callee, CallExpr call) {
    if (callee != null && isEscapeNonString(callee) && call.args.size() == 2) {
      Type t = Unit.typeOf(call.args.get(1));
      if (Shapes.isShape(t)) {
        return unit.types().hasNonStringPointers(t) ? graph.heapHole() : graph.discardHole();
      }
    }
    return call.isCompilerVarLive ? graph.discardHole() : null;
  }

  /**
   * Reports whether {@code callee} is {@code internal/abi.EscapeNonString}: it makes pointers
   * escape, but for those in strings.
   */
  private static boolean isEscapeNonString(Name callee) {
    return SpecialCalls.isEscapeNonString(Unit.packagePath(callee.sym), callee.sym.name());
  }

  private void parameter(
      Hole @Nullable [] results,
      @Nullable Name callee,
      CallExpr call,
      int param,
      Node arg,
      @Nullable Hole forced) {
    if (forced != null) {
      argument(forced, arg, call);
      return;
    }
    keepUintptrs(arg, call, callee);
    argument(parameter(results, callee, param), arg, call);
  }

  /**
   * The hole of an argument: of an unknown function the heap, of one in the batch the parameter
   * itself, and of any other what its tag says.
   *
   * @param param the index of the parameter, the receiver being 0
   */
  Hole parameter(Hole @Nullable [] results, @Nullable Name callee, int param) {
    if (callee == null || callee.func == null) {
      return graph.heapHole();
    }
    Func fn = callee.func;
    if (flow.batches.inProgress(fn)) {
      return flow.assigns.addr(fn.dcl.get(param));
    }
    long leaks = flow.batches.leaks(fn, param);
    List<Hole> holes = new ArrayList<>();
    addShifted(holes, graph.heapHole(), Leaks.heap(leaks));
    addShifted(holes, graph.mutatorHole(), Leaks.get(leaks, Leaks.MUTATOR));
    addShifted(holes, graph.calleeHole(), Leaks.get(leaks, Leaks.CALLEE));
    if (results != null) {
      int tags = unit.release().escape().maxResultTags();
      for (int i = 0; i < tags && i < results.length; i++) {
        addShifted(holes, results[i], Leaks.result(leaks, i));
      }
    }
    return flow.tee(holes.toArray(Hole[]::new));
  }

  private static void addShifted(List<Hole> holes, Hole hole, int derefs) {
    if (derefs >= 0) {
      holes.add(hole.shift(derefs));
    }
  }

  private void inlined(Hole @Nullable [] results, InlinedCallExpr call) {
    flow.stmts.all(call.body);
    for (int i = 0; i < call.returnVars.size(); i++) {
      flow.exprs.expr(results == null ? graph.discardHole() : results[i], call.returnVars.get(i));
    }
  }

  private void append(Hole result, CallExpr call) {
    // The slice itself is the result if it has room; if not, its elements are copied to the heap.
    Node slice = call.args.get(0);
    Hole appendee = flow.tee(result, graph.mutatorHole());
    if (hasElemPointers(slice)) {
      appendee = flow.tee(appendee, graph.deref(graph.heapHole(), call, "appendee slice"));
    }
    argument(appendee, slice, call);
    if (call.isDDD) {
      Node more = call.args.get(1);
      Hole appended =
          hasElemPointers(more)
              ? graph.deref(graph.heapHole(), call, "appended slice...")
              : graph.discardHole();
      argument(appended, more, call);
    } else {
      for (int i = 1; i < call.args.size(); i++) {
        argument(graph.heapHole(), call.args.get(i), call);
      }
    }
    // The new backing store. Its reuse is prevented otherwise, so no loop is around it.
    flow.spill(result, call).dst().loopDepth = 0;
  }

  private void copy(BinaryExpr call) {
    argument(graph.mutatorHole(), call.x, call);
    Hole copied =
        hasElemPointers(call.y)
            ? graph.deref(graph.heapHole(), call, "copied slice")
            : graph.discardHole();
    argument(copied, call.y, call);
  }

  /** Reports whether {@code n} is a slice of values with pointers. */
  private boolean hasElemPointers(Node n) {
    return Unit.typeOf(n).underlying() instanceof Slice s && unit.types().hasPointers(s.elem());
  }

  /** The closure of a defer outside of loops lives as long as the frame, others on the heap. */
  void goDefer(GoDeferStmt n) {
    Hole k = graph.heapHole();
    if (n.op() == Op.DEFER && flow.loopDepth == 1 && n.deferAt == null) {
      k = flow.later(graph.discardHole());
      n.setEsc(Esc.NEVER);
    }
    CallExpr call = (CallExpr) n.call;
    if (call.fun instanceof ClosureExpr closure && n.op() == Op.GO) {
      closure.isGoWrap = true;
    }
    flow.exprs.expr(k, call.fun);
  }

  /**
   * Copies pointers that are converted to uintptr in the argument list of a function that takes
   * pointers in this guise, so that they stay alive, and escape if the function says so.
   */
  private void keepUintptrs(Node arg, CallExpr call, @Nullable Name callee) {
    if (callee == null || callee.func == null) {
      return;
    }
    boolean escapes = callee.func.has(Pragma.Flag.UINTPTRESCAPES);
    boolean keepsAlive = flow.batches.keepsUintptrAlive(callee.func);
    if (!escapes && !keepsAlive) {
      return;
    }
    if (arg instanceof CompLitExpr variadic && arg.op() == Op.SLICELIT) {
      for (Node e : variadic.list) {
        keepUintptr(e instanceof KeyExpr pair ? pair.value : e, call, escapes, keepsAlive);
      }
    } else {
      keepUintptr(arg, call, escapes, keepsAlive);
    }
  }

  private void keepUintptr(@Nullable Node arg, CallExpr call, boolean escapes, boolean keepsAlive) {
    if (!(arg instanceof ConvExpr conv)
        || conv.op() != Op.CONVNOP
        || !TypeFacts.isUnsafePointer(Unit.typeOf(conv.x))
        || !TypeFacts.isUintptr(conv.type())) {
      return;
    }
    Name copy = copyBefore(call, conv);
    conv.x = copy;
    Hole k =
        escapes ? graph.note(graph.heapHole(), conv, "//go:uintptrescapes") : graph.mutatorHole();
    graph.flow(k, graph.locationOf(copy));
    if (keepsAlive) {
      copy.setAddrtaken(true);
      call.keepAlive.add(copy);
    }
  }

  /** Stores the operand of {@code conv} in a new variable before {@code call} is evaluated. */
  private Name copyBefore(CallExpr call, ConvExpr conv) {
    Node x = conv.x;
    Node place = x instanceof Name ? conv : x; // a name is where it was declared
    Name copy = unit.newTemp(place.pos, place.inl, flow.func, Unit.typeOf(x));
    List<Node> stmts =
        List.of(
            new DclStmt(place.pos, place.inl, copy), new AssignStmt(place.pos, place.inl, copy, x));
    List<Node> init = new ArrayList<>(call.init());
    init.addAll(stmts);
    call.setInit(init);
    flow.newLocation(copy, true);
    flow.stmts.all(stmts);
    return copy;
  }
}
