package dev.escapade.walk;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.build.Comparison;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers comparisons of strings, interfaces, arrays and structs. */
final class Comparisons {
  /** Arrays and strings up to this size are compared piece by piece. */
  private static final int MAX_INLINE_BYTES = 16;

  private static final int MAX_INLINE_ELEMS = 4;
  private static final int MAX_STRUCT_COST = 4;

  private final Env env;

  Comparisons(Env env) {
    this.env = env;
  }

  Node compare(BinaryExpr n, List<Node> init) {
    Type xt = Env.type(n.x);
    Type yt = Env.type(n.y);
    if (Env.isInterface(xt)
        && Env.isInterface(yt)
        && !(n.x instanceof NilExpr)
        && !(n.y instanceof NilExpr)) {
      return interfaces(n, init);
    }
    if (Env.isString(xt) && Env.isString(yt)) {
      return strings(n, init);
    }
    n.x = env.exprs.expr(n.x, init);
    n.y = env.exprs.expr(n.y, init);
    if (Env.isInterface(xt) != Env.isInterface(yt)) {
      return mixed(n, init);
    }
    return switch (xt.underlying()) {
      case Array a -> array(n, a, init);
      case Struct s -> struct(n, s, init);
      default -> n;
    };
  }

  /** {@code r} in place of the comparison {@code n}. */
  private Node finish(BinaryExpr n, Node r, List<Node> init) {
    return env.exprs.expr(env.conv(r, n.type()), init);
  }

  /** Compares an interface with a value of another type. */
  private Node mixed(BinaryExpr n, List<Node> init) {
    Node l = env.exprs.cheap(n.x, init);
    Node r = env.exprs.cheap(n.y, init);
    if (Env.isInterface(Env.type(n.y))) {
      Node x = l;
      l = r;
      r = x;
    }
    boolean eq = n.op() == Op.EQ;
    Op andOr = eq ? Op.ANDAND : Op.OROR;
    UnaryExpr tab = env.itab(l);
    Node type = n.rtype;
    Node sameType;
    if (Env.isEmptyInterface(Env.type(l))) {
      tab.setType(Env.BYTE_PTR);
      Node want = type != null ? type : env.typePtr(Env.type(r));
      sameType = env.binary(n.op(), tab, want);
    } else {
      Node want = type != null ? type : env.typePtr(Env.type(r));
      Node some = env.binary(eq ? Op.NE : Op.EQ, env.nil(tab.type()), tab);
      Node match = env.binary(n.op(), env.conversions.itabType(tab), want);
      sameType = env.logical(andOr, some, match);
    }
    Node data = env.binary(n.op(), env.conversions.interfaceData(n.pos, n.inl, l, Env.type(r)), r);
    return finish(n, env.logical(andOr, sameType, data), init);
  }

  private Node interfaces(BinaryExpr n, List<Node> init) {
    boolean swap = n.x.op() != Op.CONVIFACE && n.y.op() == Op.CONVIFACE;
    n.y = env.exprs.cheap(n.y, init);
    n.x = env.exprs.cheap(n.x, init);
    Node x = swap ? n.y : n.x;
    Node y = swap ? n.x : n.y;
    Node data = interfaceData(x, y);
    if (n.op() == Op.EQ) {
      Node tab = env.binary(Op.EQ, env.itab(x), env.itab(y));
      return finish(n, env.logical(Op.ANDAND, tab, data), init);
    }
    Node tab = env.binary(Op.NE, env.itab(x), env.itab(y));
    return finish(n, env.logical(Op.OROR, tab, env.not(data)), init);
  }

  private CallExpr interfaceData(Node x, Node y) {
    Name fn = RuntimeFunctions.of(Env.isEmptyInterface(Env.type(x)) ? "efaceeq" : "ifaceeq");
    return env.rawCall(
        fn, env.itab(x), env.idata(Basic.UNSAFE_POINTER, x), env.idata(Basic.UNSAFE_POINTER, y));
  }

  // Strings.

