package dev.escapade.ir.build;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Array;
import dev.escapade.types.Builtin;
import dev.escapade.types.Func;
import dev.escapade.types.Instance;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Nil;
import dev.escapade.types.Obj;
import dev.escapade.types.OperandMode;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Selection;
import dev.escapade.types.SelectionKind;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler writes of a function's body that refers to types and objects, in its order
 * (noder/writer.go, Go 1.26). Code that is left out of the body is left out here, too.
 */
final class BodyMentions {
  /** Takes what is mentioned. */
  interface Sink {
    /** A type. */
    void type(Type t);

    /** A type that is not referred to, but gets its place among those of a generic object. */
    void known(Type t);

    /** A type, and an interface that it is converted or asserted to. */
    void itab(Type type, Type iface);

    /** An object at package level. */
    void object(Obj obj);

    /** An instance of a generic function, or the methods of one of a generic type. */
    void instance(Obj obj, List<Type> typeArgs);
  }

  private final PackageSource source;
  private final Facts facts;
  private final StaticConditions conditions;
  private final Sink to;
  private Signature sig =
      new Signature(null, List.of(), List.of(), Tuple.EMPTY, Tuple.EMPTY, false);

  BodyMentions(PackageSource source, Sink to) {
    this.source = source;
    this.facts = source.facts();
    this.conditions = new StaticConditions(facts);
    this.to = to;
  }

  /** The body of a function of type {@code type}. */
  void body(Signature type, Stmt.BlockStmt block) {
    Signature outer = sig;
    sig = type;
    if (type.recv() != null) {
      to.known(type.recv().type());
    }
    TypeParts.forEach(type, to::known);
    stmts(source.rangeFuncs().body(block).list());
    sig = outer;
  }

  // Statements.

