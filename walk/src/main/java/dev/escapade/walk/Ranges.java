package dev.escapade.walk;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers ranges to plain loops. */
final class Ranges {
  private static final int RUNE_SELF = 0x80;

  private final Env env;
  private final List<Node> init = new ArrayList<>();
  private final List<Node> body = new ArrayList<>();

  Ranges(Env env) {
    this.env = env;
  }

  Node range(RangeStmt n) {
    if (isMapClear(env, n)) {
      long place = env.setPos(n.x);
      Node rtype = n.rtype != null ? n.rtype : env.typePtr(Env.type(n.x));
      Node r = env.maps.clear(n.x, rtype);
      env.restore(place);
      return r;
    }
    ForStmt loop = new ForStmt(n.pos, n.inl, null, null, new ArrayList<>());
    loop.setInit(new ArrayList<>(n.init()));
    loop.label = n.label;
    Node a = n.x;
    long place = env.setPos(a);
    Node v2 = Ir.isBlank(n.value) ? null : n.value;
    Node v1 = Ir.isBlank(n.key) && v2 == null ? null : n.key;
    Type t = Env.under(a);
    if (t instanceof Array || t instanceof Slice || t instanceof Pointer || Env.isInteger(t)) {
      Node cleared = clearRange(n, v1, v2, a);
      if (cleared != null) {
        env.restore(place);
        return cleared;
      }
    }
    switch (t) {
      case MapType m -> map(loop, n, v1, v2, a, m);
      case Chan c -> channel(loop, n, v1, a, c);
      case Basic b when b.is(Basic.IS_STRING) -> string(loop, n, v1, v2, a);
      case Basic _ -> integer(loop, n, v1, a);
      default -> array(loop, n, v1, v2, a);
    }
    List<Node> loopInit = Env.initOf(loop);
    loopInit.addAll(init);
    loop.body.addAll(body);
    loop.body.addAll(n.body);
    Node r = env.stmts.stmt(loop);
    env.restore(place);
    return r;
  }

  private Node assign(RangeStmt n, Node key) {
    Node k = Env.require(n.key);
    return new AssignStmt(n.pos, n.inl, k, convert(n, k, key, n.keyTypeWord, n.keySrcRType));
  }

  private Node assign(RangeStmt n, Node key, Node value) {
    Node k = Env.require(n.key);
    Node v = Env.require(n.value);
    return new AssignListStmt(
        n.pos,
        n.inl,
        Op.AS2,
        Ir.list(k, v),
        Ir.list(
            convert(n, k, key, n.keyTypeWord, n.keySrcRType),
            convert(n, v, value, n.valueTypeWord, n.valueSrcRType)));
  }

  private Node convert(
      RangeStmt n, Node target, Node value, @Nullable Node typeWord, @Nullable Node srcRType) {
    if (Ir.isBlank(target) || Env.identical(Env.type(target), Env.type(value))) {
      return value;
    }
    ConvExpr c = (ConvExpr) env.conv(value, Env.type(target));
    c.pos = n.pos;
    c.inl = n.inl;
    c.typeWord = typeWord;
    c.srcRType = srcRType;
    return c;
  }

  private void count(ForStmt loop, Name i, Node limit) {
    loop.cond = env.binary(Op.LT, i, limit);
    loop.post = env.assign(i, env.binary(Op.ADD, i, env.intLit(i.type(), 1)));
  }

  private void integer(ForStmt loop, RangeStmt n, @Nullable Node v1, Node a) {
    Name i = env.temp(Env.type(a));
    Name limit = env.temp(Env.type(a));
    init.add(env.assign(i, null));
    init.add(env.assign(limit, a));
    count(loop, i, limit);
    if (v1 != null) {
      body.add(assign(n, i));
    }
  }

