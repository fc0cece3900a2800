package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.SliceHeaderExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StringHeaderExpr;
import dev.escapade.ir.Sym;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers builtin functions, sends and new. */
final class Builtins {
  /** A variable-sized make may use this many bytes of the frame. */
  private static final long MAX_VARIABLE_BYTES = 32;

  private final Env env;

  Builtins(Env env) {
    this.env = env;
  }

  /** The address of a new variable, which is zeroed. */
  Node stackTemp(List<Node> init, Type t) {
    Name n = env.temp(t);
    n.setNonMergeable(true);
    return initTemp(init, n, null);
  }

  Node initTemp(List<Node> init, Name n, @Nullable Node value) {
    env.append(init, env.assign(n, value));
    return env.addr(n);
  }

  /** The address of a new array without pointers, which is not zeroed. */
  Node stackBuf(long len, Type elem) {
    return env.addr(env.temp(new Array(elem, len)));
  }

  Name chanFunc(String name, int types, Type chan) {
    Type elem = Env.elem(chan);
    return types == 1 ? RuntimeFunctions.of(name, elem) : RuntimeFunctions.of(name, elem, elem);
  }

  Node send(SendStmt n, List<Node> init) {
    Type chan = Env.type(n.chan);
    Node v = env.exprs.expr(env.assignConv(n.value, Env.elem(chan)), init);
    return env.call(chanFunc("chansend1", 2, chan), null, init, n.chan, env.addr(v));
  }

  // append, clear, copy.

  /** {@code append(s, a, b)}: the back end does the rest. */
  Node append(CallExpr n, List<Node> init, Node target) {
    if (!Ir.isSameSafeExpr(target, n.args.get(0))) {
      n.args.set(0, env.exprs.expr(env.exprs.safe(n.args.get(0), init), init));
    }
    List<Node> values = n.args.subList(1, n.args.size());
    env.exprs.listSafe(values, init);
    Type elem = Env.elem(Env.type(n.args.get(0)));
    for (int i = 0; i < values.size(); i++) {
      Node v = env.exprs.cheap(values.get(i), init);
      if (!Env.identical(Env.type(v), elem)) {
        v = env.exprs.expr(env.assignConv(v, elem), init);
      }
      values.set(i, v);
    }
    return values.isEmpty() ? n.args.get(0) : n;
  }

  Node clear(UnaryExpr n) {
    if (Env.under(n.x) instanceof MapType) {
      return env.maps.clear(n.x, env.typePtr(Env.type(n.x)));
    }
    Node r = new Ranges(env).clearArray(n.x, null);
    return r == null ? env.block(new ArrayList<>()) : r;
  }

  Node copy(BinaryExpr n, List<Node> init) {
    Type elem = Env.elem(Env.type(n.x));
    if (env.hasPointers(elem)) {
      Name fn = RuntimeFunctions.of("typedslicecopy", elem, Assignments.elemOrByte(Env.type(n.y)));
      n.x = env.exprs.cheap(n.x, init);
      n.y = env.exprs.cheap(n.y, init);
      return env.call(
          fn,
          n.typeOrNull(),
          init,
          n.rtype != null ? n.rtype : env.typePtr(elem),
          env.ptr(n.x),
          env.len(n.x),
          env.ptr(n.y),
          env.len(n.y));
    }
    n.x = env.exprs.expr(n.x, init);
    n.y = env.exprs.expr(n.y, init);
    Name to = env.temp(Env.type(n.x));
    Name from = env.temp(Env.type(n.y));
    List<Node> list = new ArrayList<>();
    list.add(env.assign(to, n.x));
    list.add(env.assign(from, n.y));
    Node fromPtr = env.ptr(from);
    Node toPtr = env.ptr(to);
    Name len = env.temp(Basic.INT);
    list.add(env.assign(len, env.len(to)));
    IfStmt shorter = env.ifStmt(env.binary(Op.GT, len, env.len(from)));
    shorter.body.add(env.assign(len, env.len(from)));
    list.add(shorter);
    IfStmt differ = env.ifStmt(env.binary(Op.NE, toPtr, env.convNop(fromPtr, Env.type(toPtr))));
    differ.likely = true;
    list.add(differ);
    Name fn = RuntimeFunctions.of("memmove", elem, elem);
    Name width = env.temp(Basic.UINTPTR);
    differ.body.add(env.assign(width, env.conv(len, Basic.UINTPTR)));
    Node bytes = env.binary(Op.MUL, width, env.intLit(Basic.UINTPTR, env.size(elem)));
    differ.body.add(env.call(fn, null, init, toPtr, fromPtr, bytes));
    env.stmts.list(list);
    init.addAll(list);
    return len;
  }

