package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the grammar under "Statements" in the Go spec. */
final class StmtParser {
  private final Parser p;
  private final TokenReader in;
  private final ExprParser exprs;
  private final NodeStack lists;

  StmtParser(Parser p) {
    this.p = p;
    this.in = p.in;
    this.exprs = p.exprs;
    this.lists = p.lists;
  }

  // ---------------------------------------------------------------------------------------------
  // Blocks

  /** A block; the current token is its brace. */
  Stmt.BlockStmt block() {
    return block("");
  }

  /**
   * A block.
   *
   * @param context after what it comes, for the error if there is no brace
   */
  private Stmt.BlockStmt block(String context) {
    int pos = in.pos();
    if (!in.got(Token.LBRACE)) {
      in.syntaxError("expected { after " + context);
      in.advanceTo(Token.NAME.bit() | Token.RBRACE.bit());
      int rbrace = in.pos();
      if (in.got(Token.RBRACE)) {
        return new Stmt.BlockStmt(pos, List.of(), rbrace);
      }
    }
    in.enter();
    List<Stmt> list = statements();
    in.leave();
    int rbrace = in.pos();
    in.want(Token.RBRACE);
    return new Stmt.BlockStmt(pos, list, rbrace);
  }

  private List<Stmt> statements() {
    int mark = lists.mark();
    while (in.tok != Token.EOF
        && in.tok != Token.RBRACE
        && in.tok != Token.CASE
        && in.tok != Token.DEFAULT) {
      Stmt s = statementOrNull();
      p.pragmas.rejectPending();
      if (s == null) {
        break;
      }
      lists.push(s);
      // A semicolon is optional before a brace.
      if (!in.got(Token.SEMI) && in.tok != Token.RBRACE) {
        in.syntaxError("at end of statement");
        in.advanceTo(
            Token.SEMI.bit() | Token.RBRACE.bit() | Token.CASE.bit() | Token.DEFAULT.bit());
        in.got(Token.SEMI); // or there would be an empty statement
      }
    }
    return lists.take(mark);
  }

  /** A statement if there is one. */
  private @Nullable Stmt statementOrNull() {
    if (in.tok == Token.NAME) {
      p.pragmas.rejectPending();
      Expr lhs = exprs.exprList();
      return lhs instanceof Expr.Name label && in.tok == Token.COLON
          ? labeledStatementOrNull(label)
          : simple(lhs, null);
    }
    switch (in.tok) {
      case VAR, CONST, TYPE -> {
        return declaration();
      }
      default -> p.pragmas.rejectPending(); // only declarations have directives
    }
    int pos = in.pos();
    return switch (in.tok) {
      case LBRACE -> block();
      case OPERATOR, STAR ->
          switch (in.op) {
            case ADD, SUB, MUL, AND, XOR, NOT -> simple(null, null);
            default -> null; // no unary operator
          };
      case LITERAL, FUNC, LPAREN, LBRACK, STRUCT, MAP, CHAN, INTERFACE, ARROW -> simple(null, null);
      case FOR -> forStatement();
      case SWITCH -> switchStatement();
      case SELECT -> selectStatement();
      case IF -> ifStatement();
      case FALLTHROUGH -> {
        in.next();
        yield new Stmt.BranchStmt(pos, Stmt.BranchKind.FALLTHROUGH, null);
      }
      case BREAK -> branch(Stmt.BranchKind.BREAK);
      case CONTINUE -> branch(Stmt.BranchKind.CONTINUE);
      case GOTO -> {
        in.next();
        yield new Stmt.BranchStmt(pos, Stmt.BranchKind.GOTO, p.name());
      }
      case GO -> call(false);
      case DEFER -> call(true);
      case RETURN -> {
        in.next();
        Expr results = in.tok != Token.SEMI && in.tok != Token.RBRACE ? exprs.exprList() : null;
        yield new Stmt.ReturnStmt(pos, results);
      }
      case SEMI -> new Stmt.EmptyStmt(pos);
      default -> null; // no statement starts so
    };
  }

  private Stmt declaration() {
    int pos = in.pos();
    Token keyword = in.tok;
    in.next();
    return new Stmt.DeclStmt(pos, p.decls.group(keyword));
  }

  private Stmt branch(Stmt.BranchKind kind) {
    int pos = in.pos();
    in.next();
    return new Stmt.BranchStmt(pos, kind, in.tok == Token.NAME ? p.name() : null);
  }

  private Stmt call(boolean defer) {
    int pos = in.pos();
    in.next();
    Expr x = exprs.primary(null, in.tok == Token.LPAREN);
    Expr call = Syntax.unparen(x);
    if (x instanceof Expr.ParenExpr) {
      in.error(x.pos(), "expression in " + (defer ? "defer" : "go") + " must not be parenthesized");
    }
    return new Stmt.CallStmt(pos, defer, call);
  }

