package dev.escapade.ir.build;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.BranchStmt;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.GoDeferStmt;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LabelStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.ReturnStmt;
import dev.escapade.ir.SendStmt;
import dev.escapade.ir.Sym;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Builds statements. */
final class Stmts {
  private final Body body;
  private final Facts facts;
  private final StaticConditions conditions;
  private final Switches switches;

  Stmts(Body body) {
    this.body = body;
    this.facts = body.facts;
    this.conditions = new StaticConditions(facts);
    this.switches = new Switches(body, this);
  }

  /** The statements of a function, at least one. */
  List<Node> functionBody(Stmt.BlockStmt block) {
    List<Node> list = list(block.list());
    if (list.isEmpty()) {
      list.add(new BlockStmt(block.pos(), body.inl, new ArrayList<>()));
    }
    return list;
  }

  /** The statements of a list; blocks are flattened, and dead statements left out. */
  List<Node> list(List<Stmt> stmts) {
    List<Node> out = new ArrayList<>(stmts.size());
    int lastLabel = -1;
    for (int i = 0; i < stmts.size(); i++) {
      if (stmts.get(i) instanceof Stmt.LabeledStmt) {
        lastLabel = i;
      }
    }
    boolean dead = false;
    for (int i = 0; i < stmts.size(); i++) {
      Stmt s = stmts.get(i);
      if (dead && i > lastLabel && !(s instanceof Stmt.LabeledStmt)) {
        continue;
      }
      stmt(s, out);
      dead = conditions.terminates(s);
    }
    return out;
  }

  private List<Node> optional(@Nullable Stmt s) {
    List<Node> out = new ArrayList<>(1);
    if (s != null) {
      stmt(s, out);
    }
    return out;
  }

  /** A statement list as one statement: null if empty, a block if there are several. */
  static @Nullable Node block(List<Node> list) {
    return switch (list.size()) {
      case 0 -> null;
      case 1 -> list.get(0);
      default -> new BlockStmt(list.get(0).pos, list.get(0).inl, list);
    };
  }

  @Nullable Node single(@Nullable Stmt s) {
    return block(optional(s));
  }

  private void stmt(Stmt stmt, List<Node> out) {
    Sym label = !out.isEmpty() && out.getLast() instanceof LabelStmt l ? l.label : null;
    switch (stmt) {
      case Stmt.EmptyStmt _ -> {}
      case Stmt.AssignStmt s -> assign(s, out);
      case Stmt.BlockStmt s -> out.addAll(list(s.list()));
      case Stmt.BranchStmt s -> out.add(branch(s));
      case Stmt.CallStmt s -> out.add(goDefer(s));
      case Stmt.DeclStmt s -> declarations(s, out);
      case Stmt.ExprStmt s -> out.add(body.exprs.expr(s.x()));
      case Stmt.ForStmt s ->
          add(out, s.init() instanceof Stmt.RangeClause r ? range(s, r, label) : forStmt(s, label));
      case Stmt.IfStmt s -> add(out, ifStmt(s));
      case Stmt.LabeledStmt s -> {
        if (s.label().isBlank()) {
          out.add(new BlockStmt(s.pos(), body.inl, new ArrayList<>()));
        } else {
          out.add(new LabelStmt(s.pos(), body.inl, label(s.label())));
        }
        stmt(s.stmt(), out);
      }
      case Stmt.ReturnStmt s -> out.add(returnStmt(s));
      case Stmt.SelectStmt s -> out.add(switches.select(s, label));
      case Stmt.SendStmt s -> out.add(send(s));
      case Stmt.SwitchStmt s -> out.add(switches.switchStmt(s, label));
      case Stmt.RangeClause s -> throw new IllegalStateException("range clause at " + s.pos());
    }
  }

  private static void add(List<Node> out, @Nullable Node n) {
    if (n != null) {
      out.add(n);
    }
  }

  // Assignments.

  private void assign(Stmt.AssignStmt s, List<Node> out) {
    if (s.rhs() == null) {
      ExprNode x = body.exprs.expr(s.lhs());
      Op op = s.op() == Operator.SUB ? Op.SUB : Op.ADD;
      Node one = new BasicLit(s.pos(), body.inl, x.type(), ConstantValues.one(x.type()));
      AssignOpStmt n = new AssignOpStmt(s.pos(), body.inl, op, x, one);
      n.incDec = true;
      out.add(n);
    } else if (s.op() != null && s.op() != Operator.DEF) {
      boolean shift = s.op().isShift();
      ExprNode x = body.exprs.expr(s.lhs());
      ExprNode y = body.exprs.implicit(shift ? null : facts.typeOf(s.lhs()), s.rhs());
      out.add(new AssignOpStmt(s.pos(), body.inl, Exprs.binaryOp(s.op()), x, y));
    } else {
      assign(s.pos(), unpack(s.lhs()), unpack(s.rhs()), out);
    }
  }

