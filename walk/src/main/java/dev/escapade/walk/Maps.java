package dev.escapade.walk;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StarExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import java.util.List;

/** Lowers operations on maps (cmd/compile/internal/reflectdata/map.go has the layouts). */
final class Maps {
  /** There is a zero value of this size in the runtime. */
  static final long ZERO_VALUE_BYTES = 1024;

  private static final int GROUP_SLOTS = 8;
  private static final int MAX_KEY_BYTES = 128;
  private static final int MAX_ELEM_BYTES = 128;

  /** The control word of a group without keys. */
  private static final long EMPTY_GROUP = 0x8080_8080_8080_8080L;

  /** For which keys there are functions of their own. */
  enum Fast {
    SLOW("", ""),
    FAST32("_fast32", "_fast32"),
    FAST32_PTR("_fast32", "_fast32ptr"),
    FAST64("_fast64", "_fast64"),
    FAST64_PTR("_fast64", "_fast64ptr"),
    STRING("_faststr", "_faststr");

    final String suffix;
    final String assignSuffix;

    Fast(String suffix, String assignSuffix) {
      this.suffix = suffix;
      this.assignSuffix = assignSuffix;
    }
  }

  private final Env env;
  private final Type map;
  private final Type iter;

  Maps(Env env) {
    this.env = env;
    map = env.walk.runtimeTypes().map();
    iter = env.walk.runtimeTypes().iter();
  }

  /** The iterator of a range over a map. */
  Type iterType() {
    return iter;
  }

  private Type groupType(MapType t) {
    Type key = env.size(t.key()) > MAX_KEY_BYTES ? new Pointer(t.key()) : t.key();
    Type elem = env.size(t.elem()) > MAX_ELEM_BYTES ? new Pointer(t.elem()) : t.elem();
    Type slot = Env.struct(List.of("key", "elem"), List.of(key, elem));
    return Env.struct(
        List.of("ctrl", "slots"), List.of(Basic.UINT64, new Array(slot, GROUP_SLOTS)));
  }

  /** Which functions a map of type {@code t} has. */
  Fast fast(Type t) {
    MapType m = (MapType) t.underlying();
    if (env.size(m.elem()) > MAX_ELEM_BYTES) {
      return Fast.SLOW;
    }
    boolean pointers = env.hasPointers(m.key());
    return switch (env.walk.comparison().kind(m.key())) {
      case MEMORY -> {
        long size = env.size(m.key());
        yield size == 4
            ? Fast.FAST32
            : size == 8 ? (pointers ? Fast.FAST64_PTR : Fast.FAST64) : Fast.SLOW;
      }
      case STRING -> Fast.STRING;
      default -> Fast.SLOW;
    };
  }

  private Name function(String name, Fast fast, Type t, boolean fat) {
    MapType m = (MapType) t.underlying();
    return fast == Fast.SLOW || fat
        ? RuntimeFunctions.of(name, m.key(), m.elem(), m.key(), m.elem())
        : RuntimeFunctions.of(name, m.key(), m.elem(), m.elem());
  }

  private Node keyArg(Fast fast, Node n, Node key, boolean assigned) {
    if (fast == Fast.SLOW) {
      return env.addr(key);
    }
    if (!assigned && (fast == Fast.FAST32_PTR || fast == Fast.FAST64_PTR)) {
      return new ConvExpr(
          n.pos, n.inl, Op.CONVNOP, fast == Fast.FAST64_PTR ? Basic.UINT64 : Basic.UINT32, key);
    }
    return key;
  }

  private Node rtype(IndexExpr n) {
    return n.rtype != null ? n.rtype : env.typePtr(Env.type(n.x));
  }

  private Node zero() {
    return env.symbolAddr("go:map.zero", Basic.UINT8);
  }

  /** {@code m[k]}, as the element that it denotes. */
  Node index(IndexExpr n, List<Node> init) {
    n.x = env.exprs.expr(n.x, init);
    n.index = env.exprs.expr(n.index, init);
    Type t = Env.type(n.x);
    Fast fast = fast(t);
    Node key = keyArg(fast, n, n.index, n.assigned);
    Node type = rtype(n);
    Type elem = Env.elem(t);
    CallExpr call;
    if (n.assigned) {
      call =
          env.call(
              function("mapassign" + fast.assignSuffix, fast, t, false),
              null,
              init,
              type,
              n.x,
              key);
    } else if (env.size(elem) > ZERO_VALUE_BYTES) {
      call =
          env.call(function("mapaccess1_fat", fast, t, true), null, init, type, n.x, key, zero());
    } else {
      call =
          env.call(
              function("mapaccess1" + fast.suffix, fast, t, false), null, init, type, n.x, key);
    }
    call.setType(new Pointer(elem));
    call.markNonNil();
    return new StarExpr(env.pos, env.inl, elem, call);
  }

