package dev.escapade.escape;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InterfaceSwitchStmt;
import dev.escapade.ir.JumpTableStmt;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.StmtNode;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The flow of statements (cmd/compile/internal/escape/stmt.go). */
final class StmtFlow {
  private final FuncFlow flow;
  private final Graph graph;

  StmtFlow(FuncFlow flow) {
    this.flow = flow;
    graph = flow.graph;
  }

  /** Statements whose loops end with them. */
  void block(List<Node> list) {
    int outer = flow.loopDepth;
    all(list);
    flow.loopDepth = outer;
  }

  void all(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      stmt(list.get(i));
    }
  }

  void stmt(@Nullable Node n) {
    if (n == null) {
      return;
    }
    all(n.init());
    switch (n) {
      case StmtNode s -> stmt(s);
      case ExprNode e -> exprStmt(e);
      case Func _ -> throw unexpected(n);
    }
  }

  private void stmt(StmtNode n) {
    switch (n) {
      case BranchStmt _, InlineMarkStmt _ -> {}
      case BlockStmt s -> all(s.list);
      case DclStmt s -> flow.declare(s);
      case LabelStmt s -> flow.label(s);
      case IfStmt s -> ifStmt(s);
      case ForStmt s -> forStmt(s);
      case RangeStmt s -> rangeStmt(s);
      case SwitchStmt s -> switchStmt(s);
      case SelectStmt s -> selectStmt(s);
      case SendStmt s -> {
        flow.exprs.discard(s.chan);
        flow.assigns.toHeap(s.value, "send", s);
      }
      case AssignStmt s -> flow.assigns.assign(s.x, s.y, "assign", s);
      case AssignOpStmt s -> flow.assigns.assign(s.x, s.y, "assign", s);
      case AssignListStmt s -> assignList(s);
      case ReturnStmt s -> returnStmt(s);
      case GoDeferStmt s -> flow.calls.goDefer(s);
      case TailCallStmt s -> flow.calls.call(null, s.call);
      case CaseClause _, CommClause _, TypeSwitchGuard _, JumpTableStmt _, InterfaceSwitchStmt _ ->
          throw unexpected(n);
    }
  }

  /** An expression that stands as a statement; its own initialization is done. */
  private void exprStmt(ExprNode n) {
    switch (n.op()) {
      case CHECKNIL -> flow.exprs.discard(((UnaryExpr) n).x);
      case RECV -> flow.exprs.withoutInit(graph.discardHole(), n);
      case CALLFUNC,
          CALLINTER,
          INLCALL,
          CLEAR,
          CLOSE,
          COPY,
          DELETE,
          PANIC,
          PRINT,
          PRINTLN,
          RECOVER ->
          flow.calls.call(null, n);
      default -> throw unexpected(n);
    }
  }

  private static IllegalStateException unexpected(Node n) {
    return new IllegalStateException("unexpected statement: " + n.op().name());
  }

  private void ifStmt(IfStmt n) {
    flow.exprs.discard(n.cond);
    block(n.body);
    block(n.els);
  }

  private void forStmt(ForStmt n) {
    flow.loopDepth++;
    flow.exprs.discard(n.cond);
    stmt(n.post);
    block(n.body);
    flow.loopDepth--;
  }

  private void rangeStmt(RangeStmt n) {
    // What is ranged over is evaluated once, outside of the loop, and needed until it ends.
    Location over = flow.newLocation(null, true);
    flow.exprs.expr(Hole.of(over), n.x);
    flow.loopDepth++;
    Hole key = flow.assigns.addr(n.key);
    Hole value = flow.assigns.addr(n.value);
    if (Unit.typeOf(n.x).underlying() instanceof Array) {
      graph.flow(graph.note(value, n, "range"), over);
    } else {
      graph.flow(graph.deref(value, n, "range-deref"), over);
    }
    flow.assigns.reassigned(key, n);
    flow.assigns.reassigned(value, n);
    block(n.body);
    flow.loopDepth--;
  }

  private void switchStmt(SwitchStmt n) {
    if (n.tag instanceof TypeSwitchGuard guard) {
      typeSwitch(guard, n.cases);
    } else {
      flow.exprs.discard(n.tag);
    }
    for (CaseClause c : n.cases) {
      flow.exprs.discardAll(c.list);
      block(c.body);
    }
  }

  private void typeSwitch(TypeSwitchGuard guard, List<CaseClause> cases) {
    List<Hole> holes = new ArrayList<>();
    for (CaseClause c : cases) {
      Name v = c.var;
      if (v == null) {
        continue;
      }
      Hole hole = flow.declare(v);
      if (flow.unit.types().hasPointers(v.type())) {
        holes.add(flow.exprs.dotType(hole, v.type(), c, "switch case"));
      }
    }
    flow.exprs.expr(flow.tee(holes.toArray(Hole[]::new)), guard.x);
  }

  private void selectStmt(SelectStmt n) {
    for (CommClause c : n.cases) {
      stmt(c.comm);
      block(c.body);
    }
  }

  private void assignList(AssignListStmt n) {
    switch (n.op()) {
      case AS2 -> flow.assigns.assignList(n.lhs, n.rhs, "assign-pair", n);
      case AS2DOTTYPE -> flow.assigns.assignList(n.lhs, n.rhs, "assign-pair-dot-type", n);
      case AS2MAPR -> flow.assigns.assignList(n.lhs, n.rhs, "assign-pair-mapr", n);
      case AS2RECV, SELRECV2 -> flow.assigns.assignList(n.lhs, n.rhs, "assign-pair-receive", n);
      case AS2FUNC -> {
        Node call = n.rhs.get(0);
        all(call.init());
        Hole[] holes = flow.assigns.addrs(n.lhs);
        flow.calls.call(holes, call);
        flow.assigns.reassigned(holes, n);
      }
      default -> throw unexpected(n);
    }
  }

  private void returnStmt(ReturnStmt n) {
    List<Node> results = new ArrayList<>(Unit.results(flow.func));
    flow.assigns.assignList(results, n.results, "return", n);
  }
}
