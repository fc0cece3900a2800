package dev.escapade.ir.build;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Builtin;
import dev.escapade.types.Func;
import dev.escapade.types.Instance;
import dev.escapade.types.MapType;
import dev.escapade.types.Obj;
import dev.escapade.types.Pointer;
import dev.escapade.types.Selection;
import dev.escapade.types.SelectionKind;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Builds calls: of functions, methods and builtins, and conversions, which look like calls. */
final class Calls {
  private final Body body;
  private final Facts facts;

  Calls(Body body) {
    this.body = body;
    this.facts = body.facts;
  }

  ExprNode call(Expr.CallExpr e) {
    if (facts.isType(e.fun())) {
      return body.exprs.convert(facts.typeOf(e.fun()), e.args().get(0), false);
    }
    if (facts.isBuiltin(e.fun())) {
      Obj obj = body.exprs.lookup(Exprs.unparen(e.fun()));
      return builtin(e, ((Builtin) Objects.requireNonNull(obj)));
    }
    Callee callee = callee(Exprs.unparen(e.fun()));
    List<Node> args = new ArrayList<>(e.args().size() + callee.args.size());
    args.addAll(callee.args);
    args.addAll(arguments(e));
    return finish(e.pos(), callee.fun, args, e.hasDots());
  }

  /** What is called, and the arguments that come with it: receiver and dictionary. */
  private record Callee(ExprNode fun, List<Node> args) {}

  private Callee callee(Expr fun) {
    if (fun instanceof Expr.SelectorExpr s) {
      Selection sel = facts.selection(s);
      if (sel != null && sel.kind() == SelectionKind.METHOD_VAL) {
        return methodCallee(s, sel);
      }
    }
    Obj obj = body.exprs.lookup(fun);
    Instance inst = body.exprs.instance(fun);
    if (obj instanceof Func f && inst != null && !inst.typeArgs().isEmpty()) {
      Methods.Reference ref = body.methods.funcInst(fun.pos(), f, inst.typeArgs());
      return new Callee(ref.base(), Ir.list(Objects.requireNonNull(ref.dict())));
    }
    return new Callee(body.exprs.expr(fun), List.of());
  }

  private Callee methodCallee(Expr.SelectorExpr e, Selection sel) {
    Methods.Receiver recv = body.methods.receiver(e, sel);
    Methods.Reference ref = body.methods.methodReference(e.pos(), recv.type(), (Func) sel.obj());
    ExprNode x = recv.expr();
    List<Node> args = new ArrayList<>(2);
    ExprNode fun;
    if (Kinds.isInterface(x.type())
        && ref.base() instanceof SelectorExpr m
        && m.op() == Op.METHEXPR) {
      fun = body.methods.dotInter(m.pos, x, m.sel);
    } else {
      fun = ref.base();
      if (Kinds.isInterface(x.type())) {
        body.c.noteImpreciseInterfaceCall(e.pos(), body.inl);
      }
      args.add(x);
    }
    if (ref.dict() != null) {
      args.add(ref.dict());
    }
    return new Callee(fun, args);
  }

  private List<ExprNode> arguments(Expr.CallExpr e) {
    Signature sig = (Signature) Body.coreType(facts.typeOf(e.fun()));
    return body.exprs.multi(e.pos(), paramTypes(sig, e.hasDots()), e.args());
  }

  /** The types that arguments are converted to. */
  static IntFunction<@Nullable Type> paramTypes(Signature sig, boolean dots) {
    Tuple params = sig.params();
    int last = params.len() - 1;
    return i ->
        sig.variadic() && !dots && i >= last
            ? Objects.requireNonNull(Kinds.sliceElem(params.at(last).type()))
            : params.at(i).type();
  }

  /** A call of a function value, with conversions and variadic arguments made explicit. */
  ExprNode finish(int pos, ExprNode fun, List<Node> args, boolean dots) {
    return finish(body.curfn, body.inl, pos, fun, args, dots);
  }

