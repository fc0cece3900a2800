package dev.escapade.ir.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.Sym;
import dev.escapade.types.Func;
import dev.escapade.types.Lookup;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Selects methods of values whose type became known only after the code was built, for
 * devirtualization (cmd/compile/internal/typecheck: XDotMethod, FixMethodCall; Go 1.26).
 */
public final class MethodSelector {
  private final Compilation c;

  /** A selector for nodes of {@code c}. */
  public MethodSelector(Compilation c) {
    this.c = c;
  }

  /** Reports whether {@code type} has the methods of {@code iface}. */
  public boolean isImplementation(Type type, Type iface) {
    if (!(iface.underlying() instanceof dev.escapade.types.Interface i)) {
      return false;
    }
    for (int k = 0; k < i.numMethods(); k++) {
      Func want = i.method(k);
      Lookup.Result r = Lookup.lookupFieldOrMethod(type, false, want.pkg(), want.name());
      if (!(r.obj() instanceof Func have)
          || isShaped(have)
          || !Shapes.identical(withoutRecv(have), withoutRecv(want))) {
        return false;
      }
    }
    return true;
  }

  private static Signature withoutRecv(Func f) {
    Signature s = f.signature();
    return new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic());
  }

  /** Reports whether a method takes a dictionary, which no interface's method does. */
  private static boolean isShaped(Func method) {
    Var recv = method.signature().recv();
    return recv != null && Shapes.hasShape(recv.type()) && !Kinds.isInterface(recv.type());
  }

  /**
   * The callee in a call of {@code receiver.sel}: a method of its type, or of an interface that is
   * embedded there.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public SelectorExpr select(int pos, int inl, ExprNode receiver, Sym sel) {
    Lookup.Result r = Lookup.lookupFieldOrMethod(receiver.type(), true, sel.pkg(), sel.name());
    if (!(r.obj() instanceof Func m) || r.index() == null) {
      throw new IllegalArgumentException("no method " + sel.name());
    }
    ExprNode x = receiver;
    for (int i = 0; i < r.index().length - 1; i++) {
      x = field(pos, inl, x, r.index()[i]);
    }
    if (Kinds.isInterface(x.type())) {
      Func im = Objects.requireNonNull(c.interfaceMethod(x.type(), sel));
      return new SelectorExpr(pos, inl, Op.DOTINTER, im.type(), x, sel);
    }
    Type declared = Objects.requireNonNull(m.signature().recv()).type();
    if (isPointer(x.type()) && !isPointer(declared)) {
      StarExpr star = new StarExpr(pos, inl, Kinds.pointee(x.type()), x);
      star.setImplicit(true);
      x = star;
    } else if (!isPointer(x.type()) && isPointer(declared)) {
      AddrExpr addr = Ir.addr(pos, inl, x);
      addr.setImplicit(true);
      x = addr;
    }
    dev.escapade.ir.Func fn = c.method(x.type(), m);
    SelectorExpr n = new SelectorExpr(pos, inl, Op.DOTMETH, withoutRecv(m), x, sel);
    n.setType(signature(fn.type()));
    n.method = fn.nname;
    return n;
  }

  private static Signature signature(Signature s) {
    return new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic());
  }

  private static boolean isPointer(Type t) {
    return t.unalias() instanceof Pointer;
  }

  private static SelectorExpr field(int pos, int inl, ExprNode x, int index) {
    Struct s = Kinds.structOf(x.type());
    Var f = s.field(index);
    Op op = Kinds.isPointer(x.type()) ? Op.DOTPTR : Op.DOT;
    SelectorExpr dot = new SelectorExpr(pos, inl, op, f.type(), x, new Sym(f.pkg(), f.name()));
    dot.field = f;
    dot.setImplicit(true);
    return dot;
  }

  /**
   * Makes {@code call} call {@code callee}, which {@link #select} made: through an interface, or by
   * a method expression with the receiver as first argument.
   */
  public void setCallee(CallExpr call, SelectorExpr callee) {
    Signature sig = (Signature) callee.type();
    if (callee.op() == Op.DOTINTER) {
      call.fun = callee;
    } else {
      ExprNode receiver = (ExprNode) callee.x;
      List<Var> params = new ArrayList<>(sig.params().len() + 1);
      params.add(new Var(dev.escapade.types.VarKind.PARAM, 0, null, "", receiver.type()));
      params.addAll(sig.params().vars());
      Signature type =
          new Signature(
              null, List.of(), List.of(), Tuple.of(params), sig.results(), sig.variadic());
      SelectorExpr fun =
          new SelectorExpr(
              callee.pos,
              callee.inl,
              Op.METHEXPR,
              type,
              TypeWords.node(receiver.type()),
              callee.sel);
      fun.method = callee.method;
      List<Node> args = new ArrayList<>(call.args.size() + 1);
      args.add(receiver);
      args.addAll(call.args);
      call.setOp(Op.CALLFUNC);
      call.fun = fun;
      call.args = args;
    }
    Tuple results = sig.results();
    if (results.len() == 1) {
      call.setType(results.at(0).type());
    } else if (results.len() > 1) {
      call.setType(results);
    }
  }
}
