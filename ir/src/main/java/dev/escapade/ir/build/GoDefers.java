package dev.escapade.ir.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings go and defer statements into the form {@code defer f()} where f takes and returns nothing:
 * operands are evaluated into temporaries, which a wrapper captures (typecheck/stmt.go:
 * normalizeGoDeferCall, Go 1.26).
 */
final class GoDefers {
  private final Body body;
  private final GoDeferStmt stmt;
  private final Func wrapper;
  private final List<Node> operands = new ArrayList<>();
  private final List<Name> temps = new ArrayList<>();
  private final AssignListStmt spill;

  private GoDefers(Body body, GoDeferStmt stmt, Func wrapper) {
    this.body = body;
    this.stmt = stmt;
    this.wrapper = wrapper;
    this.spill =
        new AssignListStmt(stmt.pos, stmt.inl, Op.AS2, new ArrayList<>(), new ArrayList<>());
  }

  static void normalize(Body body, GoDeferStmt stmt) {
    Node call = stmt.call;
    List<Node> init = new ArrayList<>(stmt.init());
    init.addAll(Ir.takeInit(call));
    if (call instanceof CallExpr c && c.op() == Op.CALLFUNC && isNormal(c)) {
      stmt.setInit(init);
      c.goDefer = true;
      return;
    }
    Signature sig = new Signature(null, List.of(), List.of(), Tuple.EMPTY, Tuple.EMPTY, false);
    Func wrapper =
        body.c.closures().create(stmt.pos, stmt.pos, stmt.inl, stmt.op(), sig, body.curfn);
    wrapper.setWrapper(true);
    wrapper.setHasBody(true);
    new GoDefers(body, stmt, wrapper).wrap(call, init);
  }

  private static boolean isNormal(CallExpr c) {
    Signature sig = Kinds.signature(((ExprNode) Objects.requireNonNull(c.fun)).type());
    return sig.params().len() + sig.results().len() == 0;
  }

  private void wrap(Node call, List<Node> init) {
    switch (call) {
      case CallExpr c when c.op() == Op.CALLFUNC -> {
        ExprNode fun = (ExprNode) Objects.requireNonNull(c.fun);
        Name callee = Ir.staticCalleeName(fun);
        if (callee != null) {
          wrapper.wrappedFunc = callee.func;
        }
        c.fun = operand(fun);
        operands(c.args);
      }
      case CallExpr c when c.op() == Op.CALLINTER -> {
        SelectorExpr dot = (SelectorExpr) Objects.requireNonNull(c.fun);
        dot.x = spilled(dot.x);
        operands(c.args);
      }
      case CallExpr c -> {
        operands(c.args);
        c.rtype = optional(c.rtype);
      }
      case BinaryExpr b -> {
        b.x = operand(b.x);
        b.y = operand(b.y);
        b.rtype = optional(b.rtype);
      }
      case UnaryExpr u -> u.x = operand(u.x);
      default -> throw new IllegalStateException("go or defer of " + call.op());
    }
    if (!operands.isEmpty()) {
      spill(call, init);
    }
    wrapper.body = Ir.list(call);
    ClosureExpr clo = Objects.requireNonNull(wrapper.closure);
    CallExpr outer = (CallExpr) body.calls.finish(call.pos, clo, new ArrayList<>(), false);
    outer.goDefer = true;
    stmt.setInit(init);
    stmt.call = outer;
  }

  private void spill(Node call, List<Node> init) {
    for (int i = 0; i < operands.size(); i++) {
      Name tmp = temps.get(i);
      init.add(body.dcl(tmp.pos, tmp));
      spill.lhs.add(tmp);
      spill.rhs.add(operands.get(i));
    }
    init.add(spill);
    if (call.op() == Op.CALLINTER) {
      Name iface = temps.get(0);
      UnaryExpr tab = new UnaryExpr(iface.pos, stmt.inl, Op.ITAB, body.c.uintptrPointer(), iface);
      init.add(new UnaryExpr(stmt.pos, stmt.inl, Op.CHECKNIL, null, tab));
    }
  }

  private void operands(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, operand(list.get(i)));
    }
  }

  private @Nullable Node optional(@Nullable Node n) {
    return n == null ? null : operand(n);
  }

  /** What stands in the wrapper for an operand: itself if it can be evaluated there. */
  private Node operand(Node n) {
    switch (n.op()) {
      case LITERAL, NIL, METHEXPR, NEW -> {
        return n;
      }
      case ARRAYLIT, SLICELIT, STRUCTLIT -> {
        elements(((CompLitExpr) n).list);
        return n;
      }
      default -> {}
    }
    if ((n instanceof Name name && name.storage == StorageClass.FUNC)
        || (n instanceof AddrExpr a && a.op() == Op.ADDR && a.x instanceof LinksymOffsetExpr)) {
      return n;
    }
    if (n instanceof ConvExpr c
        && c.op() == Op.CONVNOP
        && c.x instanceof ExprNode x
        && Kinds.isUintptr(c.type())
        && Kinds.isUnsafePointer(x.type())) {
      c.x = operand(x);
      return c;
    }
    return spilled(n);
  }

  private void elements(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      switch (list.get(i)) {
        case KeyExpr k -> k.value = optional(k.value);
        case StructKeyExpr k -> k.value = optional(k.value);
        case Node n -> list.set(i, operand(n));
      }
    }
  }

  private Node spilled(Node n) {
    int pos = Exprs.uniquePos(n, stmt.pos);
    Name tmp = body.temp(pos, ((ExprNode) n).type());
    tmp.defn = spill;
    operands.add(n);
    temps.add(tmp);
    return Name.closureVar(pos, stmt.inl, wrapper, tmp);
  }
}
