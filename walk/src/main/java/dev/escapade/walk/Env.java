package dev.escapade.walk;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The function that is lowered, where in it the work is, and the making of nodes there. */
final class Env {
  static final Type BYTE_PTR = new Pointer(Basic.UINT8);

  final Walk walk;
  final Unit unit;
  final TypeFacts types;
  final Func fn;

  /** The place of nodes that are made. */
  int pos;

  int inl;

  /** The value that an operand of a conversion to an interface always has. */
  final IdentityHashMap<Node, Node> staticValues = new IdentityHashMap<>();

  final Name blank;
  final Exprs exprs;
  final Stmts stmts;
  final Builtins builtins;
  final Conversions conversions;
  final Literals literals;
  final Comparisons comparisons;
  final Assignments assignments;
  final Maps maps;

  Env(Walk walk, Func fn) {
    this.walk = walk;
    this.fn = fn;
    unit = walk.unit();
    types = unit.types();
    blank = new Name(0, 0, new Sym(null, "_"), null, StorageClass.NONE);
    exprs = new Exprs(this);
    stmts = new Stmts(this);
    builtins = new Builtins(this);
    conversions = new Conversions(this);
    literals = new Literals(this);
    comparisons = new Comparisons(this);
    assignments = new Assignments(this);
    maps = new Maps(this);
  }

  // Places.

  long place() {
    return ((long) inl << 32) | (pos & 0xFFFF_FFFFL);
  }

  void restore(long place) {
    pos = (int) place;
    inl = (int) (place >> 32);
  }

  /** Goes where {@code n} is, if that is a place of its own; returns the old place. */
  long setPos(Node n) {
    long old = place();
    if (hasUniquePos(n)) {
      pos = n.pos;
      inl = n.inl;
    }
    return old;
  }

  static boolean hasUniquePos(Node n) {
    return !(n instanceof Name) && n.pos != 0;
  }

  // Types.

  static Type type(Node n) {
    return ((ExprNode) n).type();
  }

  static Type under(Node n) {
    return type(n).underlying();
  }

