package dev.escapade.ir.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Selection;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds references to methods and to instances of generic functions. */
final class Methods {
  /**
   * A receiver after implicit field selections, address taking and dereferences.
   *
   * @param type its type in the source
   */
  record Receiver(ExprNode expr, Type type) {}

  /**
   * A function, perhaps one that takes a dictionary.
   *
   * @param wrapper a function of the wanted type, or null if there is none that is known statically
   * @param base the function to be called; takes {@code dict} in addition unless that is null
   */
  record Reference(@Nullable ExprNode wrapper, ExprNode base, @Nullable ExprNode dict) {}

  private final Body body;
  private final Compilation c;

  Methods(Body body) {
    this.body = body;
    this.c = body.c;
  }

  // Receivers.

  Receiver receiver(Expr.SelectorExpr e, Selection sel) {
    ExprNode x = body.exprs.expr(e.x());
    Type t = body.facts.typeOf(e.x());
    int[] index = sel.index();
    for (int i = 0; i < index.length - 1; i++) {
      t = Kinds.structOf(t).field(index[i]).type();
      SelectorExpr dot = body.exprs.dotField(e.pos(), x, index[i]);
      dot.setImplicit(true);
      x = dot;
    }
    Type recv = declaredReceiver(sel);
    if (isPointerTo(t, recv)) {
      return new Receiver(deref(e.pos(), x), recv);
    }
    if (isPointerTo(recv, t)) {
      return new Receiver(addr(e.pos(), x), recv);
    }
    return new Receiver(x, t);
  }

  static Type declaredReceiver(Selection sel) {
    return Objects.requireNonNull(((Func) sel.obj()).signature().recv()).type();
  }

  static boolean isPointerTo(Type from, Type to) {
    return from.unalias() instanceof Pointer p && Predicates.identical(p.elem(), to);
  }

  private ExprNode deref(int pos, ExprNode x) {
    StarExpr star = new StarExpr(pos, body.inl, Kinds.pointee(x.type()), x);
    star.setImplicit(true);
    return star;
  }

  private ExprNode addr(int pos, ExprNode x) {
    AddrExpr a = Ir.addr(pos, body.inl, x);
    a.setImplicit(true);
    return a;
  }

  /** The callee of a call of an interface method. */
  SelectorExpr dotInter(int pos, ExprNode x, Sym sel) {
    Func m = Objects.requireNonNull(c.interfaceMethod(x.type(), sel));
    return new SelectorExpr(pos, body.inl, Op.DOTINTER, m.type(), x, sel);
  }

  // References.

  /** An instance of a generic function as a value. */
  ExprNode instantiated(int pos, Func f, List<Type> typeArgs) {
    Reference ref = funcInst(pos, f, typeArgs);
    return ref.wrapper != null
        ? ref.wrapper
        : curry(pos, false, ref.base, Objects.requireNonNull(ref.dict), null);
  }

  Reference funcInst(int pos, Func f, List<Type> typeArgs) {
    List<Type> args = body.env.types(typeArgs);
    body.readAll(typeArgs);
    if (body.env.isAnyDerived(typeArgs)) {
      int word = body.env.subdict(f, typeArgs);
      Name base = c.instances().function(f, args, true).nname;
      Type dictType = base.type() instanceof Signature s ? s.params().at(0).type() : base.type();
      return new Reference(null, base, dictPointer(pos, dictType, word));
    }
    Name wrapper = c.instances().function(f, args, false).nname;
    Name base = c.instances().function(f, args, true).nname;
    return new Reference(
        wrapper, base, Ir.addr(pos, body.inl, c.instances().functionDict(f, args)));
  }

  private ExprNode dictPointer(int pos, Type type, int word) {
    return new ConvExpr(pos, body.inl, Op.CONVNOP, type, body.types.word(pos, word));
  }