  private static Op reversed(Op op) {
    return switch (op) {
      case LT -> Op.GT;
      case LE -> Op.GE;
      case GT -> Op.LT;
      case GE -> Op.LE;
      default -> op;
    };
  }

  private Node strings(BinaryExpr n, List<Node> init) {
    boolean constX = Env.isConst(n.x, Constant.Kind.STRING);
    boolean constY = Env.isConst(n.y, Constant.Kind.STRING);
    boolean equality = n.op() == Op.EQ || n.op() == Op.NE;
    if (constX != constY) {
      String text = Constants.stringVal(((BasicLit) (constX ? n.x : n.y)).value);
      if (text.length() <= (equality ? MAX_INLINE_BYTES : 0)) {
        Op op = constX ? reversed(n.op()) : n.op();
        return finish(n, withConstant(op, constX ? n.y : n.x, text, init), init);
      }
    }
    if (!equality) {
      Node c =
          env.call(
              "cmpstring",
              Basic.INT,
              init,
              env.conv(n.x, Basic.STRING),
              env.conv(n.y, Basic.STRING));
      return finish(n, env.binary(n.op(), c, env.intLit(0)), init);
    }
    n.x = env.exprs.cheap(n.x, init);
    n.y = env.exprs.cheap(n.y, init);
    StringEquality e = new StringEquality(n.x, n.y);
    if (n.op() == Op.EQ) {
      return finish(n, env.logical(Op.ANDAND, e.len, e.mem), init);
    }
    e.len.setOp(Op.NE);
    return finish(n, env.logical(Op.OROR, e.len, env.not(e.mem)), init);
  }

  /** Compares with a constant: the length, then eight bytes at a time. */
  private Node withConstant(Op op, Node value, String text, List<Node> init) {
    Node s = text.isEmpty() ? value : env.exprs.safe(value, init);
    Op and = op == Op.EQ ? Op.ANDAND : Op.OROR;
    Node r = env.binary(op, env.len(s), env.intLit(text.length()));
    int i = 0;
    while (i < text.length()) {
      int remains = text.length() - i;
      if (remains == 1) {
        Node b = env.index(s, env.intLit(i));
        r = env.logical(and, r, env.binary(op, b, env.intLit(Basic.UINT8, text.charAt(i))));
        i++;
        continue;
      }
      int step = remains >= 8 ? 8 : remains >= 4 ? 4 : 2;
      Type t = step == 8 ? Basic.INT64 : step == 4 ? Basic.UINT32 : Basic.UINT16;
      Node word = env.conv(env.index(s, env.intLit(i)), t);
      long constant = text.charAt(i);
      for (int k = 1; k < step; k++) {
        Node b = env.conv(env.index(s, env.intLit(i + k)), t);
        b = env.binary(Op.LSH, b, env.intLit(Basic.UINT, 8L * k));
        word = env.binary(Op.OR, word, b);
        constant |= (long) text.charAt(i + k) << (8 * k);
      }
      r = env.logical(and, r, env.binary(op, env.intLit(t, constant), word));
      i += step;
    }
    return r;
  }

  /** The two halves of a comparison of strings: the lengths, and the bytes. */
  final class StringEquality {
    final BinaryExpr len;
    final CallExpr mem;

    StringEquality(Node x, Node y) {
      Node s = env.conv(x, Basic.STRING);
      Node t = env.conv(y, Basic.STRING);
      Node sp = env.ptr(s);
      Node tp = env.ptr(t);
      Node sl = env.conv(env.len(s), Basic.UINTPTR);
      Node tl = env.conv(env.len(t), Basic.UINTPTR);
      Node bytes = isProbablyConstant(t) && !isProbablyConstant(s) ? t : s;
      mem =
          env.rawCall(
              RuntimeFunctions.of("memequal", Basic.UINT8, Basic.UINT8),
              sp,
              tp,
              env.conv(env.len(bytes), Basic.UINTPTR));
      len = env.binary(Op.EQ, sl, tl);
    }