  private void array(ForStmt loop, RangeStmt n, @Nullable Node v1, @Nullable Node v2, Node a) {
    Type t = Env.type(a);
    boolean pointer = t.underlying() instanceof Pointer;
    Type elem = pointer ? Env.elem(Env.elem(t)) : Env.elem(t);
    Name i = env.temp(Basic.INT);
    Name limit = env.temp(Basic.INT);
    init.add(env.assign(i, null));
    init.add(env.assign(limit, env.len(a)));
    count(loop, i, limit);
    if (v1 == null) {
      return;
    }
    if (v2 == null) {
      body.add(assign(n, i));
      return;
    }
    long size = env.size(elem);
    if (size == 1 || size == 2 || size == 4 || size == 8) {
      IndexExpr x = env.boundedIndex(a, i);
      body.add(assign(n, i, x));
      return;
    }
    Node slice = a;
    if (!(t.underlying() instanceof Slice)) {
      Node p = a;
      if (!pointer) {
        AddrExpr addr = env.addr(a);
        p = addr;
      }
      slice = new SliceExpr(env.pos, env.inl, Op.SLICEARR, new Slice(elem), p, null, null, null);
    }
    UnaryExpr ptr = env.ptr(slice);
    ptr.setBounded(true);
    Type elemPtr = new Pointer(elem);
    Name at = env.temp(Basic.UINTPTR);
    init.add(env.assign(at, env.convNop(env.convNop(ptr, Basic.UNSAFE_POINTER), Basic.UINTPTR)));
    Name p = env.temp(elemPtr);
    body.add(env.assign(p, env.convNop(env.convNop(at, Basic.UNSAFE_POINTER), elemPtr)));
    StarExpr e = env.deref(p);
    e.setBounded(true);
    body.add(assign(n, i, e));
    Node here = env.convNop(env.convNop(p, Basic.UNSAFE_POINTER), Basic.UINTPTR);
    Node next = env.assign(at, env.binary(Op.ADD, here, env.intLit(Basic.UINTPTR, size)));
    loop.post = env.block(Ir.list(Env.require(loop.post), next));
  }

  private void map(
      ForStmt loop, RangeStmt n, @Nullable Node v1, @Nullable Node v2, Node a, MapType t) {
    Name iter = (Name) Env.require(n.prealloc);
    Type it = iter.type();
    Name start = RuntimeFunctions.of("mapIterStart", t.key(), t.elem(), it);
    Node rtype = n.rtype != null ? n.rtype : env.typePtr(Env.type(a));
    init.add(env.callStmt(start, rtype, a, env.addr(iter)));
    loop.cond = env.binary(Op.NE, env.field(iter, 0), env.nil(Basic.UNSAFE_POINTER));
    loop.post = env.callStmt(RuntimeFunctions.of("mapIterNext", it), env.addr(iter));
    Node key = env.deref(env.convNop(env.field(iter, 0), new Pointer(t.key())));
    if (v1 == null) {
      return;
    }
    if (v2 == null) {
      body.add(assign(n, key));
    } else {
      Node elem = env.deref(env.convNop(env.field(iter, 1), new Pointer(t.elem())));
      body.add(assign(n, key, elem));
    }
  }

  private void channel(ForStmt loop, RangeStmt n, @Nullable Node v1, Node a, Chan t) {
    Name v = env.temp(t.elem());
    if (env.hasPointers(t.elem())) {
      init.add(env.assign(v, null));
    }
    Name ok = env.temp(Basic.BOOL);
    UnaryExpr recv = env.unary(Op.RECV, t.elem(), a);
    AssignListStmt as = env.assignList(Op.AS2RECV, Ir.list(v, ok), Ir.list(recv));
    Node cond = env.binary(Op.NE, ok, env.boolLit(false));
    loop.cond = Env.initExpr(Ir.list(as), cond);
    if (v1 != null) {
      body.add(assign(n, v));
    }
    body.add(env.assign(v, null));
  }

  private void string(ForStmt loop, RangeStmt n, @Nullable Node v1, @Nullable Node v2, Node a) {
    Name i = env.temp(Basic.INT);
    Name at = env.temp(Basic.INT);
    Name r = env.temp(Basic.INT32);
    init.add(env.assign(i, null));
    loop.cond = env.binary(Op.LT, i, env.len(a));
    if (v1 != null) {
      body.add(env.assign(at, i));
    }
    IndexExpr first = env.boundedIndex(a, i);
    body.add(env.assign(r, env.conv(first, Basic.INT32)));
    IfStmt ascii = env.ifStmt(env.binary(Op.LE, r, env.intLit(Basic.INT32, RUNE_SELF - 1)));
    ascii.body.add(env.assign(i, env.binary(Op.ADD, i, env.intLit(1))));
    Name fn = RuntimeFunctions.of("decoderune");
    Node call = env.call(fn, ((Signature) fn.type()).results(), ascii.els, a, i);
    ascii.els.add(env.assignList(Op.AS2FUNC, Ir.list(r, i), Ir.list(call)));
    body.add(ascii);
    if (v1 != null) {
      body.add(v2 == null ? assign(n, at) : assign(n, at, r));
    }
  }

