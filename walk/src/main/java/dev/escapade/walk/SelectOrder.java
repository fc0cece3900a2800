package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders a select: all operands are evaluated first; what is received goes to temporaries, and from
 * there to where it belongs only in the case that was chosen.
 */
final class SelectOrder {
  private final Order order;
  private final Env env;

  SelectOrder(Order order, Env env) {
    this.order = order;
    this.env = env;
  }

  void order(SelectStmt n) {
    for (CommClause c : n.cases) {
      env.setPos(c);
      switch (c.comm) {
        case null -> {}
        case AssignListStmt r -> receive(c, r);
        case SendStmt r -> {
          r.chan = temporary(r.chan);
          r.value = temporary(r.value);
        }
        default -> throw new IllegalStateException(c.comm.op().name());
      }
    }
    for (CommClause c : n.cases) {
      List<Node> body = new ArrayList<>(Ir.takeInit(c));
      body.addAll(order.blockOf(c.body));
      c.body = body;
    }
  }

  private Node temporary(Node n) {
    Node x = order.exprOf(n);
    return Ir.isAutoTmp(x) ? x : order.copyOf(x);
  }

  private void receive(CommClause c, AssignListStmt r) {
    UnaryExpr recv = (UnaryExpr) r.rhs.get(0);
    recv.x = temporary(recv.x);
    List<Node> init = new ArrayList<>(Ir.takeInit(r));
    List<Node> after = new ArrayList<>();
    result(r, 0, Env.elem(Env.type(recv.x)), init, after);
    result(r, 1, Basic.BOOL, init, after);
    c.setInit(order.blockOf(after));
  }

  private void result(AssignListStmt r, int i, Type t, List<Node> init, List<Node> after) {
    Node n = r.lhs.get(i);
    if (Ir.isBlank(n)) {
      return;
    }
    if (r.def) {
      if (!init.isEmpty() && init.get(0) instanceof DclStmt d && d.x == n) {
        init.remove(0);
        if (!init.isEmpty() && init.get(0) instanceof AssignStmt as && as.x == n) {
          init.remove(0);
        }
      }
      after.add(new DclStmt(env.pos, env.inl, (Name) n));
    }
    Name tmp = order.tempOf(t, env.hasPointers(t));
    after.add(env.assign(n, env.conv(tmp, Env.type(n))));
    r.lhs.set(i, tmp);
  }
}