  private void declarations(Stmt.DeclStmt s, List<Node> out) {
    for (Decl d : s.decls()) {
      if (d instanceof Decl.VarDecl v) {
        assign(v.pos(), List.copyOf(v.names()), unpack(v.values()), out);
      }
    }
  }

  /** The elements of an expression list; none for null. */
  static List<Expr> unpack(@Nullable Expr e) {
    return switch (e) {
      case null -> List.of();
      case Expr.ListExpr l -> l.elems();
      default -> List.of(e);
    };
  }

  private void assign(int pos, List<? extends Expr> lhs, List<Expr> rhs, List<Node> out) {
    List<Name> names = new ArrayList<>(1);
    List<Node> left = assignees(lhs, names);
    IntFunction<@Nullable Type> dst = i -> facts.assigneeType(lhs.get(i));
    List<ExprNode> right = body.exprs.multi(pos, dst, rhs);
    if (right.isEmpty()) {
      for (Name n : names) {
        AssignStmt as = new AssignStmt(pos, body.inl, n, null);
        as.setInit(Ir.list(body.dcl(pos, n)));
        out.add(as);
      }
      return;
    }
    for (int i = 0; i < right.size() && left.size() == right.size(); i++) {
      right.set(i, assigned(left.get(i), right.get(i), pos));
    }
    if (left.size() == 1 && right.size() == 1) {
      AssignStmt n = new AssignStmt(pos, body.inl, left.get(0), right.get(0));
      n.def = body.initDefn(n, names);
      out.add(n);
    } else {
      AssignListStmt n = new AssignListStmt(pos, body.inl, Op.AS2, left, new ArrayList<>(right));
      n.def = body.initDefn(n, names);
      out.add(n);
    }
  }

  private ExprNode assigned(Node left, ExprNode right, int pos) {
    if (!(left instanceof ExprNode x) || x.typeOrNull() == null || right.typeOrNull() == null) {
      return right;
    }
    return Conversions.assign(right, x.type(), pos, body.inl);
  }

  /** The places assigned to; those newly declared are also added to {@code names}. */
  List<Node> assignees(List<? extends Expr> lhs, List<Name> names) {
    List<Node> list = new ArrayList<>(lhs.size());
    for (Expr e : lhs) {
      list.add(assignee(e, names));
    }
    return list;
  }

  private Node assignee(Expr e0, List<Name> names) {
    Expr e = Exprs.unparen(e0);
    if (e instanceof Expr.Name name) {
      if (name.isBlank()) {
        return body.c.blank();
      }
      if (facts.def(name) instanceof Var v) {
        Name n = body.newLocal(v, v.pos());
        body.basePos = v.pos();
        names.add(n);
        return n;
      }
    }
    ExprNode x = body.exprs.expr(e);
    if (x instanceof IndexExpr i && i.op() == Op.INDEXMAP) {
      i.assigned = true;
    }
    return x;
  }

  // Simple statements.

  private Node branch(Stmt.BranchStmt s) {
    Op op =
        switch (s.kind()) {
          case BREAK -> Op.BREAK;
          case CONTINUE -> Op.CONTINUE;
          case FALLTHROUGH -> Op.FALL;
          case GOTO -> Op.GOTO;
        };
    Expr.Name label = s.label();
    return new BranchStmt(s.pos(), body.inl, op, label == null ? null : label(label));
  }

  /** A label; when inlining one that is unique in the caller. */
  Sym label(Expr.Name name) {
    String text = name.value();
    if (body.inlCaller != null && !name.isBlank()) {
      text = "~" + text + "·" + body.c.inlineGeneration();
    }
    return new Sym(body.c.localPackage(), text);
  }

  private Node goDefer(Stmt.CallStmt s) {
    ExprNode call = body.exprs.expr(s.call());
    GoDeferStmt n = new GoDeferStmt(s.pos(), body.inl, s.defer() ? Op.DEFER : Op.GO, call);
    Expr at = body.source.rangeFuncs().deferAt(s);
    if (at != null) {
      n.deferAt = body.exprs.expr(at);
    }
    GoDefers.normalize(body, n);
    return n;
  }