  // Loops that only clear.

  /** Reports whether {@code n} is {@code for k := range m { delete(m, k) }}. */
  static boolean isMapClear(Env env, RangeStmt n) {
    if (!env.optimize()
        || !(Env.under(n.x) instanceof MapType t)
        || !(n.key instanceof Name k)
        || n.value != null
        || k.defn != n
        || n.body.size() != 1
        || !(n.body.get(0) instanceof CallExpr d)
        || d.op() != Op.DELETE) {
      return false;
    }
    return Ir.isSameSafeExpr(d.args.get(0), n.x)
        && Ir.isSameSafeExpr(d.args.get(1), k)
        && isReflexive(t.key());
  }

  /** Reports whether each value equals itself. */
  private static boolean isReflexive(Type t) {
    return switch (t.underlying()) {
      case Basic b -> !b.is(Basic.IS_FLOAT | Basic.IS_COMPLEX);
      case Array a -> isReflexive(a.elem());
      case dev.escapade.types.Interface _ -> false;
      case dev.escapade.types.Struct s -> {
        for (dev.escapade.types.Var f : s.fields()) {
          if (!isReflexive(f.type())) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }

  /**
   * What stands for {@code for i := range a { a[i] = zero }}; null if {@code n} is no such loop.
   */
  private @Nullable Node clearRange(RangeStmt n, @Nullable Node v1, @Nullable Node v2, Node a) {
    if (!env.optimize()
        || v1 == null
        || v2 != null
        || n.body.size() != 1
        || !(n.body.get(0) instanceof AssignStmt as)
        || !(as.x instanceof IndexExpr left)
        || left.op() != Op.INDEX
        || as.y == null) {
      return null;
    }
    long len = -1;
    if (a instanceof BasicLit lit && lit.value.kind() == Constant.Kind.INT) {
      len = Exprs.intValue(lit);
    } else if (Env.under(a) instanceof Array arr) {
      len = arr.len();
    } else if (Env.under(a) instanceof Pointer p && p.elem().underlying() instanceof Array arr) {
      len = arr.len();
    }
    if (len >= 0
        ? !(Env.under(left.x) instanceof Array x && x.len() == len)
        : !Ir.isSameSafeExpr(left.x, a)) {
      return null;
    }
    return Ir.isSameSafeExpr(left.index, v1) && Ir.isZero(as.y) ? clearArray(left.x, n) : null;
  }

  /**
   * Clears the elements of a slice or array.
   *
   * @param loop the loop that does it, whose variable gets its last value, or null
   */
  @Nullable Node clearArray(Node a, @Nullable RangeStmt loop) {
    Type t = Env.under(a);
    Type elem = t instanceof Pointer p ? Env.elem(p.elem()) : Env.elem(t);
    long size = env.size(elem);
    if (size <= 0) {
      return null;
    }
    IfStmt some = env.ifStmt(env.binary(Op.NE, env.len(a), env.intLit(0)));
    Name p = env.temp(Basic.UNSAFE_POINTER);
    IndexExpr first = env.boundedIndex(a, env.intLit(0));
    some.body.add(env.assign(p, env.convNop(env.addr(first), Basic.UNSAFE_POINTER)));
    Name bytes = env.temp(Basic.UINTPTR);
    Node product = env.binary(Op.MUL, env.len(a), env.intLit(size));
    some.body.add(env.assign(bytes, env.conv(product, Basic.UINTPTR)));
    String fn = env.hasPointers(elem) ? "memclrHasPointers" : "memclrNoHeapPointers";
    some.body.add(env.callStmt(RuntimeFunctions.of(fn), p, bytes));
    if (loop != null) {
      Node key = Env.require(loop.key);
      Node last = env.binary(Op.SUB, env.len(a), env.intLit(1));
      some.body.add(env.assign(key, env.conv(last, Env.type(key))));
    }
    return env.stmts.stmt(some);
  }
}