    private static boolean isProbablyConstant(Node n) {
      Node x = n instanceof ConvExpr c && c.op() == Op.CONVNOP ? c.x : n;
      if (x instanceof BasicLit) {
        return true;
      }
      if (!(x instanceof Name name) || name.storage != StorageClass.AUTO) {
        return false;
      }
      return name.defn == null
          || (name.defn instanceof AssignStmt as && (as.y == null || as.y instanceof BasicLit));
    }
  }

  // Arrays and structs.

  private static Node peel(Node n) {
    Node x = n;
    while (x instanceof ConvExpr c && c.op() == Op.CONVNOP) {
      x = c.x;
    }
    return x;
  }

  private Node byFunction(BinaryExpr n, List<Node> init) {
    Type t = Env.type(n.x);
    Node x = env.addr(peel(n.x));
    Node y = env.addr(peel(n.y));
    Node call;
    if (env.walk.comparison().isMemory(t)) {
      Name fn = RuntimeFunctions.of("memequal", t, t);
      call =
          env.rawCall(
              fn,
              env.convNopIfNeeded(x, t),
              env.convNopIfNeeded(y, t),
              env.intLit(Basic.UINTPTR, env.size(t)));
    } else {
      Name fn = env.walk.equalities().of(t).nname;
      call = env.rawCall(fn, env.convNopIfNeeded(x, t), env.convNopIfNeeded(y, t));
    }
    return finish(n, n.op() == Op.EQ ? call : env.not(call), init);
  }

  private Node struct(BinaryExpr n, Struct s, List<Node> init) {
    if (env.walk.comparison().cost(s) > MAX_STRUCT_COST) {
      return byFunction(n, init);
    }
    Node x = env.exprs.safe(peel(n.x), init);
    Node y = env.exprs.safe(peel(n.y), init);
    Node all = null;
    boolean eq = n.op() == Op.EQ;
    for (Node cond : structConditions(s, x, y).flat()) {
      Node c = eq ? cond : env.not(cond);
      all = all == null ? c : env.logical(eq ? Op.ANDAND : Op.OROR, all, c);
    }
    return finish(n, all == null ? constant(n, x, y, init) : all, init);
  }

  private Node constant(BinaryExpr n, Node x, Node y, List<Node> init) {
    init.add(env.assign(env.blank, x));
    init.add(env.assign(env.blank, y));
    return env.boolLit(n.op() == Op.EQ);
  }

  /** The conditions under which structs are equal; groups must stay in order. */
  record Conditions(List<List<Node>> groups) {
    /** All conditions, in each group calls last. */
    List<Node> flat() {
      List<Node> all = new ArrayList<>();
      for (List<Node> g : groups) {
        for (Node n : g) {
          if (!(n instanceof CallExpr)) {
            all.add(n);
          }
        }
        for (Node n : g) {
          if (n instanceof CallExpr) {
            all.add(n);
          }
        }
      }
      return all;
    }

    boolean mayPanic() {
      return groups.size() > 1;
    }
  }

  Conditions structConditions(Struct s, Node p, Node q) {
    List<List<Node>> groups = new ArrayList<>();
    groups.add(new ArrayList<>());
    Comparison comparison = env.walk.comparison();
    for (int i = 0; i < s.numFields(); ) {
      Type t = s.field(i).type();
      if (Comparison.isBlank(s.field(i))) {
        i++;
        continue;
      }
      if (!comparison.isMemory(t)) {
        boolean panics = Comparison.canPanic(t);
        if (panics) {
          groups.add(new ArrayList<>());
        }
        if (Env.isString(t)) {
          StringEquality e = new StringEquality(env.field(p, i), env.field(q, i));
          groups.getLast().add(e.len);
          groups.getLast().add(e.mem);
        } else {
          groups.getLast().add(env.binary(Op.EQ, env.field(p, i), env.field(q, i)));
        }
        if (panics) {
          groups.add(new ArrayList<>());
        }
        i++;
        continue;
      }
      Comparison.Run run = comparison.run(s, i);
      if (comparison.cost(s, i, run) <= MAX_STRUCT_COST) {
        for (int j = i; j < run.next(); j++) {
          groups.getLast().add(env.binary(Op.EQ, env.field(p, j), env.field(q, j)));
        }
      } else {
        groups.getLast().add(memory(p, q, i, run.sizeBytes()));
      }
      i = run.next();
    }
    return new Conditions(groups);
  }