  /**
   * A method.
   *
   * @param recv the type that the receiver has in the source
   */
  Reference methodReference(int pos, Type recv, Func method) {
    Type here = body.type(recv);
    Signature sig = body.env.signature(method.signature(), null);
    body.readAll(List.of(method.type()));
    if (recv.unalias() instanceof TypeParam p) {
      ExprNode word = body.types.word(pos, body.env.methodExpr(p, method));
      ExprNode ptr = Ir.addr(pos, body.inl, word);
      ExprNode fn = new ConvExpr(pos, body.inl, Op.CONVNOP, methodExprType(sig, here), ptr);
      return new Reference(fn, fn, null);
    }
    if (!Kinds.isInterface(recv) && Kinds.deref(recv).unalias() instanceof Named named) {
      List<Type> args = named.typeArgs();
      if (body.env.hasImplicits(named) || body.env.isAnyDerived(args)) {
        int word = body.env.subdict(named.obj(), args);
        SelectorExpr fn = shapedMethod(pos, here, method);
        Type dictType = ((Signature) fn.type()).params().at(1).type();
        return new Reference(null, fn, dictPointer(pos, dictType, word));
      }
      if (!args.isEmpty()) {
        SelectorExpr fn = shapedMethod(pos, here, method);
        ExprNode dict = Ir.addr(pos, body.inl, c.instances().typeDict(here));
        return new Reference(methodExpr(pos, here, method), fn, dict);
      }
    }
    SelectorExpr fn = methodExpr(pos, here, method);
    return new Reference(fn, fn, null);
  }

  private SelectorExpr shapedMethod(int pos, Type recv, Func method) {
    dev.escapade.ir.Func fn = c.instances().shapedMethod(recv, method);
    return methodExpr(pos, fn, Objects.requireNonNull(fn.type().recv()).type(), method);
  }

  /** {@code recv.method} as a function that takes the receiver first. */
  SelectorExpr methodExpr(int pos, Type recv, Func method) {
    if (Kinds.isInterface(recv)) {
      Sym sel = selSym(method);
      Func m = Objects.requireNonNull(c.interfaceMethod(recv, sel));
      return new SelectorExpr(
          pos,
          body.inl,
          Op.METHEXPR,
          methodExprType(m.signature(), recv),
          TypeWords.node(recv),
          sel);
    }
    return methodExpr(pos, c.method(recv, method), recv, method);
  }

  private SelectorExpr methodExpr(int pos, dev.escapade.ir.Func fn, Type recv, Func method) {
    SelectorExpr n =
        new SelectorExpr(
            pos,
            body.inl,
            Op.METHEXPR,
            methodExprType(fn.type(), recv),
            TypeWords.node(recv),
            selSym(method));
    n.method = fn.nname;
    return n;
  }

  static Sym selSym(Func method) {
    return new Sym(method.pkg(), method.name());
  }

  /**
   * The type of a method as a function that takes the receiver first; its parameters have no names.
   */
  private static Signature methodExprType(Signature sig, Type recv) {
    List<Var> params = new ArrayList<>(sig.params().len() + 1);
    params.add(new Var(VarKind.PARAM, 0, null, "", recv));
    for (Var v : sig.params().vars()) {
      params.add(new Var(v.kind(), v.pos(), null, "", v.type()));
    }
    List<Var> results = new ArrayList<>(sig.results().len());
    for (Var v : sig.results().vars()) {
      results.add(new Var(v.kind(), v.pos(), null, "", v.type()));
    }
    return new Signature(
        null, List.of(), List.of(), Tuple.of(params), Tuple.of(results), sig.variadic());
  }

  private static Signature withoutRecv(Signature sig) {
    return sig.recv() == null
        ? sig
        : new Signature(null, List.of(), List.of(), sig.params(), sig.results(), sig.variadic());
  }

  // Method values and expressions.

  /** {@code x.method} that is not called. */
  ExprNode methodValue(Expr.SelectorExpr e, Selection sel) {
    Receiver recv = receiver(e, sel);
    Func method = (Func) sel.obj();
    Reference ref = methodReference(e.pos(), recv.type, method);
    if (!(ref.wrapper instanceof SelectorExpr m && m.op() == Op.METHEXPR)) {
      return curry(e.pos(), true, ref.base, recv.expr, ref.dict);
    }
    ExprNode x = recv.expr;
    if (Shapes.hasShape(x.type())) {
      Type t = ((Signature) m.type()).params().at(0).type();
      x = new ConvExpr(x.pos, x.inl, Op.CONVNOP, t, x);
    }
    Signature sig =
        Kinds.isInterface(x.type())
            ? Objects.requireNonNull(c.interfaceMethod(x.type(), m.sel)).signature()
            : m.method != null ? m.method.requireFunc().type() : Kinds.signature(m.type());
    SelectorExpr n = new SelectorExpr(e.pos(), body.inl, Op.METHVALUE, withoutRecv(sig), x, m.sel);
    n.method = m.method;
    c.useMethodValue(n, method, body.isOurs());
    return n;
  }