  /** As {@link #finish(int, ExprNode, List, boolean)}, within function {@code fn}. */
  ExprNode finish(
      dev.escapade.ir.Func fn, int inl, int pos, ExprNode fun, List<Node> args, boolean dots) {
    Op op = fun instanceof SelectorExpr s && s.op() == Op.DOTINTER ? Op.CALLINTER : Op.CALLFUNC;
    CallExpr call = new CallExpr(pos, inl, op, null, fun, args);
    call.isDDD = dots;
    spillCallee(fn, call);
    Signature sig = Kinds.signature(fun.type());
    convertArgs(call, sig);
    packVariadic(call, sig);
    Tuple results = sig.results();
    if (results.len() == 1) {
      call.setType(results.at(0).type());
      if (fun instanceof Name n && body.c.isRuntime(n.sym, "getg")) {
        call.setOp(Op.GETG);
      }
    } else if (results.len() > 1) {
      call.setType(results);
    }
    return call;
  }

  /** Assigns a callee or receiver that contains a call to a temporary. */
  private void spillCallee(dev.escapade.ir.Func fn, CallExpr call) {
    SelectorExpr dot =
        call.fun instanceof SelectorExpr s
                && s.op() != Op.METHEXPR
                && (s.op() == Op.DOTINTER || s.op() == Op.METHVALUE)
            ? s
            : null;
    ExprNode x = (ExprNode) Objects.requireNonNull(dot == null ? call.fun : dot.x);
    if (!Visit.any(x, n -> n.op() != Op.NEW && isCallOrReceive(n.op()))) {
      return;
    }
    Name tmp = Body.temp(fn, call.pos, call.inl, body.c.localPackage(), x.type());
    AssignStmt as = new AssignStmt(call.pos, call.inl, tmp, x);
    as.setInit(Ir.list(body.dcl(call.pos, tmp)));
    tmp.defn = as;
    if (dot == null) {
      call.fun = tmp;
    } else {
      dot.x = tmp;
    }
    List<Node> init = new ArrayList<>(call.init());
    init.add(as);
    call.setInit(init);
  }

  private static boolean isCallOrReceive(Op op) {
    return switch (op) {
      case APPEND,
          CALL,
          CALLFUNC,
          CALLINTER,
          CALLMETH,
          CAP,
          CLEAR,
          CLOSE,
          COMPLEX,
          COPY,
          DELETE,
          IMAG,
          LEN,
          MAKE,
          MAX,
          MIN,
          NEW,
          PANIC,
          PRINT,
          PRINTLN,
          REAL,
          RECOVER,
          RECV,
          UNSAFEADD,
          UNSAFESLICE,
          UNSAFESLICEDATA,
          UNSAFESTRING,
          UNSAFESTRINGDATA ->
          true;
      default -> false;
    };
  }

  private void convertArgs(CallExpr call, Signature sig) {
    int last = sig.params().len() - 1;
    for (int i = 0; i < call.args.size(); i++) {
      Type t = sig.params().at(Math.min(i, last)).type();
      if (sig.variadic() && !call.isDDD && i >= last) {
        t = Objects.requireNonNull(Kinds.sliceElem(t));
      }
      ExprNode x = (ExprNode) call.args.get(i);
      int pos = Exprs.uniquePos(x, call.pos);
      call.args.set(i, Conversions.assign(x, t, pos, call.inl));
    }
  }

  private static void packVariadic(CallExpr call, Signature sig) {
    if (!sig.variadic() || call.isDDD) {
      return;
    }
    int last = sig.params().len() - 1;
    Type t = sig.params().at(last).type();
    List<Node> extra = call.args.subList(last, call.args.size());
    Node slice;
    if (extra.isEmpty()) {
      slice = new NilExpr(call.pos, call.inl, t);
    } else {
      CompLitExpr lit = new CompLitExpr(call.pos, call.inl, Op.SLICELIT, t, new ArrayList<>(extra));
      lit.setImplicit(true);
      lit.len = extra.size();
      slice = lit;
    }
    List<Node> args = new ArrayList<>(call.args.subList(0, last));
    args.add(slice);
    call.args = args;
    call.isDDD = true;
  }

  // Builtins.

