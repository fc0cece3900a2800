package dev.escapade.loopvar;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.RangeStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Moves declarations of variables to the assignments that now define them. */
final class Declarations implements Predicate<Node> {
  private final Map<Name, AssignStmt> targets;

  private Declarations(Map<Name, AssignStmt> targets) {
    this.targets = targets;
  }

  static void move(Func fn, Map<Name, AssignStmt> targets) {
    Declarations mover = new Declarations(targets);
    fn.body = mover.without(fn.body);
    fn.doChildren(mover);
  }

  @Override
  public boolean test(Node n) {
    List<Node> init = n.init();
    if (!init.isEmpty()) {
      n.setInit(without(init));
    }
    switch (n) {
      case InlinedCallExpr x -> x.body = without(x.body);
      case CaseClause x -> x.body = without(x.body);
      case CommClause x -> x.body = without(x.body);
      case BlockStmt x -> x.list = without(x.list);
      case ForStmt x -> x.body = without(x.body);
      case RangeStmt x -> x.body = without(x.body);
      case IfStmt x -> {
        x.body = without(x.body);
        x.els = without(x.els);
      }
      default -> {}
    }
    return n.doChildren(this);
  }

  /** {@code list}, or a new list without the declarations that move. */
  private List<Node> without(List<Node> list) {
    List<Node> rest = null;
    for (int i = 0; i < list.size(); i++) {
      Node n = list.get(i);
      AssignStmt target = n instanceof DclStmt d ? targets.remove(d.x) : null;
      if (target != null) {
        if (rest == null) {
          rest = new ArrayList<>(list.subList(0, i));
        }
        List<Node> init = new ArrayList<>(target.init());
        init.add(0, n);
        target.setInit(init);
      } else if (rest != null) {
        rest.add(n);
      }
    }
    return rest == null ? list : rest;
  }
}