  // len and cap.

  static boolean isRuneCount(Env env, Node n) {
    return env.optimize()
        && n instanceof UnaryExpr u
        && u.op() == Op.LEN
        && u.x.op() == Op.STR2RUNES;
  }

  Node lenOrCap(UnaryExpr n, List<Node> init) {
    if (isRuneCount(env, n)) {
      Node s = env.conv(((ConvExpr) n.x).x, Basic.STRING);
      return env.call("countrunes", n.type(), init, s);
    }
    if (env.optimize()
        && n.op() == Op.LEN
        && (n.x.op() == Op.BYTES2STR || n.x.op() == Op.BYTES2STRTMP)) {
      ConvExpr conv = (ConvExpr) n.x;
      env.stmts.init(conv);
      init.addAll(Ir.takeInit(conv));
      return env.len(env.exprs.cheap(conv.x, init));
    }
    Type t = Env.under(n.x);
    if (t instanceof Chan) {
      Name fn = RuntimeFunctions.of(n.op() == Op.CAP ? "chancap" : "chanlen", Env.type(n.x));
      return env.call(fn, n.type(), init, n.x);
    }
    n.x = env.exprs.expr(n.x, init);
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    if (t instanceof Array a) {
      env.append(init, env.assign(env.blank, n.x));
      return new BasicLit(n.pos, n.inl, n.type(), Constant.of(a.len()));
    }
    return n;
  }

  // make and new.

  Node make(MakeExpr n, List<Node> init) {
    return switch (n.op()) {
      case MAKECHAN -> {
        Node size = Env.require(n.len);
        boolean wide = env.size(Env.type(size)) > 8;
        Name fn = chanFunc(wide ? "makechan64" : "makechan", 1, n.type());
        Node arg = env.conv(size, wide ? Basic.INT64 : Basic.INT);
        yield env.call(fn, n.type(), init, rtype(n, n.type()), arg);
      }
      case MAKEMAP -> env.maps.make(n, init);
      case MAKESLICE -> makeSlice(n, init);
      default -> makeSliceCopy(n, init);
    };
  }

  Node rtype(MakeExpr n, Type t) {
    return n.rtype != null ? n.rtype : env.typePtr(t);
  }

  private IfStmt lenCheck(Node len, List<Node> init) {
    IfStmt negative = env.ifStmt(env.binary(Op.LT, len, env.intLit(Env.type(len), 0)));
    negative.body.add(env.call("panicmakeslicelen", null, init));
    return negative;
  }

  private Node makeSlice(MakeExpr n, List<Node> init) {
    Node len = env.exprs.safe(Env.require(n.len), init);
    Node cap = n.cap == null ? len : env.exprs.safe(n.cap, init);
    Type t = n.type();
    Type elem = Env.elem(t);
    boolean tryStack = false;
    if (n.esc() == Esc.NONE) {
      if (Exprs.isSmallInt(cap)) {
        return makeSliceInFrame(n, len, Exprs.intValue(cap), init);
      }
      tryStack = env.optimize();
    }
    Name slice = env.temp(t);
    List<Node> out = init;
    long room = env.size(elem) == 0 ? 0 : MAX_VARIABLE_BYTES / env.size(elem);
    if (tryStack && room > 0) {
      IfStmt small =
          env.ifStmt(
              env.binary(Op.LE, env.conv(cap, Basic.UINT64), env.intLit(Basic.UINT64, room)));
      IfStmt tooLong =
          env.ifStmt(env.binary(Op.GT, env.conv(len, Basic.UINT64), env.conv(cap, Basic.UINT64)));
      IfStmt negative = env.ifStmt(env.binary(Op.LT, len, env.intLit(Env.type(len), 0)));
      negative.body.add(env.call("panicmakeslicelen", null, negative.body));
      tooLong.body.add(negative);
      tooLong.body.add(env.call("panicmakeslicecap", null, tooLong.body));
      small.body.add(tooLong);
      Type storeType =
          Env.struct(
              List.of("_", "arr"), List.of(new Array(Basic.UINTPTR, 0), new Array(elem, room)));
      Name store = env.temp(storeType);
      small.body.add(env.assign(store, null));
      SliceExpr s = env.slice(t, env.field(store, 1), null, len, cap);
      small.body.add(env.assign(slice, s));
      env.append(init, small);
      out = small.els;
    }
    boolean wide = env.size(Env.type(len)) > 8 || env.size(Env.type(cap)) > 8;
    Type argType = wide ? Basic.INT64 : Basic.INT;
    CallExpr ptr =
        env.call(
            RuntimeFunctions.of(wide ? "makeslice64" : "makeslice"),
            Basic.UNSAFE_POINTER,
            out,
            rtype(n, elem),
            env.conv(len, argType),
            env.conv(cap, argType));
    ptr.markNonNil();
    SliceHeaderExpr header =
        new SliceHeaderExpr(
            env.pos, env.inl, t, ptr, env.conv(len, Basic.INT), env.conv(cap, Basic.INT));
    env.append(out, env.assign(slice, header));
    return slice;
  }

