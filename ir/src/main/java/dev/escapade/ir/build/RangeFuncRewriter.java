package dev.escapade.ir.build;

import dev.escapade.syntax.Branches;
import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.LitKind;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Stmt.BranchKind;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Basic;
import dev.escapade.types.Func;
import dev.escapade.types.Obj;
import dev.escapade.types.OperandMode;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the ranges over functions in one function. A loop and all such loops within it share the
 * variable {@code #next}, which says what is to be done when an iterator has returned: return (-1),
 * a branch to a label (other negative numbers), or a break or continue of an outer loop (positive).
 */
final class RangeFuncRewriter {
  // What the state variable of a loop says (internal/abi/rangefuncconsts.go).
  private static final int DONE = 0;
  private static final int READY = 1;
  private static final int PANIC = 2;
  private static final int EXHAUSTED = 3;
  private static final int MISSING_PANIC = 4;

  /** The step between the numbers of the levels of loops in {@code #next}. */
  private static final int LEVEL = 2;

  private record Branch(BranchKind kind, String label) {}

  /** A range over a function around the place that is rewritten. */
  private static final class Loop {
    final Stmt.ForStmt stmt;
    final int depth;
    final Var state;
    boolean checkReturn;
    boolean checkBreak;
    boolean checkContinue;
    final List<Branch> branches = new ArrayList<>();

    Loop(Stmt.ForStmt stmt, int depth, Var state) {
      this.stmt = stmt;
      this.depth = depth;
      this.state = state;
    }
  }

  private final RangeFuncs funcs;
  private final Facts facts;
  private final Stmt.BlockStmt body;
  private final Signature sig;
  private final List<Loop> loops = new ArrayList<>();
  private final List<Decl> outerDecls = new ArrayList<>();
  private final Map<String, Stmt.@Nullable ForStmt> labelLoops = new HashMap<>();
  private final Map<Branch, Integer> branchCodes = new HashMap<>();
  private @Nullable IdentityHashMap<Stmt.BranchStmt, Stmt> targets;
  private boolean labelsKnown;
  private @Nullable Var next;
  private @Nullable Var defers;
  private int stateCount;
  private int bodyCount;
  private boolean changed;

  RangeFuncRewriter(RangeFuncs funcs, Stmt.BlockStmt body, Signature sig) {
    this.funcs = funcs;
    this.facts = funcs.facts();
    this.body = body;
    this.sig = sig;
  }

  /** The rewritten body, or null if nothing is to be changed. */
  Stmt.@Nullable BlockStmt rewrite() {
    Stmt.BlockStmt result = block(body);
    return changed ? result : null;
  }

  // Walking over statements, the innermost first.

  private Stmt.BlockStmt block(Stmt.BlockStmt b) {
    return new Stmt.BlockStmt(b.pos(), list(b.list()), b.rbrace());
  }

  private List<Stmt> list(List<Stmt> stmts) {
    List<Stmt> visited = new ArrayList<>(stmts.size());
    for (Stmt s : stmts) {
      visited.add(visit(s));
    }
    visited.replaceAll(this::edit);
    return visited;
  }

  private @Nullable Stmt optional(@Nullable Stmt s) {
    return s == null ? null : visit(s);
  }

  private Stmt visit(Stmt s) {
    return switch (s) {
      case Stmt.BlockStmt x -> block(x);
      case Stmt.IfStmt x -> {
        literals(x.init());
        literals(x.cond());
        Stmt.BlockStmt then = block(x.then());
        yield new Stmt.IfStmt(x.pos(), x.init(), x.cond(), then, optional(x.els()));
      }
      case Stmt.ForStmt x -> funcs.isRangeOverFunc(x) ? loop(x) : plainLoop(x);
      case Stmt.LabeledStmt x -> new Stmt.LabeledStmt(x.pos(), x.label(), edit(visit(x.stmt())));
      case Stmt.SwitchStmt x -> {
        literals(x.init());
        literals(x.tag());
        List<CaseClause> clauses = new ArrayList<>();
        for (CaseClause c : x.body()) {
          clauses.add(clause(c));
        }
        yield new Stmt.SwitchStmt(x.pos(), x.init(), x.tag(), clauses, x.rbrace());
      }
      case Stmt.SelectStmt x -> {
        List<CommClause> clauses = new ArrayList<>();
        for (CommClause c : x.body()) {
          clauses.add(clause(c));
        }
        yield new Stmt.SelectStmt(x.pos(), clauses, x.rbrace());
      }
      case Stmt.EmptyStmt _,
          Stmt.ExprStmt _,
          Stmt.SendStmt _,
          Stmt.AssignStmt _,
          Stmt.RangeClause _,
          Stmt.DeclStmt _,
          Stmt.BranchStmt _,
          Stmt.CallStmt _,
          Stmt.ReturnStmt _ -> {
        literals(s);
        yield s;
      }
    };
  }

  private Stmt plainLoop(Stmt.ForStmt x) {
    literals(x.init());
    literals(x.cond());
    literals(x.post());
    return new Stmt.ForStmt(x.pos(), x.init(), x.cond(), x.post(), block(x.body()));
  }

  @SuppressWarnings("NullAway") // it does not see that the record's component may be null
  private CommClause clause(CommClause c) {
    literals(c.comm());
    return new CommClause(c.pos(), c.comm(), list(c.body()), c.colon());
  }

  private CaseClause clause(CaseClause c) {
    literals(c.cases());
    CaseClause now = new CaseClause(c.pos(), c.cases(), list(c.body()), c.colon());
    Obj obj = facts.implicit(c);
    if (obj != null) {
      facts.recordImplicit(now, obj);
    }
    return now;
  }

  /** Rewrites the function literals in a statement or expression. */
  private void literals(@Nullable Node n) {
    if (n == null) {
      return;
    }
    Walk.preorder(
        n,
        x -> {
          if (x instanceof Expr.FuncLit lit) {
            funcs.rewrite(lit);
            return false;
          }
          return true;
        });
  }

  // Statements that leave the body of a loop.

  private Stmt edit(Stmt s) {
    if (loops.isEmpty()) {
      return s;
    }
    return switch (s) {
      case Stmt.BranchStmt x -> branch(x);
      case Stmt.CallStmt x when x.defer() -> defer(x);
      case Stmt.ReturnStmt x -> returnStmt(x);
      default -> s;
    };
  }

  private Stmt defer(Stmt.CallStmt s) {
    Var frame = defers;
    if (frame == null) {
      Expr call = call(0, RangeFuncs.DEFER, Universe.ANY_INTERFACE, List.of());
      frame = outerVar("#defers", Universe.ANY_INTERFACE, call);
      defers = frame;
    }
    funcs.deferAt(s, use(frame, s.pos()));
    return s;
  }

  private Stmt returnStmt(Stmt.ReturnStmt s) {
    int pos = s.pos();
    List<Stmt> list = new ArrayList<>();
    if (s.results() != null) {
      Tuple results = sig.results();
      List<Expr> lhs = new ArrayList<>();
      for (int i = 0; i < results.len(); i++) {
        funcs.nameResult(results.at(i), i);
        lhs.add(use(results.at(i), pos));
      }
      list.add(new Stmt.AssignStmt(pos, null, exprList(lhs, pos), s.results()));
    }
    for (Loop l : loops) {
      l.checkReturn = true;
    }
    list.add(assign(next(pos), -1, pos));
    list.add(setState(loops.getLast(), DONE, pos));
    list.add(returnBool(false, pos));
    return new Stmt.BlockStmt(pos, list, pos);
  }

  private static Expr exprList(List<Expr> list, int pos) {
    return list.size() == 1 ? list.get(0) : new Expr.ListExpr(Facts.SYNTHETIC, pos, list);
  }

  private @Nullable Stmt target(Stmt.BranchStmt s) {
    if (targets == null) {
      targets = Branches.targets(body);
    }
    return targets.get(s);
  }

  /** Reports whether {@code loop} is that of {@code stmt}; statements are known by identity. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Loop loop, @Nullable Stmt stmt) {
    return loop.stmt == stmt;
  }

  private int indexOf(@Nullable Stmt loop) {
    int i = loops.size() - 1;
    while (i >= 0 && !isSame(loops.get(i), loop)) {
      i--;
    }
    return i;
  }

  private Stmt branch(Stmt.BranchStmt s) {
    if (s.kind() == BranchKind.FALLTHROUGH) {
      return s;
    }
    Stmt target = target(s);
    if (target instanceof Stmt.LabeledStmt l && s.kind() != BranchKind.GOTO) {
      target = l.stmt();
    }
    Expr.Name label = s.label();
    int last = loops.size() - 1;
    if (label == null && !isSame(loops.get(last), target)) {
      return s;
    }
    int i = indexOf(target);
    if (label != null && (s.kind() == BranchKind.GOTO || i < 0)) {
      return toLabel(s, label.value());
    }
    if (i == last) {
      boolean on = s.kind() == BranchKind.CONTINUE;
      List<Stmt> list =
          List.of(setState(loops.get(last), on ? READY : DONE, s.pos()), returnBool(on, s.pos()));
      return new Stmt.BlockStmt(s.pos(), list, s.pos());
    }
    int exitFrom = i + 1;
    int code = LEVEL * (i + 1);
    if (s.kind() == BranchKind.CONTINUE) {
      loops.get(exitFrom).checkContinue = true;
      code--;
    } else {
      exitFrom = i;
      loops.get(exitFrom).checkBreak = true;
    }
    for (int j = exitFrom + 1; j < loops.size(); j++) {
      loops.get(j).checkBreak = true;
    }
    return leave(code, s.pos());
  }

  /** Leaves loops up to that which contains the label. */
  private Stmt toLabel(Stmt.BranchStmt s, String label) {
    findLabels();
    Stmt.ForStmt around = labelLoops.get(label);
    if (isSame(loops.getLast(), around)) {
      return s;
    }
    Branch b = new Branch(s.kind(), label);
    int code = Objects.requireNonNull(branchCodes.get(b));
    int exitFrom = indexOf(around) + 1;
    loops.get(exitFrom).branches.add(b);
    for (int j = exitFrom + 1; j < loops.size(); j++) {
      loops.get(j).checkReturn = true;
    }
    return leave(code, s.pos());
  }

  private Stmt leave(int code, int pos) {
    List<Stmt> list = new ArrayList<>(3);
    list.add(assign(next(pos), code, pos));
    list.add(setState(loops.getLast(), DONE, pos));
    list.add(returnBool(false, pos));
    return new Stmt.BlockStmt(pos, list, pos);
  }

  /** Finds the loop that each label of the function is in, and numbers the branches to it. */
  private void findLabels() {
    if (labelsKnown) {
      return;
    }
    labelsKnown = true;
    List<String> labels = new ArrayList<>();
    labels(body, null, labels);
    int code = -1;
    for (String l : labels) {
      code -= 3;
      branchCodes.put(new Branch(BranchKind.BREAK, l), code);
      branchCodes.put(new Branch(BranchKind.CONTINUE, l), code + 1);
      branchCodes.put(new Branch(BranchKind.GOTO, l), code + 2);
    }
  }

  private void labels(Node n, Stmt.@Nullable ForStmt around, List<String> labels) {
    Stmt.ForStmt inner = n instanceof Stmt.ForStmt f && funcs.isRangeOverFunc(f) ? f : around;
    if (n instanceof Stmt.LabeledStmt l) {
      labels.add(l.label().value());
      labelLoops.put(l.label().value(), around);
    }
    Walk.children(n, c -> labels(c, inner, labels));
  }

  // Loops.

  private Stmt loop(Stmt.ForStmt s) {
    changed = true;
    Stmt.RangeClause range = (Stmt.RangeClause) Objects.requireNonNull(s.init());
    Var state = variable(s.pos(), "#state" + ++stateCount, Basic.INT);
    Loop loop = new Loop(s, loops.size() + 1, state);
    loops.add(loop);
    literals(range);
    List<Stmt> inner = list(s.body().list());
    Stmt result = finish(loop, range, inner);
    loops.removeLast();
    return result;
  }

  private Stmt finish(Loop loop, Stmt.RangeClause range, List<Stmt> inner) {
    int start = loop.stmt.pos();
    int end = loop.stmt.body().rbrace();
    Signature iterator = Objects.requireNonNull(funcs.function(range.x()));
    Signature yield = (Signature) Body.coreType(iterator.params().at(0).type());
    bodyCount++;
    Expr.FuncLit lit = bodyFunc(loop, range, yield, inner);
    Var clo = variable(0, "#yield" + bodyCount, facts.typeOf(lit));
    Stmt cloDecl = declare(start, start, clo, lit);
    Expr.CallExpr call =
        new Expr.CallExpr(Facts.SYNTHETIC, start, range.x(), List.of(use(clo, start)), false);
    List<Stmt> checks = checks(loop, end);
    List<Stmt> list = new ArrayList<>();
    boolean outermost = loops.size() == 1;
    if (outermost && !outerDecls.isEmpty()) {
      List<Decl> decls = new ArrayList<>();
      for (Decl d : outerDecls) {
        decls.add(at((Decl.VarDecl) d, start));
      }
      list.add(new Stmt.DeclStmt(start, decls));
    }
    list.add(declare(start, start, loop.state, number(READY, start)));
    list.add(cloDecl);
    list.add(new Stmt.ExprStmt(start, call));
    Expr panicked = compare(Operator.EQL, use(loop.state, end), PANIC, end);
    list.add(ifStmt(panicked, List.of(panic(number(MISSING_PANIC, end), end)), end));
    list.add(setState(loop, EXHAUSTED, end));
    list.addAll(checks);
    if (outermost) {
      outerDecls.clear();
      next = null;
      defers = null;
    }
    return new Stmt.BlockStmt(start, list, end);
  }

  private static Decl.VarDecl at(Decl.VarDecl d, int pos) {
    return new Decl.VarDecl(pos, null, null, d.names(), null, d.values());
  }

  /** The body of a loop as a function literal. */
  private Expr.FuncLit bodyFunc(
      Loop loop, Stmt.RangeClause range, Signature yield, List<Stmt> inner) {
    int start = loop.stmt.pos();
    int end = loop.stmt.body().rbrace();
    List<Expr> lhs = Stmts.unpack(range.lhs());
    List<Stmt> list = new ArrayList<>();
    List<Var> params = new ArrayList<>();
    for (int i = 0; i < yield.params().len(); i++) {
      Type t = yield.params().at(i).type();
      if (i < lhs.size()
          && range.def()
          && lhs.get(i) instanceof Expr.Name name
          && facts.def(name) instanceof Var v) {
        params.add(v);
        continue;
      }
      Var p = new Var(VarKind.PARAM, start, funcs.pkg(), "#p" + (i + 1), t);
      params.add(p);
      if (i < lhs.size() && !range.def()) {
        Expr x = lhs.get(i);
        list.add(new Stmt.AssignStmt(x.pos(), null, x, use(p, x.pos())));
      }
    }
    Var result = new Var(VarKind.RESULT, start, null, "#r", Basic.BOOL);
    Signature type =
        new Signature(null, List.of(), List.of(), Tuple.of(params), Tuple.of(result), false);
    Var tmp = variable(0, "#tmpState", Basic.INT);
    list.add(declare(0, 0, tmp, use(loop.state, 0)));
    list.add(setState(loop, PANIC, start));
    Expr notReady = compare(Operator.NEQ, use(tmp, start), READY, start);
    list.add(ifStmt(notReady, List.of(panic(use(tmp, start), start)), start));
    list.addAll(inner);
    list.add(setState(loop, READY, end));
    list.add(new Stmt.ReturnStmt(end, bool(true, 0)));
    return funcs.literal(start, new Stmt.BlockStmt(start, list, end), type);
  }

  /** What is done after the iterator has returned, depending on {@code #next}. */
  private List<Stmt> checks(Loop loop, int pos) {
    List<Stmt> list = new ArrayList<>();
    Set<Branch> done = new HashSet<>();
    for (Branch b : loop.branches) {
      if (done.add(b)) {
        Expr.Name label = new Expr.Name(Facts.SYNTHETIC, pos, b.label);
        int code = Objects.requireNonNull(branchCodes.get(b));
        list.add(ifNext(Operator.EQL, code, true, pos, new Stmt.BranchStmt(pos, b.kind, label)));
      }
    }
    if (loops.size() == 1) {
      if (loop.checkReturn) {
        list.add(ifNext(Operator.EQL, -1, false, pos, new Stmt.ReturnStmt(pos, null)));
      }
      return list;
    }
    Loop around = loops.get(loop.depth - 2);
    int level = LEVEL * (loop.depth - 1);
    if (loop.checkReturn) {
      list.add(ifNext(Operator.LSS, 0, false, pos, leaving(around, DONE, pos)));
    }
    list.add(ifNext(Operator.GTR, level, false, pos, panic(number(DONE, pos), pos)));
    if (loop.checkContinue) {
      list.add(ifNext(Operator.EQL, level - 1, true, pos, leaving(around, READY, pos)));
    }
    if (loop.checkBreak) {
      list.add(ifNext(Operator.EQL, level, true, pos, leaving(around, DONE, pos)));
    }
    if (loop.checkContinue || loop.checkBreak) {
      list.add(ifNext(Operator.GTR, 0, false, pos, leaving(around, DONE, pos)));
    }
    return list;
  }

  /** Sets the state of a loop and returns from its body. */
  private Stmt[] leaving(Loop loop, int state, int pos) {
    return new Stmt[] {setState(loop, state, pos), returnBool(state == READY, pos)};
  }

  // Pieces of syntax.

  private Stmt ifNext(Operator op, int c, boolean clear, int pos, Stmt... then) {
    List<Stmt> list = new ArrayList<>();
    if (clear) {
      list.add(assign(next(pos), 0, pos));
    }
    list.addAll(List.of(then));
    return ifStmt(compare(op, next(pos), c, pos), list, pos);
  }

  private static Stmt ifStmt(Expr cond, List<Stmt> then, int pos) {
    return new Stmt.IfStmt(pos, null, cond, new Stmt.BlockStmt(pos, then, pos), null);
  }

  private Expr compare(Operator op, Expr x, int c, int pos) {
    return facts.record(
        new Expr.BinaryExpr(Facts.SYNTHETIC, pos, op, x, number(c, pos)),
        OperandMode.VALUE,
        Basic.BOOL,
        null);
  }

  private Stmt panic(Expr arg, int pos) {
    return new Stmt.ExprStmt(pos, call(pos, RangeFuncs.PANIC, null, List.of(arg)));
  }

  private Expr call(int pos, Func f, @Nullable Type result, List<Expr> args) {
    Expr.Name fun = new Expr.Name(Facts.SYNTHETIC, pos, "runtime." + f.name());
    facts.record(fun, OperandMode.VALUE, f.signature(), null);
    facts.recordUse(fun, f);
    Expr.CallExpr call = new Expr.CallExpr(Facts.SYNTHETIC, pos, fun, args, false);
    return result == null ? call : facts.record(call, OperandMode.VALUE, result, null);
  }

  private Stmt setState(Loop loop, int state, int pos) {
    return assign(use(loop.state, pos), state, pos);
  }

  private Stmt assign(Expr x, int value, int pos) {
    return new Stmt.AssignStmt(pos, null, x, number(value, pos));
  }

  private Stmt returnBool(boolean b, int pos) {
    return new Stmt.ReturnStmt(pos, bool(b, pos));
  }

  private Expr bool(boolean b, int pos) {
    return facts.record(
        new Expr.Name(Facts.SYNTHETIC, pos, b ? "true" : "false"),
        OperandMode.CONSTANT,
        Basic.BOOL,
        Constant.of(b));
  }

  private Expr number(int n, int pos) {
    return facts.record(
        new Expr.BasicLit(Facts.SYNTHETIC, pos, LitKind.INT, Integer.toString(n), false),
        OperandMode.CONSTANT,
        Basic.INT,
        Constant.of(n));
  }

  private Var variable(int pos, String name, Type t) {
    return new Var(VarKind.LOCAL, pos, funcs.pkg(), name, t);
  }

  private Expr.Name use(Var v, int pos) {
    Expr.Name n = new Expr.Name(Facts.SYNTHETIC, pos, funcs.name(v));
    facts.record(n, OperandMode.VARIABLE, v.type(), null);
    facts.recordUse(n, v);
    return n;
  }

  private Stmt declare(int pos, int declPos, Var v, Expr value) {
    return new Stmt.DeclStmt(pos, List.of(varDecl(declPos, v, value)));
  }

  private Decl.VarDecl varDecl(int pos, Var v, @Nullable Expr value) {
    Expr.Name n = new Expr.Name(Facts.SYNTHETIC, pos, v.name());
    facts.record(n, OperandMode.VARIABLE, v.type(), null);
    facts.recordDef(n, v);
    return new Decl.VarDecl(pos, null, null, List.of(n), null, value);
  }

  /** Declares a variable that the outermost loop and those within share. */
  private Var outerVar(String name, Type t, @Nullable Expr value) {
    Var v = variable(0, name, t);
    outerDecls.add(varDecl(0, v, value));
    return v;
  }

  private Expr next(int pos) {
    Var v = next;
    if (v == null) {
      v = outerVar("#next", Basic.INT, null);
      next = v;
    }
    return use(v, pos);
  }
}