  private @Nullable Stmt labeledStatementOrNull(Expr.Name label) {
    int pos = in.pos();
    in.want(Token.COLON);
    if (in.tok == Token.RBRACE) {
      // The semicolon after an empty statement may be left out here.
      return new Stmt.LabeledStmt(pos, label, new Stmt.EmptyStmt(in.pos()));
    }
    in.enter();
    Stmt s = statementOrNull();
    in.leave();
    if (s == null) {
      in.syntaxError(pos, "missing statement after label");
      return null;
    }
    return new Stmt.LabeledStmt(pos, label, s);
  }

  // ---------------------------------------------------------------------------------------------
  // Simple statements

  /**
   * A simple statement.
   *
   * @param first its left side if it has been parsed already
   * @param keyword the statement in whose header it stands: FOR allows a range clause, SWITCH a
   *     type switch guard; else null
   */
  private Stmt.Simple simple(@Nullable Expr first, @Nullable Token keyword) {
    if (keyword == Token.FOR && in.tok == Token.RANGE) {
      return rangeClause(null, false);
    }
    Expr lhs = first != null ? first : exprs.exprList();
    int pos = in.pos();
    if (in.tok == Token.ASSIGN || in.tok == Token.DEFINE) {
      return assignment(lhs, pos, keyword);
    }
    if (lhs instanceof Expr.ListExpr list) {
      in.syntaxError("expected := or = or comma");
      in.advanceTo(Token.SEMI.bit() | Token.RBRACE.bit());
      Expr x = list.elems().getFirst();
      return new Stmt.ExprStmt(x.pos(), x);
    }
    Operator op = in.op;
    return switch (in.tok) {
      case ASSIGN_OP -> {
        in.next();
        yield new Stmt.AssignStmt(pos, op, lhs, exprs.expr());
      }
      case INC_OP -> {
        in.next();
        yield new Stmt.AssignStmt(pos, op, lhs, null);
      }
      case ARROW -> {
        in.next();
        yield new Stmt.SendStmt(pos, lhs, exprs.expr());
      }
      default -> new Stmt.ExprStmt(lhs.pos(), lhs);
    };
  }

  private Stmt.Simple assignment(Expr lhs, int pos, @Nullable Token keyword) {
    Operator op = in.tok == Token.DEFINE ? Operator.DEF : null;
    in.next();
    if (keyword == Token.FOR && in.tok == Token.RANGE) {
      return rangeClause(lhs, op != null);
    }
    Expr rhs = exprs.exprList();
    if (keyword == Token.SWITCH
        && op != null
        && rhs instanceof Expr.TypeSwitchGuard guard
        && lhs instanceof Expr.Name name) {
      Expr x = new Expr.TypeSwitchGuard(guard.id(), guard.pos(), name, guard.x());
      return new Stmt.ExprStmt(x.pos(), x);
    }
    return new Stmt.AssignStmt(pos, op, lhs, rhs);
  }

  private Stmt.Simple rangeClause(@Nullable Expr lhs, boolean def) {
    int pos = in.pos();
    in.next();
    return new Stmt.RangeClause(pos, lhs, def, exprs.expr());
  }

  // ---------------------------------------------------------------------------------------------
  // Headers

  /** What stands between the keyword and the brace of an if, for or switch. */
  private record Header(
      Stmt.@Nullable Simple init, @Nullable Expr cond, Stmt.@Nullable Simple post) {
    static final Header EMPTY = new Header(null, null, null);
  }

  private Header header(Token keyword) {
    in.want(keyword);
    if (in.tok == Token.LBRACE) {
      if (keyword != Token.IF) {
        return Header.EMPTY;
      }
      in.syntaxError("missing condition in if statement");
      return new Header(null, p.badExpr(in.pos()), null);
    }
    int outer = in.expressionLevel;
    in.expressionLevel = -1;
    Header header = headerParts(keyword);
    in.expressionLevel = outer;
    return header;
  }

  private Header headerParts(Token keyword) {
    Stmt.Simple init = null;
    if (in.tok != Token.SEMI) {
      if (in.got(Token.VAR)) {
        in.syntaxError("var declaration not allowed in " + keyword.text() + " initializer");
      }
      init = simple(null, keyword);
      if (init instanceof Stmt.RangeClause) {
        return new Header(init, null, null);
      }
    }
    if (in.tok == Token.LBRACE) {
      return new Header(null, condition(init, keyword, 0, ""), null);
    }
    int semi = 0;
    String semiText = in.lit;
    if (in.tok == Token.SEMI) {
      semi = in.pos();
      in.next();
    } else {
      // To ask for a brace here, not for a semicolon, gives the better message.
      in.want(Token.LBRACE);
      if (in.tok != Token.LBRACE) {
        in.advanceTo(Token.LBRACE.bit() | Token.RBRACE.bit());
      }
    }
    Stmt.Simple cond = null;
    Stmt.Simple post = null;
    if (keyword == Token.FOR) {
      if (in.tok == Token.LBRACE) {
        in.syntaxError("expected for loop condition");
        return new Header(init, null, null);
      }
      if (in.tok != Token.SEMI) {
        cond = simple(null, null);
      }
      in.want(Token.SEMI);
      if (in.tok != Token.LBRACE) {
        post = postStatement();
      }
    } else if (in.tok != Token.LBRACE) {
      cond = simple(null, keyword);
    }
    return new Header(init, condition(cond, keyword, semi, semiText), post);
  }

