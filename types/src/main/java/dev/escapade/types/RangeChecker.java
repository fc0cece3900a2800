package dev.escapade.types;

import dev.escapade.syntax.*;

/** To be written. */
final class RangeChecker {
  RangeChecker(Checker check) {}

  void rangeStmt(int inner, Stmt.ForStmt s, Stmt.RangeClause c) {
    throw new UnsupportedOperationException();
  }
}