  private Node makeSliceInFrame(MakeExpr n, Node len, long cap, List<Node> init) {
    IfStmt tooLong =
        env.ifStmt(env.binary(Op.GT, env.conv(len, Basic.UINT64), env.intLit(Basic.UINT64, cap)));
    tooLong.body.add(lenCheck(len, init));
    tooLong.body.add(env.call("panicmakeslicecap", null, init));
    init.add(tooLong);
    Name array = env.temp(new Array(Env.elem(n.type()), cap));
    env.append(init, env.assign(array, null));
    SliceExpr s = env.slice(n.type(), array, null, len, null);
    return env.exprs.expr(s, init);
  }

  private Node makeSliceCopy(MakeExpr n, List<Node> init) {
    Type t = n.type();
    Type elem = Env.elem(t);
    Node len = env.conv(Env.require(n.len), Basic.INT);
    Node source = Env.require(n.cap);
    Node copyLen = env.len(source);
    Node copyPtr = env.ptr(source);
    if (!env.hasPointers(elem) && n.isBounded()) {
      Node size =
          env.binary(
              Op.MUL, env.conv(len, Basic.UINTPTR), env.intLit(Basic.UINTPTR, env.size(elem)));
      CallExpr ptr =
          env.call(
              RuntimeFunctions.of("mallocgc"),
              Basic.UNSAFE_POINTER,
              init,
              size,
              env.nil(Env.BYTE_PTR),
              env.boolLit(false));
      ptr.markNonNil();
      Name s = env.temp(t);
      Node header = new SliceHeaderExpr(env.pos, env.inl, t, ptr, len, len);
      init.add(env.exprs.lower(env.assign(s, header), init));
      Node moved =
          env.call(
              RuntimeFunctions.of("memmove", elem, elem), null, init, env.ptr(s), copyPtr, size);
      init.add(env.exprs.expr(moved, init));
      return s;
    }
    CallExpr ptr =
        env.call(
            RuntimeFunctions.of("makeslicecopy"),
            Basic.UNSAFE_POINTER,
            init,
            rtype(n, elem),
            len,
            copyLen,
            env.conv(copyPtr, Basic.UNSAFE_POINTER));
    ptr.markNonNil();
    return env.exprs.expr(new SliceHeaderExpr(env.pos, env.inl, t, ptr, len, len), init);
  }

  Node newObject(UnaryExpr n, List<Node> init) {
    if (n.esc() == Esc.NONE) {
      return stackTemp(init, Env.elem(n.type()));
    }
    n.markNonNil();
    return n;
  }

  // print.

  Node print(CallExpr n, List<Node> init) {
    env.exprs.listCheap(n.args, init);
    List<Node> args = joined(n.op() == Op.PRINTLN ? spaced(n.args) : n.args);
    List<Node> calls = new ArrayList<>();
    calls.add(env.call("printlock", null, init));
    for (Node arg : args) {
      Node a = arg;
      if (a instanceof BasicLit lit && dev.escapade.unit.TypeFacts.isUntyped(lit.type())) {
        a = new BasicLit(lit.pos, lit.inl, defaultType(lit), lit.value);
      }
      Name fn = printFunc(a);
      Signature sig = (Signature) fn.type();
      Node[] operands = {};
      if (sig.params().len() > 0) {
        Type t = sig.params().at(0).type();
        boolean address = isNotInHeapPtr(Env.type(a));
        operands = new Node[] {env.conv(address ? env.conv(a, Basic.UNSAFE_POINTER) : a, t)};
      }
      calls.add(env.rawCall(fn, operands));
    }
    calls.add(env.call("printunlock", null, init));
    env.exprs.list(calls, init);
    return env.stmts.stmt(env.block(calls));
  }

