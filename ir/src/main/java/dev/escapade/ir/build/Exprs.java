package dev.escapade.ir.build;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicType;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Instance;
import dev.escapade.types.MapType;
import dev.escapade.types.Nil;
import dev.escapade.types.Obj;
import dev.escapade.types.OperandMode;
import dev.escapade.types.Predicates;
import dev.escapade.types.Selection;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Builds expressions, but for calls, methods and literals, which have builders of their own. */
final class Exprs {
  private final Body body;
  private final Facts facts;
  private final CompositeLits literals;

  Exprs(Body body) {
    this.body = body;
    this.facts = body.facts;
    this.literals = new CompositeLits(body, this);
  }

  static Expr unparen(Expr e) {
    Expr x = e;
    while (x instanceof Expr.ParenExpr p) {
      x = p.x();
    }
    return x;
  }

  /** The position of {@code n} for messages, or {@code outer} if it has none of its own. */
  static int uniquePos(Node n, int outer) {
    return n instanceof Name || n.pos == 0 ? outer : n.pos;
  }

  /** The object an expression refers to by (perhaps qualified or instantiated) name, or null. */
  @Nullable Obj lookup(Expr e) {
    Expr.Name name = facts.reference(e);
    return name == null ? null : facts.use(name);
  }

  /** The type arguments with which an expression instantiates a function, or null. */
  @Nullable Instance instance(Expr e) {
    Expr.Name name = facts.reference(e);
    return name == null ? null : facts.instance(name);
  }

  static boolean isGlobal(Obj obj) {
    return obj.pkg() != null && obj.parent() == obj.pkg().scope();
  }

  /** Builds an expression for its value, or a call also for its effect. */
  ExprNode expr(Expr e0) {
    Expr e = unparen(e0);
    Constant value = facts.value(e);
    Type type = facts.typeOrNull(e);
    if (value != null && type != null) {
      Type t = body.type(ConstantValues.idealType(type, value));
      return new BasicLit(e.pos(), body.inl, t, ConstantValues.of(t, value));
    }
    Expr.Name name = facts.reference(e);
    Obj obj = name == null ? null : facts.use(name);
    if (obj instanceof Nil || facts.isNil(e)) {
      return zero(e.pos(), body.type(Objects.requireNonNull(type)));
    }
    Type want = reshapable(e, type) ? body.type(Objects.requireNonNull(type)) : null;
    ExprNode n = obj != null && name != null ? object(e, name, obj) : operation(e);
    return want == null ? n : reshape(n, want);
  }

  private boolean reshapable(Expr e, @Nullable Type type) {
    return type != null
        && !(type instanceof Tuple)
        && !Kinds.isUntyped(type)
        && facts.mode(e) != OperandMode.BUILTIN
        && facts.mode(e) != OperandMode.NO_VALUE;
  }

  /** Gives {@code n} a type that has the same shape. */
  private static ExprNode reshape(ExprNode n, Type want) {
    Type have = n.typeOrNull();
    if (have != want
        && have != null
        && !(n instanceof Name)
        && !Predicates.identical(have, want)
        && (Shapes.hasShape(have) || Shapes.hasShape(want) || Kinds.isUntyped(have))) {
      n.setType(want);
    }
    return n;
  }

  private ExprNode object(Expr e, Expr.Name name, Obj obj) {
    Instance inst = facts.instance(name);
    if (inst != null && !inst.typeArgs().isEmpty()) {
      return body.methods.instantiated(e.pos(), (Func) obj, inst.typeArgs());
    }
    if (obj instanceof Func f) {
      return f.pkg() == RangeFuncs.RUNTIME
          ? body.c.runtimeFunction(f).nname
          : body.c.function(f).nname;
    }
    Var v = (Var) obj;
    return isGlobal(v) ? body.c.global(v) : body.useLocal(v, e.pos());
  }

  /** A zero value (of a type that has nil, usually). */
  ExprNode zero(int pos, Type t) {
    Constant v = ConstantValues.zero(t);
    return v == null ? new NilExpr(pos, body.inl, t) : new BasicLit(pos, body.inl, t, v);
  }

