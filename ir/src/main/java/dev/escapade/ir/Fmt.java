package dev.escapade.ir;

import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints nodes as the compiler does in its decisions (cmd/compile/internal/ir/fmt.go, Go 1.26): Go
 * syntax, with loops, switches and literals abbreviated and implicit operations left out. Names of
 * other packages than the one compiled are qualified.
 */
public final class Fmt {
  private static final Fmt PLAIN = new Fmt(TypeFmt.plain());

  private final TypeFmt types;

  public Fmt(TypeFmt types) {
    this.types = types;
  }

  /** A printer for debugging, which qualifies all names. */
  public static Fmt plain() {
    return PLAIN;
  }

  /** The printer of types that goes with this one. */
  public TypeFmt types() {
    return types;
  }

  /** Go syntax of {@code n} (the compiler's %v). */
  public String node(@Nullable Node n) {
    StringBuilder b = new StringBuilder();
    node(b, n);
    return b.toString();
  }

  /** Go syntax of {@code n} with its type (the compiler's %L). */
  public String nodeWithType(@Nullable Node n) {
    if (n instanceof Name name && name.isAutoTemp()) {
      return types.type(name.type()) + " value";
    }
    Type t = n instanceof ExprNode e ? e.typeOrNull() : n instanceof Func f ? f.type() : null;
    return t == null ? node(n) : node(n) + " (type " + types.type(t) + ")";
  }

  /** Statements separated by "; " (the compiler's %v of a list). */
  public String nodes(List<? extends Node> list) {
    StringBuilder b = new StringBuilder();
    list(b, list, "; ");
    return b.toString();
  }

  /** Expressions separated by ", " (the compiler's %.v of a list). */
  public String exprs(List<? extends Node> list) {
    StringBuilder b = new StringBuilder();
    list(b, list, ", ");
    return b.toString();
  }

  /** {@code sym}, qualified if it is not of the package compiled. */
  public String sym(@Nullable Sym sym) {
    return sym == null ? "<S>" : types.qualified(sym.pkg(), sym.name());
  }