  private static Type defaultType(BasicLit lit) {
    return switch (lit.value.kind()) {
      case INT -> Basic.INT64;
      case FLOAT -> Basic.FLOAT64;
      case COMPLEX -> Basic.COMPLEX128;
      case STRING -> Basic.STRING;
      case BOOL -> Basic.BOOL;
      case UNKNOWN -> lit.type();
    };
  }

  private List<Node> spaced(List<Node> args) {
    List<Node> list = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      if (i > 0) {
        list.add(env.stringLit(" "));
      }
      list.add(args.get(i));
    }
    list.add(env.stringLit("\n"));
    return list;
  }

  private List<Node> joined(List<Node> args) {
    List<Node> list = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean pending = false;
    for (Node a : args) {
      if (Env.isConst(a, Constant.Kind.STRING)) {
        text.append(Constants.stringVal(((BasicLit) a).value));
        pending = true;
        continue;
      }
      if (pending) {
        list.add(env.stringLit(text.toString()));
        text.setLength(0);
        pending = false;
      }
      list.add(a);
    }
    if (pending) {
      list.add(env.stringLit(text.toString()));
    }
    return list;
  }

  private boolean isNotInHeapPtr(Type t) {
    return t.underlying() instanceof Pointer && !env.hasPointers(t);
  }

  private Name printFunc(Node n) {
    Type t = Env.type(n);
    Type u = t.underlying();
    if (u instanceof Basic b) {
      return printBasic(n, b);
    }
    if (Env.isInterface(t)) {
      return RuntimeFunctions.of(Env.isEmptyInterface(t) ? "printeface" : "printiface", t);
    }
    if (isNotInHeapPtr(t)) {
      return RuntimeFunctions.of("printuintptr");
    }
    return u instanceof dev.escapade.types.Slice
        ? RuntimeFunctions.of("printslice", t)
        : RuntimeFunctions.of("printpointer", t);
  }

  private Name printBasic(Node n, Basic b) {
    Type t = Env.type(n);
    if (Env.isUnsafePtr(t)) {
      return RuntimeFunctions.of("printpointer", t);
    }
    if (b.is(Basic.IS_STRING)) {
      String text =
          Env.isConst(n, Constant.Kind.STRING) ? Constants.stringVal(((BasicLit) n).value) : "";
      return RuntimeFunctions.of(
          isRuntimeType(t, "quoted")
              ? "printquoted"
              : text.equals(" ") ? "printsp" : text.equals("\n") ? "printnl" : "printstring");
    }
    return RuntimeFunctions.of(
        switch (b.kind()) {
          case BOOL, UNTYPED_BOOL -> "printbool";
          case FLOAT32 -> "printfloat32";
          case FLOAT64 -> "printfloat64";
          case COMPLEX64 -> "printcomplex64";
          case COMPLEX128 -> "printcomplex128";
          default ->
              b.is(Basic.IS_UNSIGNED)
                  ? (isRuntimeType(t, "hex") ? "printhex" : "printuint")
                  : "printint";
        });
  }

  private static boolean isRuntimeType(Type t, String name) {
    return t.unalias() instanceof Named n
        && n.obj().name().equals(name)
        && n.obj().pkg() != null
        && n.obj().pkg().path().equals("runtime");
  }

  // unsafe.

  private IfStmt panicIf(Node cond, String function) {
    IfStmt branch = env.ifStmt(cond);
    branch.body.add(env.call(function, null, branch.body));
    return branch;
  }

  Node unsafeSlice(BinaryExpr n, List<Node> init) {
    Node ptr = env.exprs.safe(n.x, init);
    Node len = env.exprs.safe(n.y, init);
    Type t = n.type();
    Type lenType = Basic.INT;
    Node unsafePtr = env.conv(ptr, Basic.UNSAFE_POINTER);
    env.append(
        init,
        panicIf(
            env.binary(Op.LT, env.conv(len, lenType), env.intLit(lenType, 0)),
            "panicunsafeslicelen"));
    if (env.size(Env.elem(t)) == 0) {
      Node isNil = env.binary(Op.EQ, unsafePtr, env.nil(Basic.UNSAFE_POINTER));
      Node some = env.binary(Op.GT, env.conv(len, lenType), env.intLit(lenType, 0));
      env.append(init, panicIf(env.logical(Op.ANDAND, isNil, some), "panicunsafeslicenilptr"));
      return sliceHeader(n, ptr, len, init);
    }
    Name mem = env.temp(Basic.UINTPTR);
    Name overflow = env.temp(Basic.BOOL);
    Signature sig =
        new Signature(
            null,
            List.of(),
            List.of(),
            Tuple.of(var(Basic.UINTPTR), var(Basic.UINTPTR)),
            Tuple.of(var(Basic.UINTPTR), var(Basic.BOOL)),
            false);
    Name fn =
        new Name(
            n.pos,
            n.inl,
            new Sym(new Package("internal/runtime/math", "math"), "MulUintptr"),
            sig,
            StorageClass.FUNC);
    CallExpr call =
        env.call(
            fn,
            sig.results(),
            init,
            env.intLit(Basic.UINTPTR, env.size(Env.elem(t))),
            env.conv(env.conv(len, lenType), Basic.UINTPTR));
    AssignListStmt as = env.assignList(Op.AS2FUNC, Ir.list(mem, overflow), Ir.list(call));
    init.add(env.stmts.stmt(as));
    Node negated = env.unary(Op.NEG, Basic.UINTPTR, env.conv(unsafePtr, Basic.UINTPTR));
    IfStmt tooLarge = env.ifStmt(env.logical(Op.OROR, overflow, env.binary(Op.GT, mem, negated)));
    tooLarge.body.add(
        panicIf(
            env.binary(Op.EQ, unsafePtr, env.nil(Basic.UNSAFE_POINTER)), "panicunsafeslicenilptr"));
    tooLarge.body.add(env.call("panicunsafeslicelen", null, tooLarge.body));
    env.append(init, tooLarge);
    return sliceHeader(n, ptr, len, init);
  }

  private static Var var(Type t) {
    return new Var(VarKind.PARAM, 0, null, "", t);
  }

  private Node sliceHeader(BinaryExpr n, Node ptr, Node len, List<Node> init) {
    return env.exprs.expr(
        new SliceHeaderExpr(
            n.pos,
            n.inl,
            n.type(),
            env.conv(ptr, Basic.UNSAFE_POINTER),
            env.conv(len, Basic.INT),
            env.conv(len, Basic.INT)),
        init);
  }

  Node unsafeString(BinaryExpr n, List<Node> init) {
    Node ptr = env.exprs.safe(n.x, init);
    Node len = env.exprs.safe(n.y, init);
    Type lenType = Basic.INT;
    Node unsafePtr = env.conv(ptr, Basic.UNSAFE_POINTER);
    env.append(
        init,
        panicIf(
            env.binary(Op.LT, env.conv(len, lenType), env.intLit(lenType, 0)),
            "panicunsafestringlen"));
    Node negated = env.unary(Op.NEG, Basic.UINTPTR, env.conv(unsafePtr, Basic.UINTPTR));
    IfStmt tooLarge = env.ifStmt(env.binary(Op.GT, env.conv(len, Basic.UINTPTR), negated));
    tooLarge.body.add(
        panicIf(
            env.binary(Op.EQ, unsafePtr, env.nil(Basic.UNSAFE_POINTER)),
            "panicunsafestringnilptr"));
    tooLarge.body.add(env.call("panicunsafestringlen", null, tooLarge.body));
    env.append(init, tooLarge);
    return env.exprs.expr(
        new StringHeaderExpr(
            n.pos, n.inl, n.type(), env.conv(ptr, Basic.UNSAFE_POINTER), env.conv(len, Basic.INT)),
        init);
  }

  /** Reports whether a struct has no fields. */
  static boolean isEmpty(Type t) {
    return t.underlying() instanceof Struct s && s.numFields() == 0;
  }
}