  static boolean isString(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_STRING);
  }

  static boolean isInteger(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_INTEGER);
  }

  static boolean isSigned(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_INTEGER) && !b.is(Basic.IS_UNSIGNED);
  }

  static boolean isFloat(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_FLOAT);
  }

  static boolean isComplex(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_COMPLEX);
  }

  static boolean isBoolean(Type t) {
    return t.underlying() instanceof Basic b && b.is(Basic.IS_BOOLEAN);
  }

  static boolean isInterface(Type t) {
    return t.underlying() instanceof Interface;
  }

  static boolean isEmptyInterface(Type t) {
    return t.underlying() instanceof Interface i && i.numMethods() == 0;
  }

  static boolean isUnsafePtr(Type t) {
    return TypeFacts.isUnsafePointer(t);
  }

  /** Reports whether a value is one pointer. */
  static boolean isPtrShaped(Type t) {
    return switch (t.underlying()) {
      case Pointer _, MapType _, Chan _, Signature _ -> true;
      default -> isUnsafePtr(t);
    };
  }

  /** The element of a slice, array, pointer, channel or map. */
  static Type elem(Type t) {
    return switch (t.underlying()) {
      case Slice s -> s.elem();
      case Array a -> a.elem();
      case Pointer p -> p.elem();
      case Chan c -> c.elem();
      case MapType m -> m.elem();
      default -> throw new IllegalArgumentException("no element: " + t);
    };
  }

  static boolean identical(Type a, Type b) {
    return a == b || dev.escapade.ir.Shapes.identical(a, b);
  }

  boolean hasPointers(Type t) {
    return types.hasPointers(t);
  }

  long size(Type t) {
    return types.sizeBytes(t);
  }

  boolean optimize() {
    return unit.options().optimize();
  }

  /** A struct of fields with these names. */
  static Struct struct(List<String> names, List<? extends Type> types) {
    List<Var> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(Var.field(0, null, names.get(i), types.get(i), false));
    }
    return new Struct(fields, List.of());
  }

  // Constants.

  BasicLit intLit(Type t, long value) {
    return new BasicLit(pos, inl, t, Constant.of(value));
  }

  BasicLit intLit(long value) {
    return intLit(Basic.INT, value);
  }

  BasicLit boolLit(boolean value) {
    return new BasicLit(pos, inl, Basic.BOOL, Constant.of(value));
  }

  BasicLit stringLit(String byteString) {
    return new BasicLit(pos, inl, Basic.STRING, Constant.ofString(byteString));
  }

  NilExpr nil(Type t) {
    return new NilExpr(pos, inl, t);
  }

  static boolean isConst(@Nullable Node n, Constant.Kind kind) {
    return Ir.isConst(n, kind);
  }

  // Expressions.

  /** A new temporary. */
  Name temp(Type t) {
    return unit.newTemp(pos, inl, fn, t);
  }

  /** The address of {@code n}, which is marked. */
  AddrExpr addr(Node n) {
    return addrAt(pos, inl, n);
  }

  AddrExpr addrAt(int atPos, int atInl, Node n) {
    return Ir.addr(atPos, atInl, (ExprNode) n);
  }

  /** The address of a symbol. */
  AddrExpr symbolAddr(String symbol, Type t) {
    return addr(new LinksymOffsetExpr(pos, inl, t, symbol, 0));
  }

  /** The descriptor of a type. */
  AddrExpr typePtr(Type t) {
    return symbolAddr(walk.descriptors().typeSymbol(t), Basic.UINT8);
  }

  /** The pair of a type and an interface. */
  AddrExpr itabPtr(Type t, Type iface) {
    return symbolAddr(walk.descriptors().itabSymbol(t, iface), Basic.UINT8);
  }

  UnaryExpr unary(Op op, Type t, Node x) {
    return new UnaryExpr(pos, inl, op, t, x);
  }

  UnaryExpr len(Node x) {
    return unary(Op.LEN, Basic.INT, x);
  }

  UnaryExpr cap(Node x) {
    return unary(Op.CAP, Basic.INT, x);
  }

  UnaryExpr not(Node x) {
    return unary(Op.NOT, type(x), x);
  }

  /** The pointer to the first element of a slice or string. */
  UnaryExpr ptr(Node x) {
    Type t = type(x);
    return unary(Op.SPTR, isString(t) ? BYTE_PTR : new Pointer(elem(t)), x);
  }

  /** The first word of an interface. */
  UnaryExpr itab(Node x) {
    return unary(Op.ITAB, new Pointer(Basic.UINTPTR), x);
  }

  UnaryExpr idata(Type t, Node x) {
    return unary(Op.IDATA, t, x);
  }

  BinaryExpr binary(Op op, Node left, Node right) {
    Node x = typed(left, right);
    Node y = typed(right, left);
    Type t = op.isComparison() ? Basic.BOOL : type(x);
    return new BinaryExpr(pos, inl, op, t, x, y);
  }

  BinaryExpr makeFace(Type t, Node tab, Node data) {
    return new BinaryExpr(pos, inl, Op.MAKEFACE, t, tab, data);
  }

  LogicalExpr logical(Op op, Node x, Node y) {
    return new LogicalExpr(pos, inl, op, type(x), x, y);
  }

  IndexExpr index(Node x, Node i) {
    Type t = type(x);
    Type elem = isString(t) ? Basic.UINT8 : elem(t);
    if (t.underlying() instanceof Pointer && elem.underlying() instanceof Array a) {
      StarExpr deref = new StarExpr(pos, inl, elem, x);
      return new IndexExpr(pos, inl, Op.INDEX, a.elem(), deref, i);
    }
    return new IndexExpr(
        pos, inl, t.underlying() instanceof MapType ? Op.INDEXMAP : Op.INDEX, elem, x, i);
  }

  IndexExpr boundedIndex(Node x, Node i) {
    IndexExpr n = index(x, i);
    n.setBounded(true);
    return n;
  }

  StarExpr deref(Node p) {
    return new StarExpr(pos, inl, elem(type(p)), p);
  }

  /** Field number {@code i} of a struct or of what a pointer to one points to. */
  SelectorExpr field(Node x, int i) {
    return fieldAt(pos, inl, x, i);
  }

  SelectorExpr fieldAt(int atPos, int atInl, Node x, int i) {
    Type t = type(x);
    boolean pointer = t.underlying() instanceof Pointer;
    Struct s = (Struct) (pointer ? elem(t) : t).underlying();
    Var f = s.field(i);
    SelectorExpr n =
        new SelectorExpr(
            atPos, atInl, pointer ? Op.DOTPTR : Op.DOT, f.type(), x, new Sym(f.pkg(), f.name()));
    n.field = f;
    return n;
  }

  SelectorExpr field(Node x, String name) {
    Type t = type(x);
    Struct s = (Struct) (t.underlying() instanceof Pointer ? elem(t) : t).underlying();
    for (int i = 0; i < s.numFields(); i++) {
      if (s.field(i).name().equals(name)) {
        return field(x, i);
      }
    }
    throw new IllegalArgumentException("no field " + name);
  }

  /** {@code x[low:high:max]}; of an array, of its address. */
  SliceExpr slice(Type t, Node x, @Nullable Node low, @Nullable Node high, @Nullable Node max) {
    Node operand = x;
    boolean array = type(x).underlying() instanceof Pointer;
    if (under(x) instanceof Array) {
      AddrExpr a = addr(x);
      a.setImplicit(true);
      operand = a;
      array = true;
    }
    Op op = max == null ? (array ? Op.SLICEARR : Op.SLICE) : (array ? Op.SLICE3ARR : Op.SLICE3);
    return new SliceExpr(pos, inl, op, t, operand, low, high, max);
  }

  /** {@code n} as a {@code t} that has the same bits. */
  ConvExpr convNop(Node n, Type t) {
    return new ConvExpr(pos, inl, Op.CONVNOP, t, n);
  }

  /** The pointer {@code p} as one to {@code t}. */
  Node convNopIfNeeded(Node p, Type t) {
    Type want = new Pointer(t);
    return identical(type(p), want) ? p : convNop(p, want);
  }

  /** {@code n} converted to {@code t}; {@code n} itself if it is one. */
  Node conv(Node n, Type t) {
    Type from = type(n);
    if (from == t || Predicates.identical(from, t)) {
      return n;
    }
    if (n instanceof BasicLit lit && TypeFacts.isUntyped(from) && !isInterface(t)) {
      return new BasicLit(lit.pos, lit.inl, t, lit.value);
    }
    return new ConvExpr(pos, inl, convOp(from, t), t, n);
  }

  /** {@code n} with the type of the other operand or else its default, if it is untyped. */
  private static Node typed(Node n, Node other) {
    if (!(n instanceof BasicLit lit) || !TypeFacts.isUntyped(lit.type())) {
      return n;
    }
    Type t = type(other);
    return new BasicLit(
        lit.pos,
        lit.inl,
        TypeFacts.isUntyped(t) ? Predicates.defaultType(lit.type()) : t,
        lit.value);
  }

  private static Op convOp(Type from, Type to) {
    if (isInterface(to)) {
      return isInterface(from) && identical(from.underlying(), to.underlying())
          ? Op.CONVNOP
          : Op.CONVIFACE;
    }
    Type f = from.underlying();
    Type t = to.underlying();
    if (f instanceof Basic a && t instanceof Basic b) {
      boolean numbers = a.is(Basic.IS_NUMERIC) && b.is(Basic.IS_NUMERIC);
      return numbers && a.kind() != b.kind() ? Op.CONV : Op.CONVNOP;
    }
    if (f instanceof Slice && t instanceof Pointer) {
      return Op.SLICE2ARRPTR;
    }
    return Op.CONVNOP;
  }

  /** {@code n} as it is assigned to a variable of type {@code t}. */
  Node assignConv(Node n, Type t) {
    ExprNode e = (ExprNode) n;
    if (e instanceof NilExpr) {
      return e.typeOrNull() != null && identical(e.type(), t) ? e : new NilExpr(e.pos, e.inl, t);
    }
    if (identical(e.type(), t)) {
      return n;
    }
    if (TypeFacts.isUntyped(e.type()) && n instanceof BasicLit lit && !isInterface(t)) {
      return new BasicLit(lit.pos, lit.inl, t, lit.value);
    }
    ConvExpr c = (ConvExpr) conv(n, t);
    c.setImplicit(true);
    return c;
  }

  // Statements.

  AssignStmt assign(@Nullable Node x, @Nullable Node y) {
    return new AssignStmt(pos, inl, x, y);
  }

  AssignListStmt assignList(Op op, List<Node> lhs, List<Node> rhs) {
    return new AssignListStmt(pos, inl, op, lhs, rhs);
  }

  IfStmt ifStmt(Node cond) {
    return new IfStmt(pos, inl, cond, new ArrayList<>(), new ArrayList<>());
  }

  BlockStmt block(List<Node> list) {
    return new BlockStmt(pos, inl, list);
  }

  BranchStmt breakStmt() {
    return new BranchStmt(pos, inl, Op.BREAK, null);
  }

  /** A label that no program has. */
  Sym autoLabel(String prefix) {
    return new Sym(fn.sym().pkg(), prefix + fn.nextLabel());
  }

  // Calls.

  /** A call as the program would write it, not lowered yet. */
  CallExpr rawCall(Node fun, Node... args) {
    Signature sig = (Signature) under(fun);
    List<Node> list = new ArrayList<>(args.length);
    for (int i = 0; i < args.length; i++) {
      list.add(assignConv(args[i], sig.params().at(i).type()));
    }
    return new CallExpr(pos, inl, Op.CALLFUNC, resultType(sig), fun, list);
  }

  static @Nullable Type resultType(Signature sig) {
    Tuple results = sig.results();
    return switch (results.len()) {
      case 0 -> null;
      case 1 -> results.at(0).type();
      default -> results;
    };
  }

  /** A lowered call of {@code fun}, whose result is of type {@code t}. */
  CallExpr call(Node fun, @Nullable Type t, List<Node> init, Node... args) {
    CallExpr call = rawCall(fun, args);
    call.setType(t);
    return (CallExpr) exprs.expr(call, init);
  }

  CallExpr call(String name, @Nullable Type t, List<Node> init, Node... args) {
    return call(RuntimeFunctions.of(name), t, init, args);
  }

  /** A lowered call as a statement. */
  Node callStmt(Name fun, Node... args) {
    List<Node> init = new ArrayList<>();
    CallExpr call = call(fun, null, init, args);
    if (init.isEmpty()) {
      return call;
    }
    init.add(call);
    return new BlockStmt(call.pos, call.inl, init);
  }

  // Lists.

  /** Lowers {@code stmt} and appends it. */
  void append(List<Node> init, Node stmt) {
    if (stmt instanceof AssignStmt || stmt.op() == Op.AS2) {
      init.add(exprs.lower(stmt, init));
    } else {
      init.add(stmts.stmt(stmt));
    }
  }

  /** The initialization of {@code n} as a list that can be added to. */
  static List<Node> initOf(Node n) {
    List<Node> init = new ArrayList<>(n.init());
    n.setInit(init);
    return init;
  }

  static ExprNode initExpr(List<Node> init, Node n) {
    return Ir.initExpr(init, (ExprNode) n);
  }

  static Node require(@Nullable Node n) {
    return Objects.requireNonNull(n);
  }
}
