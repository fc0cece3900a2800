package dev.escapade.ir.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectStmt;
import dev.escapade.ir.SwitchStmt;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeSwitchGuard;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds switch and select statements. */
final class Switches {
  private final Body body;
  private final Facts facts;
  private final Stmts stmts;

  Switches(Body body, Stmts stmts) {
    this.body = body;
    this.facts = body.facts;
    this.stmts = stmts;
  }

  Node switchStmt(Stmt.SwitchStmt s, @Nullable Sym label) {
    Node init = stmts.single(s.init());
    SwitchStmt n = s.tag() instanceof Expr.TypeSwitchGuard g ? typeSwitch(s, g) : valueSwitch(s);
    n.label = label;
    if (init != null) {
      n.setInit(Ir.list(init));
    }
    return n;
  }

  // Switches on values.

  /** A switch after a tag with a known value was taken into account. */
  record Plan(@Nullable Expr tag, List<dev.escapade.syntax.CaseClause> clauses) {}

  private SwitchStmt valueSwitch(Stmt.SwitchStmt s) {
    Plan plan = plan(facts, s);
    Type tagType = tagType(facts, s, plan);
    ExprNode tag = plan.tag == null ? null : body.exprs.implicit(tagType, plan.tag);
    List<CaseClause> clauses = new ArrayList<>(plan.clauses.size());
    for (dev.escapade.syntax.CaseClause c : plan.clauses) {
      List<Node> values = new ArrayList<>();
      List<Node> rtypes = new ArrayList<>();
      for (Expr e : Stmts.unpack(c.cases())) {
        ExprNode v = body.exprs.implicit(tagType, e);
        values.add(v);
        if (tag == null && Kinds.isEmptyInterface(v.type())) {
          rtypes.add(boolDescriptor(v.pos));
        }
      }
      CaseClause clause = new CaseClause(c.pos(), body.inl, values, new ArrayList<>());
      clause.rtypes = rtypes;
      clause.body = stmts.list(c.body());
      clauses.add(clause);
    }
    return new SwitchStmt(s.pos(), body.inl, tag, clauses);
  }

  private Node boolDescriptor(int pos) {
    LinksymOffsetExpr sym = new LinksymOffsetExpr(pos, body.inl, Basic.UINT8, "type:bool", 0);
    return new AddrExpr(pos, body.inl, Op.ADDR, new Pointer(Basic.UINT8), sym);
  }

  /** If tag and cases are constants, only the clause that is taken is left. */
  static Plan plan(Facts facts, Stmt.SwitchStmt s) {
    Constant tag = s.tag() == null ? Constant.of(true) : facts.value(s.tag());
    Plan all = new Plan(s.tag(), s.body());
    if (tag == null) {
      return all;
    }
    dev.escapade.syntax.CaseClause target = null;
    for (dev.escapade.syntax.CaseClause c : s.body()) {
      if (c.cases() == null) {
        target = c;
      }
      for (Expr e : Stmts.unpack(c.cases())) {
        Constant v = facts.value(e);
        if (v == null) {
          return all;
        }
        if (Constants.compare(tag, Operator.EQL, v)) {
          return taken(all, c);
        }
      }
    }
    return target == null ? new Plan(null, List.of()) : taken(all, target);
  }

  private static Plan taken(Plan all, dev.escapade.syntax.CaseClause c) {
    if (hasFallthrough(c.body())) {
      return all;
    }
    return new Plan(
        null, List.of(new dev.escapade.syntax.CaseClause(c.pos(), null, c.body(), c.colon())));
  }

  private static boolean hasFallthrough(List<Stmt> list) {
    Stmt s = StaticConditions.lastNonEmpty(list);
    while (s instanceof Stmt.LabeledStmt l) {
      s = l.stmt();
    }
    return s instanceof Stmt.BranchStmt b && b.kind() == Stmt.BranchKind.FALLTHROUGH;
  }

  /**
   * The type that tag and cases are compared as: that of the tag, or an empty interface other than
   * {@code any}, which shows in dictionaries; null for channels.
   */
  static @Nullable Type tagType(Facts facts, Stmt.SwitchStmt s, Plan plan) {
    if (s.tag() != null && facts.typeOf(s.tag()).underlying() instanceof Chan) {
      return null;
    }
    Type tagType = plan.tag == null ? Basic.BOOL : facts.typeOf(plan.tag);
    for (dev.escapade.syntax.CaseClause c : plan.clauses) {
      for (Expr e : Stmts.unpack(c.cases())) {
        Type t = facts.typeOf(e);
        if ((Kinds.isInterface(t) || Kinds.isInterface(tagType))
            && !Conversions.isAssignable(t, tagType)) {
          return Interface.EMPTY;
        }
      }
    }
    return tagType;
  }

