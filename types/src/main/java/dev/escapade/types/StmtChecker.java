package dev.escapade.types;

import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.syntax.Stmt;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks statements and function bodies (Go spec, "Statements"; types2: stmt.go). */
final class StmtChecker {
  // What a statement's context permits, as bits.
  static final int BREAK_OK = 1;
  static final int CONTINUE_OK = 2;
  static final int FALLTHROUGH_OK = 4;

  // What else messages want to know about the context.
  static final int FINAL_SWITCH_CASE = 8;
  static final int IN_TYPE_SWITCH = 16;

  private final Checker check;
  private final SwitchChecker switches;

  StmtChecker(Checker check) {
    this.check = check;
    this.switches = new SwitchChecker(check);
  }

  /**
   * Checks a function body.
   *
   * @param decl the package-level declaration to which the function belongs, or null
   * @param iota the value of iota when the function is a literal in a constant declaration
   */
  void funcBody(
      @Nullable DeclInfo decl, Signature sig, Stmt.BlockStmt body, @Nullable Constant iota) {
    Scope scope = sig.scope();
    if (scope == null) {
      throw new AssertionError("function body without signature scope");
    }
    Environment saved = check.env;
    Environment env = new Environment(decl, scope, saved.version, sig);
    env.iota = iota;
    check.env = env;
    stmtList(0, body.list());
    if (env.hasLabel && !check.conf.ignoreBranchErrors()) {
      new Labels(check).checkBody(body);
    }
    if (sig.results().len() > 0 && !new Terminating(env.panicCalls()).isTerminatingBody(body)) {
      check.errors.error(body.rbrace(), Code.MISSING_RETURN, "missing return");
    }
    usage(scope);
    check.env = saved;
  }

  /** Reports the local variables that are never used, outer scopes first. */
  private void usage(Scope scope) {
    List<Var> unused = new ArrayList<>();
    collectUnused(scope, unused);
    if (!unused.isEmpty()) {
      unused.sort((a, b) -> Integer.compare(a.pos(), b.pos()));
      for (Var v : unused) {
        check.errors.softErrorf(v.pos(), Code.UNUSED_VAR, "declared and not used: %s", v.name());
      }
    }
    for (Scope child : scope.children()) {
      if (!child.isFunc()) { // function literals are checked on their own
        usage(child);
      }
    }
  }

  private void collectUnused(Scope scope, List<Var> unused) {
    for (Obj obj : scope.objects()) {
      if (obj instanceof Var v
          && v.kind() != VarKind.RECV
          && v.kind() != VarKind.PARAM
          && v.kind() != VarKind.RESULT
          && !check.isUsed(v)) {
        unused.add(v);
      }
    }
  }

  private void simpleStmt(Stmt.@Nullable Simple s) {
    if (s != null) {
      stmt(0, s);
    }
  }

  void stmtList(int ctxt, List<Stmt> list) {
    int end = list.size();
    while (end > 0 && list.get(end - 1) instanceof Stmt.EmptyStmt) {
      end--; // empty statements do not keep a fallthrough from being the last statement
    }
    int inner = ctxt & ~FALLTHROUGH_OK;
    for (int i = 0; i < end; i++) {
      stmt(i + 1 == end ? ctxt : inner, list.get(i));
    }
  }

  /** Checks one statement; {@code ctxt} says what it may do. */
  void stmt(int ctxt, Stmt s) {
    int top = check.delayedTop();
    Scope scope = check.env.scope;
    int inner = ctxt & ~(FALLTHROUGH_OK | FINAL_SWITCH_CASE | IN_TYPE_SWITCH);
    switch (s) {
      case Stmt.EmptyStmt _ -> {}
      case Stmt.DeclStmt d -> check.decls.declStmt(d.decls());
      case Stmt.LabeledStmt l -> {
        check.env.hasLabel = true;
        stmt(ctxt, l.stmt());
      }
      case Stmt.ExprStmt e -> exprStmt(e);
      case Stmt.SendStmt send -> sendStmt(send);
      case Stmt.AssignStmt a -> assignStmt(a);
      case Stmt.CallStmt c -> suspendedCall(c.defer() ? "defer" : "go", c.call());
      case Stmt.ReturnStmt r -> returnStmt(r);
      case Stmt.BranchStmt b -> branchStmt(ctxt, b);
      case Stmt.BlockStmt b -> {
        check.openScope("block");
        stmtList(inner, b.list());
      }
      case Stmt.IfStmt i -> ifStmt(inner, i);
      case Stmt.SwitchStmt sw -> {
        check.openScope("switch");
        simpleStmt(sw.init());
        if (sw.tag() instanceof Expr.TypeSwitchGuard guard) {
          switches.typeSwitchStmt(inner | BREAK_OK | IN_TYPE_SWITCH, sw, guard);
        } else {
          switches.switchStmt(inner | BREAK_OK, sw);
        }
      }
      case Stmt.SelectStmt sel -> selectStmt(inner | BREAK_OK, sel);
      case Stmt.ForStmt f -> forStmt(inner | BREAK_OK | CONTINUE_OK, f);
      case Stmt.RangeClause r ->
          check.errors.error(r, Code.INVALID_SYNTAX_TREE, "invalid statement");
    }
    // Function literals in the statement see the scope as it is at its end.
    check.processDelayed(top);
    check.env.scope = scope;
  }

