package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement (Go spec, "Statements"). */
public sealed interface Stmt extends Node {
  /** A statement that may stand before the condition of an if, for or switch. */
  sealed interface Simple extends Stmt {}

  record EmptyStmt(int pos) implements Simple {}

  record ExprStmt(int pos, Expr x) implements Simple {}

  /** {@code chan <- value}. */
  record SendStmt(int pos, Expr chan, Expr value) implements Simple {}

  /**
   * {@code lhs op= rhs}.
   *
   * @param op null for a plain assignment, {@link Operator#DEF} for {@code :=}
   * @param rhs null for {@code lhs++} (op ADD) and {@code lhs--} (op SUB)
   */
  record AssignStmt(int pos, @Nullable Operator op, Expr lhs, @Nullable Expr rhs)
      implements Simple {}

  /** {@code lhs = range x}, the {@code init} of a for statement; {@code def} means {@code :=}. */
  record RangeClause(int pos, @Nullable Expr lhs, boolean def, Expr x) implements Simple {}

  record LabeledStmt(int pos, Expr.Name label, Stmt stmt) implements Stmt {}

  record BlockStmt(int pos, List<Stmt> list, int rbrace) implements Stmt {
    public BlockStmt {
      list = List.copyOf(list);
    }
  }

  record DeclStmt(int pos, List<Decl> decls) implements Stmt {
    public DeclStmt {
      decls = List.copyOf(decls);
    }
  }

  /** Which branch a {@link BranchStmt} takes. */
  enum BranchKind {
    BREAK,
    CONTINUE,
    FALLTHROUGH,
    GOTO;

    /** The keyword. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  record BranchStmt(int pos, BranchKind kind, Expr.@Nullable Name label) implements Stmt {}

  /**
   * {@code go call} or, if {@code defer}, {@code defer call}. {@code call} need not be a call in
   * wrong programs.
   */
  record CallStmt(int pos, boolean defer, Expr call) implements Stmt {}

  /** {@code return results}; {@code results} is a {@link Expr.ListExpr} for several. */
  record ReturnStmt(int pos, @Nullable Expr results) implements Stmt {}

  /**
   * {@code if init; cond then else els}; {@code els} is null, an {@link IfStmt} or a {@link
   * BlockStmt}.
   */
  record IfStmt(int pos, @Nullable Simple init, Expr cond, BlockStmt then, @Nullable Stmt els)
      implements Stmt {}

  /** {@code for init; cond; post body}; {@code init} may be a {@link RangeClause}. */
  record ForStmt(
      int pos, @Nullable Simple init, @Nullable Expr cond, @Nullable Simple post, BlockStmt body)
      implements Stmt {}

  /**
   * {@code switch init; tag body}; {@code tag} is a {@link Expr.TypeSwitchGuard} for a type switch.
   */
  record SwitchStmt(
      int pos, @Nullable Simple init, @Nullable Expr tag, List<CaseClause> body, int rbrace)
      implements Stmt {
    public SwitchStmt {
      body = List.copyOf(body);
    }
  }

  record SelectStmt(int pos, List<CommClause> body, int rbrace) implements Stmt {
    public SelectStmt {
      body = List.copyOf(body);
    }
  }
}
