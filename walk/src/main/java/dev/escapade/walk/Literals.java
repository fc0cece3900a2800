package dev.escapade.walk;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.ir.TypeNode;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lowers composite literals: to static data as far as they are constant, and assignments. */
final class Literals {
  /** Structs and arrays with more elements than this are copied from static data. */
  private static final int MANY_ELEMENTS = 4;

  /** Map literals with more entries are assigned in a loop. */
  private static final int MANY_ENTRIES = 25;

  /** Slice literals up to this size are assigned element by element. */
  private static final int SMALL_ARRAY_BYTES = 256;

  private static final int DYNAMIC = 1;
  private static final int CONSTANT = 2;

  /** Which parts of a literal are meant. */
  private enum Parts {
    /** What static data can hold. */
    STATIC,
    /** The rest. */
    DYNAMIC,
    /** All. */
    ALL
  }

  private final Env env;

  Literals(Env env) {
    this.env = env;
  }

  /** The value of a literal: static data or a temporary. */
  Node literal(ExprNode n, List<Node> init) {
    if (isStatic(n) && !env.walk.canSsa(n.type())) {
      Name stat = env.walk.staticName(env.pos, env.inl, n.type(), true);
      fixed(Parts.STATIC, (CompLitExpr) n, stat, init);
      return stat;
    }
    Name v = env.temp(n.type());
    any(n, v, init);
    return v;
  }

  /** Reports whether {@code n} is of constants only. */
  static boolean isStatic(Node n) {
    return switch (n) {
      case CompLitExpr c when c.op() == Op.ARRAYLIT || c.op() == Op.STRUCTLIT -> {
        for (Node e : c.list) {
          if (!isStatic(value(e))) {
            yield false;
          }
        }
        yield true;
      }
      case BasicLit _, NilExpr _ -> true;
      case ConvExpr c when c.op() == Op.CONVIFACE -> isStaticInterface(c);
      default -> false;
    };
  }

  private static boolean isStaticInterface(ConvExpr c) {
    Node v = c;
    while (v instanceof ConvExpr x && x.op() == Op.CONVIFACE) {
      v = x.x;
    }
    if (Env.isInterface(Env.type(v))) {
      return v instanceof NilExpr;
    }
    return v instanceof NilExpr || isStatic(v);
  }

  private static Node value(Node e) {
    return Env.require(
        e instanceof KeyExpr k ? k.value : e instanceof StructKeyExpr k ? k.value : e);
  }

  /** Fills static data with a literal of constants. */
  void fixedStatic(CompLitExpr n, Name stat) {
    fixed(Parts.STATIC, n, stat, new ArrayList<>());
  }

  private static boolean isConstant(Node n) {
    return n instanceof BasicLit;
  }

  /** Assigns the elements of a struct or array literal to {@code target}. */
  private void fixed(Parts parts, CompLitExpr n, Node target, List<Node> init) {
    if (parts == Parts.STATIC && target instanceof Name stat && isZeroData(n)) {
      stat.opt = StaticData.ZERO;
    }
    boolean blank = Ir.isBlank(target);
    long k = 0;
    for (Node e : n.list) {
      Node a;
      Node value = value(e);
      if (n.op() == Op.STRUCTLIT) {
        StructKeyExpr key = (StructKeyExpr) e;
        if (key.field.name().equals("_") || blank) {
          a = env.blank;
        } else {
          env.setPos(e);
          a = fieldOf(target, key);
        }
      } else {
        if (e instanceof KeyExpr key) {
          k = Exprs.intValue(key.key);
        }
        a = blank ? env.blank : env.index(target, env.intLit(k));
        k++;
      }
      if (a == env.blank && !env.walk.hasEffects(value)) {
        continue;
      }
      if (value instanceof CompLitExpr lit
          && (lit.op() == Op.ARRAYLIT || lit.op() == Op.STRUCTLIT)) {
        fixed(parts, lit, a, init);
        continue;
      }
      boolean constant = isConstant(value);
      if (parts == Parts.STATIC || (parts == Parts.DYNAMIC && constant)) {
        continue; // static data needs no code
      }
      env.setPos(a);
      env.append(init, Order.stmtInPlace(env, env.assign(a, value)));
    }
  }

