package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InterfaceSwitchStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.JumpTableStmt;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.UnaryExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers statements. */
final class Stmts {
  /** With more defer statements than this they are not open-coded. */
  private static final int MAX_OPEN_DEFERS = 8;

  private final Env env;

  Stmts(Env env) {
    this.env = env;
  }

  /** Lowers statements in place. */
  void list(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, stmt(list.get(i)));
    }
  }

  /** Lowers the initialization of {@code n} in place. */
  void init(Node n) {
    if (!n.init().isEmpty()) {
      list(Env.initOf(n));
    }
  }

  @Nullable Node stmtOrNull(@Nullable Node n) {
    return n == null ? null : stmt(n);
  }

  /** Lowers a statement; the result stands for it. */
  Node stmt(Node n) {
    env.setPos(n);
    init(n);
    return switch (n) {
      case UnaryExpr x when x.op() == Op.RECV -> receive(x);
      case UnaryExpr x when x.op() == Op.CHECKNIL -> n;
      case BranchStmt _,
          LabelStmt _,
          JumpTableStmt _,
          InterfaceSwitchStmt _,
          DclStmt _,
          InlineMarkStmt _ ->
          n;
      case BlockStmt x -> {
        list(x.list);
        yield x;
      }
      case GoDeferStmt x -> goOrDefer(x);
      case ForStmt x -> loop(x);
      case IfStmt x -> {
        List<Node> init = Env.initOf(x);
        x.cond = env.exprs.expr(x.cond, init);
        list(x.body);
        list(x.els);
        yield x;
      }
      case ReturnStmt x -> env.assignments.returns(x);
      case TailCallStmt x -> {
        List<Node> init = new ArrayList<>();
        x.call.fun = env.exprs.expr(Env.require(x.call.fun), init);
        yield withInit(init, x);
      }
      case SelectStmt x -> {
        new Selects(env).select(x);
        yield x;
      }
      case SwitchStmt x -> {
        new Switches(env).lower(x);
        yield x;
      }
      case RangeStmt x -> new Ranges(env).range(x);
      default -> simple(n);
    };
  }

  /** An assignment, call, or builtin. */
  private Node simple(Node n) {
    List<Node> init = new ArrayList<>(Ir.takeInit(n));
    Node r = env.exprs.lower(n, init);
    if (r instanceof Name) {
      return new BlockStmt(r.pos, r.inl, init); // only the effects count
    }
    if (init.isEmpty()) {
      return r;
    }
    switch (r) {
      case AssignStmt _, BlockStmt _, AssignOpStmt _ -> prepend(init, r);
      case AssignListStmt a when a.op() == Op.AS2 -> prepend(init, r);
      default -> {
        return withInit(init, r);
      }
    }
    return r;
  }

  private static void prepend(List<Node> init, Node n) {
    init.addAll(n.init());
    n.setInit(init);
  }

  private static Node withInit(List<Node> init, Node n) {
    if (init.isEmpty()) {
      return n;
    }
    init.add(n);
    return new BlockStmt(n.pos, n.inl, init);
  }

  private Node receive(UnaryExpr n) {
    List<Node> init = new ArrayList<>(Ir.takeInit(n));
    n.x = env.exprs.expr(n.x, init);
    Name fn = env.builtins.chanFunc("chanrecv1", 2, Env.type(n.x));
    CallExpr call =
        env.call(
            fn, null, init, n.x, env.nil(new dev.escapade.types.Pointer(Env.elem(Env.type(n.x)))));
    Node r = env.exprs.expr(call, init);
    return Env.initExpr(init, r);
  }

  private Node goOrDefer(GoDeferStmt n) {
    if (n.op() == Op.DEFER) {
      env.fn.setHasDefer(true);
      env.fn.numDefers++;
      if (env.fn.numDefers > MAX_OPEN_DEFERS || n.deferAt != null || n.esc() != Esc.NEVER) {
        env.fn.setOpenCodedDeferDisallowed(true);
      }
    }
    List<Node> init = new ArrayList<>();
    CallExpr call = (CallExpr) n.call;
    call.fun = env.exprs.expr(Env.require(call.fun), init);
    return withInit(init, n);
  }

  private Node loop(ForStmt n) {
    if (n.cond != null) {
      List<Node> init = new ArrayList<>(Ir.takeInit(n.cond));
      list(init);
      Node cond = env.exprs.expr(n.cond, init);
      n.cond = Env.initExpr(init, cond);
    }
    n.post = stmtOrNull(n.post);
    list(n.body);
    return n;
  }
}