  private ExprNode operation(Expr e) {
    return switch (e) {
      case Expr.CompositeLit x -> literals.compositeLit(x);
      case Expr.FuncLit x -> literals.funcLit(x);
      case Expr.SelectorExpr x -> selector(x);
      case Expr.IndexExpr x -> index(x);
      case Expr.SliceExpr x -> slice(x);
      case Expr.TypeAssertExpr x -> typeAssert(x);
      case Expr.UnaryExpr x -> unary(x);
      case Expr.BinaryExpr x -> binary(x);
      case Expr.CallExpr x -> body.calls.call(x);
      case Expr.BadExpr _,
          Expr.Name _,
          Expr.BasicLit _,
          Expr.KeyValueExpr _,
          Expr.ParenExpr _,
          Expr.TypeSwitchGuard _,
          Expr.ListExpr _,
          Expr.ArrayType _,
          Expr.SliceType _,
          Expr.DotsType _,
          Expr.StructType _,
          Expr.InterfaceType _,
          Expr.FuncType _,
          Expr.MapType _,
          Expr.ChanType _ ->
          throw new IllegalStateException("no value: " + e);
    };
  }

  // Conversions.

  /** An expression, implicitly converted to {@code dst} unless that is null. */
  ExprNode implicit(@Nullable Type dst, Expr e) {
    return convert(dst, e, true);
  }

  /** {@code e} converted to type {@code dst} of the source. */
  ExprNode convert(@Nullable Type dst, Expr e, boolean implicit) {
    Type src = facts.typeOf(e);
    boolean identical = dst == null || Predicates.identical(src, dst);
    if (dst == null || (implicit && identical)) {
      return expr(e);
    }
    Type t = body.type(dst);
    TypeWords.Words words = body.types.convert(e.pos(), src, dst);
    ExprNode x = expr(e);
    ExprNode n = converted(e.pos(), t, x, words, implicit);
    if (!identical
        && n instanceof ConvExpr c
        && c.op() == Op.CONVNOP
        && Kinds.isInterface(t)
        && !Kinds.isEmptyInterface(t)
        && (Shapes.hasShape(t) || Shapes.hasShape(x.type()))) {
      c.setOp(Op.CONVIFACE);
    }
    if (dst.unalias() instanceof TypeParam && n instanceof BasicLit) {
      ConvExpr nop = new ConvExpr(e.pos(), body.inl, Op.CONVNOP, t, n);
      nop.setImplicit(true);
      return nop;
    }
    return n;
  }

  private ExprNode converted(int pos, Type t, ExprNode x, TypeWords.Words words, boolean implicit) {
    ConvExpr c =
        new ConvExpr(pos, body.inl, Conversions.convertOp(x.type(), t, body.c.sizes()), t, x);
    c.typeWord = words.typeWord();
    c.srcRType = words.srcRType();
    c.setImplicit(implicit);
    return finishConversion(c, x);
  }

  /** What the kinds of conversions need besides. */
  private ExprNode finishConversion(ConvExpr c, ExprNode x) {
    switch (c.op()) {
      case BYTES2STR -> plainElems(c, x, Basic.BYTE, Basic.UINT8);
      case RUNES2STR -> plainElems(c, x, Basic.RUNE, Basic.INT32);
      case STR2RUNES -> {
        if (x instanceof BasicLit lit) {
          return literals.runes(lit, c.type(), c.pos);
        }
      }
      default -> {}
    }
    return c;
  }

  private void plainElems(ConvExpr c, ExprNode x, Basic plain, Basic alias) {
    Type elem = Kinds.sliceElem(x.type());
    if (elem != null && elem.unalias() != plain && elem.unalias() != alias) {
      c.x = new ConvExpr(x.pos, body.inl, Op.CONVNOP, new Slice(plain), x);
    }
  }

  /**
   * A list of values, the i-th implicitly converted to {@code dst(i)}; a single expression with
   * several values is assigned to temporaries first.
   */
  List<ExprNode> multi(int pos, IntFunction<@Nullable Type> dst, List<Expr> exprs) {
    List<ExprNode> list = new ArrayList<>(exprs.size());
    if (exprs.size() == 1
        && facts.typeOrNull(exprs.get(0)) instanceof Tuple tuple
        && tuple.len() > 1) {
      return spread(pos, dst, exprs.get(0), tuple);
    }
    for (int i = 0; i < exprs.size(); i++) {
      list.add(implicit(dst.apply(i), exprs.get(i)));
    }
    return list;
  }

  private List<ExprNode> spread(int pos, IntFunction<@Nullable Type> dst, Expr e, Tuple tuple) {
    ExprNode x = expr(e);
    List<Node> lhs = new ArrayList<>(tuple.len());
    AssignListStmt as = new AssignListStmt(pos, body.inl, commaOp(x), lhs, Ir.list(x));
    as.def = true;
    List<Node> init = new ArrayList<>(tuple.len());
    List<ExprNode> results = new ArrayList<>(tuple.len());
    for (int i = 0; i < tuple.len(); i++) {
      Type src = tuple.at(i).type();
      Name tmp = body.temp(pos, body.type(ConstantValues.idealType(src, null)));
      tmp.defn = as;
      init.add(body.dcl(pos, tmp));
      lhs.add(tmp);
      Type to = dst.apply(i);
      if (to != null && !Predicates.identical(src, to)) {
        Type t = body.type(to);
        TypeWords.Words words = body.types.convert(pos, src, to);
        results.add(converted(pos, t, tmp, words, true));
      } else {
        results.add(tmp);
      }
    }
    as.setInit(init);
    ExprNode first = results.get(0);
    if (Ir.mayBeShared(first)) {
      first = new ConvExpr(body.basePos, body.inl, Op.CONVNOP, first.typeOrNull(), first);
    }
    first.prependInit(Ir.list(as));
    results.set(0, first);
    return results;
  }