  private void list(StringBuilder b, List<? extends Node> list, String separator) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        b.append(separator);
      }
      node(b, list.get(i));
    }
  }

  private void node(StringBuilder b, @Nullable Node n) {
    switch (n) {
      case null -> b.append("<nil>");
      case StmtNode s when s.op().precedence() < 0 -> stmt(b, s);
      default -> expr(b, n, 0);
    }
  }

  private void stmt(StringBuilder b, StmtNode n) {
    switch (n) {
      case DclStmt s -> {
        b.append("var ").append(sym(s.x.sym)).append(' ');
        types.write(b, s.x.typeOrNull());
      }
      case AssignStmt s -> assign(b, s.x, s.def, s.y);
      case AssignOpStmt s -> assignOp(b, s);
      case AssignListStmt s -> {
        list(b, s.lhs, ", ");
        b.append(s.def ? " := " : " = ");
        list(b, s.rhs, ", ");
      }
      case BlockStmt s -> list(b, s.list, "; ");
      case ReturnStmt s -> {
        b.append("return ");
        list(b, s.results, ", ");
      }
      case GoDeferStmt s -> {
        b.append(s.op() == Op.DEFER ? "defer " : "go ");
        node(b, s.call);
      }
      case IfStmt s -> ifStmt(b, s);
      case ForStmt _, RangeStmt _ -> b.append("for loop");
      case SelectStmt _, SwitchStmt _ -> b.append(n.op()).append(" statement");
      case JumpTableStmt _, InterfaceSwitchStmt _ -> b.append(n.op());
      case CaseClause s -> {
        if (s.list.isEmpty()) {
          b.append("default");
        } else {
          b.append("case ");
          list(b, s.list, ", ");
        }
        b.append(": ");
        list(b, s.body, "; ");
      }
      case BranchStmt s -> {
        b.append(s.op());
        if (s.label != null) {
          b.append(' ').append(sym(s.label));
        }
      }
      case LabelStmt s -> b.append(sym(s.label)).append(": ");
      case CommClause _, InlineMarkStmt _, SendStmt _, TailCallStmt _, TypeSwitchGuard _ ->
          throw new IllegalStateException(n.op().name());
    }
  }

  private void assign(StringBuilder b, @Nullable Node x, boolean def, @Nullable Node y) {
    node(b, x);
    b.append(def ? " := " : " = ");
    node(b, y);
  }

  private void assignOp(StringBuilder b, AssignOpStmt s) {
    node(b, s.x);
    if (s.incDec) {
      b.append(s.asOp == Op.ADD ? "++" : "--");
      return;
    }
    b.append(' ').append(s.asOp).append("= ");
    node(b, s.y);
  }

  private void ifStmt(StringBuilder b, IfStmt s) {
    b.append("if ");
    if (s.init().size() == 1 && s.init().get(0).init().isEmpty()) {
      node(b, s.init().get(0));
      b.append("; ");
    }
    node(b, s.cond);
    b.append(" { ");
    list(b, s.body, "; ");
    b.append(" }");
    if (!s.els.isEmpty()) {
      b.append(" else { ");
      list(b, s.els, "; ");
      b.append(" }");
    }
  }

  private static @Nullable Node skipImplicit(@Nullable Node n) {
    Node x = n;
    while (true) {
      if (x instanceof AddrExpr a && a.op() == Op.ADDR && a.isImplicit()) {
        x = a.x;
      } else if (x instanceof StarExpr s && s.isImplicit()) {
        x = s.x;
      } else if (x instanceof ConvExpr c && c.isImplicit() && isPlainConversion(c.op())) {
        x = c.x;
      } else {
        return x;
      }
    }
  }

  private static boolean isPlainConversion(Op op) {
    return op == Op.CONV || op == Op.CONVNOP || op == Op.CONVIFACE;
  }

  private static int precedence(Node n) {
    if (n instanceof TypeNode t && TypeFmt.isUnnamedPointer(t.type())) {
      return Op.DEREF.precedence();
    }
    return n.op().precedence();
  }

  private void expr(StringBuilder b, @Nullable Node operand, int outer) {
    Node n = skipImplicit(operand);
    if (n == null) {
      b.append("<nil>");
      return;
    }
    int inner = precedence(n);
    if (outer > inner) {
      b.append('(');
      node(b, n);
      b.append(')');
      return;
    }
    switch (n) {
      case ExprNode e -> expr(b, e, inner, n.op());
      case Func f -> b.append(sym(f.sym()));
      case SendStmt s -> binary(b, s.chan, " <- ", s.value, inner);
      case StmtNode s -> b.append("<node ").append(s.op()).append('>');
    }
  }

  private void expr(StringBuilder b, ExprNode n, int inner, Op op) {
    switch (n) {
      case ParenExpr e -> call(b, "", e.x);
      case NilExpr _ -> b.append("nil");
      case BasicLit e -> literal(b, e);
      case Name e -> name(b, e);
      case LinksymOffsetExpr e -> {
        b.append('(');
        types.write(b, e.typeOrNull());
        b.append(")(").append(e.linksym).append('@').append(e.offset).append(')');
      }
      case TypeNode e -> types.write(b, e.typeOrNull());
      case ClosureExpr _ -> b.append("func literal");
      case AddrExpr e -> {
        b.append('&');
        if (op == Op.PTRLIT) {
          node(b, e.x);
        } else {
          operand(b, e.x, op, inner + 1);
        }
      }
      case CompLitExpr e -> compLit(b, e);
      case KeyExpr e -> {
        if (e.key != null) {
          node(b, e.key);
        }
        b.append(':');
        if (e.value != null) {
          node(b, e.value);
        }
      }
      case StructKeyExpr e -> {
        b.append(e.field.name()).append(':');
        node(b, e.value);
      }
      case SelectorExpr e -> {
        expr(b, e.x, inner);
        b.append('.').append(e.sel.name());
      }
      case TypeAssertExpr e -> {
        expr(b, e.x, inner);
        b.append(".(");
        types.write(b, e.typeOrNull());
        b.append(')');
      }
      case IndexExpr e -> {
        expr(b, e.x, inner);
        b.append('[');
        node(b, e.index);
        b.append(']');
      }
      case SliceExpr e -> slice(b, e, inner);
      case SliceHeaderExpr e -> {
        b.append("sliceheader{");
        list(b, List.of(e.ptr, e.len, e.cap), ",");
        b.append('}');
      }
      case ConvExpr e -> conversion(b, e);
      case BinaryExpr e -> binary(b, e, inner);
      case LogicalExpr e -> binary(b, e.x, " " + op + " ", e.y, inner);
      case AddStringExpr e -> {
        for (int i = 0; i < e.list.size(); i++) {
          b.append(i > 0 ? " + " : "");
          expr(b, e.list.get(i), inner);
        }
      }
      case UnaryExpr e -> unary(b, e, inner);
      case StarExpr e -> {
        b.append('*');
        expr(b, e.x, inner + 1);
      }
      case CallExpr e -> call(b, e, inner);
      case InlinedCallExpr e -> {
        if (e.returnVars.size() == 1) {
          node(b, e.returnVars.get(0));
        } else {
          b.append("(.");
          list(b, e.returnVars, "; ");
          b.append(')');
        }
      }
      case MakeExpr e -> make(b, e);
      case DynamicType _,
          DynamicTypeAssertExpr _,
          MoveToHeapExpr _,
          ResultExpr _,
          StringHeaderExpr _ ->
          b.append("<node ").append(op).append('>');
    }
  }

  private void name(StringBuilder b, Name n) {
    if (n.sym.name().startsWith("~b")) {
      b.append('_');
    } else {
      b.append(sym(n.sym));
    }
  }

  private void literal(StringBuilder b, BasicLit n) {
    Type t = n.type();
    Constant v = n.value;
    if (t == Basic.RUNE || t == Basic.UNTYPED_RUNE) {
      int rune = Literals.rune(v);
      if (rune >= 0) {
        b.append(Literals.quoteRune(rune));
        return;
      }
    }
    if (Literals.isDefaultType(t, v)) {
      b.append(v);
    } else {
      types.write(b, t);
      b.append('(').append(v).append(')');
    }
  }

  private void compLit(StringBuilder b, CompLitExpr n) {
    if (n.isImplicit()) {
      b.append("... argument");
      return;
    }
    types.write(b, n.typeOrNull());
    b.append(n.list.isEmpty() ? "{}" : "{...}");
  }

  private void slice(StringBuilder b, SliceExpr n, int inner) {
    expr(b, n.x, inner);
    b.append('[');
    if (n.low != null) {
      node(b, n.low);
    }
    b.append(':');
    if (n.high != null) {
      node(b, n.high);
    }
    if (n.op().isSlice3()) {
      b.append(':');
      if (n.max != null) {
        node(b, n.max);
      }
    }
    b.append(']');
  }

  private void conversion(StringBuilder b, ConvExpr n) {
    if (n.op() == Op.BYTES2STRTMP || n.op() == Op.STR2BYTESTMP) {
      b.append("<node ").append(n.op()).append('>');
      return;
    }
    boolean named = TypeFmt.hasName(n.typeOrNull());
    b.append(named ? "" : "(");
    types.write(b, n.typeOrNull());
    b.append(named ? "(" : ")(");
    node(b, n.x);
    b.append(')');
  }

  private void binary(StringBuilder b, BinaryExpr n, int inner) {
    switch (n.op()) {
      case COMPLEX, COPY, UNSAFEADD, UNSAFESLICE -> {
        b.append(n.op()).append('(');
        list(b, List.of(n.x, n.y), ", ");
        b.append(')');
      }
      case UNSAFESTRING, MAKEFACE -> b.append("<node ").append(n.op()).append('>');
      default -> binary(b, n.x, " " + n.op() + " ", n.y, inner);
    }
  }

  private void binary(StringBuilder b, Node x, String operator, Node y, int inner) {
    expr(b, x, inner);
    b.append(operator);
    expr(b, y, inner + 1);
  }

  private void unary(StringBuilder b, UnaryExpr n, int inner) {
    switch (n.op()) {
      case PLUS, NEG, BITNOT, NOT, RECV -> {
        b.append(n.op());
        operand(b, n.x, n.op(), inner + 1);
      }
      case REAL, IMAG, CAP, CLEAR, CLOSE, LEN, NEW, PANIC -> call(b, n.op().toString(), n.x);
      default -> b.append("<node ").append(n.op()).append('>');
    }
  }

  private void operand(StringBuilder b, Node x, Op op, int precedence) {
    if (x.op() == op) {
      b.append(' ');
    }
    expr(b, x, precedence);
  }

  private void call(StringBuilder b, String fun, Node arg) {
    b.append(fun).append('(');
    node(b, arg);
    b.append(')');
  }

  private void call(StringBuilder b, CallExpr n, int inner) {
    switch (n.op()) {
      case CALL, CALLFUNC, CALLINTER, CALLMETH, GETG -> expr(b, n.fun, inner);
      case GETCALLERSP -> {
        b.append("<node ").append(n.op()).append('>');
        return;
      }
      default -> b.append(n.op());
    }
    b.append('(');
    list(b, n.args, ", ");
    b.append(n.isDDD ? "...)" : ")");
  }

  private void make(StringBuilder b, MakeExpr n) {
    b.append(n.op() == Op.MAKESLICECOPY ? "makeslicecopy(" : "make(");
    types.write(b, n.typeOrNull());
    if (n.len instanceof ExprNode len
        && (n.cap != null || n.op() == Op.MAKESLICE || !isUntyped(len.type()))) {
      b.append(", ");
      node(b, n.len);
    }
    if (n.cap != null) {
      b.append(", ");
      node(b, n.cap);
    }
    b.append(')');
  }

  private static boolean isUntyped(Type t) {
    return t instanceof Basic b && b.is(Basic.IS_UNTYPED);
  }
}
