package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the grammar under "Declarations and scope" and "Packages" in the Go spec. */
final class DeclParser {
  private static final long DECLARATION_START =
      Token.IMPORT.bit()
          | Token.CONST.bit()
          | Token.TYPE.bit()
          | Token.VAR.bit()
          | Token.FUNC.bit();

  private static final long SPEC_END = Token.SEMI.bit() | Token.RPAREN.bit();

  private final Parser p;
  private final TokenReader in;
  private final NodeStack lists;

  DeclParser(Parser p) {
    this.p = p;
    this.in = p.in;
    this.lists = p.lists;
  }

  /** The whole file; null without a correct package clause. */
  @Nullable File file() {
    int pos = in.pos();
    in.endOfHeader();
    if (!in.got(Token.PACKAGE)) {
      in.syntaxError("package statement must be first");
      return null;
    }
    Pragma pragma = p.pragmas.take();
    Expr.Name name = p.name();
    in.want(Token.SEMI);
    if (in.errors() > 0) {
      return null;
    }
    List<Decl> decls = declarations();
    p.pragmas.rejectPending();
    return new File(
        pos, in.file(), pragma, name, decls, p.pragmas.linknames(), in.pos(), in.goVersion());
  }

  private List<Decl> declarations() {
    int mark = lists.mark();
    Token previous = Token.IMPORT;
    Decl last = null;
    while (in.tok != Token.EOF) {
      if (in.tok == Token.IMPORT && previous != Token.IMPORT) {
        in.syntaxError("imports must appear before other declarations");
      }
      previous = in.tok;
      switch (in.tok) {
        case IMPORT, CONST, TYPE, VAR -> {
          in.next();
          for (Decl d : group(previous)) {
            lists.push(d);
            last = d;
          }
        }
        case FUNC -> {
          in.next();
          last = funcDecl();
          lists.push(last);
        }
        default -> {
          boolean bodyOnNextLine =
              in.tok == Token.LBRACE && last instanceof Decl.FuncDecl f && f.body() == null;
          in.syntaxError(
              bodyOnNextLine
                  ? "unexpected semicolon or newline before {"
                  : "non-declaration statement outside function body");
          in.advanceTo(DECLARATION_START);
          continue;
        }
      }
      // Before the semicolon is consumed: comments after it belong to the next declaration.
      p.pragmas.rejectPending();
      if (in.tok != Token.EOF && !in.got(Token.SEMI)) {
        in.syntaxError("after top level declaration");
        in.advanceTo(DECLARATION_START);
      }
    }
    return lists.take(mark);
  }

  /** What follows the keyword of a declaration: one specification, or several in parentheses. */
  List<Decl> group(Token keyword) {
    if (in.tok != Token.LPAREN) {
      return List.of(spec(keyword, null));
    }
    Group group = new Group();
    p.pragmas.rejectPending(); // before the parenthesis is consumed: see declarations()
    in.next();
    int mark = lists.mark();
    boolean more = in.listStart(Token.RPAREN);
    while (more) {
      lists.push(spec(keyword, group));
      more = in.listNext("grouped declaration", Token.SEMI, Token.RPAREN, false);
    }
    return lists.take(mark);
  }

  private Decl spec(Token keyword, @Nullable Group group) {
    int pos = in.pos();
    Pragma pragma = p.pragmas.take();
    return switch (keyword) {
      case IMPORT -> importSpec(pos, group, pragma);
      case CONST -> constSpec(pos, group, pragma);
      case TYPE -> typeSpec(pos, group, pragma);
      case VAR -> varSpec(pos, group, pragma);
      default -> throw new AssertionError(keyword); // group() is called for these four only
    };
  }

  private Decl importSpec(int pos, @Nullable Group group, @Nullable Pragma pragma) {
    Expr.Name local = null;
    if (in.tok == Token.NAME) {
      local = p.name();
    } else if (in.tok == Token.DOT) {
      local = new Expr.Name(p.ids.next(), in.pos(), ".");
      in.next();
    }
    Expr.BasicLit path = p.literalOrNull();
    if (path == null) {
      in.syntaxError("missing import path");
      in.advanceTo(SPEC_END);
    } else if (!path.bad() && path.kind() != LitKind.STRING) {
      in.syntaxError(path.pos(), "import path must be a string");
      path = new Expr.BasicLit(path.id(), path.pos(), path.kind(), path.value(), true);
    }
    return new Decl.ImportDecl(pos, group, pragma, local, path);
  }