  private Node returnStmt(Stmt.ReturnStmt s) {
    Tuple results = resultTypes();
    List<ExprNode> values =
        body.exprs.multi(s.pos(), i -> results.at(i).type(), unpack(s.results()));
    Tuple here = body.curfn.type().results();
    List<Node> list = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      ExprNode v = values.get(i);
      int pos = Exprs.uniquePos(v, s.pos());
      list.add(Conversions.assign(v, here.at(i).type(), pos, body.inl));
    }
    return new ReturnStmt(s.pos(), body.inl, list);
  }

  private Tuple resultTypes() {
    Signature sig = body.sourceSignature();
    return sig.results();
  }

  private Node send(Stmt.SendStmt s) {
    Chan chan = (Chan) Body.coreType(facts.typeOf(s.chan()));
    ExprNode ch = body.exprs.expr(s.chan());
    ExprNode value = body.exprs.implicit(chan.elem(), s.value());
    if (ch.type().underlying() instanceof Chan here) {
      value = Conversions.assign(value, here.elem(), s.pos(), body.inl);
    }
    return new SendStmt(s.pos(), body.inl, ch, value);
  }

  // Control flow.

  private @Nullable Node ifStmt(Stmt.IfStmt s) {
    StaticConditions.Result cond = conditions.simplify(s.cond());
    List<Node> init = optional(s.init());
    ExprNode x = body.exprs.expr(cond.expr());
    List<Node> then = cond.truth() >= 0 ? list(s.then().list()) : new ArrayList<>();
    List<Node> els = cond.truth() <= 0 ? optional(s.els()) : new ArrayList<>();
    if (cond.truth() != 0) {
      if (!(x instanceof BasicLit)) {
        init.add(new AssignStmt(s.pos(), body.inl, body.c.blank(), x));
      }
      init.addAll(then);
      init.addAll(els);
      return block(init);
    }
    IfStmt n = new IfStmt(s.pos(), body.inl, x, then, els);
    n.setInit(init);
    return n;
  }

  private @Nullable Node forStmt(Stmt.ForStmt s, @Nullable Sym label) {
    StaticConditions.Result cond = s.cond() == null ? null : conditions.simplify(s.cond());
    boolean never = cond != null && cond.truth() < 0;
    Node init = single(s.init());
    ExprNode x = cond == null ? null : body.exprs.expr(cond.expr());
    Node post = never ? null : single(s.post());
    List<Node> list = never ? new ArrayList<>() : list(s.body().list());
    if (never && x instanceof BasicLit) {
      return init;
    }
    ForStmt n = new ForStmt(s.pos(), body.inl, x, post, list);
    if (init != null) {
      n.setInit(Ir.list(init));
    }
    n.distinctVars = body.source.hasDistinctVars(s.pos());
    body.closureOuter().setHasLoops();
    n.label = label;
    return n;
  }

  private Node range(Stmt.ForStmt s, Stmt.RangeClause r, @Nullable Sym label) {
    List<Expr> lhs = unpack(r.lhs());
    List<Name> names = new ArrayList<>(2);
    List<Node> left = assignees(lhs, names);
    ExprNode x = body.exprs.expr(r.x());
    Type xtype = facts.typeOf(r.x());
    Node rtype =
        Body.coreType(xtype) instanceof MapType ? body.types.dynamicRtype(r.pos(), xtype) : null;
    RangeStmt n =
        new RangeStmt(
            r.pos(),
            body.inl,
            left.isEmpty() ? null : left.get(0),
            left.size() < 2 ? null : left.get(1),
            x,
            new ArrayList<>());
    n.rtype = rtype;
    RangeTypes types = RangeTypes.of(Body.coreType(xtype));
    for (int i = 0; i < lhs.size() && i < 2; i++) {
      Expr e = Exprs.unparen(lhs.get(i));
      Type src = i == 0 ? types.key() : types.value();
      if (src != null && !(e instanceof Expr.Name name && name.isBlank())) {
        Type dst = facts.assigneeType(e);
        TypeWords.Words words = body.types.convert(r.pos(), src, dst == null ? src : dst);
        if (i == 0) {
          n.keyTypeWord = words.typeWord();
          n.keySrcRType = words.srcRType();
        } else {
          n.valueTypeWord = words.typeWord();
          n.valueSrcRType = words.srcRType();
        }
      }
    }
    n.label = label;
    n.def = body.initDefn(n, names);
    n.body = list(s.body().list());
    n.distinctVars = body.source.hasDistinctVars(s.pos());
    body.closureOuter().setHasLoops();
    return n;
  }
}