  /** Reports whether the constants of a literal are zero. */
  private static boolean isZeroData(Node n) {
    return switch (n) {
      case CompLitExpr lit
          when lit.op() == Op.ARRAYLIT || lit.op() == Op.STRUCTLIT || lit.op() == Op.SLICELIT -> {
        for (Node e : lit.list) {
          if (!isZeroData(value(e))) {
            yield false;
          }
        }
        yield true;
      }
      case BasicLit lit -> Ir.isZero(lit);
      case ConvExpr c when c.op() == Op.CONVIFACE -> !isStaticInterface(c);
      default -> true; // nil, or stored by code
    };
  }

  private Node fieldOf(Node target, StructKeyExpr key) {
    Type t = Env.type(target);
    Struct s = (Struct) (t.underlying() instanceof Pointer ? Env.elem(t) : t).underlying();
    for (int i = 0; i < s.numFields(); i++) {
      if (s.field(i) == key.field || s.field(i).name().equals(key.field.name())) {
        return env.field(target, i);
      }
    }
    throw new IllegalStateException("no field " + key.field.name());
  }

  /** What kinds of values a literal has. */
  private static int kinds(Node n, boolean top) {
    if (!(n instanceof CompLitExpr lit) || lit.op() == Op.MAPLIT) {
      return n instanceof BasicLit || n instanceof NilExpr ? CONSTANT : DYNAMIC;
    }
    if (lit.op() == Op.SLICELIT && (!top || lit.len / 4 > lit.list.size())) {
      return DYNAMIC;
    }
    int kinds = 0;
    for (Node e : lit.list) {
      kinds |= kinds(value(e), false);
    }
    return kinds;
  }

  private void slice(CompLitExpr n, Node target, List<Node> init) {
    Type elem = Env.elem(n.type());
    Type array = new Array(elem, n.len);
    Name stat = null;
    boolean small = env.size(elem) == 0 || n.len <= SMALL_ARRAY_BYTES / env.size(elem);
    if ((kinds(n, true) & CONSTANT) != 0 && !small) {
      stat = env.walk.staticName(env.pos, env.inl, array, true);
      fixed(Parts.STATIC, n, stat, init);
    }
    Name p = env.temp(new Pointer(array));
    Node a;
    if (n.prealloc != null) {
      a = env.builtins.initTemp(init, n.prealloc, stat);
    } else if (n.esc() == Esc.NONE) {
      a = env.builtins.initTemp(init, env.temp(array), stat);
    } else {
      a = env.unary(Op.NEW, new Pointer(array), new TypeNode(env.pos, env.inl, array));
    }
    env.append(init, env.assign(p, a));
    if (stat != null && n.prealloc == null && n.esc() != Esc.NONE) {
      env.append(init, env.assign(env.deref(p), stat));
    }
    long index = 0;
    for (Node e : n.list) {
      if (e instanceof KeyExpr k) {
        index = Exprs.intValue(k.key);
      }
      Node value = value(e);
      Node x = elementOf(p, index++);
      if (value instanceof CompLitExpr lit
          && (lit.op() == Op.ARRAYLIT || lit.op() == Op.STRUCTLIT)) {
        fixed(stat == null ? Parts.ALL : Parts.DYNAMIC, lit, x, init);
        continue;
      }
      if (stat != null && isConstant(value)) {
        continue;
      }
      env.setPos(value);
      env.append(init, Order.stmtInPlace(env, env.assign(x, value)));
    }
    Node whole = env.slice(n.type(), p, null, null, null);
    env.append(init, Order.stmtInPlace(env, env.assign(target, whole)));
  }

  private Node elementOf(Name pointer, long index) {
    IndexExpr x = env.index(pointer, env.intLit(index));
    x.setBounded(true);
    return x;
  }

  private void map(CompLitExpr n, Node m, List<Node> init) {
    MakeExpr make =
        new MakeExpr(
            env.pos, env.inl, Op.MAKEMAP, n.type(), env.intLit(n.len + n.list.size()), null);
    make.rtype = n.rtype;
    make.setEsc(n.esc());
    env.append(init, env.assign(m, make));
    if (n.list.size() > MANY_ENTRIES) {
      entriesInLoop(n, m, init);
      return;
    }
    dev.escapade.types.MapType t = (dev.escapade.types.MapType) n.type().underlying();
    Name key = env.temp(t.key());
    Name elem = env.temp(t.elem());
    for (Node e : n.list) {
      KeyExpr r = (KeyExpr) e;
      env.setPos(Env.require(r.key));
      env.append(init, env.assign(key, r.key));
      env.setPos(Env.require(r.value));
      env.append(init, env.assign(elem, r.value));
      env.append(init, Order.stmtInPlace(env, env.assign(entry(n, m, key), elem)));
    }
  }