  private ExprNode builtin(Expr.CallExpr e, Builtin builtin) {
    return switch (builtin.name()) {
      case "make" -> make(e);
      case "new" -> newExpr(e);
      case "Sizeof" -> uintptr(e.pos(), body.c.sizes().sizeof(argType(e)));
      case "Alignof" -> uintptr(e.pos(), body.c.sizes().alignof(argType(e)));
      case "Offsetof" -> offsetof(e);
      default -> builtinCall(e, builtin.name());
    };
  }

  private Type argType(Expr.CallExpr e) {
    return body.typeOf(e.args().get(0));
  }

  private ExprNode uintptr(int pos, long value) {
    return new BasicLit(pos, body.inl, Basic.UINTPTR, Constant.of(value));
  }

  private ExprNode offsetof(Expr.CallExpr e) {
    Expr.SelectorExpr s = (Expr.SelectorExpr) Exprs.unparen(e.args().get(0));
    int[] index = Objects.requireNonNull(facts.selection(s)).index();
    Type t = Kinds.deref(body.typeOf(s.x()));
    return uintptr(e.pos(), body.c.offsetof(t, index));
  }

  private ExprNode make(Expr.CallExpr e) {
    Type type = facts.typeOf(e);
    body.types.exprType(null, e.args().get(0));
    List<ExprNode> sizes = new ArrayList<>(2);
    for (Expr size : e.args().subList(1, e.args().size())) {
      sizes.add(body.exprs.expr(size));
    }
    Type core = Body.coreType(type);
    Node rtype = body.types.dynamicRtype(e.pos(), core instanceof Slice s ? s.elem() : type);
    Op op =
        switch (core) {
          case Slice _ -> Op.MAKESLICE;
          case MapType _ -> Op.MAKEMAP;
          default -> Op.MAKECHAN;
        };
    Node len = sizes.isEmpty() ? zeroInt(e.pos()) : sizes.get(0);
    Node cap = sizes.size() < 2 ? null : sizes.get(1);
    MakeExpr n = new MakeExpr(e.pos(), body.inl, op, body.type(type), len, cap);
    n.rtype = rtype;
    return n;
  }

  /** The size that make takes if none is given: a constant that is still untyped. */
  private Node zeroInt(int pos) {
    return new BasicLit(pos, body.inl, Basic.UNTYPED_INT, Constant.of(0));
  }

  private ExprNode newExpr(Expr.CallExpr e) {
    Expr arg = e.args().get(0);
    if (facts.isType(arg)) {
      ExprNode t = body.types.exprType(null, arg);
      return new UnaryExpr(e.pos(), body.inl, Op.NEW, new Pointer(t.type()), t);
    }
    List<Node> init = new ArrayList<>(2);
    Name tmp = body.tempCopy(e.pos(), body.exprs.expr(arg), init);
    ExprNode addr = Ir.addr(e.pos(), body.inl, tmp);
    addr.setInit(init);
    return addr;
  }

  private ExprNode builtinCall(Expr.CallExpr e, String name) {
    List<ExprNode> args = arguments(e);
    Type rtype = descriptorType(facts, e, name);
    Node word = rtype == null ? null : body.types.rtype(e.pos(), rtype);
    int pos = e.pos();
    return switch (name) {
      case "append" -> append(e, args, word);
      case "delete" -> delete(pos, args, word);
      case "max" -> call(pos, Op.MAX, args.get(0).type(), args);
      case "min" -> call(pos, Op.MIN, args.get(0).type(), args);
      case "print" -> call(pos, Op.PRINT, null, args);
      case "println" -> call(pos, Op.PRINTLN, null, args);
      case "recover" -> call(pos, Op.RECOVER, body.c.emptyInterface(), args);
      case "cap" -> unary(pos, Op.CAP, Basic.INT, args);
      case "len" -> unary(pos, Op.LEN, Basic.INT, args);
      case "clear" -> unary(pos, Op.CLEAR, null, args);
      case "close" -> unary(pos, Op.CLOSE, null, args);
      case "panic" -> panic(pos, args);
      case "imag" -> unary(pos, Op.IMAG, floatOf(args.get(0)), args);
      case "real" -> unary(pos, Op.REAL, floatOf(args.get(0)), args);
      case "complex" -> binary(pos, Op.COMPLEX, complexOf(args.get(0)), args);
      case "copy" -> {
        BinaryExpr copy = binary(pos, Op.COPY, Basic.INT, args);
        copy.rtype = word instanceof ConvExpr ? word : null;
        yield copy;
      }
      case "Add" -> binary(pos, Op.UNSAFEADD, args.get(0).type(), args);
      case "Slice" -> {
        BinaryExpr slice =
            binary(pos, Op.UNSAFESLICE, new Slice(Kinds.pointee(args.get(0).type())), args);
        slice.rtype = word instanceof ConvExpr ? word : null;
        yield slice;
      }
      case "SliceData" -> unary(pos, Op.UNSAFESLICEDATA, dataPointer(args.get(0)), args);
      case "String" -> binary(pos, Op.UNSAFESTRING, Basic.STRING, args);
      case "StringData" -> unary(pos, Op.UNSAFESTRINGDATA, new Pointer(Basic.BYTE), args);
      default -> throw new IllegalStateException("unknown builtin " + name);
    };
  }