  private Decl constSpec(int pos, @Nullable Group group, @Nullable Pragma pragma) {
    List<Expr.Name> names = nameList(p.name());
    Expr type = null;
    Expr values = null;
    if (in.tok != Token.EOF && in.tok != Token.SEMI && in.tok != Token.RPAREN) {
      type = p.types.typeOrNull();
      if (in.gotAssign()) {
        values = p.exprs.exprList();
      }
    }
    return new Decl.ConstDecl(pos, group, pragma, names, type, values);
  }

  private Decl varSpec(int pos, @Nullable Group group, @Nullable Pragma pragma) {
    List<Expr.Name> names = nameList(p.name());
    Expr type = null;
    Expr values = null;
    if (in.gotAssign()) {
      values = p.exprs.exprList();
    } else {
      type = p.types.type();
      if (in.gotAssign()) {
        values = p.exprs.exprList();
      }
    }
    return new Decl.VarDecl(pos, group, pragma, names, type, values);
  }

  /** {@code first} and the names that follow it after commas. */
  List<Expr.Name> nameList(Expr.Name first) {
    if (in.tok != Token.COMMA) {
      return List.of(first);
    }
    int mark = lists.mark();
    lists.push(first);
    while (in.got(Token.COMMA)) {
      lists.push(p.name());
    }
    return lists.take(mark);
  }

  // ---------------------------------------------------------------------------------------------
  // Types

  private Decl typeSpec(int pos, @Nullable Group group, @Nullable Pragma pragma) {
    Expr.Name name = p.name();
    List<Field> typeParams = List.of();
    Expr type = null;
    if (in.tok == Token.LBRACK) {
      int bracket = in.pos();
      in.next();
      if (in.tok == Token.NAME) {
        // an array length or the first type parameter
        Expr x = lengthOrTypeParameter();
        TypeParameterStart start = TypeParameterStart.split(x, in.tok == Token.COMMA, p.ids);
        if (start != null && (start.constraint() != null || in.tok != Token.RBRACK)) {
          typeParams = p.types.parameters().typeParameters(start.name(), start.constraint());
        } else {
          type = p.types.arrayType(bracket, x);
        }
      } else if (in.got(Token.RBRACK)) {
        type = p.types.sliceType(bracket);
      } else {
        type = p.types.arrayType(bracket, null);
      }
    }
    boolean alias = false;
    if (type == null) {
      alias = in.gotAssign();
      type = p.types.typeOrNull();
    }
    if (type == null) {
      type = p.badExpr(in.pos());
      in.syntaxError("in type declaration");
      in.advanceTo(SPEC_END);
    }
    return new Decl.TypeDecl(pos, group, pragma, name, typeParams, alias, type);
  }

  /**
   * What follows the bracket in {@code type T[x}, as an expression. A name before a bracket can
   * only be a type parameter, constrained by an array or slice type, as an index is no constant
   * array length; then only the name is parsed.
   */
  private Expr lengthOrTypeParameter() {
    Expr x = p.name();
    if (in.tok != Token.LBRACK) {
      in.expressionLevel++;
      x = p.exprs.binary(p.exprs.primary(x, false), 0);
      in.expressionLevel--;
    }
    return x;
  }

  // ---------------------------------------------------------------------------------------------
  // Functions

  private Decl funcDecl() {
    int pos = in.pos();
    Pragma pragma = p.pragmas.take();
    Field receiver = null;
    boolean method = in.got(Token.LPAREN);
    if (method) {
      List<Field> receivers = p.types.parameters().results();
      if (receivers.isEmpty()) {
        in.error(in.pos(), "method has no receiver");
      } else {
        receiver = receivers.getFirst();
        if (receivers.size() > 1) {
          in.error(in.pos(), "method has multiple receivers");
        }
      }
    }
    Expr.Name name;
    List<Field> typeParams = List.of();
    Expr.FuncType type;
    if (in.tok == Token.NAME) {
      name = p.name();
      int typePos = in.pos();
      typeParams = p.types.typeParameters(method ? "method" : "");
      type = p.types.signature(typePos);
    } else {
      name = p.blankName(in.pos());
      type = new Expr.FuncType(p.ids.next(), in.pos(), List.of(), List.of());
      in.syntaxError(method ? "expected name" : "expected name or (");
      in.advanceTo(Token.LBRACE.bit() | Token.SEMI.bit());
    }
    Stmt.BlockStmt body = in.tok == Token.LBRACE ? p.functionBody() : null;
    return new Decl.FuncDecl(pos, pragma, receiver, name, typeParams, type, body);
  }
}