  /** {@code v, ok = m[k]}. */
  Node read(AssignListStmt n, List<Node> init) {
    init.addAll(Ir.takeInit(n));
    IndexExpr r = (IndexExpr) n.rhs.get(0);
    env.exprs.listSafe(n.lhs, init);
    r.x = env.exprs.expr(r.x, init);
    r.index = env.exprs.expr(r.index, init);
    Type t = Env.type(r.x);
    Type elem = Env.elem(t);
    Fast fast = fast(t);
    Node key = keyArg(fast, r, r.index, false);
    Node a = n.lhs.get(0);
    boolean fat = env.size(elem) > ZERO_VALUE_BYTES;
    Name fn = function(fat ? "mapaccess2_fat" : "mapaccess2" + fast.suffix, fast, t, fat);
    Type results = ((Signature) fn.type()).results();
    Node call =
        fat
            ? env.call(fn, results, init, rtype(r), r.x, key, zero())
            : env.call(fn, results, init, rtype(r), r.x, key);
    n.rhs = Ir.list(call);
    n.setOp(Op.AS2FUNC);
    if (Ir.isBlank(a)) {
      return env.exprs.lower(n, init);
    }
    Name p = env.temp(new Pointer(elem));
    p.markNonNil();
    n.lhs.set(0, p);
    init.add(env.exprs.lower(n, init));
    return env.exprs.lower(env.assign(a, env.deref(p)), init);
  }

  Node delete(CallExpr n, List<Node> init) {
    init.addAll(Ir.takeInit(n));
    Node m = env.exprs.expr(n.args.get(0), init);
    Node key = env.exprs.expr(n.args.get(1), init);
    MapType t = (MapType) Env.under(m);
    Fast fast = fast(t);
    Name fn =
        fast == Fast.SLOW
            ? RuntimeFunctions.of("mapdelete", t.key(), t.elem(), t.key())
            : RuntimeFunctions.of("mapdelete" + fast.suffix, t.key(), t.elem());
    Node type = n.rtype != null ? n.rtype : env.typePtr(Env.type(m));
    return env.call(fn, null, init, type, m, keyArg(fast, n, key, false));
  }

  Node clear(Node m, Node rtype) {
    MapType t = (MapType) Env.under(m);
    Node call = env.callStmt(RuntimeFunctions.of("mapclear", t.key(), t.elem()), rtype, m);
    return env.stmts.stmt(call);
  }

  Node make(MakeExpr n, List<Node> init) {
    MapType t = (MapType) n.type().underlying();
    Node hint = Env.require(n.len);
    boolean constant = Env.isConst(hint, Constant.Kind.INT);
    boolean small = constant && Exprs.isSmallInt(hint) && Exprs.intValue(hint) <= GROUP_SLOTS;
    Node m = null;
    if (n.esc() == Esc.NONE) {
      m = env.builtins.stackTemp(init, map);
      if (!constant || small) {
        IfStmt fits = env.ifStmt(env.binary(Op.LE, hint, env.intLit(Env.type(hint), GROUP_SLOTS)));
        fits.likely = true;
        Node g = env.builtins.stackTemp(fits.body, groupType(t));
        fits.body.add(env.assign(env.field(g, 0), env.intLit(Basic.UINT64, EMPTY_GROUP)));
        fits.body.add(env.assign(env.field(m, 2), env.convNop(g, Basic.UNSAFE_POINTER)));
        env.append(init, fits);
      }
    }
    if (small) {
      if (m != null) {
        Node rand = env.call("rand", Basic.UINT64, init);
        env.append(init, env.assign(env.field(m, 1), env.conv(rand, Basic.UINTPTR)));
        return env.convNop(m, n.type());
      }
      return env.call(RuntimeFunctions.of("makemap_small", t.key(), t.elem()), n.type(), init);
    }
    boolean wide = env.size(Env.type(hint)) > 8;
    Name fn = RuntimeFunctions.of(wide ? "makemap64" : "makemap", map, t.key(), t.elem());
    Node buf = m == null ? env.nil(new Pointer(map)) : m;
    return env.call(
        fn,
        n.type(),
        init,
        env.builtins.rtype(n, n.type()),
        env.conv(hint, wide ? Basic.INT64 : Basic.INT),
        buf);
  }
}
