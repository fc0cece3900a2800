package dev.escapade.walk;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.ResultExpr;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Lowers assignments, and appends, which are part of some. */
final class Assignments {
  private final Env env;

  Assignments(Env env) {
    this.env = env;
  }

  /** {@code x = y} or {@code x op= y}. */
  Node assign(Node n, List<Node> init) {
    init.addAll(Ir.takeInit(n));
    Node left = n instanceof AssignStmt s ? Env.require(s.x) : ((AssignOpStmt) n).x;
    Node right = n instanceof AssignStmt s ? s.y : ((AssignOpStmt) n).y;
    CallExpr mapAppend =
        left.op() == Op.INDEXMAP && right instanceof CallExpr c && c.op() == Op.APPEND ? c : null;
    if (!Ir.isBlank(left)) {
      left = env.exprs.expr(left, init);
      left = env.exprs.safe(left, init);
    }
    if (mapAppend != null) {
      mapAppend.args.set(0, left);
    }
    AssignStmt as;
    if (n instanceof AssignOpStmt op) {
      as = env.assign(left, operation(op.asOp, left, Env.require(right)));
    } else {
      as = (AssignStmt) n;
      as.x = left;
    }
    if (env.literals.assignLiteral(as, init)) {
      return new BlockStmt(as.pos, as.inl, new ArrayList<>());
    }
    if (as.y == null || Ir.isZero(as.y)) {
      return as;
    }
    if (as.y instanceof UnaryExpr recv && recv.op() == Op.RECV) {
      recv.x = env.exprs.expr(recv.x, init);
      Node to = env.addr(Env.require(as.x));
      Name fn = env.builtins.chanFunc("chanrecv1", 2, Env.type(recv.x));
      return env.call(fn, null, init, recv.x, to);
    }
    if (as.y instanceof CallExpr call && call.op() == Op.APPEND) {
      Node r;
      if (isAppendOfMake(env, call)) {
        r = extendSlice(call, init);
      } else if (call.isDDD) {
        r = appendSlice(call, init);
      } else {
        r = env.builtins.append(call, init, Env.require(as.x));
      }
      as.y = r;
      if (r instanceof CallExpr c && c.op() == Op.APPEND) {
        c.fun = elemType(c);
        return as;
      }
    } else {
      as.y = env.exprs.expr(as.y, init);
    }
    return convert(as, init);
  }

  private Node operation(Op op, Node x, Node y) {
    if (op != Op.ADD || !Env.isString(Env.type(x))) {
      return new BinaryExpr(env.pos, env.inl, op, Env.type(x), x, y);
    }
    List<Node> parts = Ir.list(x);
    if (y instanceof AddStringExpr more) {
      parts.addAll(more.list);
    } else {
      parts.add(y);
    }
    return new AddStringExpr(env.pos, env.inl, Env.type(x), parts);
  }

  private Node elemType(CallExpr append) {
    return append.rtype != null ? append.rtype : env.typePtr(Env.elem(append.type()));
  }

  /** {@code as} with its value converted to the type of the variable. */
  AssignStmt convert(AssignStmt as, List<Node> init) {
    if (as.x == null || as.y == null || Ir.isBlank(as.x)) {
      return as;
    }
    Type lt = ((ExprNode) as.x).typeOrNull();
    Type rt = ((ExprNode) as.y).typeOrNull();
    if (lt == null || rt == null || Env.identical(lt, rt)) {
      return as;
    }
    as.y = env.exprs.expr(env.assignConv(as.y, lt), init);
    return as;
  }

  /** An assignment with several operands. */
  Node assignList(AssignListStmt n, List<Node> init) {
    return switch (n.op()) {
      case AS2 -> {
        init.addAll(Ir.takeInit(n));
        yield new BlockStmt(0, 0, parallel(false, n.lhs, n.rhs));
      }
      case AS2FUNC -> function(n, init);
      case AS2RECV -> receive(n, init);
      case AS2MAPR -> env.maps.read(n, init);
      default -> {
        env.exprs.listSafe(n.lhs, init);
        n.rhs.set(0, env.exprs.expr(n.rhs.get(0), init));
        yield n;
      }
    };
  }

  private Node function(AssignListStmt n, List<Node> init) {
    init.addAll(Ir.takeInit(n));
    env.exprs.listSafe(n.lhs, init);
    CallExpr r = (CallExpr) env.exprs.expr(n.rhs.get(0), init);
    if (env.walk.isIntrinsic(r)) {
      n.rhs = Ir.list(r);
      return n;
    }
    init.add(r);
    Tuple results = (Tuple) r.type();
    List<Node> list = new ArrayList<>();
    for (int i = 0; i < n.lhs.size(); i++) {
      Node l = n.lhs.get(i);
      if (!Ir.isBlank(l)) {
        list.add(env.assign(l, new ResultExpr(env.pos, env.inl, results.at(i).type(), i)));
      }
    }
    return new BlockStmt(0, 0, list);
  }