  private void exprStmt(Stmt.ExprStmt s) {
    Operand x = new Operand();
    ExprKind kind = check.exprs.rawExpr(null, x, s.x(), null, false);
    switch (x.mode) {
      case BUILTIN -> check.errors.errorf(x, Code.UNCALLED_BUILTIN, "%s %s", x, "must be called");
      case TYPE_EXPR ->
          check.errors.errorf(x, Code.NOT_AN_EXPR, "%s %s", x, "is not an expression");
      default -> {
        if (kind != ExprKind.STATEMENT) {
          check.errors.errorf(x, Code.UNUSED_EXPR, "%s %s", x, "is not used");
        }
      }
    }
  }

  private void sendStmt(Stmt.SendStmt s) {
    Operand ch = new Operand();
    Operand val = new Operand();
    check.exprs.expr(null, ch, s.chan());
    check.exprs.expr(null, val, s.value());
    if (ch.isInvalid() || val.isInvalid()) {
      return;
    }
    Type elem = check.operators.chanElem(ErrorReporter.posOf(s), ch, false);
    if (elem != null) {
      check.assignments.assignment(val, elem, "send");
    }
  }

  private void assignStmt(Stmt.AssignStmt s) {
    if (s.rhs() == null) {
      incDecStmt(s);
      return;
    }
    List<Expr> lhs = Exprs.unpack(s.lhs());
    List<Expr> rhs = Exprs.unpack(s.rhs());
    if (s.op() == null) {
      check.assignments.assignVars(lhs, rhs);
      return;
    }
    if (s.op() == Operator.DEF) {
      check.assignments.shortVarDecl(s.pos(), lhs, rhs);
      return;
    }
    if (lhs.size() != 1 || rhs.size() != 1) {
      check.errors.errorf(
          s,
          Code.MULTI_VAL_ASSIGN_OP,
          "assignment operation %s requires single-valued expressions",
          s.op());
      return;
    }
    Operand x = new Operand();
    check.operators.binary(x, null, lhs.get(0), rhs.get(0), s.op());
    check.assignments.assignVar(lhs.get(0), x, "assignment");
  }

  private void incDecStmt(Stmt.AssignStmt s) {
    Operand x = new Operand();
    check.exprs.expr(null, x, s.lhs());
    if (x.isInvalid()) {
      return;
    }
    if (!Predicates.allNumeric(x.typ)) {
      check.errors.errorf(
          s.lhs(),
          Code.NON_NUMERIC_INC_DEC,
          "invalid operation: %s%s%s (non-numeric type %s)",
          s.lhs(),
          s.op(),
          s.op(),
          x.typ);
      return;
    }
    check.assignments.assignVar(s.lhs(), x, "assignment");
  }

  private void suspendedCall(String keyword, Expr call) {
    Code code = keyword.equals("go") ? Code.INVALID_GO : Code.INVALID_DEFER;
    if (!(call instanceof Expr.CallExpr)) {
      check.errors.errorf(call, code, "expression in %s must be function call", keyword);
      check.calls.use(call);
      return;
    }
    Operand x = new Operand();
    switch (check.exprs.rawExpr(null, x, call, null, false)) {
      case CONVERSION ->
          check.errors.errorf(x, code, "%s requires function call, not conversion %s", keyword, x);
      case EXPRESSION ->
          check.errors.errorf(x, Code.UNUSED_RESULTS, "%s discards result of %s", keyword, x);
      case STATEMENT -> {}
    }
  }

