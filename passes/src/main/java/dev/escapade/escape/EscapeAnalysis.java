package dev.escapade.escape;

import dev.escapade.decisions.Decision;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.Optimization;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.unit.BottomUp;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.Unit;
import java.util.List;

/** The pass over a package (cmd/compile/internal/escape/escape.go). */
public final class EscapeAnalysis {
  private final Unit unit;
  private final DecisionLog log;
  private final Batches batches;
  private final HeapReason heapReason;
  private final Literals literals;

  /** The pass over the package of {@code unit}. */
  public EscapeAnalysis(Unit unit) {
    this.unit = unit;
    log = unit.log();
    batches = new Batches(unit);
    heapReason = new HeapReason(unit);
    literals = new Literals(unit);
  }

  /** Analyses all functions. */
  public void run() {
    BottomUp.visit(unit.code().funcs(), (batch, _) -> analyze(batch));
  }

  /** What importers see of {@code fn}; to be asked after {@link #run}. */
  public FuncSummary summary(Func fn) {
    return batches.summary(fn);
  }

  /**
   * Reports whether the argument for a parameter flows anywhere; to be asked after {@link #run}.
   *
   * @param param the index of the parameter, the receiver being 0
   */
  public boolean leaks(Func fn, int param) {
    return Leaks.any(batches.leaks(fn, param));
  }

  private void analyze(List<Func> batch) {
    GraphTrace trace = GraphTrace.ifWanted(unit, batch);
    Graph graph = new Graph(unit, trace);
    for (Func fn : batch) {
      batches.start(fn);
      new FuncFlow(graph, batches, fn).declareVariables();
    }
    for (Func fn : batch) {
      if (!fn.isClosure()) {
        new FuncFlow(graph, batches, fn).walk();
      }
    }
    for (Graph.Closure closure : graph.closures) {
      flowCaptured(graph, closure);
    }
    List<Location> locations = graph.locations;
    for (int i = 0; i < locations.size(); i++) {
      Location location = locations.get(i);
      literals.rewrite(location.node, location.func);
      String reason = heapReason.of(location.node);
      if (reason != null && location.node != null) {
        graph.flow(graph.addr(graph.heapHole(), location.node, reason), location);
      }
    }
    if (log.explains() || trace != null) {
      new Solver(graph, batches).solve();
    } else {
      new SilentSolver(graph, batches).solve();
    }
    finish(graph, batch);
    if (trace != null) {
      trace.publish(graph);
    }
  }

  /**
   * Decides how a closure captures, now that all assignments have been seen, and lets the variables
   * flow to it.
   */
  private void flowCaptured(Graph graph, Graph.Closure closure) {
    for (Name v : closure.expr().func.closureVars) {
      Name n = v.canonical();
      Location location = graph.locationOf(v);
      long widthBytes = unit.types().sizeBytes(n.type());
      boolean byValue =
          !location.addrTaken
              && !location.reassigned
              && widthBytes <= unit.release().escape().maxCaptureByValueSizeBytes();
      n.setByval(byValue);
      if (!byValue) {
        n.setAddrtaken(true);
      }
      if (log.isDetailed()) {
        log.add(
            new Decision.Capturing(
                unit.pos(n),
                n.curfn == null ? "<nil>" : unit.text(n.curfn),
                byValue,
                unit.text(n),
                location.addrTaken,
                location.reassigned,
                widthBytes));
      }
      Hole k = byValue ? closure.hole() : graph.addr(closure.hole(), v, "reference");
      graph.flow(graph.note(k, v, "captured by a closure"), location);
    }
  }

  private void finish(Graph graph, List<Func> batch) {
    for (Func fn : batch) {
      // What has no code may keep a uintptr as a pointer (syscall.Syscall).
      batches.finish(fn, new ParamTags(graph, fn).all(), fn.body.isEmpty());
    }
    List<Location> locations = graph.locations;
    for (int i = 0; i < locations.size(); i++) {
      Location location = locations.get(i);
      if (location.node instanceof ExprNode n) {
        finish(n, location);
      }
    }
  }

  private void finish(ExprNode n, Location location) {
    boolean escapes = location.has(Location.ESCAPES);
    if (n instanceof Name name) {
      name.opt = null;
      if (escapes && log.isEnabled()) {
        log.add(new Decision.MovedToHeap(unit.pos(n), unit.text(n)));
      }
    } else if (log.isEnabled() && !isGoDeferWrapper(n)) {
      log.add(verdict(n, escapes));
    }
    if (escapes && !(n instanceof Name)) {
      unit.record(() -> new Optimization.OnHeap(unit.place(n)));
    }
    n.setEsc(escapes ? Esc.HEAP : Esc.NONE);
    if (!escapes && !location.has(Location.PERSISTS)) {
      markTransient(n);
    }
    if (n instanceof ConvExpr conv
        && conv.op() == Op.STR2BYTES
        && unit.options().debug().zeroCopy()
        && !location.has(Location.MUTATES)) {
      if (log.isEnabled()) {
        log.add(new Decision.ZeroCopyConversion(unit.pos(n)));
      }
      conv.setOp(Op.STR2BYTESTMP);
    }
  }

  private Decision verdict(ExprNode n, boolean escapes) {
    String subject = n instanceof CallExpr c && c.op() == Op.APPEND ? "append" : unit.text(n);
    return escapes
        ? new Decision.EscapesToHeap(unit.pos(n), subject)
        : new Decision.DoesNotEscape(unit.pos(n), subject);
  }

  private static boolean isGoDeferWrapper(Node n) {
    return n instanceof ClosureExpr c && c.func.isWrapper();
  }

  private static void markTransient(ExprNode n) {
    switch (n) {
      case ClosureExpr c -> c.setTransient(true);
      case SelectorExpr s when s.op() == Op.METHVALUE -> s.setTransient(true);
      case CompLitExpr c when c.op() == Op.SLICELIT -> c.setTransient(true);
      default -> {}
    }
  }
}
