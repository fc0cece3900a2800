package dev.escapade.syntax;

import dev.escapade.diag.DiagnosticSink;
import dev.escapade.diag.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * Parses a source file (Go spec, "Source file organization"; tree, positions, errors and recovery
 * as cmd/compile/internal/syntax of Go 1.26). The grammar is recursive descent, in one class for
 * each part of the language: {@link DeclParser}, {@link StmtParser}, {@link ExprParser} and {@link
 * TypeParser}; this class holds what they share.
 */
public final class Parser {
  final TokenReader in;
  final PragmaReader pragmas;
  final IdSource ids;
  final NodeStack lists = new NodeStack();
  final TypeParser types;
  final ExprParser exprs;
  final StmtParser stmts;
  final DeclParser decls;

  private final DiagnosticSink sink;
  private final boolean checkBranches;

  private Parser(byte[] content, SourceFile file, ParseOptions options, DiagnosticSink sink) {
    this.sink = sink;
    this.ids = options.ids();
    this.checkBranches = options.checkBranches();
    this.pragmas = new PragmaReader(file, options, sink);
    this.in = new TokenReader(content, file, options, sink, pragmas);
    this.types = new TypeParser(this);
    this.exprs = new ExprParser(this);
    this.stmts = new StmtParser(this);
    this.decls = new DeclParser(this);
  }

  /**
   * Parses one file and records its lines in {@code file}. Errors go to {@code sink}, after which
   * parsing goes on: a file with errors gives a tree with what could be understood. Needs a stack
   * of up to {@link Limits#PARSER_STACK_BYTES}, for input that is nested to the limit.
   *
   * @param file as yet without lines, as long as {@code content}
   * @param content the bytes of the file, which are not changed
   * @return null if there is no correct package clause; this has been reported
   */
  public static @Nullable File parse(
      SourceFile file, byte[] content, ParseOptions options, DiagnosticSink sink) {
    Parser parser = new Parser(content, file, options, sink);
    parser.in.start();
    parser.in.next();
    return parser.decls.file();
  }

  Expr.Name name() {
    if (in.tok == Token.NAME) {
      Expr.Name name = new Expr.Name(ids.next(), in.pos(), in.lit);
      in.next();
      return name;
    }
    Expr.Name name = blankName(in.pos());
    in.syntaxError("expected name");
    in.advancePastOne();
    return name;
  }

  /** What stands for a missing name. */
  Expr.Name blankName(int pos) {
    return new Expr.Name(ids.next(), pos, "_");
  }

  Expr.BadExpr badExpr(int pos) {
    return new Expr.BadExpr(ids.next(), pos);
  }

  /** A literal if there is one. */
  Expr.@Nullable BasicLit literalOrNull() {
    if (in.tok != Token.LITERAL) {
      return null;
    }
    Expr.BasicLit literal = new Expr.BasicLit(ids.next(), in.pos(), in.kind, in.lit, in.bad);
    in.next();
    return literal;
  }

  /** The body of a function; the current token is its brace. */
  Stmt.BlockStmt functionBody() {
    in.functions++;
    int errors = in.errors();
    Stmt.BlockStmt body = stmts.block();
    in.functions--;
    // An incomplete body would give spurious errors.
    if (checkBranches && errors == in.errors()) {
      Branches.check(body, in.file(), sink);
    }
    return body;
  }
}
