package dev.escapade.loopvar;

import dev.escapade.decisions.Optimization;
import dev.escapade.decisions.OptimizationLog;
import dev.escapade.ir.Esc;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.RangeStmt;
import dev.escapade.unit.Unit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Records rewritten loops, once it is known where their variables are. */
public final class LoopRecords {
  private LoopRecords() {}

  /** Adds the variables, and then the loops, to the optimization log. */
  public static void write(
      Unit unit, List<LoopVariables.Transformed> transformed, OptimizationLog log) {
    for (LoopVariables.Transformed t : transformed) {
      Name v = t.variable();
      log.add(
          new Optimization.IterationVariable(
              unit.place(v), unit.text(v), v.inl != 0, v.esc() == Esc.HEAP));
    }
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (LoopVariables.Transformed t : transformed) {
      if (seen.add(t.loop())) {
        log.add(
            new Optimization.LoopModified(
                unit.place(t.loop()), unit.place(t.last()), t.loop() instanceof RangeStmt));
      }
    }
  }
}
