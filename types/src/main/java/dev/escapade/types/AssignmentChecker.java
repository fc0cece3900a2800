package dev.escapade.types;

import dev.escapade.syntax.*;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** To be written. */
final class AssignmentChecker {
  AssignmentChecker(Checker check) {}

  void assignment(Operand x, @Nullable Type t, String c) {
    throw new UnsupportedOperationException();
  }

  void initConst(Const c, Operand x) {
    throw new UnsupportedOperationException();
  }

  void initVar(Var v, Operand x, String c) {
    throw new UnsupportedOperationException();
  }

  void initVars(List<Var> l, List<Expr> r, Stmt.@Nullable ReturnStmt s) {
    throw new UnsupportedOperationException();
  }

  void assignVars(List<Expr> l, List<Expr> r) {
    throw new UnsupportedOperationException();
  }

  void assignVar(Expr l, @Nullable Expr r, Operand x, String c) {
    throw new UnsupportedOperationException();
  }

  void shortVarDecl(int pos, List<Expr> l, List<Expr> r) {
    throw new UnsupportedOperationException();
  }
}
