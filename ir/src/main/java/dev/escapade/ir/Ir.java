package dev.escapade.ir;

import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about nodes (cmd/compile/internal/ir: expr.go, node.go; Go 1.26). */
public final class Ir {
  private Ir() {}

  /** Reports whether {@code n} is the blank identifier. */
  public static boolean isBlank(@Nullable Node n) {
    return n instanceof Name name && name.isBlank();
  }

  /** Reports whether {@code n} is a constant of {@code kind}. */
  public static boolean isConst(@Nullable Node n, Constant.Kind kind) {
    return n instanceof BasicLit lit && lit.value.kind() == kind;
  }

  /** Reports whether {@code n} is a temporary of the compiler. */
  public static boolean isAutoTmp(@Nullable Node n) {
    return n instanceof Name name && name.isAutoTemp();
  }

  /** Reports whether {@code n} may occur in several places of a tree. */
  public static boolean mayBeShared(Node n) {
    return switch (n.op()) {
      case NAME, LITERAL, NIL, TYPE -> true;
      default -> false;
    };
  }

  /** Reports whether {@code n} is a literal of the zero value of its type. */
  public static boolean isZero(Node n) {
    return switch (n) {
      case NilExpr _ -> true;
      case BasicLit lit -> isZero(lit.value);
      case CompLitExpr lit when lit.op() == Op.ARRAYLIT -> {
        for (Node e : lit.list) {
          Node v = e instanceof KeyExpr k ? k.value : e;
          if (v != null && !isZero(v)) {
            yield false;
          }
        }
        yield true;
      }
      case CompLitExpr lit when lit.op() == Op.STRUCTLIT -> {
        for (Node e : lit.list) {
          Node v = e instanceof StructKeyExpr k ? k.value : e;
          if (v != null && !isZero(v)) {
            yield false;
          }
        }
        yield true;
      }
      default -> false;
    };
  }

  private static boolean isZero(Constant v) {
    return switch (v.kind()) {
      case STRING -> Constants.stringVal(v).isEmpty();
      case BOOL -> !Constants.boolVal(v);
      case INT, FLOAT, COMPLEX -> Constants.sign(v) == 0;
      case UNKNOWN -> false;
    };
  }

  /** Reports whether the address of {@code n} can be taken. */
  public static boolean isAddressable(Node n) {
    return switch (n) {
      case IndexExpr x when x.op() == Op.INDEX -> {
        Type t = typeOf(x.x);
        yield t instanceof Array ? isAddressable(x.x) : !isString(t);
      }
      case StarExpr _, LinksymOffsetExpr _ -> true;
      case SelectorExpr x when x.op() == Op.DOTPTR -> true;
      case SelectorExpr x when x.op() == Op.DOT -> isAddressable(x.x);
      case Name x -> x.storage != StorageClass.FUNC;
      default -> false;
    };
  }

  private static @Nullable Type typeOf(Node n) {
    return n instanceof ExprNode e && e.typeOrNull() != null ? e.type().underlying() : null;
  }

  private static boolean isString(@Nullable Type t) {
    return t instanceof Basic b && b.is(Basic.IS_STRING);
  }

  /**
   * {@code &x}: an allocation if {@code x} is a composite literal, or else the address of the
   * variable, which is marked.
   */
  public static AddrExpr addr(int pos, int inl, ExprNode x) {
    boolean literal = x instanceof CompLitExpr;
    if (!literal && outerValue(x) instanceof Name n) {
      n.setAddrtaken(true);
      if (n.isClosureVar() && !n.isByval()) {
        n.canonical().setAddrtaken(true);
      }
    }
    return new AddrExpr(pos, inl, literal ? Op.PTRLIT : Op.ADDR, new Pointer(x.type()), x);
  }

  /**
   * {@code expr} with {@code init} executed before it; where {@code expr} is shared or has no place
   * for it, within a conversion without effect.
   */
  public static ExprNode initExpr(List<Node> init, ExprNode expr) {
    if (init.isEmpty()) {
      return expr;
    }
    ExprNode n = expr;
    if (mayBeShared(expr)) {
      n = new ConvExpr(expr.pos, expr.inl, Op.CONVNOP, expr.typeOrNull(), expr);
    }
    n.prependInit(init);
    return n;
  }

  /** Removes and returns what is to be executed before {@code n}. */
  public static List<Node> takeInit(Node n) {
    List<Node> init = n.init();
    if (!init.isEmpty()) {
      n.setInit(List.of());
    }
    return init;
  }

  /**
   * The variable, or other value, of which {@code n} is a field or element: what a write affects.
   */
  public static Node outerValue(Node n) {
    Node x = n;
    while (true) {
      switch (x) {
        case SelectorExpr s when s.op() == Op.DOT -> x = s.x;
        case ParenExpr p -> x = p.x;
        case ConvExpr c when c.op() == Op.CONVNOP -> x = c.x;
        case IndexExpr i when i.op() == Op.INDEX && typeOf(i.x) instanceof Array -> x = i.x;
        default -> {
          return x;
        }
      }
    }
  }

  /** The single result of an inlined call, converted if it is of shape type and the call is not. */
  public static Node singleResult(InlinedCallExpr n) {
    if (n.returnVars.size() != 1) {
      throw new IllegalStateException("inlined call has " + n.returnVars.size() + " results");
    }
    Node r = n.returnVars.get(0);
    if (r instanceof ExprNode e && !Shapes.hasShape(n.type()) && Shapes.hasShape(e.type())) {
      return new ConvExpr(n.pos, n.inl, Op.CONVNOP, n.type(), r);
    }
    return r;
  }

