package dev.escapade.escape;

import dev.escapade.decisions.Decision;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.types.Array;
import dev.escapade.unit.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow of assignments (cmd/compile/internal/escape/assign.go). */
final class AssignFlow {
  private final FuncFlow flow;
  private final Graph graph;

  AssignFlow(FuncFlow flow) {
    this.flow = flow;
    graph = flow.graph;
  }

  /** Evaluates an addressable expression and returns the hole of what is stored there. */
  Hole addr(@Nullable Node n) {
    if (n == null || Ir.isBlank(n)) {
      return graph.discardHole();
    }
    return switch (n) {
      case Name name ->
          name.storage == StorageClass.EXTERN ? graph.heapHole() : Hole.of(graph.locationOf(name));
      case LinksymOffsetExpr _ -> graph.heapHole();
      case SelectorExpr s when s.op() == Op.DOT -> addr(s.x);
      case SelectorExpr s when s.op() == Op.DOTPTR -> throughPointer(s.x);
      case StarExpr s -> throughPointer(s.x);
      case IndexExpr i when i.op() == Op.INDEX -> element(i);
      case IndexExpr i -> {
        flow.exprs.discard(i.x);
        toHeap(i.index, "key of map put", i);
        yield graph.heapHole();
      }
      default -> throw new IllegalStateException("unexpected target: " + n.op().name());
    };
  }

  private Hole element(IndexExpr n) {
    flow.exprs.discard(n.index);
    return Unit.typeOf(n.x).underlying() instanceof Array ? addr(n.x) : throughPointer(n.x);
  }

  /** A store through a pointer goes to the heap, for all that is known. */
  private Hole throughPointer(Node pointer) {
    flow.exprs.expr(graph.mutatorHole(), pointer);
    return graph.heapHole();
  }

  Hole[] addrs(List<? extends Node> list) {
    Hole[] holes = new Hole[list.size()];
    for (int i = 0; i < holes.length; i++) {
      holes[i] = addr(list.get(i));
    }
    return holes;
  }

  /** Evaluates {@code source} and stores it in the heap. */
  void toHeap(@Nullable Node source, String why, Node where) {
    flow.exprs.expr(graph.note(graph.heapHole(), where, why), source);
  }

  void assign(@Nullable Node target, @Nullable Node source, String why, Node where) {
    Hole hole = addr(target);
    assign(hole, target, source, why, where);
    reassigned(hole, where);
  }

  /** The assignment of {@code sources}, of which there may be fewer, to {@code targets}. */
  void assignList(
      List<? extends Node> targets, List<? extends Node> sources, String why, Node where) {
    Hole[] holes = addrs(targets);
    for (int i = 0; i < holes.length; i++) {
      assign(holes[i], targets.get(i), i < sources.size() ? sources.get(i) : null, why, where);
    }
    reassigned(holes, where);
  }

  private void assign(
      Hole target, @Nullable Node targetExpr, @Nullable Node source, String why, Node where) {
    if (targetExpr != null
        && targetExpr.op() == Op.DOTPTR
        && ReflectHeaders.isDataField(targetExpr)) {
      // A uintptr that is a pointer: reflect.SliceHeader and reflect.StringHeader.
      flow.exprs.unsafeValue(graph.note(graph.heapHole(), where, why), source);
      return;
    }
    Hole hole = target;
    if (targetExpr != null && source != null && SelfAssign.isSelfAssign(targetExpr, source)) {
      reportSelfAssignment(where);
      hole = graph.discardHole();
    }
    flow.exprs.expr(graph.note(hole, where, why), source);
  }

  private void reportSelfAssignment(Node where) {
    Unit unit = flow.unit;
    if (unit.log().isEnabled()) {
      unit.log()
          .add(
              new Decision.SelfAssignment(unit.pos(where), unit.text(flow.func), unit.text(where)));
    }
  }

  void reassigned(Hole[] holes, Node where) {
    for (Hole hole : holes) {
      reassigned(hole, where);
    }
  }

  /**
   * Marks a variable as assigned by {@code where}, unless that is its only definition. A range
   * assigns in every iteration.
   */
  void reassigned(Hole hole, Node where) {
    if (where instanceof AssignStmt as
        && as.y == null
        && as.x instanceof Name n
        && n.defn == null) {
      return; // the zero value of a declaration without one
    }
    Location location = hole.dst();
    if (location.node instanceof Name n && n.defn == where && !(where instanceof RangeStmt)) {
      return;
    }
    location.reassigned = true;
  }
}
