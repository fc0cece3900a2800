package dev.escapade.walk;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ResultExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.SliceHeaderExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StringHeaderExpr;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.TypeNode;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers expressions, and the statements that are operations. */
final class Exprs {
  private final Env env;

  /** Calls whose arguments are lowered. */
  private final Set<CallExpr> walked = Collections.newSetFromMap(new IdentityHashMap<>());

  Exprs(Env env) {
    this.env = env;
  }

  @Nullable Node exprOrNull(@Nullable Node n, List<Node> init) {
    return n == null ? null : expr(n, init);
  }

  /** Lowers {@code n}; statements that must come before go to {@code init}. */
  Node expr(Node n, List<Node> init) {
    return lower(n, init);
  }

  /** As {@link #expr}, also for assignments and the like. */
  Node lower(Node n, List<Node> init) {
    if (!n.init().isEmpty()) {
      env.stmts.init(n);
      init.addAll(Ir.takeInit(n));
    }
    long place = env.setPos(n);
    Node r = lowerHere(n, init);
    env.restore(place);
    return r;
  }

  private Node lowerHere(Node n, List<Node> init) {
    return switch (n) {
      case Name _, BasicLit _, NilExpr _, LinksymOffsetExpr _, TypeNode _, ResultExpr _ -> n;
      case UnaryExpr x -> unary(x, init);
      case BinaryExpr x -> binary(x, init);
      case LogicalExpr x -> {
        x.x = expr(x.x, init);
        List<Node> right = new ArrayList<>();
        Node y = expr(x.y, right);
        x.y = Env.initExpr(right, y);
        yield x;
      }
      case AddrExpr x -> {
        if (x.op() == Op.PTRLIT) {
          yield env.literals.literal(x, init);
        }
        x.x = expr(x.x, init);
        yield x;
      }
      case StarExpr x -> {
        x.x = expr(x.x, init);
        yield x;
      }
      case SelectorExpr x -> selector(x, init);
      case IndexExpr x -> x.op() == Op.INDEXMAP ? env.maps.index(x, init) : index(x, init);
      case SliceExpr x -> slice(x, init);
      case SliceHeaderExpr x -> {
        x.ptr = expr(x.ptr, init);
        x.len = expr(x.len, init);
        x.cap = expr(x.cap, init);
        yield x;
      }
      case StringHeaderExpr x -> {
        x.ptr = expr(x.ptr, init);
        x.len = expr(x.len, init);
        yield x;
      }
      case TypeAssertExpr x -> typeAssert(x, init);
      case DynamicTypeAssertExpr x -> dynamicTypeAssert(x, init);
      case CallExpr x -> call(x, init);
      case MakeExpr x -> env.builtins.make(x, init);
      case ConvExpr x -> env.conversions.conversion(x, init);
      case AddStringExpr x -> env.conversions.addString(x, init, null);
      case CompLitExpr x -> env.literals.literal(x, init);
      case ClosureExpr x -> Closures.closure(env, x, init);
      case MoveToHeapExpr x -> {
        x.slice = expr(x.slice, init);
        if (x.rtype == null) {
          x.rtype = env.typePtr(Env.elem(x.type()));
        }
        yield x;
      }
      case SendStmt x -> env.builtins.send(x, init);
      case AssignStmt _, AssignOpStmt _ -> env.assignments.assign(n, init);
      case AssignListStmt x -> env.assignments.assignList(x, init);
      default -> throw new IllegalStateException("walk " + n.op().name());
    };
  }

  private Node unary(UnaryExpr n, List<Node> init) {
    return switch (n.op()) {
      case NOT, NEG, PLUS, BITNOT, REAL, IMAG, SPTR, ITAB, IDATA -> {
        n.x = expr(n.x, init);
        yield n;
      }
      case CFUNC -> n;
      case LEN, CAP -> env.builtins.lenOrCap(n, init);
      case PANIC -> env.call("gopanic", null, init, n.x);
      case CLEAR -> env.builtins.clear(n);
      case CLOSE -> env.call(env.builtins.chanFunc("closechan", 1, Env.type(n.x)), null, init, n.x);
      case NEW -> env.builtins.newObject(n, init);
      case UNSAFESTRINGDATA, UNSAFESLICEDATA -> {
        UnaryExpr p = env.ptr(expr(n.x, init));
        p.setType(n.type());
        yield expr(p, init);
      }
      default -> throw new IllegalStateException("walk " + n.op().name());
    };
  }