  // Switches on types.

  private SwitchStmt typeSwitch(Stmt.SwitchStmt s, Expr.TypeSwitchGuard g) {
    Type iface = facts.typeOf(g.x());
    Expr.Name lhs = g.lhs();
    ExprNode x = body.exprs.expr(g.x());
    Sym tagSym = lhs == null ? null : new Sym(body.source.pkg(), lhs.value());
    TypeSwitchGuard guard = new TypeSwitchGuard(g.pos(), body.inl, tagSym, x);
    List<CaseClause> clauses = new ArrayList<>(s.body().size());
    for (dev.escapade.syntax.CaseClause c : s.body()) {
      clauses.add(typeClause(c, iface, guard));
    }
    return new SwitchStmt(s.pos(), body.inl, guard, clauses);
  }

  private CaseClause typeClause(
      dev.escapade.syntax.CaseClause c, Type iface, TypeSwitchGuard guard) {
    List<Expr> cases = Stmts.unpack(c.cases());
    List<Node> list = new ArrayList<>(cases.size());
    for (Expr e : cases) {
      list.add(
          facts.isNil(Exprs.unparen(e))
              ? new NilExpr(e.pos(), body.inl, Basic.UNTYPED_NIL)
              : body.types.exprType(iface, e));
    }
    CaseClause clause = new CaseClause(c.pos(), body.inl, list, new ArrayList<>());
    if (guard.tag != null && facts.implicit(c) instanceof Var v) {
      int pos = cases.isEmpty() ? c.pos() : TypeExprs.endPos(cases.getLast());
      Name n = body.newLocal(v, pos);
      n.defn = guard;
      clause.var = n;
    }
    clause.body = stmts.list(c.body());
    return clause;
  }

  // Select.

  Node select(Stmt.SelectStmt s, @Nullable Sym label) {
    List<CommClause> clauses = new ArrayList<>(s.body().size());
    for (dev.escapade.syntax.CommClause c : s.body()) {
      Node comm = stmts.single(c.comm());
      List<Node> list = stmts.list(c.body());
      clauses.add(clause(c.pos(), comm, list));
    }
    SelectStmt n = new SelectStmt(s.pos(), body.inl, clauses);
    n.label = label;
    return n;
  }

  /** A clause whose communication is a send or an assignment of both results of a receive. */
  private CommClause clause(int pos, @Nullable Node comm, List<Node> list) {
    Node op = comm;
    List<Node> prefix = new ArrayList<>();
    if (op instanceof AssignStmt as
        && !as.def
        && as.y instanceof ConvExpr conv
        && conv.op() == Op.CONVIFACE) {
      op = receiveFirst(pos, as, conv, prefix);
    }
    if (op instanceof AssignListStmt as2 && as2.op() == Op.AS2) {
      op = Ir.takeInit(as2.rhs.get(0)).get(0);
      prefix.add(as2);
    }
    prefix.addAll(list);
    return new CommClause(pos, body.inl, communication(op), prefix);
  }

  /** {@code i = <-c} with a conversion becomes {@code tmp := <-c: i = tmp}. */
  private Node receiveFirst(int pos, AssignStmt as, ConvExpr conv, List<Node> prefix) {
    ExprNode recv = (ExprNode) conv.x;
    Name tmp = body.temp(pos, recv.type());
    AssignStmt first = new AssignStmt(pos, body.inl, tmp, recv);
    first.def = true;
    first.setInit(Ir.list(body.dcl(pos, tmp)));
    tmp.defn = first;
    conv.x = tmp;
    prefix.add(as);
    return first;
  }

  private @Nullable Node communication(@Nullable Node comm) {
    return switch (comm) {
      case AssignStmt as -> {
        if (as.y instanceof ConvExpr c
            && c.isImplicit()
            && (c.op() == Op.CONVNOP || c.op() == Op.CONVIFACE)) {
          as.y = c.x;
        }
        yield received(as, as.x == null ? body.c.blank() : as.x, as.y, as.def);
      }
      case AssignListStmt as when as.op() == Op.AS2RECV -> {
        as.setOp(Op.SELRECV2);
        yield as;
      }
      case UnaryExpr recv when recv.op() == Op.RECV -> received(recv, body.c.blank(), recv, false);
      case null, default -> comm;
    };
  }

  private Node received(Node from, Node dst, @Nullable Node recv, boolean def) {
    List<Node> rhs = new ArrayList<>(1);
    if (recv != null) {
      rhs.add(recv);
    }
    AssignListStmt n =
        new AssignListStmt(from.pos, from.inl, Op.SELRECV2, Ir.list(dst, body.c.blank()), rhs);
    n.def = def;
    n.setInit(from.init());
    return n;
  }
}
