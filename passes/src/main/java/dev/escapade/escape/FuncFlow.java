package dev.escapade.escape;

import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.Sym;
import dev.escapade.ir.Visit;
import dev.escapade.unit.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns one function into locations and edges of its batch's {@link Graph}. This is the state that
 * the parts, one for statements, one for expressions and so on, share.
 */
final class FuncFlow {
  final Graph graph;
  final Unit unit;
  final Batches batches;
  final Func func;
  final StmtFlow stmts;
  final ExprFlow exprs;
  final CallFlow calls;
  final AssignFlow assigns;

  /** The number of loops around the current statement, from 1. */
  int loopDepth = 1;

  /** The labels that are yet to come; whether a goto further down jumps back to them. */
  private final Map<Sym, Boolean> isLoopByLabel = new HashMap<>();

  FuncFlow(Graph graph, Batches batches, Func func) {
    this.graph = graph;
    this.unit = graph.unit;
    this.batches = batches;
    this.func = func;
    stmts = new StmtFlow(this);
    exprs = new ExprFlow(this);
    calls = new CallFlow(this);
    assigns = new AssignFlow(this);
  }

  /** Makes locations for the variables that the function declares. */
  void declareVariables() {
    for (Name n : func.dcl) {
      newLocation(n, true);
    }
    if (func.closure == null) {
      // The hidden receiver of a method value's wrapper.
      for (Name n : func.closureVars) {
        newLocation(n.canonical(), true);
      }
    }
    List<Name> results = Unit.results(func);
    for (int i = 0; i < results.size(); i++) {
      graph.locationOf(results.get(i)).resultIndex = 1 + i;
    }
  }

  /** Makes edges for the body. */
  void walk() {
    findLoopLabels();
    stmts.block(func.body);
  }

  /** A label is the head of a loop if a goto comes after it. */
  private void findLoopLabels() {
    Visit.visit(
        func,
        n -> {
          switch (n) {
            case LabelStmt label -> {
              if (!label.label.isBlank()) {
                isLoopByLabel.put(label.label, false);
              }
            }
            case BranchStmt branch -> {
              if (branch.op() == Op.GOTO && branch.label != null) {
                isLoopByLabel.computeIfPresent(branch.label, (_, _) -> true);
              }
            }
            default -> {}
          }
        });
  }

  void label(LabelStmt n) {
    if (Objects.requireNonNullElse(isLoopByLabel.remove(n.label), false)) {
      loopDepth++;
    }
  }

  void declare(DclStmt n) {
    if (!n.x.isBlank()) {
      declare(n.x);
    }
  }

  /** Says that {@code n} is declared here, and returns its hole. */
  Hole declare(Name n) {
    Location location = graph.locationOf(n);
    location.loopDepth = loopDepth;
    return Hole.of(location);
  }

  Location newLocation(@Nullable Node n, boolean persists) {
    return graph.newLocation(n, func, loopDepth, persists);
  }

  /** A hole whose values flow to all of {@code holes}, none of which takes an address. */
  Hole tee(Hole... holes) {
    if (holes.length == 0) {
      return graph.discardHole();
    }
    if (holes.length == 1) {
      return holes[0];
    }
    Location location = newLocation(null, false);
    for (Hole hole : holes) {
      if (hole.derefs() < 0) {
        throw new IllegalArgumentException("an address cannot be shared");
      }
      graph.flow(hole, location);
    }
    return Hole.of(location);
  }

  /** A hole whose values flow to {@code hole} at some later time. */
  Hole later(Hole hole) {
    Location location = newLocation(null, true);
    graph.flow(hole, location);
    return Hole.of(location);
  }

  /** The hole of what allocation {@code n} stores; the address of that flows to {@code hole}. */
  Hole spill(Hole hole, Node n) {
    Location location = newLocation(n, false);
    graph.flow(graph.addr(hole, n, "spill"), location);
    return Hole.of(location);
  }
}
