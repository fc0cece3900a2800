package dev.escapade.walk;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.InlineMarkStmt;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.TailCallStmt;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fixes the order of evaluation (cmd/compile/internal/walk/order.go, Go 1.26). Statements come out
 * one after the other; what an expression needs before it comes out first.
 */
final class Order {
  /** String concatenations of more operands than this pass them in an array. */
  private static final int MAX_STRING_ARGS = 5;

  private final Env env;

  /** Temporaries that may be used again, by type. */
  private final Map<String, List<Name>> free;

  private final ArrayList<Name> temps = new ArrayList<>();
  private List<Node> out = new ArrayList<>();

  private Order(Env env, Map<String, List<Name>> free) {
    this.env = env;
    this.free = free;
  }

  /** Orders the body of a function. */
  static List<Node> function(Env env, List<Node> body) {
    return block(env, body, new HashMap<>());
  }

  /** Orders statements that are made while lowering. */
  static List<Node> block(Env env, List<Node> list) {
    return block(env, list, new HashMap<>());
  }

  /** Orders a statement that is made while lowering. */
  static Node stmtInPlace(Env env, Node stmt) {
    return stmtInPlace(env, stmt, new HashMap<>());
  }

  private static List<Node> block(Env env, List<Node> list, Map<String, List<Name>> free) {
    if (!list.isEmpty()) {
      env.setPos(list.get(0));
    }
    Order o = new Order(env, free);
    o.stmts(list);
    o.pop(0);
    return o.out;
  }

  private static Node stmtInPlace(Env env, @Nullable Node stmt, Map<String, List<Name>> free) {
    Order o = new Order(env, free);
    if (stmt != null) {
      o.stmt(stmt);
    }
    o.pop(0);
    return new BlockStmt(0, 0, o.out);
  }

  private @Nullable Node exprInPlaceOrNull(@Nullable Node n) {
    return n == null ? null : exprInPlace(n);
  }

  private Node exprInPlace(Node n) {
    Order o = new Order(env, free);
    Node e = o.expr(n, null);
    Node with = Env.initExpr(o.out, e);
    temps.addAll(o.temps);
    return with;
  }

  // Temporaries.

  private String key(Type t) {
    return env.unit.fmt().types().linkString(t);
  }

  private Name temp(Type t, boolean clear) {
    List<Name> list = free.get(key(t));
    Name v = list == null || list.isEmpty() ? env.temp(t) : list.removeLast();
    if (clear) {
      out.add(env.assign(v, null));
    }
    temps.add(v);
    return v;
  }

  private void pop(int mark) {
    while (temps.size() > mark) {
      Name n = temps.remove(mark);
      free.computeIfAbsent(key(n.type()), _ -> new ArrayList<>()).add(n);
    }
  }

  private Name copy(Node n) {
    return copy(n, false);
  }

  private Name copy(Node n, boolean clear) {
    Name v = temp(Env.type(n), clear);
    out.add(env.assign(v, n));
    return v;
  }

  private static boolean isSimple(Node n) {
    return n instanceof Name || n instanceof BasicLit || n instanceof NilExpr;
  }

  private static boolean isLenOrCap(Node n) {
    return n.op() == Op.LEN || n.op() == Op.CAP;
  }

  private @Nullable Node cheapOrNull(@Nullable Node n) {
    return n == null ? null : cheap(n);
  }

  /** {@code n}, cheap to evaluate again. */
  private Node cheap(Node n) {
    if (isSimple(n)) {
      return n;
    }
    if (n instanceof UnaryExpr u && isLenOrCap(n)) {
      Node x = cheap(u.x);
      return x == u.x ? n : Copies.of(u, x);
    }
    return copy(n);
  }