  private void returnStmt(Stmt.ReturnStmt s) {
    Signature sig = check.env.sig;
    if (sig == null) {
      throw new AssertionError("return outside a function");
    }
    List<Var> res = sig.results().vars();
    List<Expr> results = Exprs.unpack(s.results());
    if (!results.isEmpty() || res.isEmpty() || res.get(0).name().isEmpty()) {
      check.assignments.initVars(res, results, s);
      return;
    }
    // The results are variables: none may be hidden by another object here.
    for (Var v : res) {
      Obj alt = check.lookup(v.name());
      if (alt != null && alt != v) {
        check
            .errors
            .newError(Code.OUT_OF_SCOPE_RESULT)
            .addf(s, "result parameter %s not in scope at return", v.name())
            .addf(alt, "inner declaration of %s", v)
            .report();
      }
    }
  }

  private void branchStmt(int ctxt, Stmt.BranchStmt s) {
    if (s.label() != null) {
      check.env.hasLabel = true; // looked at when the whole function is known
      return;
    }
    if (check.conf.ignoreBranchErrors()) {
      return;
    }
    switch (s.kind()) {
      case BREAK -> {
        if ((ctxt & BREAK_OK) == 0) {
          check.errors.error(
              s, Code.MISPLACED_BREAK, "break not in for, switch, or select statement");
        }
      }
      case CONTINUE -> {
        if ((ctxt & CONTINUE_OK) == 0) {
          check.errors.error(s, Code.MISPLACED_CONTINUE, "continue not in for statement");
        }
      }
      case FALLTHROUGH -> {
        if ((ctxt & FALLTHROUGH_OK) == 0) {
          String msg =
              (ctxt & FINAL_SWITCH_CASE) != 0
                  ? "cannot fallthrough final case in switch"
                  : (ctxt & IN_TYPE_SWITCH) != 0
                      ? "cannot fallthrough in type switch"
                      : "fallthrough statement out of place";
          check.errors.error(s, Code.MISPLACED_FALLTHROUGH, msg);
        }
      }
      case GOTO ->
          check.errors.errorf(s, Code.INVALID_SYNTAX_TREE, "branch statement: %s", s.kind());
    }
  }

  private void ifStmt(int inner, Stmt.IfStmt s) {
    check.openScope("if");
    simpleStmt(s.init());
    condition(s.cond(), "if");
    stmt(inner, s.then());
    if (s.els() != null) {
      stmt(inner, s.els());
    }
  }

  private void condition(Expr cond, String keyword) {
    Operand x = new Operand();
    check.exprs.expr(null, x, cond);
    if (!x.isInvalid() && !Predicates.allBoolean(x.typ)) {
      check.errors.errorf(
          cond, Code.INVALID_COND, "non-boolean condition in %s statement", keyword);
    }
  }

  private void selectStmt(int inner, Stmt.SelectStmt s) {
    multipleDefaults(s.body());
    for (CommClause clause : s.body()) {
      Stmt.Simple comm = clause.comm();
      if (comm != null && !isCommunication(comm)) {
        check.errors.error(
            comm,
            Code.INVALID_SELECT_CASE,
            "select case must be send or receive (possibly with assignment)");
        continue;
      }
      check.openScope("case");
      if (comm != null) {
        stmt(inner, comm);
      }
      stmtList(inner, clause.body());
      check.closeScope();
    }
  }

  private static boolean isCommunication(Stmt.Simple s) {
    Expr rhs =
        switch (s) {
          case Stmt.AssignStmt a -> a.rhs() instanceof Expr.ListExpr ? null : a.rhs();
          case Stmt.ExprStmt e -> e.x();
          case Stmt.SendStmt _, Stmt.EmptyStmt _, Stmt.RangeClause _ -> null;
        };
    return s instanceof Stmt.SendStmt
        || (rhs != null
            && Exprs.unparen(rhs) instanceof Expr.UnaryExpr u
            && u.op() == Operator.RECV);
  }

  private void multipleDefaults(List<CommClause> clauses) {
    CommClause first = null;
    for (CommClause c : clauses) {
      if (c.comm() == null) {
        if (first != null) {
          check.errors.errorf(
              c,
              Code.DUPLICATE_DEFAULT,
              "multiple defaults (first at %s)",
              check.errors.position(first.pos()));
        } else {
          first = c;
        }
      }
    }
  }

  private void forStmt(int inner, Stmt.ForStmt s) {
    if (s.init() instanceof Stmt.RangeClause clause) {
      check.ranges.rangeStmt(inner, s, clause);
      return;
    }
    check.openScope("for");
    simpleStmt(s.init());
    if (s.cond() != null) {
      condition(s.cond(), "for");
    }
    simpleStmt(s.post());
    if (s.post() instanceof Stmt.AssignStmt post && post.op() == Operator.DEF) {
      check.calls.use(post.lhs()); // the parser has reported it
    }
    stmt(inner, s.body());
  }
}