  /**
   * The earliest expression, perhaps of an enclosing function, that always has the value of {@code
   * n}. Its type may differ from that of {@code n} by a conversion without effect.
   */
  public static Node staticValue(Node n) {
    Node x = n;
    while (true) {
      Node next =
          switch (x) {
            case ConvExpr c when c.op() == Op.CONVNOP -> c.x;
            case InlinedCallExpr c -> singleResult(c);
            case ParenExpr p -> p.x;
            case Name name -> definition(name);
            default -> null;
          };
      if (next == null) {
        return x;
      }
      x = next;
    }
  }

  private static @Nullable Node definition(Name use) {
    Node rhs = initialValue(use);
    return rhs == null || isReassigned(use.canonical()) ? null : rhs;
  }

  /** The expression a local variable is initialized with, if its definition is an assignment. */
  static @Nullable Node initialValue(Name use) {
    Name n = use.canonical();
    if (n.storage != StorageClass.AUTO) {
      return null;
    }
    return switch (n.defn) {
      case AssignStmt s -> s.y;
      case AssignListStmt s when s.op() == Op.AS2 -> {
        for (int i = 0; i < s.lhs.size(); i++) {
          if (s.lhs.get(i) == n) {
            yield s.rhs.get(i);
          }
        }
        yield null;
      }
      case null, default -> null;
    };
  }

  /**
   * Reports whether a variable has assignments other than its declaration, or may have: globals and
   * variables whose address is taken. Walks over the whole function; see {@link ReassignOracle}.
   */
  public static boolean isReassigned(Name name) {
    Func fn = name.curfn;
    return fn == null || name.isAddrtaken() || Visit.any(fn, n -> reassigns(n, name));
  }

  private static boolean reassigns(Node n, Name name) {
    return switch (n) {
      case AssignStmt s -> isUse(s.x, name) && s != name.defn;
      case AssignListStmt s -> {
        for (Node p : s.lhs) {
          if (isUse(p, name) && s != name.defn) {
            yield true;
          }
        }
        yield false;
      }
      case AssignOpStmt s -> isUse(s.x, name);
      case RangeStmt s -> isUse(s.key, name) || isUse(s.value, name);
      case ClosureExpr c -> Visit.any(c.func, x -> reassigns(x, name));
      default -> false;
    };
  }

  private static boolean isUse(@Nullable Node x, Name name) {
    return x != null && outerValue(x) instanceof Name n && n.canonical() == name;
  }

  /** The name of the function that {@code n} denotes, if that is known. */
  public static @Nullable Name staticCalleeName(Node n) {
    return switch (n) {
      case SelectorExpr s when s.op() == Op.METHEXPR -> s.method;
      case Name name when name.storage == StorageClass.FUNC -> name;
      case ClosureExpr c -> c.func.nname;
      default -> null;
    };
  }

  /**
   * Reports whether one of {@code l} and {@code r} can stand for both, as they are the same
   * expression without effects.
   */
  public static boolean isSameSafeExpr(Node left, Node right) {
    Node l = skipNopConversions(left);
    Node r = skipNopConversions(right);
    if (l.op() != r.op() || !isSameType(l, r)) {
      return false;
    }
    return switch (l) {
      case Name _ -> l == r;
      case SelectorExpr x when x.op() == Op.DOT || x.op() == Op.DOTPTR ->
          x.sel.equals(((SelectorExpr) r).sel) && isSameSafeExpr(x.x, ((SelectorExpr) r).x);
      case StarExpr x -> isSameSafeExpr(x.x, ((StarExpr) r).x);
      case UnaryExpr x ->
          switch (x.op()) {
            case NOT, BITNOT, PLUS, NEG -> isSameSafeExpr(x.x, ((UnaryExpr) r).x);
            default -> false;
          };
      case ConvExpr x when x.op() == Op.CONV ->
          x.type().underlying() instanceof Basic b
              && b.is(Basic.IS_NUMERIC | Basic.IS_BOOLEAN)
              && isSameSafeExpr(x.x, ((ConvExpr) r).x);
      case IndexExpr x ->
          isSameSafeExpr(x.x, ((IndexExpr) r).x) && isSameSafeExpr(x.index, ((IndexExpr) r).index);
      case BinaryExpr x ->
          switch (x.op()) {
            case ADD, SUB, OR, XOR, MUL, LSH, RSH, AND, ANDNOT, DIV, MOD ->
                isSameSafeExpr(x.x, ((BinaryExpr) r).x) && isSameSafeExpr(x.y, ((BinaryExpr) r).y);
            default -> false;
          };
      case BasicLit x -> x.value.equals(((BasicLit) r).value);
      case NilExpr _ -> true;
      default -> false;
    };
  }

  private static Node skipNopConversions(Node n) {
    Node x = n;
    while (x instanceof ConvExpr c && c.op() == Op.CONVNOP) {
      x = c.x;
    }
    return x;
  }

  private static boolean isSameType(Node l, Node r) {
    return l instanceof ExprNode a
        && r instanceof ExprNode b
        && a.typeOrNull() != null
        && b.typeOrNull() != null
        && Shapes.identical(a.type(), b.type());
  }

  /** A list that may be edited, with these elements. */
  public static List<Node> list(Node... nodes) {
    List<Node> list = new ArrayList<>(nodes.length);
    for (Node n : nodes) {
      list.add(n);
    }
    return list;
  }
}