  private Stmt.Simple postStatement() {
    Stmt.Simple post = simple(null, null);
    if (post instanceof Stmt.AssignStmt a && a.op() == Operator.DEF) {
      in.syntaxError(a.pos(), "cannot declare in post statement of for loop");
    }
    return post;
  }

  /**
   * The expression in what was parsed as a statement.
   *
   * @param semi the position of the semicolon before it, or 0
   * @param semiText what stands for the semicolon
   */
  private @Nullable Expr condition(
      Stmt.@Nullable Simple s, Token keyword, int semi, String semiText) {
    if (s == null) {
      if (keyword != Token.IF || semi == 0) {
        return null;
      }
      in.syntaxError(
          semi,
          semiText.equals("semicolon")
              ? "missing condition in if statement"
              : "unexpected " + semiText + ", expected { after if clause");
      return p.badExpr(semi);
    }
    if (s instanceof Stmt.ExprStmt e) {
      return e.x();
    }
    // Somebody may have written "=" for "==".
    String text =
        s instanceof Stmt.AssignStmt a && a.op() == null && a.rhs() != null
            ? "assignment " + emphasized(a.lhs()) + " = " + emphasized(a.rhs())
            : ExprPrinter.toString(s);
    in.syntaxError(s.pos(), "cannot use " + text + " as value");
    return null;
  }

  private static String emphasized(Expr x) {
    String s = ExprPrinter.toString(x);
    return x instanceof Expr.BinaryExpr ? "(" + s + ")" : s;
  }

  // ---------------------------------------------------------------------------------------------
  // Compound statements

  private Stmt forStatement() {
    int pos = in.pos();
    Header h = header(Token.FOR);
    return new Stmt.ForStmt(pos, h.init, h.cond, h.post, block("for clause"));
  }

  private Stmt.IfStmt ifStatement() {
    int pos = in.pos();
    Header h = header(Token.IF);
    // Without a condition there has been an error.
    Expr cond = h.cond != null ? h.cond : p.badExpr(pos);
    Stmt.BlockStmt then = block("if clause");
    Stmt otherwise = null;
    if (in.got(Token.ELSE)) {
      switch (in.tok) {
        case IF -> {
          in.enter();
          otherwise = ifStatement();
          in.leave();
        }
        case LBRACE -> otherwise = block();
        default -> {
          in.syntaxError("else must be followed by if or statement block");
          in.advanceTo(Token.NAME.bit() | Token.RBRACE.bit());
        }
      }
    }
    return new Stmt.IfStmt(pos, h.init, cond, then, otherwise);
  }

  private Stmt switchStatement() {
    int pos = in.pos();
    Header h = header(Token.SWITCH);
    openClauses("switch");
    in.enter();
    int mark = lists.mark();
    while (in.tok != Token.EOF && in.tok != Token.RBRACE) {
      lists.push(caseClause());
    }
    in.leave();
    int rbrace = in.pos();
    in.want(Token.RBRACE);
    return new Stmt.SwitchStmt(pos, h.init, h.cond, lists.take(mark), rbrace);
  }

  private Stmt selectStatement() {
    int pos = in.pos();
    in.want(Token.SELECT);
    openClauses("select");
    in.enter();
    int mark = lists.mark();
    while (in.tok != Token.EOF && in.tok != Token.RBRACE) {
      lists.push(commClause());
    }
    in.leave();
    int rbrace = in.pos();
    in.want(Token.RBRACE);
    return new Stmt.SelectStmt(pos, lists.take(mark), rbrace);
  }

  private void openClauses(String statement) {
    if (!in.got(Token.LBRACE)) {
      in.syntaxError("missing { after " + statement + " clause");
      in.advanceTo(Token.CASE.bit() | Token.DEFAULT.bit() | Token.RBRACE.bit());
    }
  }

  private CaseClause caseClause() {
    int pos = in.pos();
    Expr cases = startClause() ? exprs.exprList() : null;
    int colon = in.pos();
    in.want(Token.COLON);
    return new CaseClause(pos, cases, statements(), colon);
  }

  private CommClause commClause() {
    int pos = in.pos();
    // The type checker sorts out which statements may stand here.
    Stmt.Simple comm = startClause() ? simple(null, null) : null;
    int colon = in.pos();
    in.want(Token.COLON);
    return new CommClause(pos, comm, statements(), colon);
  }

  /** Passes the keyword of a clause; reports whether it was {@code case}. */
  private boolean startClause() {
    if (in.got(Token.CASE)) {
      return true;
    }
    if (!in.got(Token.DEFAULT)) {
      in.syntaxError("expected case or default or }");
      in.advanceTo(Token.COLON.bit() | Token.CASE.bit() | Token.DEFAULT.bit() | Token.RBRACE.bit());
    }
    return false;
  }
}