  private Node memory(Node p, Node q, int field, long size) {
    Node x = env.addr(env.field(p, field));
    Node y = env.addr(env.field(q, field));
    Type t = Env.elem(Env.type(x));
    return switch ((int) size) {
      case 1, 2, 4, 8, 16 -> env.rawCall(RuntimeFunctions.of("memequal" + 8 * size, t, t), x, y);
      default ->
          env.rawCall(RuntimeFunctions.of("memequal", t, t), x, y, env.intLit(Basic.UINTPTR, size));
    };
  }

  private Node array(BinaryExpr n, Array a, List<Node> init) {
    long size = env.size(a.elem());
    boolean simple = isSimple(a.elem());
    boolean inline =
        a.len() <= 1
            || (simple && (a.len() <= MAX_INLINE_ELEMS || size * a.len() <= MAX_INLINE_BYTES));
    if (!inline) {
      return byFunction(n, init);
    }
    Node x = env.exprs.safe(peel(n.x), init);
    Node y = env.exprs.safe(peel(n.y), init);
    Op and = n.op() == Op.NE ? Op.OROR : Op.ANDAND;
    boolean integers = Env.isInteger(a.elem());
    Node all = null;
    long i = 0;
    for (long remains = a.len() * size; remains > 0; ) {
      Type wide = null;
      if (remains >= 8 && size <= 4 && integers) {
        wide = Basic.INT64;
      } else if (remains >= 4 && size <= 2 && integers) {
        wide = Basic.UINT32;
      } else if (remains >= 2 && size == 1 && integers) {
        wide = Basic.UINT16;
      }
      long step = wide == null ? 1 : env.size(wide) / size;
      Node l = wide == null ? env.index(x, env.intLit(i)) : word(x, i, step, a.elem(), wide);
      Node r = wide == null ? env.index(y, env.intLit(i)) : word(y, i, step, a.elem(), wide);
      Node c = env.binary(n.op(), l, r);
      all = all == null ? c : env.logical(and, all, c);
      i += step;
      remains -= step * size;
    }
    return finish(n, all == null ? constant(n, x, y, init) : all, init);
  }

  private static boolean isSimple(Type t) {
    return switch (t.underlying()) {
      case Basic b -> !b.is(Basic.IS_STRING);
      case dev.escapade.types.Pointer _,
          dev.escapade.types.Chan _,
          dev.escapade.types.MapType _,
          dev.escapade.types.Signature _ ->
          true;
      default -> false;
    };
  }

  /** Several elements as one number. */
  private Node word(Node x, long i, long step, Type elem, Type wide) {
    Type unsigned = unsigned(elem);
    Node w = env.conv(env.conv(env.index(x, env.intLit(i)), unsigned), wide);
    for (long k = 1; k < step; k++) {
      Node b = env.conv(env.conv(env.index(x, env.intLit(i + k)), unsigned), wide);
      b = env.binary(Op.LSH, b, env.intLit(Basic.UINT, 8 * env.size(elem) * k));
      w = env.binary(Op.OR, w, b);
    }
    return w;
  }

  private static Type unsigned(Type t) {
    BasicKind kind = ((Basic) t.underlying()).kind();
    return switch (kind) {
      case INT8, UINT8 -> Basic.UINT8;
      case INT16, UINT16 -> Basic.UINT16;
      case INT32, UINT32 -> Basic.UINT32;
      case INT -> Basic.UINT;
      default -> t;
    };
  }

  /** The type of an operand, or null. */
  static @Nullable Type typeOrNull(Node n) {
    return n instanceof ExprNode e ? e.typeOrNull() : null;
  }
}