  private Node receive(AssignListStmt n, List<Node> init) {
    init.addAll(Ir.takeInit(n));
    UnaryExpr r = (UnaryExpr) n.rhs.get(0);
    env.exprs.listSafe(n.lhs, init);
    r.x = env.exprs.expr(r.x, init);
    Type chan = Env.type(r.x);
    Node to =
        Ir.isBlank(n.lhs.get(0))
            ? env.nil(new dev.escapade.types.Pointer(Env.elem(chan)))
            : env.addr(n.lhs.get(0));
    Node ok = n.lhs.get(1);
    Node call = env.call(env.builtins.chanFunc("chanrecv2", 2, chan), Basic.BOOL, init, r.x, to);
    return env.assign(ok, Ir.isBlank(ok) ? call : env.conv(call, Env.type(ok)));
  }

  Node returns(ReturnStmt n) {
    env.fn.numReturns++;
    if (n.results.isEmpty()) {
      return n;
    }
    n.results = parallel(true, new ArrayList<>(Unit.results(env.fn)), n.results);
    return n;
  }

  /** What an assignment of several values at once has done so far. */
  private final class Progress {
    final Set<Name> assigned = Collections.newSetFromMap(new IdentityHashMap<>());
    final List<Node> early = new ArrayList<>();
    boolean memory;
    boolean deferredResult;

    boolean affects(Node n) {
      return deferredResult
          || Visit.any(
              n, x -> (x instanceof Name name && assigned.contains(name)) || (memory && reads(x)));
    }

    /** The value of {@code n} from before the assignments. */
    Node saved(Node n) {
      return affects(n) ? env.exprs.copy(n, Env.type(n), early) : n;
    }
  }