  /** {@code T.method}. */
  ExprNode methodExpr(Expr.SelectorExpr e, Selection sel) {
    Type t = body.facts.typeOf(e.x());
    Type recv = body.type(t);
    int[] implicits = Arrays.copyOf(sel.index(), sel.index().length - 1);
    for (int ix : implicits) {
      t = Kinds.structOf(t).field(ix).type();
    }
    Type declared = declaredReceiver(sel);
    boolean deref = isPointerTo(t, declared);
    boolean addr = !deref && isPointerTo(declared, t);
    if (deref || addr) {
      t = declared;
    }
    Func method = (Func) sel.obj();
    Reference ref = methodReference(e.pos(), t, method);
    if (ref.wrapper != null && implicits.length == 0 && !deref && !addr) {
      return ref.wrapper;
    }
    if (ref.wrapper instanceof SelectorExpr m && m.op() == Op.METHEXPR && !Shapes.hasShape(recv)) {
      Signature sig = Kinds.signature(m.type());
      List<Var> params = sig.params().vars().subList(1, sig.params().len());
      Signature plain =
          new Signature(
              null, List.of(), List.of(), Tuple.of(params), sig.results(), sig.variadic());
      SelectorExpr n =
          new SelectorExpr(
              e.pos(),
              body.inl,
              Op.METHEXPR,
              methodExprType(plain, recv),
              TypeWords.node(recv),
              m.sel);
      n.method = m.method;
      return n;
    }
    return methodExprWrap(e.pos(), recv, implicits, deref, addr, ref);
  }

  // Function literals that pass a dictionary on.

  /** A literal that calls {@code fun} with one or two first arguments that are known now. */
  private ExprNode curry(
      int pos, boolean checkNil, ExprNode fun, ExprNode arg0, @Nullable ExprNode arg1) {
    List<ExprNode> captured = new ArrayList<>(List.of(fun, arg0));
    if (arg1 != null) {
      captured.add(arg1);
    }
    Signature sig = Kinds.signature(fun.type());
    List<Var> params =
        synthetic(sig.params().vars().subList(captured.size() - 1, sig.params().len()));
    return closure(
        pos,
        signature(params, sig),
        checkNil,
        captured,
        (b, at, values) -> {
          List<Node> args = new ArrayList<>(values.subList(1, values.size()));
          args.addAll(b.methods.syntheticArgs());
          b.methods.tailCall(at, values.get(0), args);
        });
  }

  private static Signature signature(List<Var> params, Signature sig) {
    return new Signature(
        null,
        List.of(),
        List.of(),
        Tuple.of(params),
        Tuple.of(synthetic(sig.results().vars())),
        sig.variadic());
  }

  private static List<Var> synthetic(List<Var> vars) {
    List<Var> list = new ArrayList<>(vars.size());
    for (Var v : vars) {
      list.add(new Var(v.kind(), Node.AUTOGENERATED, v.pkg(), v.name(), v.type()));
    }
    return list;
  }

  private ExprNode methodExprWrap(
      int pos, Type recv, int[] implicits, boolean deref, boolean addr, Reference ref) {
    List<ExprNode> captured = new ArrayList<>(List.of(ref.base));
    Signature sig = Kinds.signature(ref.base.type());
    List<Var> params = synthetic(sig.params().vars());
    Var first = params.get(0);
    params.set(0, new Var(first.kind(), first.pos(), first.pkg(), first.name(), recv));
    if (ref.dict != null) {
      captured.add(ref.dict);
      params.remove(1);
    }
    return closure(
        pos,
        signature(params, sig),
        false,
        captured,
        (b, at, values) -> {
          List<Node> args = b.methods.syntheticArgs();
          ExprNode x = (ExprNode) args.get(0);
          for (int ix : implicits) {
            SelectorExpr dot = b.exprs.dotField(at, x, ix);
            dot.setImplicit(true);
            x = dot;
          }
          if (deref) {
            x = b.methods.deref(at, x);
          } else if (addr) {
            x = b.methods.addr(at, x);
          }
          args.set(0, x);
          if (values.size() > 1) {
            args.add(1, values.get(1));
          }
          b.methods.tailCall(at, values.get(0), args);
        });
  }