  private IndexExpr entry(CompLitExpr n, Node m, Node key) {
    IndexExpr left = env.index(m, key);
    left.assigned = true;
    left.rtype = n.rtype;
    return left;
  }

  private void entriesInLoop(CompLitExpr n, Node m, List<Node> init) {
    dev.escapade.types.MapType t = (dev.escapade.types.MapType) n.type().underlying();
    int count = n.list.size();
    Name keys = env.walk.staticName(env.pos, env.inl, new Array(t.key(), count), true);
    Name elems = env.walk.staticName(env.pos, env.inl, new Array(t.elem(), count), true);
    Name i = env.temp(Basic.INT);
    Node value = env.boundedIndex(elems, i);
    IndexExpr left = entry(n, m, env.boundedIndex(keys, i));
    AssignStmt zero = env.assign(i, env.intLit(0));
    Node cond = env.binary(Op.LT, i, env.intLit(count));
    AssignStmt next = env.assign(i, env.binary(Op.ADD, i, env.intLit(1)));
    Node body = Order.stmtInPlace(env, env.assign(left, value));
    ForStmt loop = new ForStmt(env.pos, env.inl, cond, next, Ir.list(body));
    loop.setInit(Ir.list(zero));
    env.append(init, loop);
  }

  private static boolean isSimpleName(Node n) {
    return n instanceof Name name && !name.isBlank() && Assignments.isOnStack(name);
  }

  /** Assigns the literal {@code n} to {@code target}. */
  private void any(Node n, Node target, List<Node> init) {
    switch (n) {
      case Name x -> env.append(init, env.assign(target, x));
      case SelectorExpr x when x.op() == Op.METHEXPR ->
          any(Exprs.functionName(env, x), target, init);
      case AddrExpr x -> pointer(x, target, init);
      case CompLitExpr x -> {
        switch (x.op()) {
          case SLICELIT -> slice(x, target, init);
          case MAPLIT -> map(x, target, init);
          default -> fixedLiteral(x, target, init);
        }
      }
      default -> throw new IllegalStateException("no literal: " + n.op().name());
    }
  }

  private void pointer(AddrExpr n, Node target, List<Node> init) {
    Node r;
    if (n.prealloc != null) {
      r = env.builtins.initTemp(init, n.prealloc, null);
    } else {
      UnaryExpr made =
          env.unary(
              Op.NEW, new Pointer(Env.type(n.x)), new TypeNode(env.pos, env.inl, Env.type(n.x)));
      made.setEsc(n.esc());
      r = made;
    }
    env.append(init, env.assign(target, r));
    StarExpr what = env.deref(target);
    any(n.x, what, init);
  }

  private void fixedLiteral(CompLitExpr n, Node target, List<Node> init) {
    Type t = n.type();
    if (isSimpleName(target) && n.list.size() > MANY_ELEMENTS) {
      Name stat = env.walk.staticName(env.pos, env.inl, t, true);
      fixed(Parts.STATIC, n, stat, init);
      env.append(init, env.assign(target, stat));
      fixed(Parts.DYNAMIC, n, target, init);
      return;
    }
    long components =
        t.underlying() instanceof Struct s ? s.numFields() : ((Array) t.underlying()).len();
    if (isSimpleName(target) || n.list.size() < components) {
      env.append(init, env.assign(target, null));
    }
    fixed(Parts.ALL, n, target, init);
  }

  /** Assigns a literal to a local variable part by part; reports whether it did. */
  boolean assignLiteral(AssignStmt as, List<Node> init) {
    if (!(as.x instanceof Name x)
        || !isSimpleName(x)
        || !(as.y instanceof CompLitExpr y)
        || x.isAddrtaken()
        || !Env.identical(x.type(), y.type())
        || Visit.any(y, n -> uses(n, x))) {
      return false;
    }
    any(y, x, init);
    return true;
  }

  private static boolean uses(@Nullable Node n, Name x) {
    return n instanceof Name name && name.canonical() == x.canonical();
  }
}