  /** The type whose descriptor the call takes, or null if it takes none. */
  static @Nullable Type descriptorType(Facts facts, Expr.CallExpr e, String name) {
    return switch (name) {
      case "append", "Slice" -> elem(facts.typeOf(e));
      case "copy" -> elem(firstType(facts, e));
      case "delete" -> firstType(facts, e);
      default -> null;
    };
  }

  private static Type firstType(Facts facts, Expr.CallExpr e) {
    Type t = facts.typeOf(e.args().get(0));
    return t instanceof Tuple tuple ? tuple.at(0).type() : t;
  }

  private static @Nullable Type elem(Type t) {
    return Body.coreType(t) instanceof Slice s ? s.elem() : null;
  }

  private static Type floatOf(ExprNode x) {
    return Kinds.basicKind(x.type()) == BasicKind.COMPLEX64 ? Basic.FLOAT32 : Basic.FLOAT64;
  }

  private static Type complexOf(ExprNode x) {
    return Kinds.basicKind(x.type()) == BasicKind.FLOAT32 ? Basic.COMPLEX64 : Basic.COMPLEX128;
  }

  private static Type dataPointer(ExprNode x) {
    return new Pointer(Objects.requireNonNull(Kinds.sliceElem(x.type())));
  }

  private CallExpr call(int pos, Op op, @Nullable Type type, List<ExprNode> args) {
    return new CallExpr(pos, body.inl, op, type, null, new ArrayList<>(args));
  }

  private ExprNode unary(int pos, Op op, @Nullable Type type, List<ExprNode> args) {
    return new UnaryExpr(pos, body.inl, op, type, args.get(0));
  }

  private BinaryExpr binary(int pos, Op op, @Nullable Type type, List<ExprNode> args) {
    return new BinaryExpr(pos, body.inl, op, type, args.get(0), args.get(1));
  }

  private ExprNode append(Expr.CallExpr e, List<ExprNode> args, @Nullable Node rtype) {
    Type t = args.get(0).type();
    CallExpr n = call(e.pos(), Op.APPEND, t, args);
    n.isDDD = e.hasDots();
    n.rtype = rtype;
    if (n.isDDD) {
      if (n.args.get(1) instanceof ConvExpr c && c.op() == Op.CONVNOP && c.isImplicit()) {
        n.args.set(1, c.x);
      }
      return n;
    }
    Type elem = Objects.requireNonNull(Kinds.sliceElem(t));
    for (int i = 1; i < args.size(); i++) {
      n.args.set(i, Conversions.assign(args.get(i), elem, e.pos(), body.inl));
    }
    return n;
  }

  private ExprNode delete(int pos, List<ExprNode> args, @Nullable Node rtype) {
    CallExpr n = call(pos, Op.DELETE, null, args);
    Type key = ((MapType) args.get(0).type().underlying()).key();
    n.args.set(1, Conversions.assign(args.get(1), key, pos, body.inl));
    n.rtype = rtype;
    return n;
  }

  private ExprNode panic(int pos, List<ExprNode> args) {
    ExprNode x = Conversions.assign(args.get(0), body.c.emptyInterface(), pos, body.inl);
    return new UnaryExpr(pos, body.inl, Op.PANIC, null, x);
  }
}