  /** {@code n}, which can be assigned to, so that it denotes the same thing again. */
  private Node safe(Node n) {
    if (isSimple(n)) {
      return n;
    }
    return switch (n) {
      case UnaryExpr u when isLenOrCap(u) -> {
        Node x = safe(u.x);
        yield x == u.x ? n : Copies.of(u, x);
      }
      case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> {
        Node x = s.op() == Op.DOT ? safe(s.x) : cheap(s.x);
        yield x == s.x ? n : Copies.of(s, x);
      }
      case StarExpr s -> {
        Node x = cheap(s.x);
        yield x == s.x ? n : Copies.of(s, x);
      }
      case IndexExpr i -> {
        Node x = Env.under(i.x) instanceof Array ? safe(i.x) : cheap(i.x);
        Node index = cheap(i.index);
        yield x == i.x && index == i.index ? n : Copies.of(i, x, index);
      }
      default -> throw new IllegalStateException("not to be assigned to: " + n.op().name());
    };
  }

  /** {@code n} where its address can be taken without marking a variable that need not be. */
  private Node addrTemp(Node n) {
    if (n instanceof NilExpr || n instanceof BasicLit) {
      Name stat = env.walk.staticName(env.pos, env.inl, Env.type(n), true);
      return stat;
    }
    Node v = env.staticValues.getOrDefault(n, n);
    if (v.op() == Op.STRUCTLIT || v.op() == Op.ARRAYLIT) {
      long size = env.size(Env.type(v));
      if (Ir.isZero(v) && 0 < size && size <= Maps.ZERO_VALUE_BYTES) {
        return new LinksymOffsetExpr(v.pos, v.inl, Env.type(n), "runtime.zeroVal", 0);
      }
      if (Literals.isStatic(v)) {
        Name stat = env.walk.staticName(env.pos, env.inl, Env.type(n), true);
        env.literals.fixedStatic((CompLitExpr) v, stat);
        return stat;
      }
    }
    if (Ir.isAddressable(n)
        && !(Ir.outerValue(n) instanceof Name name
            && name.storage == StorageClass.AUTO
            && !name.isAddrtaken()
            && env.walk.canSsa(name.type()))) {
      return n;
    }
    return copy(n);
  }

  private Node mapKey(int pos, int inl, Type map, Node n) {
    int p = Env.hasUniquePos(n) ? n.pos : pos;
    int q = Env.hasUniquePos(n) ? n.inl : inl;
    Type kt =
        switch (env.maps.fast(map)) {
          case SLOW -> null;
          case FAST32 -> Basic.UINT32;
          case FAST64 -> Basic.UINT64;
          case FAST32_PTR, FAST64_PTR -> Basic.UNSAFE_POINTER;
          case STRING -> Basic.STRING;
        };
    if (kt == null) {
      return addrTemp(n);
    }
    Type nt = Env.type(n);
    if (Env.identical(nt, kt)) {
      return n;
    }
    if (sameKind(nt, kt) || (Env.isPtrShaped(nt) && Env.isPtrShaped(kt))) {
      return new ConvExpr(p, q, Op.CONVNOP, kt, n);
    }
    if (Env.isInteger(nt) && Env.isInteger(kt)) {
      if (n instanceof BasicLit lit && Env.isSigned(nt)) {
        long v = Constants.int64Val(lit.value);
        return new BasicLit(lit.pos, lit.inl, kt, Constants.ofUnsigned(v));
      }
      return new ConvExpr(p, q, Op.CONV, kt, n);
    }
    Name tmp = temp(kt, true);
    ConvExpr e = new ConvExpr(p, q, Op.CONVNOP, new dev.escapade.types.Pointer(nt), env.addr(tmp));
    StarExpr target = new StarExpr(p, q, nt, e);
    out.add(new AssignStmt(p, q, target, n));
    return tmp;
  }

  private static boolean sameKind(Type a, Type b) {
    return a.underlying() instanceof Basic x
        && b.underlying() instanceof Basic y
        && x.kind() == y.kind();
  }

  /** Lets conversions of bytes to strings in a key of a map use the bytes in place. */
  private static boolean useBytes(@Nullable Node n) {
    if (n instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
      c.setOp(Op.BYTES2STRTMP);
      return true;
    }
    boolean replaced = false;
    if (n instanceof CompLitExpr lit && (lit.op() == Op.STRUCTLIT || lit.op() == Op.ARRAYLIT)) {
      for (Node e : lit.list) {
        replaced |=
            useBytes(e instanceof StructKeyExpr k ? k.value : e instanceof KeyExpr k ? k.value : e);
      }
    }
    return replaced;
  }