  private Node binary(BinaryExpr n, List<Node> init) {
    return switch (n.op()) {
      case EQ, NE, LT, LE, GT, GE -> env.comparisons.compare(n, init);
      case COPY -> env.builtins.copy(n, init);
      case UNSAFESLICE -> env.builtins.unsafeSlice(n, init);
      case UNSAFESTRING -> env.builtins.unsafeString(n, init);
      default -> {
        n.x = expr(n.x, init);
        n.y = expr(n.y, init);
        if (n.op() == Op.DIV && Env.isComplex(Env.type(n.x))) {
          Node q =
              env.call(
                  "complex128div",
                  Basic.COMPLEX128,
                  init,
                  env.conv(n.x, Basic.COMPLEX128),
                  env.conv(n.y, Basic.COMPLEX128));
          yield env.conv(q, n.type());
        }
        yield n;
      }
    };
  }

  private Node selector(SelectorExpr n, List<Node> init) {
    return switch (n.op()) {
      case METHEXPR -> functionName(env, n);
      case METHVALUE -> Closures.methodValue(env, n, init);
      default -> {
        n.x = expr(n.x, init);
        yield n;
      }
    };
  }

  /** The function that a method expression is. */
  static Name functionName(Env env, SelectorExpr n) {
    Name m = n.method;
    Sym sym = m == null ? new Sym(n.sel.pkg(), Closures.methodName(env, n)) : m.sym;
    Name f = new Name(n.pos, n.inl, sym, n.typeOrNull(), StorageClass.FUNC);
    if (m != null) {
      f.func = m.func;
    }
    return f;
  }

