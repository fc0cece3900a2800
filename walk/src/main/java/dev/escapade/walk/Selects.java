package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers selects. */
final class Selects {
  private final Env env;
  private final List<Node> out = new ArrayList<>();

  Selects(Env env) {
    this.env = env;
  }

  void select(SelectStmt n) {
    long place = env.setPos(n);
    out.addAll(Ir.takeInit(n));
    cases(n.cases);
    n.cases = new ArrayList<>();
    n.compiled = out;
    env.stmts.list(n.compiled);
    env.restore(place);
  }

  private void cases(List<CommClause> cases) {
    if (cases.isEmpty()) {
      out.add(env.callStmt(RuntimeFunctions.of("block")));
      return;
    }
    if (cases.size() == 1) {
      single(cases.get(0));
      return;
    }
    long place = env.place();
    CommClause other = null;
    for (CommClause c : cases) {
      env.setPos(c);
      switch (c.comm) {
        case null -> other = c;
        case SendStmt s -> s.value = env.addr(s.value);
        case AssignListStmt r -> {
          if (!Ir.isBlank(r.lhs.get(0))) {
            r.lhs.set(0, env.addr(r.lhs.get(0)));
          }
        }
        default -> throw new IllegalStateException(c.comm.op().name());
      }
    }
    if (cases.size() == 2 && other != null) {
      nonBlocking(cases.get(cases.get(0) == other ? 1 : 0), other);
      return;
    }
    general(cases, other, place);
  }

  private void single(CommClause c) {
    env.setPos(c);
    out.addAll(c.init());
    if (c.comm != null) {
      Node n = c.comm;
      out.addAll(Ir.takeInit(n));
      if (n instanceof AssignListStmt r) {
        if (Ir.isBlank(r.lhs.get(0)) && Ir.isBlank(r.lhs.get(1))) {
          n = r.rhs.get(0);
        } else {
          r.setOp(Op.AS2RECV);
        }
      }
      out.add(n);
    }
    out.addAll(c.body);
    out.add(env.breakStmt());
  }

  private void nonBlocking(CommClause c, CommClause other) {
    env.setPos(Env.require(c.comm));
    List<Node> init = new ArrayList<>(c.init());
    Node cond;
    if (c.comm instanceof SendStmt s) {
      Type chan = Env.type(s.chan);
      cond =
          env.call(
              env.builtins.chanFunc("selectnbsend", 2, chan), Basic.BOOL, init, s.chan, s.value);
    } else {
      AssignListStmt r = (AssignListStmt) Env.require(c.comm);
      Node chan = ((UnaryExpr) r.rhs.get(0)).x;
      Node elem = r.lhs.get(0);
      if (Ir.isBlank(elem)) {
        elem = env.nil(new Pointer(Env.elem(Env.type(chan))));
      }
      Name ok = env.temp(Basic.BOOL);
      Name fn = env.builtins.chanFunc("selectnbrecv", 2, Env.type(chan));
      Node call = env.call(fn, ((Signature) fn.type()).results(), init, elem, chan);
      init.add(env.assignList(Op.AS2FUNC, Ir.list(ok, r.lhs.get(1)), Ir.list(call)));
      cond = ok;
    }
    IfStmt branch = env.ifStmt(cond);
    branch.setInit(init);
    branch.body = c.body;
    branch.els = new ArrayList<>(other.init());
    branch.els.addAll(other.body);
    out.add(branch);
    out.add(env.breakStmt());
  }

  private void general(List<CommClause> cases, @Nullable CommClause other, long place) {
    int count = cases.size() - (other == null ? 0 : 1);
    CommClause[] order = new CommClause[count];
    int sends = 0;
    int receives = 0;
    env.restore(place);
    Name list = env.temp(new Array(env.walk.runtimeTypes().scase(), count));
    out.add(env.assign(list, null));
    Name lockOrder = env.temp(new Array(Basic.UINT16, 2L * count));
    for (CommClause c : cases) {
      env.setPos(c);
      out.addAll(Ir.takeInit(c));
      int i;
      Node chan;
      Node elem;
      switch (c.comm) {
        case null -> {
          continue;
        }
        case SendStmt s -> {
          i = sends++;
          chan = s.chan;
          elem = s.value;
        }
        default -> {
          AssignListStmt r = (AssignListStmt) c.comm;
          receives++;
          i = count - receives;
          chan = ((UnaryExpr) r.rhs.get(0)).x;
          elem = r.lhs.get(0);
        }
      }
      order[i] = c;
      set(list, i, 0, chan);
      if (!Ir.isBlank(elem)) {
        set(list, i, 1, elem);
      }
    }
    env.restore(place);
    Name chosen = env.temp(Basic.INT);
    Name received = env.temp(Basic.BOOL);
    Name fn = RuntimeFunctions.of("selectgo");
    List<Node> init = new ArrayList<>();
    Node call =
        env.call(
            fn,
            ((Signature) fn.type()).results(),
            init,
            bytes(list),
            bytes(lockOrder),
            env.nil(new Pointer(Basic.UINTPTR)),
            env.intLit(sends),
            env.intLit(receives),
            env.boolLit(other == null));
    out.addAll(init);
    out.add(env.assignList(Op.AS2FUNC, Ir.list(chosen, received), Ir.list(call)));
    if (other != null) {
      env.setPos(other);
      dispatch(env.binary(Op.LT, chosen, env.intLit(0)), other, received);
    }
    for (int i = 0; i < count; i++) {
      env.setPos(order[i]);
      Node cond = i == count - 1 ? null : env.binary(Op.EQ, chosen, env.intLit(i));
      dispatch(cond, order[i], received);
    }
  }

  private void set(Name list, int i, int field, Node value) {
    Node x = env.index(list, env.intLit(i));
    out.add(env.assign(env.field(x, field), env.convNop(value, Basic.UNSAFE_POINTER)));
  }

  private Node bytes(Name array) {
    return env.convNop(env.addr(env.index(array, env.intLit(0))), Env.BYTE_PTR);
  }

  private void dispatch(@Nullable Node cond, CommClause c, Name received) {
    List<Node> list = new ArrayList<>();
    if (c.comm instanceof AssignListStmt r && !Ir.isBlank(r.lhs.get(1))) {
      list.add(env.assign(r.lhs.get(1), received));
    }
    list.addAll(c.body);
    list.add(env.breakStmt());
    if (cond == null) {
      out.add(env.block(list));
      return;
    }
    IfStmt branch = env.ifStmt(cond);
    branch.body = list;
    out.add(branch);
  }
}