  // Statements.

  private void stmts(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      Node s = list.get(i);
      if (i + 1 < list.size() && makeSliceCopy(s, list.get(i + 1))) {
        stmt(s);
        i++;
        continue;
      }
      stmt(s);
    }
  }

  /** Joins {@code m = make([]T, n); copy(m, s)}. */
  private boolean makeSliceCopy(Node first, Node second) {
    if (!env.optimize()
        || !(first instanceof AssignStmt as)
        || !(second instanceof BinaryExpr cp)
        || cp.op() != Op.COPY
        || !(as.y instanceof MakeExpr mk)
        || mk.op() != Op.MAKESLICE
        || !(as.x instanceof Name x)
        || x.isBlank()
        || cp.x != x
        || !(cp.y instanceof Name y)
        || x == y
        || mk.esc() == Esc.NONE
        || mk.len == null
        || mk.cap != null) {
      return false;
    }
    mk.setOp(Op.MAKESLICECOPY);
    mk.cap = y;
    mk.setBounded(
        mk.len instanceof UnaryExpr len && len.op() == Op.LEN && Ir.isSameSafeExpr(len.x, y));
    return true;
  }

  private void init(Node n) {
    if (!Ir.mayBeShared(n) && !n.init().isEmpty()) {
      stmts(Ir.takeInit(n));
    }
  }

  /** Orders the operands of a call or builtin. */
  private void call(Node n) {
    switch (n) {
      case CallExpr c when c.op() == Op.CALLFUNC || c.op() == Op.CALLINTER -> {
        if (Closures.isFuncPc(c) && Closures.funcOfInterface(c.args.get(0)) != null) {
          return;
        }
        c.fun = expr(Env.require(c.fun), null);
        exprs(c.args);
      }
      case CallExpr c -> exprs(c.args);
      case UnaryExpr u -> u.x = expr(u.x, null);
      case ConvExpr c -> c.x = expr(c.x, null);
      case BinaryExpr b -> {
        b.x = expr(b.x, null);
        b.y = expr(b.y, null);
      }
      case MakeExpr m -> {
        m.len = exprOrNull(m.len);
        m.cap = exprOrNull(m.cap);
      }
      default -> throw new IllegalStateException("call " + n.op().name());
    }
  }

  private void mapAssign(Node n) {
    switch (n) {
      case AssignStmt as when as.x != null && as.x.op() == Op.INDEXMAP && as.y != null ->
          as.y = safeMapValue(as.y);
      case AssignOpStmt as when as.x.op() == Op.INDEXMAP -> as.y = safeMapValue(as.y);
      default -> {}
    }
    out.add(n);
  }

  private Node safeMapValue(Node r) {
    if (r instanceof CallExpr c && c.op() == Op.APPEND) {
      for (int i = 1; i < c.args.size(); i++) {
        c.args.set(i, cheap(c.args.get(i)));
      }
      return r;
    }
    return cheap(r);
  }

  private void stmt(Node n) {
    long place = env.setPos(n);
    init(n);
    int mark = temps.size();
    boolean pops = true;
    switch (n) {
      case InlineMarkStmt _, BranchStmt _, DclStmt _, LabelStmt _, TailCallStmt _ -> out.add(n);
      case AssignStmt s -> assign(s);
      case AssignOpStmt s -> assignOp(s);
      case AssignListStmt s -> assignList(s);
      case BlockStmt s -> {
        stmts(s.list);
        pops = false;
      }
      case InlinedCallExpr s -> {
        stmts(s.body);
        pops = false;
      }
      case CallExpr s when s.op() == Op.DELETE -> {
        s.args.set(0, expr(s.args.get(0), null));
        s.args.set(1, expr(s.args.get(1), null));
        s.args.set(1, mapKey(s.pos, s.inl, Env.type(s.args.get(0)), s.args.get(1)));
        out.add(s);
      }
      case CallExpr _, UnaryExpr _, BinaryExpr _ -> {
        call(n);
        out.add(n);
      }
      case GoDeferStmt s -> {
        init(s.call);
        call(s.call);
        out.add(s);
      }
      case ForStmt s -> {
        s.cond = exprInPlaceOrNull(s.cond);
        s.body = block(env, s.body, free);
        s.post = stmtInPlace(env, s.post, free);
        out.add(s);
      }
      case IfStmt s -> {
        s.cond = exprInPlace(s.cond);
        pop(mark);
        s.body = block(env, s.body, free);
        s.els = block(env, s.els, free);
        out.add(s);
      }
      case RangeStmt s -> range(s);
      case ReturnStmt s -> {
        exprs(s.results);
        out.add(s);
        pops = false;
      }
      case SelectStmt s -> {
        new SelectOrder(this, env).order(s);
        out.add(s);
      }
      case SendStmt s -> {
        s.chan = expr(s.chan, null);
        s.value = addrTemp(expr(s.value, null));
        out.add(s);
      }
      case SwitchStmt s -> {
        if (s.tag != null) {
          s.tag = s.tag instanceof ExprNode ? expr(s.tag, null) : guard(s.tag);
        }
        for (CaseClause c : s.cases) {
          for (int i = 0; i < c.list.size(); i++) {
            c.list.set(i, exprInPlace(c.list.get(i)));
          }
          c.body = block(env, c.body, free);
        }
        out.add(s);
      }
      default -> throw new IllegalStateException("statement " + n.op().name());
    }
    if (pops) {
      pop(mark);
    }
    env.restore(place);
  }

  private Node guard(Node tag) {
    init(tag);
    tag.editChildren(x -> expr(x, null));
    return tag;
  }

  private void assign(AssignStmt n) {
    Node x = Env.require(n.x);
    boolean mapAppend =
        x.op() == Op.INDEXMAP
            && n.y instanceof CallExpr c
            && c.op() == Op.APPEND
            && Ir.isSameSafeExpr(x, c.args.get(0));
    n.x = expr(x, null);
    if (mapAppend) {
      IndexExpr left = (IndexExpr) Env.require(n.x);
      left.x = cheap(left.x);
      left.index = cheap(left.index);
      CallExpr call = (CallExpr) Env.require(n.y);
      Node arg = call.args.get(0);
      while (arg instanceof ConvExpr c && c.op() == Op.CONVNOP) {
        arg = c.x;
      }
      IndexExpr right = (IndexExpr) arg;
      right.x = left.x;
      right.index = left.index;
      exprs(call.args.subList(1, call.args.size()));
    } else if (n.y != null) {
      n.y = expr(n.y, n.x);
    }
    mapAssign(n);
  }

  private void assignOp(AssignOpStmt n) {
    n.x = expr(n.x, null);
    n.y = expr(n.y, null);
    if (n.x.op() == Op.INDEXMAP && (n.asOp == Op.DIV || n.asOp == Op.MOD)) {
      // The division may panic, and must before the element is there.
      Node l = safe(n.x);
      IndexExpr again = (IndexExpr) l;
      IndexExpr read = Copies.of(again, again.x, again.index);
      read.assigned = false;
      Name old = copy(read);
      BinaryExpr op = new BinaryExpr(n.pos, n.inl, n.asOp, old.type(), old, n.y);
      Node r = expr(op, null);
      mapAssign(new AssignStmt(n.pos, n.inl, l, r));
      return;
    }
    mapAssign(n);
  }

  private void assignList(AssignListStmt n) {
    switch (n.op()) {
      case AS2 -> {
        exprs(n.lhs);
        exprs(n.rhs);
        out.add(n);
      }
      case AS2FUNC -> {
        exprs(n.lhs);
        Node call = n.rhs.get(0);
        init(call);
        if (call instanceof InlinedCallExpr ic) {
          stmts(ic.body);
          n.setOp(Op.AS2);
          n.rhs = new ArrayList<>(ic.returnVars);
          exprs(n.rhs);
          out.add(n);
        } else {
          call(call);
          resultsToTemps(n, (CallExpr) call);
        }
      }
      default -> {
        exprs(n.lhs);
        switch (n.rhs.get(0)) {
          case TypeAssertExpr r -> r.x = expr(r.x, null);
          case DynamicTypeAssertExpr r -> {
            r.x = expr(r.x, null);
            r.rtype = exprOrNull(r.rtype);
            r.itab = exprOrNull(r.itab);
          }
          case UnaryExpr r -> r.x = expr(r.x, null);
          case IndexExpr r -> {
            r.x = expr(r.x, null);
            r.index = expr(r.index, null);
            useBytes(r.index);
            r.index = mapKey(r.pos, r.inl, Env.type(r.x), r.index);
          }
          default -> throw new IllegalStateException(n.op().name());
        }
        okToTemps(n);
      }
    }
  }

  private void resultsToTemps(AssignListStmt n, CallExpr call) {
    Tuple results = (Tuple) call.type();
    AssignListStmt as =
        new AssignListStmt(n.pos, n.inl, Op.AS2, new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < n.lhs.size(); i++) {
      Node l = n.lhs.get(i);
      if (!Ir.isBlank(l)) {
        Type t = results.at(i).type();
        Name tmp = temp(t, env.hasPointers(t));
        n.lhs.set(i, tmp);
        as.lhs.add(l);
        as.rhs.add(tmp);
      }
    }
    out.add(n);
    stmt(as);
  }

  private void okToTemps(AssignListStmt n) {
    AssignListStmt as =
        new AssignListStmt(n.pos, n.inl, Op.AS2, new ArrayList<>(), new ArrayList<>());
    okToTemp(n, as, 0, Env.type(n.rhs.get(0)));
    okToTemp(n, as, 1, Basic.BOOL);
    out.add(n);
    stmt(as);
  }

  private void okToTemp(AssignListStmt n, AssignListStmt as, int i, Type t) {
    Node l = n.lhs.get(i);
    if (Ir.isBlank(l)) {
      return;
    }
    Type vt = t instanceof Tuple tuple ? tuple.at(i).type() : t;
    Name tmp = temp(vt, env.hasPointers(vt));
    n.lhs.set(i, tmp);
    as.lhs.add(l);
    as.rhs.add(i == 1 ? env.conv(tmp, Env.type(l)) : tmp);
  }

  private void range(RangeStmt n) {
    if (n.x instanceof ConvExpr c && (c.op() == Op.STR2BYTES || c.op() == Op.STR2BYTESTMP)) {
      c.setOp(Op.STR2BYTESTMP);
      c.markNonNil();
    }
    n.x = expr(n.x, null);
    boolean orderBody = true;
    Type t = Env.type(n.x).underlying();
    switch (t) {
      case MapType _ -> {
        if (Ranges.isMapClear(env, n)) {
          orderBody = false;
        } else {
          n.x = copy(n.x);
          n.prealloc = temp(env.maps.iterType(), true);
        }
      }
      case Array _, Slice _ -> {
        if (n.value != null && !Ir.isBlank(n.value)) {
          n.x = copy(n.x);
        }
      }
      case Chan _ -> n.x = copy(n.x);
      case Basic b when b.is(Basic.IS_STRING) -> {
        Node r = n.x;
        if (!Env.identical(Env.type(r), Basic.STRING)) {
          r = env.conv(r, Basic.STRING);
        }
        n.x = copy(r);
      }
      default -> {}
    }
    n.key = exprInPlaceOrNull(n.key);
    n.value = exprInPlaceOrNull(n.value);
    if (orderBody) {
      n.body = block(env, n.body, free);
    }
    out.add(n);
  }

  // What the order of a select needs.

  Node exprOf(Node n) {
    return expr(n, null);
  }

  Name copyOf(Node n) {
    return copy(n);
  }

  Name tempOf(Type t, boolean clear) {
    return temp(t, clear);
  }

  List<Node> blockOf(List<Node> list) {
    return block(env, list, free);
  }

  // Expressions.

  private void exprs(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, expr(list.get(i), null));
    }
  }

  private @Nullable Node exprOrNull(@Nullable Node n) {
    return n == null ? null : expr(n, null);
  }

  /**
   * Orders {@code n}.
   *
   * @param lhs what the value is assigned to, if that is known
   */
  private Node expr(Node n, @Nullable Node lhs) {
    long place = env.setPos(n);
    Node e = exprHere(n, lhs);
    env.restore(place);
    return e;
  }

  private Node exprHere(Node n, @Nullable Node lhs) {
    init(n);
    return switch (n) {
      case AddStringExpr x -> addString(x);
      case IndexExpr x when x.op() == Op.INDEXMAP -> indexMap(x);
      case ConvExpr x when x.op() == Op.CONVIFACE -> {
        x.x = expr(x.x, null);
        if (!Env.isInterface(Env.type(x.x))
            && (Conversions.needsAddress(env, Env.type(x.x)) || Literals.isStatic(x.x))) {
          x.x = addrTemp(x.x);
        }
        yield x;
      }
      case ConvExpr x when x.op() == Op.CONVNOP -> convNop(x, lhs);
      case LogicalExpr x -> logical(x);
      case InlinedCallExpr x -> {
        stmts(x.body);
        yield Ir.singleResult(x);
      }
      case CallExpr x when x.op() == Op.APPEND -> append(x, lhs);
      case SliceExpr x -> slice(x, lhs);
      case ClosureExpr x -> {
        if (x.isTransient() && !x.func.closureVars.isEmpty()) {
          x.prealloc = temp(Closures.structType(x.func), false);
        }
        yield x;
      }
      case SelectorExpr x when x.op() == Op.METHVALUE -> {
        x.x = expr(x.x, null);
        if (x.isTransient()) {
          x.prealloc = temp(Closures.methodValueType(x), false);
        }
        yield x;
      }
      case CompLitExpr x when x.op() == Op.SLICELIT -> {
        exprs(x.list);
        if (x.isTransient()) {
          x.prealloc = temp(new Array(Env.elem(x.type()), x.len), false);
        }
        yield x;
      }
      case CompLitExpr x when x.op() == Op.MAPLIT -> mapLit(x);
      case TypeAssertExpr x -> {
        x.x = expr(x.x, null);
        yield env.types.isDirectIface(x.type()) ? x : copy(x, true);
      }
      case UnaryExpr x when x.op() == Op.RECV -> {
        x.x = expr(x.x, null);
        yield copy(x, true);
      }
      case BinaryExpr x when x.op().isComparison() -> compare(x);
      default -> isCall(n) ? callValue(n, lhs) : children(n);
    };
  }

  private Node children(Node n) {
    n.editChildren(x -> expr(x, null));
    return n;
  }

  private static boolean isCall(Node n) {
    return switch (n.op()) {
      case CALLFUNC,
          CALLINTER,
          CAP,
          COMPLEX,
          COPY,
          IMAG,
          LEN,
          MAKECHAN,
          MAKEMAP,
          MAKESLICE,
          MAKESLICECOPY,
          MAX,
          MIN,
          NEW,
          REAL,
          RECOVER,
          STR2BYTES,
          STR2BYTESTMP,
          STR2RUNES ->
          true;
      default -> false;
    };
  }

  private Node callValue(Node n, @Nullable Node lhs) {
    if (Builtins.isRuneCount(env, n)) {
      ConvExpr conv = (ConvExpr) ((UnaryExpr) n).x;
      conv.x = expr(conv.x, null);
    } else {
      call(n);
    }
    return lhs instanceof Name ? n : copy(n);
  }

  private Node addString(AddStringExpr n) {
    exprs(n.list);
    if (n.list.size() > MAX_STRING_ARGS) {
      n.prealloc = temp(new Array(Basic.STRING, n.list.size()), false);
    }
    boolean hasBytes = false;
    boolean hasText = false;
    for (Node x : n.list) {
      hasBytes |= x.op() == Op.BYTES2STR;
      hasText |= x instanceof BasicLit lit && !Constants.stringVal(lit.value).isEmpty();
    }
    if (hasBytes && hasText) {
      for (Node x : n.list) {
        if (x instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
          c.setOp(Op.BYTES2STRTMP);
        }
      }
    }
    return n;
  }

  private Node indexMap(IndexExpr n) {
    n.x = expr(n.x, null);
    n.index = expr(n.index, null);
    boolean needsCopy = !n.assigned && useBytes(n.index);
    n.index = mapKey(n.pos, n.inl, Env.type(n.x), n.index);
    return needsCopy ? copy(n) : n;
  }

  private Node convNop(ConvExpr n, @Nullable Node lhs) {
    if (Env.isUnsafePtr(n.type())
        && dev.escapade.unit.TypeFacts.isUintptr(Env.type(n.x))
        && (n.x.op() == Op.CALLFUNC || n.x.op() == Op.CALLINTER)) {
      init(n.x);
      call(n.x);
      return lhs instanceof Name ? n : copy(n);
    }
    n.x = expr(n.x, null);
    return n;
  }

  private Node logical(LogicalExpr n) {
    Name r = temp(n.type(), false);
    Node left = expr(n.x, null);
    out.add(env.assign(r, left));
    List<Node> saved = out;
    out = new ArrayList<>();
    int mark = temps.size();
    Node right = expr(n.y, null);
    out.add(env.assign(r, right));
    pop(mark);
    List<Node> gen = out;
    out = saved;
    IfStmt branch = env.ifStmt(r);
    if (n.op() == Op.ANDAND) {
      branch.body = gen;
    } else {
      branch.els = gen;
    }
    out.add(branch);
    return r;
  }

  private Node append(CallExpr n, @Nullable Node lhs) {
    if (Assignments.isAppendOfMake(env, n)) {
      n.args.set(0, expr(n.args.get(0), null));
      MakeExpr mk = (MakeExpr) n.args.get(1);
      mk.len = exprOrNull(mk.len);
    } else {
      exprs(n.args);
    }
    return isTarget(lhs, n.args.get(0)) ? n : copy(n);
  }

  private Node slice(SliceExpr n, @Nullable Node lhs) {
    n.x = expr(n.x, null);
    n.low = cheapOrNull(exprOrNull(n.low));
    n.high = cheapOrNull(exprOrNull(n.high));
    n.max = cheapOrNull(exprOrNull(n.max));
    return isTarget(lhs, n.x) ? n : copy(n);
  }

  private static boolean isTarget(@Nullable Node lhs, Node x) {
    return lhs != null && (lhs instanceof Name || Ir.isSameSafeExpr(lhs, x));
  }

  private Node compare(BinaryExpr n) {
    n.x = expr(n.x, null);
    n.y = expr(n.y, null);
    Type t = Env.type(n.x);
    if (Env.isString(t)) {
      if (n.x instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
        c.setOp(Op.BYTES2STRTMP);
      }
      if (n.y instanceof ConvExpr c && c.op() == Op.BYTES2STR) {
        c.setOp(Op.BYTES2STRTMP);
      }
    } else if (t.underlying() instanceof Struct || t.underlying() instanceof Array) {
      n.x = addrTemp(n.x);
      n.y = addrTemp(n.y);
    }
    return n;
  }

  private Node mapLit(CompLitExpr n) {
    List<Node> statics = new ArrayList<>();
    List<KeyExpr> dynamics = new ArrayList<>();
    for (Node e : n.list) {
      KeyExpr r = (KeyExpr) e;
      if (isStatic(r)) {
        r = (KeyExpr) expr(r, null);
      }
      if (isStatic(r)) {
        statics.add(r);
      } else {
        dynamics.add(r);
      }
    }
    n.list = statics;
    if (dynamics.isEmpty()) {
      return n;
    }
    Name m = temp(n.type(), false);
    stmt(env.assign(m, n));
    for (KeyExpr r : dynamics) {
      IndexExpr left = env.index(m, Env.require(r.key));
      left.assigned = true;
      left.rtype = n.rtype;
      stmt(env.assign(left, r.value));
    }
    n.len += dynamics.size();
    return m;
  }

  private static boolean isStatic(KeyExpr r) {
    return Literals.isStatic(Env.require(r.key)) && Literals.isStatic(Env.require(r.value));
  }

  /** Reports whether {@code n} is the address of a symbol. */
  static boolean isSymbolAddr(@Nullable Node n) {
    return n instanceof AddrExpr a && a.x instanceof LinksymOffsetExpr;
  }
}