  void list(List<Node> list, List<Node> init) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, expr(list.get(i), init));
    }
  }

  void listCheap(List<Node> list, List<Node> init) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, expr(cheap(list.get(i), init), init));
    }
  }

  void listSafe(List<Node> list, List<Node> init) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, expr(safe(list.get(i), init), init));
    }
  }

  /** {@code n}, cheap to evaluate again. */
  Node cheap(Node n, List<Node> init) {
    return n instanceof Name || n instanceof BasicLit || n instanceof NilExpr
        ? n
        : copy(n, Env.type(n), init);
  }

  /** {@code n}, which may be assigned to, without effects. */
  Node safe(Node n, List<Node> init) {
    if (!n.init().isEmpty()) {
      env.stmts.init(n);
      init.addAll(Ir.takeInit(n));
    }
    return switch (n) {
      case Name _, BasicLit _, NilExpr _, LinksymOffsetExpr _ -> n;
      case UnaryExpr u when u.op() == Op.LEN || u.op() == Op.CAP -> {
        Node x = safe(u.x, init);
        yield x == u.x ? n : expr(Copies.of(u, x), init);
      }
      case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> {
        Node x = safe(s.x, init);
        yield x == s.x ? n : expr(Copies.of(s, x), init);
      }
      case StarExpr s -> {
        Node x = safe(s.x, init);
        yield x == s.x ? n : expr(Copies.of(s, x), init);
      }
      case IndexExpr i -> {
        Node x = safe(i.x, init);
        Node index = safe(i.index, init);
        yield x == i.x && index == i.index ? n : expr(Copies.of(i, x, index), init);
      }
      case CompLitExpr c when c.op() != Op.MAPLIT && Literals.isStatic(c) -> n;
      default -> cheap(n, init);
    };
  }

  @Nullable Node safeOrNull(@Nullable Node n, List<Node> init) {
    return n == null ? null : safe(n, init);
  }

  /** A new temporary that has the value of {@code n}. */
  Name copy(Node n, Type t, List<Node> init) {
    Name l = env.temp(t);
    env.append(init, env.assign(l, n));
    return l;
  }

  // Calls.

  private Node call(CallExpr n, List<Node> init) {
    return switch (n.op()) {
      case GETG, GETCALLERSP -> n;
      case MIN, MAX -> {
        init.addAll(Ir.takeInit(n));
        list(n.args, init);
        yield n;
      }
      case PRINT, PRINTLN -> env.builtins.print(n, init);
      case RECOVER -> env.call("gorecover", n.type(), init);
      case DELETE -> env.maps.delete(n, init);
      case CALLFUNC, CALLINTER -> callFunction(n, init);
      default -> throw new IllegalStateException("walk " + n.op().name());
    };
  }

  private Node callFunction(CallExpr n, List<Node> init) {
    if (n.op() == Op.CALLFUNC && n.fun instanceof ClosureExpr) {
      Closures.callDirectly(env, n);
    }
    if (Closures.isFuncPc(n)) {
      return expr(Closures.funcPc(env, n), init);
    }
    if (n.op() == Op.CALLFUNC && isEscapeNonString(n)) {
      return expr(n.args.get(1), init);
    }
    if (n.fun instanceof Name f
        && f.sym.name().equals("deferrangefunc")
        && f.sym.pkg() != null
        && f.sym.pkg().path().equals("go.runtime")) {
      env.fn.setHasDefer(true);
      env.fn.setOpenCodedDeferDisallowed(true);
    }
    arguments(n, init);
    return n;
  }

  private static boolean isEscapeNonString(CallExpr n) {
    Name f = Ir.staticCalleeName(Env.require(n.fun));
    return f != null
        && f.sym.pkg() != null
        && f.sym.pkg().path().equals("internal/abi")
        && f.sym.name().startsWith("EscapeNonString[")
        && n.args.size() == 2
        && dev.escapade.ir.Shapes.isShape(Env.type(n.args.get(1)));
  }

  private void arguments(CallExpr n, List<Node> init) {
    if (!walked.add(n)) {
      return;
    }
    Signature sig = (Signature) Env.under(Env.require(n.fun));
    n.fun = expr(Env.require(n.fun), init);
    list(n.args, init);
    int recv = n.args.size() - sig.params().len();
    for (int i = 0; i < n.args.size(); i++) {
      Node arg = n.args.get(i);
      if (mayCall(arg)) {
        Type t = i < recv ? recvType(sig, arg) : sig.params().at(i - recv).type();
        Name tmp = env.temp(t);
        init.add(env.assignments.convert(env.assign(tmp, arg), init));
        n.args.set(i, tmp);
      }
    }
  }

  private static Type recvType(Signature sig, Node arg) {
    Var recv = sig.recv();
    return recv == null ? Env.type(arg) : recv.type();
  }

  /** Reports whether evaluating {@code n} may call something, which would spoil other arguments. */
  private static boolean mayCall(Node n) {
    return !(n instanceof BasicLit) && Visit.any(n, Exprs::mayCallItself);
  }

  private static boolean mayCallItself(Node n) {
    return switch (n.op()) {
      case CALLFUNC,
          CALLINTER,
          UNSAFEADD,
          UNSAFESLICE,
          INDEX,
          SLICE,
          SLICEARR,
          SLICE3,
          SLICE3ARR,
          SLICESTR,
          DEREF,
          DOTPTR,
          DOTTYPE,
          DYNAMICDOTTYPE,
          DIV,
          MOD,
          SLICE2ARR,
          SLICE2ARRPTR ->
          true;
      case ANDAND, OROR -> !((LogicalExpr) n).y.init().isEmpty();
      case MIN, MAX -> Env.isString(((ExprNode) n).type()) || Env.isFloat(((ExprNode) n).type());
      default -> false;
    };
  }

  // Type assertions.

  private Node typeAssert(TypeAssertExpr n, List<Node> init) {
    n.x = expr(n.x, init);
    Type from = Env.type(n.x);
    Type to = n.type();
    if (!Env.isInterface(to) && !Env.isEmptyInterface(from)) {
      n.itab = env.itabPtr(to, from);
    }
    if (Env.isInterface(to) && !Env.isEmptyInterface(to)) {
      n.descriptor = env.walk.typeAssertDescriptor();
    }
    return n;
  }

  private Node dynamicTypeAssert(DynamicTypeAssertExpr n, List<Node> init) {
    n.x = expr(n.x, init);
    n.rtype = exprOrNull(n.rtype, init);
    n.itab = exprOrNull(n.itab, init);
    if (Order.isSymbolAddr(n.rtype)) {
      TypeAssertExpr r =
          new TypeAssertExpr(
              n.pos, n.inl, n.op() == Op.DYNAMICDOTTYPE2 ? Op.DOTTYPE2 : Op.DOTTYPE, n.type(), n.x);
      return expr(r, init);
    }
    return n;
  }

  // Indexing and slicing.

  private Node index(IndexExpr n, List<Node> init) {
    n.x = expr(n.x, init);
    Node unwalked = n.index;
    n.index = expr(n.index, init);
    if (n.isBounded()) {
      return n;
    }
    Type t = Env.under(n.x);
    if (t instanceof Pointer p) {
      t = p.elem().underlying();
    }
    if (t instanceof Array a) {
      n.setBounded(isBelow(unwalked, a.len()));
    } else if (Env.isConst(n.x, Constant.Kind.STRING)) {
      n.setBounded(isBelow(unwalked, Constants.stringVal(((BasicLit) n.x).value).length()));
    }
    return n;
  }

  /** Reports whether the value of {@code n} is surely at least 0 and below {@code max}. */
  private boolean isBelow(Node n, long max) {
    Type t = ((ExprNode) n).typeOrNull();
    if (t == null || !Env.isInteger(t)) {
      return false;
    }
    boolean signed = Env.isSigned(t);
    int bits = (int) (8 * env.size(t));
    if (isSmallInt(n)) {
      long v = intValue(n);
      return 0 <= v && v < max;
    }
    if (n instanceof BinaryExpr b) {
      switch (b.op()) {
        case AND, ANDNOT -> {
          long v = mask(b, signed, bits);
          if (0 <= v && v < max) {
            return true;
          }
        }
        case MOD -> {
          if (!signed && isSmallInt(b.y)) {
            long v = intValue(b.y);
            if (0 <= v && v <= max) {
              return true;
            }
          }
        }
        case DIV -> {
          if (!signed && isSmallInt(b.y)) {
            for (long v = intValue(b.y); bits > 0 && v >= 2; v >>= 1) {
              bits--;
            }
          }
        }
        case RSH -> {
          if (!signed && isSmallInt(b.y)) {
            long v = intValue(b.y);
            if (v > bits) {
              return true;
            }
            bits -= (int) v;
          }
        }
        default -> {}
      }
    }
    return !signed && bits <= 62 && 1L << bits <= max;
  }

  private static long mask(BinaryExpr b, boolean signed, int bits) {
    if (isSmallInt(b.x)) {
      return intValue(b.x);
    }
    if (!isSmallInt(b.y)) {
      return -1;
    }
    long v = intValue(b.y);
    if (b.op() == Op.ANDNOT) {
      v = ~v;
      if (!signed && bits < 64) {
        v &= (1L << bits) - 1;
      }
    }
    return v;
  }

  static boolean isSmallInt(@Nullable Node n) {
    return dev.escapade.unit.ConstantInts.isSmall(n);
  }

  static long intValue(@Nullable Node n) {
    return Constants.int64Val(((BasicLit) Objects.requireNonNull(n)).value);
  }

  private Node slice(SliceExpr n, List<Node> init) {
    n.x = expr(n.x, init);
    n.low = exprOrNull(n.low, init);
    if (n.low != null && Ir.isZero(n.low)) {
      n.low = null;
    }
    n.high = exprOrNull(n.high, init);
    n.max = exprOrNull(n.max, init);
    return (n.op() == Op.SLICE || n.op() == Op.SLICESTR) && n.low == null && n.high == null
        ? n.x
        : n;
  }

  /** A name of the linker's within package runtime. */
  static Sym runtimeSym(String name) {
    return new Sym(RuntimeFunctions.RUNTIME, name);
  }
}