  private interface ClosureBody {
    void build(Body b, int pos, List<ExprNode> captured);
  }

  /**
   * A function literal that the compiler makes up, which captures the values of {@code captured}.
   *
   * @param checkNil whether the second is to be checked if it is an interface
   */
  private ExprNode closure(
      int pos, Signature sig, boolean checkNil, List<ExprNode> captured, ClosureBody make) {
    dev.escapade.ir.Func fn =
        c.closures().create(pos, pos, body.inl, Op.CLOSURE, sig, body.closureOuter());
    fn.setWrapper(true);
    ClosureExpr clo = Objects.requireNonNull(fn.closure);
    List<Node> init = new ArrayList<>();
    for (int i = 0; i < captured.size(); i++) {
      ExprNode x = captured.get(i);
      if (isStatic(x)) {
        continue;
      }
      Name tmp = body.tempCopy(pos, x, init);
      Name.closureVar(pos, 0, fn, tmp);
      if (checkNil && i == 1 && Kinds.isInterface(x.type())) {
        init.add(checkNil(pos, tmp));
      }
    }
    FuncOrigin.SyntheticBody build =
        (b, at) -> {
          List<ExprNode> values = new ArrayList<>();
          int next = 0;
          for (ExprNode x : captured) {
            values.add(isStatic(x) ? x : b.capturedName(next++));
          }
          make.build(b, pos, values);
        };
    fn.origin = new FuncOrigin.Synthetic(body.env, build);
    c.bodies().buildSynthetic(fn, body.source);
    return Ir.initExpr(init, clo);
  }

  private Node checkNil(int pos, Name tmp) {
    UnaryExpr tab = new UnaryExpr(pos, body.inl, Op.ITAB, c.uintptrPointer(), tmp);
    return new UnaryExpr(pos, body.inl, Op.CHECKNIL, null, tab);
  }

  private static boolean isStatic(ExprNode n) {
    return (n instanceof Name name && name.storage == StorageClass.FUNC) || n.op() == Op.METHEXPR;
  }

  /** The parameters of the function being built, receiver included. */
  List<Node> syntheticArgs() {
    List<Node> args = new ArrayList<>();
    for (Name n : body.curfn.dcl) {
      if (n.storage == StorageClass.PARAM) {
        args.add(n);
      }
    }
    return args;
  }

  /** Ends the function being built with a call of {@code fun}, whose results it returns. */
  void tailCall(int pos, ExprNode fun, List<Node> args) {
    body.curfn.setWrapper(true);
    Signature sig = Kinds.signature(fun.type());
    ExprNode call = body.calls.finish(pos, fun, args, sig.variadic());
    int n = sig.results().len();
    if (n == 0) {
      body.curfn.body.add(call);
      return;
    }
    ReturnStmt ret = new ReturnStmt(pos, body.inl, Ir.list(call));
    if (n > 1) {
      spillResults(ret, sig.results(), call);
    }
    body.curfn.body.add(ret);
  }

  /** Assigns the results of a call to temporaries, which are returned. */
  private void spillResults(ReturnStmt ret, Tuple results, ExprNode call) {
    AssignListStmt as =
        new AssignListStmt(ret.pos, ret.inl, Op.AS2FUNC, new ArrayList<>(), Ir.list(call));
    List<Node> init = new ArrayList<>(results.len());
    for (Var r : results.vars()) {
      Name tmp = body.temp(ret.pos, r.type());
      init.add(body.dcl(ret.pos, tmp));
      as.lhs.add(tmp);
    }
    as.setInit(init);
    ret.setInit(Ir.list(as));
    ret.results = new ArrayList<>(as.lhs);
  }
}