  /** Assigns {@code right} to {@code left} as if all at once. */
  private List<Node> parallel(boolean returns, List<Node> left, List<Node> right) {
    Progress p = new Progress();
    List<Node> late = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Node target = left.get(i);
      Node value = right.get(i);
      if (returns && Ir.isSameSafeExpr(target, value)) {
        continue;
      }
      Node outer = outer(target, p);
      switch (outer) {
        case IndexExpr x -> {
          x.x = p.saved(x.x);
          x.index = p.saved(x.index);
        }
        case StarExpr x -> x.x = p.saved(x.x);
        case SelectorExpr x -> x.x = p.saved(x.x);
        default -> {}
      }
      value = p.saved(value);
      env.append(late, convert(env.assign(target, value), late));
      note(p, outer);
    }
    p.early.addAll(late);
    return p.early;
  }

  private Node outer(Node target, Progress p) {
    Node l = target;
    while (true) {
      List<Node> init = new ArrayList<>(Ir.takeInit(l));
      env.stmts.list(init);
      p.early.addAll(init);
      if (l instanceof IndexExpr x && Env.under(x.x) instanceof Array) {
        x.index = p.saved(x.index);
        l = x.x;
      } else if (l instanceof ParenExpr x) {
        l = x.x;
      } else if (l instanceof SelectorExpr x && x.op() == Op.DOT) {
        l = x.x;
      } else {
        return l;
      }
    }
  }

  private void note(Progress p, Node outer) {
    if (!(outer instanceof Name name)) {
      p.memory = true;
    } else if (name.storage == StorageClass.PARAMOUT && env.fn.hasDefer()) {
      p.deferredResult = true;
    } else if (!name.isBlank()) {
      if (name.isAddrtaken() || !isOnStack(name)) {
        p.memory = true;
      } else {
        p.assigned.add(name);
      }
    }
  }

  static boolean isOnStack(Name n) {
    return n.storage != StorageClass.FUNC && n.storage != StorageClass.NONE && n.isOnStack();
  }

  private static boolean reads(Node n) {
    return switch (n.op()) {
      case NAME -> {
        Name name = (Name) n;
        yield name.storage != StorageClass.FUNC && (name.isAddrtaken() || !isOnStack(name));
      }
      case ADD,
          AND,
          ANDAND,
          ANDNOT,
          BITNOT,
          CONV,
          CONVIFACE,
          CONVNOP,
          DIV,
          DOT,
          DOTTYPE,
          LITERAL,
          LSH,
          MOD,
          MUL,
          NEG,
          NIL,
          OR,
          OROR,
          PAREN,
          PLUS,
          RSH,
          SUB,
          XOR ->
          false;
      default -> true;
    };
  }

  // Appends.

  /** Reports whether {@code n} is {@code append(s, make([]T, n)...)}. */
  static boolean isAppendOfMake(Env env, Node n) {
    return env.optimize()
        && n instanceof CallExpr call
        && call.op() == Op.APPEND
        && call.isDDD
        && call.args.size() == 2
        && call.args.get(1) instanceof MakeExpr mk
        && mk.op() == Op.MAKESLICE
        && mk.cap == null
        && mk.len != null
        && (mk.len instanceof BasicLit || env.size(Env.type(mk.len)) <= 8);
  }

  private void appendArgs(CallExpr n, List<Node> init) {
    env.exprs.listSafe(n.args, init);
    for (int i = 0; i < n.args.size(); i++) {
      n.args.set(i, env.exprs.cheap(n.args.get(i), init));
    }
  }

  private Node grow(Name slice, List<Node> init, Node ptr, Node newLen, Node cap, Node num) {
    Type elem = Env.elem(slice.type());
    Name fn = RuntimeFunctions.of("growslice", elem, elem);
    return env.call(fn, slice.type(), init, ptr, newLen, cap, num, env.typePtr(elem));
  }

  private IfStmt fits(Name slice, Name newLen) {
    Node have = env.conv(env.cap(slice), Basic.UINT);
    IfStmt branch = env.ifStmt(env.binary(Op.LE, env.conv(newLen, Basic.UINT), have));
    branch.likely = true;
    SliceExpr longer = env.slice(slice.type(), slice, null, newLen, null);
    longer.setBounded(true);
    branch.body.add(env.assign(slice, longer));
    return branch;
  }

  /** {@code append(l1, l2...)}. */
  private Node appendSlice(CallExpr n, List<Node> init) {
    appendArgs(n, init);
    Node l1 = n.args.get(0);
    Node l2 = env.exprs.cheap(n.args.get(1), init);
    n.args.set(1, l2);
    List<Node> nodes = new ArrayList<>();
    Name s = env.temp(Env.type(l1));
    nodes.add(env.assign(s, l1));
    Type elem = Env.elem(s.type());
    Name newLen = env.temp(Basic.INT);
    nodes.add(env.assign(newLen, env.binary(Op.ADD, env.len(s), env.len(l2))));
    IfStmt branch = fits(s, newLen);
    List<Node> branchInit = Env.initOf(branch);
    Node grown = grow(s, branchInit, env.ptr(s), newLen, env.cap(s), env.len(l2));
    branch.els.add(env.assign(s, grown));
    nodes.add(branch);

    Node start = env.binary(Op.SUB, newLen, env.len(l2));
    Node copy;
    if (env.hasPointers(elem)) {
      SliceExpr slice = env.slice(s.type(), s, start, null, null);
      slice.setBounded(true);
      Name fn =
          RuntimeFunctions.of("typedslicecopy", Env.elem(Env.type(l1)), elemOrByte(Env.type(l2)));
      Node to = env.exprs.cheap(slice, nodes);
      copy =
          env.call(
              fn,
              Basic.INT,
              nodes,
              elemType(n),
              env.ptr(to),
              env.len(to),
              env.ptr(l2),
              env.len(l2));
    } else {
      IndexExpr first = env.boundedIndex(s, start);
      Node to = env.addr(first);
      Node from = env.ptr(l2);
      Node width = env.exprs.cheap(env.conv(env.len(l2), Basic.UINTPTR), nodes);
      width = env.binary(Op.MUL, width, env.intLit(Basic.UINTPTR, env.size(elem)));
      Name fn = RuntimeFunctions.of("memmove", elem, elem);
      copy = env.call(fn, null, nodes, to, from, width);
    }
    nodes.add(copy);
    env.stmts.list(nodes);
    init.addAll(nodes);
    return s;
  }

  static Type elemOrByte(Type t) {
    return Env.isString(t) ? Basic.UINT8 : Env.elem(t);
  }

  /** {@code append(l1, make([]T, l2)...)}. */
  private Node extendSlice(CallExpr n, List<Node> init) {
    n.args.set(1, env.conv(Env.require(((MakeExpr) n.args.get(1)).len), Basic.INT));
    appendArgs(n, init);
    Node l1 = n.args.get(0);
    Node l2 = n.args.get(1);
    List<Node> nodes = new ArrayList<>();
    IfStmt positive = env.ifStmt(env.binary(Op.GE, l2, env.intLit(0)));
    positive.likely = true;
    positive.els.add(env.call("panicmakeslicelen", null, init));
    nodes.add(positive);
    Name s = env.temp(Env.type(l1));
    nodes.add(env.assign(s, l1));
    IfStmt nonZero = env.ifStmt(env.binary(Op.NE, l2, env.intLit(0)));
    nonZero.likely = true;
    nodes.add(nonZero);
    Type elem = Env.elem(s.type());
    Name newLen = env.temp(Basic.INT);
    nonZero.body.add(env.assign(newLen, env.binary(Op.ADD, env.len(s), l2)));
    IfStmt branch = fits(s, newLen);
    List<Node> branchInit = Env.initOf(branch);
    branch.els.add(env.assign(s, grow(s, branchInit, env.ptr(s), newLen, env.cap(s), l2)));
    nonZero.body.add(branch);

    IndexExpr first = env.boundedIndex(s, env.binary(Op.SUB, env.len(s), l2));
    Node at = env.convNop(env.addr(first), Basic.UNSAFE_POINTER);
    Node width = env.conv(env.binary(Op.MUL, l2, env.intLit(env.size(elem))), Basic.UINTPTR);
    boolean pointers = env.hasPointers(elem);
    List<Node> clear = new ArrayList<>();
    Node call =
        env.call(pointers ? "memclrHasPointers" : "memclrNoHeapPointers", null, clear, at, width);
    clear.add(call);
    (pointers ? branch.body : nonZero.body).addAll(clear);
    env.stmts.list(nodes);
    init.addAll(nodes);
    return s;
  }
}