  private void stmts(List<Stmt> list) {
    int lastLabel = -1;
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Stmt.LabeledStmt) {
        lastLabel = i;
      }
    }
    boolean dead = false;
    for (int i = 0; i < list.size(); i++) {
      Stmt s = list.get(i);
      if (!dead || i <= lastLabel || s instanceof Stmt.LabeledStmt) {
        stmt(s);
        dead = conditions.terminates(s);
      }
    }
  }

  private void stmt(@Nullable Stmt stmt) {
    switch (stmt) {
      case null -> {}
      case Stmt.EmptyStmt _, Stmt.BranchStmt _, Stmt.RangeClause _ -> {}
      case Stmt.AssignStmt s -> assign(s);
      case Stmt.BlockStmt s -> stmts(s.list());
      case Stmt.CallStmt s -> {
        expr(s.call());
        Expr at = source.rangeFuncs().deferAt(s);
        if (at != null) {
          expr(at);
        }
      }
      case Stmt.DeclStmt s -> {
        for (Decl d : s.decls()) {
          if (d instanceof Decl.VarDecl v) {
            assign(List.copyOf(v.names()), Stmts.unpack(v.values()));
          }
        }
      }
      case Stmt.ExprStmt s -> expr(s.x());
      case Stmt.ForStmt s when s.init() instanceof Stmt.RangeClause r -> range(s, r);
      case Stmt.ForStmt s -> forStmt(s);
      case Stmt.IfStmt s -> ifStmt(s);
      case Stmt.LabeledStmt s -> stmt(s.stmt());
      case Stmt.ReturnStmt s -> {
        Tuple results = sig.results();
        multi(i -> results.at(i).type(), Stmts.unpack(s.results()));
      }
      case Stmt.SelectStmt s -> {
        for (CommClause c : s.body()) {
          stmt(c.comm());
          stmts(c.body());
        }
      }
      case Stmt.SendStmt s -> {
        expr(s.chan());
        implicit(
            ((dev.escapade.types.Chan) Body.coreType(facts.typeOf(s.chan()))).elem(), s.value());
      }
      case Stmt.SwitchStmt s -> switchStmt(s);
    }
  }

  private void assign(Stmt.AssignStmt s) {
    if (s.rhs() == null) {
      expr(s.lhs());
    } else if (s.op() != null && s.op() != Operator.DEF) {
      expr(s.lhs());
      implicit(s.op().isShift() ? null : facts.typeOf(s.lhs()), s.rhs());
    } else {
      assign(Stmts.unpack(s.lhs()), Stmts.unpack(s.rhs()));
    }
  }

  private void assign(List<? extends Expr> lhs, List<Expr> rhs) {
    lhs.forEach(this::assignee);
    multi(i -> facts.assigneeType(lhs.get(i)), rhs);
  }

  private void assignee(Expr e0) {
    Expr e = Exprs.unparen(e0);
    if (e instanceof Expr.Name name) {
      if (name.isBlank()) {
        return;
      }
      if (facts.def(name) instanceof Var v) {
        local(v);
        return;
      }
    }
    expr(e);
  }

  private void local(Var v) {
    to.type(v.type());
    to.known(v.type());
  }

  private void range(Stmt.ForStmt s, Stmt.RangeClause r) {
    List<Expr> lhs = Stmts.unpack(r.lhs());
    lhs.forEach(this::assignee);
    expr(r.x());
    Type t = facts.typeOf(r.x());
    Type core = Body.coreType(t);
    if (core instanceof MapType) {
      rtype(t);
    }
    RangeTypes types = RangeTypes.of(core);
    for (int i = 0; i < lhs.size() && i < 2; i++) {
      Type src = i == 0 ? types.key() : types.value();
      Type dst = facts.assigneeType(lhs.get(i));
      if (src != null && dst != null) {
        to.itab(src, dst);
      }
    }
    stmts(s.body().list());
  }

  private void forStmt(Stmt.ForStmt s) {
    StaticConditions.Result cond = s.cond() == null ? null : conditions.simplify(s.cond());
    stmt(s.init());
    if (cond != null) {
      expr(cond.expr());
    }
    if (cond == null || cond.truth() >= 0) {
      stmt(s.post());
      stmts(s.body().list());
    }
  }

  private void ifStmt(Stmt.IfStmt s) {
    StaticConditions.Result cond = conditions.simplify(s.cond());
    stmt(s.init());
    expr(cond.expr());
    if (cond.truth() >= 0) {
      stmts(s.then().list());
    }
    if (cond.truth() <= 0) {
      stmt(s.els());
    }
  }

  private void switchStmt(Stmt.SwitchStmt s) {
    stmt(s.init());
    if (s.tag() instanceof Expr.TypeSwitchGuard g) {
      typeSwitch(s, g);
      return;
    }
    Switches.Plan plan = Switches.plan(facts, s);
    Type type = Switches.tagType(facts, s, plan);
    if (plan.tag() != null) {
      implicit(type, plan.tag());
    }
    for (CaseClause c : plan.clauses()) {
      for (Expr e : Stmts.unpack(c.cases())) {
        implicit(type, e);
      }
      stmts(c.body());
    }
  }

  private void typeSwitch(Stmt.SwitchStmt s, Expr.TypeSwitchGuard g) {
    Type iface = facts.typeOf(g.x());
    expr(g.x());
    for (CaseClause c : s.body()) {
      for (Expr e : Stmts.unpack(c.cases())) {
        if (!facts.isNil(Exprs.unparen(e))) {
          exprType(iface, e);
        }
      }
      if (facts.implicit(c) instanceof Var v) {
        local(v);
      }
      stmts(c.body());
    }
  }

  // Expressions.

  private void expr(Expr e0) {
    Expr e = Exprs.unparen(e0);
    Constant value = facts.value(e);
    Type type = facts.typeOrNull(e);
    if (value != null && type != null) {
      to.type(ConstantValues.idealType(type, value));
      return;
    }
    Expr.Name name = facts.reference(e);
    Obj obj = name == null ? null : facts.use(name);
    if (obj instanceof Nil || facts.isNil(e)) {
      to.type(Objects.requireNonNull(type));
      return;
    }
    if (type != null
        && !(type instanceof Tuple)
        && !Kinds.isUntyped(type)
        && facts.mode(e) != OperandMode.BUILTIN
        && facts.mode(e) != OperandMode.NO_VALUE) {
      to.type(type);
    }
    if (obj == null || name == null) {
      operation(e);
      return;
    }
    Instance inst = facts.instance(name);
    if (inst != null && !inst.typeArgs().isEmpty()) {
      to.instance(obj, inst.typeArgs());
    } else if (Exprs.isGlobal(obj)) {
      to.object(obj);
    }
  }

  private void operation(Expr e) {
    switch (e) {
      case Expr.CompositeLit x -> compositeLit(x);
      case Expr.FuncLit x -> {
        Signature type = (Signature) facts.typeOf(x);
        TypeParts.forEach(type, to::type);
        body(type, x.body());
      }
      case Expr.SelectorExpr x -> selector(x);
      case Expr.IndexExpr x -> {
        Type t = facts.typeOf(x.x());
        expr(x.x());
        if (Body.coreType(t) instanceof MapType m) {
          implicit(m.key(), x.index());
          rtype(t);
        } else {
          expr(x.index());
        }
      }
      case Expr.SliceExpr x -> {
        expr(x.x());
        optional(x.low());
        optional(x.high());
        optional(x.max());
      }
      case Expr.TypeAssertExpr x -> {
        Type iface = facts.typeOf(x.x());
        expr(x.x());
        exprType(iface, x.type());
        rtype(iface);
      }
      case Expr.UnaryExpr x -> expr(x.x());
      case Expr.BinaryExpr x -> {
        Type common = x.op().isShift() ? null : Exprs.commonType(facts, x);
        implicit(common, x.x());
        implicit(common, x.y());
      }
      case Expr.CallExpr x -> call(x);
      default -> {}
    }
  }

  private void optional(@Nullable Expr e) {
    if (e != null) {
      expr(e);
    }
  }

  private void implicit(@Nullable Type dst, Expr e) {
    Type src = facts.typeOf(e);
    if (dst == null || Predicates.identical(src, dst)) {
      expr(e);
    } else {
      convert(src, dst, e);
    }
  }

  private void convert(Type src, Type dst, Expr e) {
    to.type(dst);
    to.itab(src, dst);
    expr(e);
  }

  private void multi(IntFunction<@Nullable Type> dst, List<Expr> exprs) {
    if (exprs.size() == 1 && facts.typeOrNull(exprs.get(0)) instanceof Tuple t && t.len() > 1) {
      expr(exprs.get(0));
      for (int i = 0; i < t.len(); i++) {
        Type src = t.at(i).type();
        to.type(src);
        Type d = dst.apply(i);
        if (d != null && !Predicates.identical(src, d)) {
          to.type(d);
          to.itab(src, d);
        }
      }
      return;
    }
    for (int i = 0; i < exprs.size(); i++) {
      implicit(dst.apply(i), exprs.get(i));
    }
  }

  private void rtype(Type t) {
    to.type(Predicates.defaultType(t));
  }

  private void exprType(@Nullable Type iface, Expr e) {
    Type t = facts.typeOf(e);
    if (iface != null && !Kinds.isEmptyInterface(iface)) {
      to.itab(t, iface);
    } else {
      rtype(t);
    }
  }

  // Methods.

  private void selector(Expr.SelectorExpr e) {
    Selection sel = facts.selection(e);
    if (sel == null) {
      return;
    }
    switch (sel.kind()) {
      case FIELD_VAL -> expr(e.x());
      case METHOD_VAL -> method(e, sel);
      case METHOD_EXPR -> {
        Type t = facts.typeOf(e.x());
        to.type(t);
        method(receiver(t, sel), (Func) sel.obj());
      }
    }
  }

  private void method(Expr.SelectorExpr e, Selection sel) {
    expr(e.x());
    method(receiver(facts.typeOf(e.x()), sel), (Func) sel.obj());
  }

  /** The type of a receiver after implicit selections, dereferences and address taking. */
  private static Type receiver(Type x, Selection sel) {
    Type t = x;
    int[] index = sel.index();
    for (int i = 0; i < index.length - 1; i++) {
      t = Kinds.structOf(t).field(index[i]).type();
    }
    Type declared = Methods.declaredReceiver(sel);
    return Methods.isPointerTo(t, declared) || Methods.isPointerTo(declared, t) ? declared : t;
  }

  private void method(Type recv, Func method) {
    to.type(recv);
    to.type(method.type());
    if (!(recv.unalias() instanceof TypeParam)
        && !Kinds.isInterface(recv)
        && Kinds.deref(recv).unalias() instanceof Named n
        && (!n.typeArgs().isEmpty() || !source.implicits(n.obj()).isEmpty())) {
      to.instance(n.obj(), n.typeArgs());
    }
  }

  // Calls.

  private void call(Expr.CallExpr e) {
    if (facts.isType(e.fun())) {
      Type dst = facts.typeOf(e.fun());
      convert(facts.typeOf(e.args().get(0)), dst, e.args().get(0));
      return;
    }
    Expr.Name name = facts.reference(Exprs.unparen(e.fun()));
    Obj obj = name == null ? null : facts.use(name);
    if (facts.isBuiltin(e.fun()) && obj instanceof Builtin b) {
      builtin(e, b.name());
      return;
    }
    Instance inst = name == null ? null : facts.instance(name);
    Selection sel =
        Exprs.unparen(e.fun()) instanceof Expr.SelectorExpr s ? facts.selection(s) : null;
    if (sel != null && sel.kind() == SelectionKind.METHOD_VAL) {
      method((Expr.SelectorExpr) Exprs.unparen(e.fun()), sel);
    } else if (obj instanceof Func f && inst != null && !inst.typeArgs().isEmpty()) {
      to.instance(f, inst.typeArgs());
    } else {
      expr(e.fun());
    }
    arguments(e);
  }

  private void arguments(Expr.CallExpr e) {
    Signature type = (Signature) Body.coreType(facts.typeOf(e.fun()));
    multi(Calls.paramTypes(type, e.hasDots()), e.args());
  }

  private void builtin(Expr.CallExpr e, String name) {
    switch (name) {
      case "make" -> {
        exprType(null, e.args().get(0));
        e.args().subList(1, e.args().size()).forEach(this::expr);
        Type t = facts.typeOf(e);
        rtype(Body.coreType(t) instanceof Slice s ? s.elem() : t);
      }
      case "new" -> {
        Expr arg = e.args().get(0);
        if (facts.isType(arg)) {
          exprType(null, arg);
        } else {
          expr(arg);
        }
      }
      case "Sizeof", "Alignof" -> to.type(facts.typeOf(e.args().get(0)));
      case "Offsetof" -> {
        Expr.SelectorExpr s = (Expr.SelectorExpr) Exprs.unparen(e.args().get(0));
        to.type(Kinds.deref(facts.typeOf(s.x())));
      }
      default -> {
        arguments(e);
        Type t = Calls.descriptorType(facts, e, name);
        if (t != null) {
          rtype(t);
        }
      }
    }
  }

  // Literals.

  private void compositeLit(Expr.CompositeLit e) {
    Type t = facts.typeOf(e);
    to.type(t);
    if (Body.coreType(t) instanceof Pointer p) {
      t = p.elem();
    }
    switch (Body.coreType(t)) {
      case Struct s -> fields(e, s);
      case Array a -> elements(e, null, a.elem());
      case Slice s -> elements(e, null, s.elem());
      case MapType m -> {
        rtype(t);
        elements(e, m.key(), m.elem());
      }
      default -> throw new IllegalStateException("composite literal of " + t);
    }
  }

  private void fields(Expr.CompositeLit e, Struct s) {
    for (int i = 0; i < e.elems().size(); i++) {
      Expr elem = e.elems().get(i);
      if (elem instanceof Expr.KeyValueExpr kv) {
        int index = CompositeLits.fieldIndex(facts, s, (Expr.Name) kv.key());
        implicit(s.field(index).type(), kv.value());
      } else {
        implicit(s.field(i).type(), elem);
      }
    }
  }

  private void elements(Expr.CompositeLit e, @Nullable Type key, Type elem) {
    for (Expr x : e.elems()) {
      if (x instanceof Expr.KeyValueExpr kv) {
        implicit(key, kv.key());
        implicit(elem, kv.value());
      } else {
        implicit(elem, x);
      }
    }
  }
}