  /** The assignment that takes two values from {@code x}, whose operation is changed to match. */
  static Op commaOp(ExprNode x) {
    return switch (x) {
      case IndexExpr i when i.op() == Op.INDEXMAP -> Op.AS2MAPR;
      case UnaryExpr u when u.op() == Op.RECV -> Op.AS2RECV;
      case TypeAssertExpr t -> {
        t.setOp(Op.DOTTYPE2);
        yield Op.AS2DOTTYPE;
      }
      case DynamicTypeAssertExpr t -> {
        t.setOp(Op.DYNAMICDOTTYPE2);
        yield Op.AS2DOTTYPE;
      }
      default -> Op.AS2FUNC;
    };
  }

  // Operations.

  private ExprNode selector(Expr.SelectorExpr e) {
    Selection sel = Objects.requireNonNull(facts.selection(e));
    return switch (sel.kind()) {
      case FIELD_VAL -> field(e, sel);
      case METHOD_VAL -> body.methods.methodValue(e, sel);
      case METHOD_EXPR -> body.methods.methodExpr(e, sel);
    };
  }

  private ExprNode field(Expr.SelectorExpr e, Selection sel) {
    ExprNode x = expr(e.x());
    int[] index = sel.index();
    for (int i = 0; i < index.length; i++) {
      SelectorExpr dot = dotField(e.pos(), x, index[i]);
      dot.setImplicit(i < index.length - 1);
      x = dot;
    }
    return x;
  }

  /** The field number {@code index} of the struct that {@code x} is or points to. */
  SelectorExpr dotField(int pos, ExprNode x, int index) {
    Struct s = Kinds.structOf(x.type());
    Var f = s.field(index);
    Op op = Kinds.isPointer(x.type()) ? Op.DOTPTR : Op.DOT;
    SelectorExpr dot = new SelectorExpr(pos, body.inl, op, f.type(), x, new Sym(f.pkg(), f.name()));
    dot.field = f;
    return dot;
  }

  private ExprNode index(Expr.IndexExpr e) {
    Type xtype = facts.typeOf(e.x());
    Type core = Body.coreType(xtype);
    ExprNode x = expr(e.x());
    if (core instanceof MapType m) {
      ExprNode key = implicit(m.key(), e.index());
      Node rtype = body.types.dynamicRtype(e.pos(), xtype);
      MapType here = (MapType) x.type().underlying();
      key = Conversions.assign(key, here.key(), e.pos(), body.inl);
      IndexExpr n = new IndexExpr(e.pos(), body.inl, Op.INDEXMAP, here.elem(), x, key);
      n.rtype = rtype;
      return n;
    }
    ExprNode i = expr(e.index());
    x = implicitStar(e.pos(), x);
    Type elem =
        switch (x.type().underlying()) {
          case Array a -> a.elem();
          case Slice s -> s.elem();
          default -> Basic.BYTE;
        };
    body.closureOuter().setHasIndexes();
    return new IndexExpr(e.pos(), body.inl, Op.INDEX, elem, x, i);
  }

  private ExprNode implicitStar(int pos, ExprNode x) {
    if (Kinds.pointedArray(x.type()) == null) {
      return x;
    }
    StarExpr star = new StarExpr(pos, body.inl, Kinds.pointee(x.type()), x);
    star.setImplicit(true);
    return star;
  }

  private ExprNode slice(Expr.SliceExpr e) {
    ExprNode x = expr(e.x());
    ExprNode low = e.low() == null ? null : expr(e.low());
    ExprNode high = e.high() == null ? null : expr(e.high());
    ExprNode max = e.max() == null ? null : expr(e.max());
    if (x.type().underlying() instanceof Array) {
      AddrExpr addr = Ir.addr(e.pos(), body.inl, x);
      addr.setImplicit(true);
      x = addr;
    }
    Type t = x.type();
    Array a = Kinds.pointedArray(t);
    Op op;
    if (a != null) {
      op = max == null ? Op.SLICEARR : Op.SLICE3ARR;
      t = new Slice(a.elem());
    } else if (Kinds.isString(t)) {
      op = Op.SLICESTR;
    } else {
      op = max == null ? Op.SLICE : Op.SLICE3;
    }
    return new SliceExpr(e.pos(), body.inl, op, t, x, low, high, max);
  }

  private ExprNode typeAssert(Expr.TypeAssertExpr e) {
    Type iface = facts.typeOf(e.x());
    ExprNode x = expr(e.x());
    ExprNode type = body.types.exprType(iface, e.type());
    Node srcRType = body.types.rtype(e.pos(), iface);
    if (type instanceof DynamicType d) {
      DynamicTypeAssertExpr n =
          new DynamicTypeAssertExpr(e.pos(), body.inl, Op.DYNAMICDOTTYPE, d.type(), x, d.rtype);
      n.srcRType = srcRType;
      n.itab = d.itab;
      return n;
    }
    return new TypeAssertExpr(e.pos(), body.inl, Op.DOTTYPE, type.type(), x);
  }

  private ExprNode unary(Expr.UnaryExpr e) {
    ExprNode x = expr(e.x());
    return switch (e.op()) {
      case AND -> Ir.addr(e.pos(), body.inl, x);
      case MUL -> new StarExpr(e.pos(), body.inl, Kinds.pointee(x.type()), x);
      case RECV ->
          new UnaryExpr(e.pos(), body.inl, Op.RECV, ((Chan) x.type().underlying()).elem(), x);
      case NOT -> new UnaryExpr(e.pos(), body.inl, Op.NOT, x.type(), x);
      case ADD -> new UnaryExpr(e.pos(), body.inl, Op.PLUS, x.type(), x);
      case SUB -> new UnaryExpr(e.pos(), body.inl, Op.NEG, x.type(), x);
      case XOR -> new UnaryExpr(e.pos(), body.inl, Op.BITNOT, x.type(), x);
      default -> throw new IllegalStateException("no unary operator: " + e.op());
    };
  }

  /** The operation of a binary operator. */
  static Op binaryOp(Operator op) {
    return switch (op) {
      case OR_OR -> Op.OROR;
      case AND_AND -> Op.ANDAND;
      case EQL -> Op.EQ;
      case NEQ -> Op.NE;
      case LSS -> Op.LT;
      case LEQ -> Op.LE;
      case GTR -> Op.GT;
      case GEQ -> Op.GE;
      case ADD -> Op.ADD;
      case SUB -> Op.SUB;
      case OR -> Op.OR;
      case XOR -> Op.XOR;
      case MUL -> Op.MUL;
      case DIV -> Op.DIV;
      case REM -> Op.MOD;
      case AND -> Op.AND;
      case AND_NOT -> Op.ANDNOT;
      case SHL -> Op.LSH;
      case SHR -> Op.RSH;
      case DEF, NOT, RECV, TILDE -> throw new IllegalStateException("no binary operator: " + op);
    };
  }

  private ExprNode binary(Expr.BinaryExpr e) {
    Type common = e.op().isShift() ? null : commonType(facts, e);
    ExprNode x = implicit(common, e.x());
    ExprNode y = implicit(common, e.y());
    Op op = binaryOp(e.op());
    if (op == Op.ANDAND || op == Op.OROR) {
      return new LogicalExpr(e.pos(), body.inl, op, resultType(e, x), x, y);
    }
    if (op == Op.ADD && Kinds.isString(x.type())) {
      return concat(e.pos(), x, y);
    }
    return new BinaryExpr(e.pos(), body.inl, op, resultType(e, x), x, y);
  }

  private Type resultType(Expr.BinaryExpr e, ExprNode x) {
    Type t = facts.typeOf(e);
    return e.op().isComparison() || Kinds.isUntyped(t)
        ? body.type(ConstantValues.idealType(t, null))
        : x.type();
  }

  /** The type that both operands are converted to. */
  static Type commonType(Facts facts, Expr.BinaryExpr e) {
    Type x = facts.typeOf(e.x());
    Type y = facts.typeOf(e.y());
    return Conversions.isAssignable(x, y) ? y : x;
  }

  private ExprNode concat(int pos, ExprNode x, ExprNode y) {
    AddStringExpr add;
    if (x instanceof AddStringExpr a) {
      add = a;
      add.pos = pos;
    } else {
      add = new AddStringExpr(pos, body.inl, x.type(), new ArrayList<>());
      add.list.add(x);
    }
    if (y instanceof AddStringExpr b) {
      add.list.addAll(b.list);
    } else {
      add.list.add(y);
    }
    return add;
  }
}
