package dev.escapade.types;

import dev.escapade.syntax.CaseClause;
import dev.escapade.syntax.CommClause;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Stmt;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which statements are terminating (Go spec, "Terminating statements"): a function with
 * results must end in one.
 */
final class Terminating {
  private final Set<Expr.CallExpr> panicCalls;

  /**
   * Creates the analysis of one function.
   *
   * @param panicCalls the calls of the predeclared panic in the function, by identity
   */
  Terminating(Set<Expr.CallExpr> panicCalls) {
    this.panicCalls = panicCalls;
  }

  /** Reports whether the last statement of a function's body is terminating. */
  boolean isTerminatingBody(Stmt.BlockStmt body) {
    return isTerminatingList(body.list());
  }

  /**
   * Reports whether {@code s} is terminating.
   *
   * @param label the label of {@code s}, or ""
   */
  private boolean isTerminating(Stmt s, String label) {
    return switch (s) {
      case Stmt.DeclStmt _,
          Stmt.EmptyStmt _,
          Stmt.SendStmt _,
          Stmt.AssignStmt _,
          Stmt.RangeClause _,
          Stmt.CallStmt _ ->
          false;
      case Stmt.LabeledStmt l -> isTerminating(l.stmt(), l.label().value());
      case Stmt.ExprStmt e ->
          Exprs.unparen(e.x()) instanceof Expr.CallExpr call && panicCalls.contains(call);
      case Stmt.ReturnStmt _ -> true;
      case Stmt.BranchStmt b ->
          b.kind() == Stmt.BranchKind.GOTO || b.kind() == Stmt.BranchKind.FALLTHROUGH;
      case Stmt.BlockStmt b -> isTerminatingList(b.list());
      case Stmt.IfStmt i ->
          i.els() != null && isTerminatingList(i.then().list()) && isTerminating(i.els(), "");
      case Stmt.SwitchStmt sw -> isTerminatingSwitch(sw.body(), label);
      case Stmt.SelectStmt sel -> isTerminatingSelect(sel.body(), label);
      // A range clause ends by itself.
      case Stmt.ForStmt f ->
          !(f.init() instanceof Stmt.RangeClause)
              && f.cond() == null
              && !hasBreak(f.body().list(), label, true);
    };
  }

  private boolean isTerminatingList(List<Stmt> list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!(list.get(i) instanceof Stmt.EmptyStmt)) {
        return isTerminating(list.get(i), "");
      }
    }
    return false;
  }

  private boolean isTerminatingSwitch(List<CaseClause> body, String label) {
    boolean hasDefault = false;
    for (CaseClause clause : body) {
      hasDefault |= clause.cases() == null;
      if (!isTerminatingList(clause.body()) || hasBreak(clause.body(), label, true)) {
        return false;
      }
    }
    return hasDefault;
  }

  private boolean isTerminatingSelect(List<CommClause> body, String label) {
    for (CommClause clause : body) {
      if (!isTerminatingList(clause.body()) || hasBreak(clause.body(), label, true)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasBreak(List<Stmt> list, String label, boolean implicit) {
    for (Stmt s : list) {
      if (hasBreak(s, label, implicit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reports whether {@code s} contains a break out of the statement labeled {@code label}, or, if
   * {@code implicit}, a break without label that leaves the same statement.
   */
  private static boolean hasBreak(Stmt s, String label, boolean implicit) {
    return switch (s) {
      case Stmt.DeclStmt _,
          Stmt.EmptyStmt _,
          Stmt.ExprStmt _,
          Stmt.SendStmt _,
          Stmt.AssignStmt _,
          Stmt.RangeClause _,
          Stmt.CallStmt _,
          Stmt.ReturnStmt _ ->
          false;
      case Stmt.LabeledStmt l -> hasBreak(l.stmt(), label, implicit);
      case Stmt.BranchStmt b ->
          b.kind() == Stmt.BranchKind.BREAK
              && (b.label() == null ? implicit : b.label().value().equals(label));
      case Stmt.BlockStmt b -> hasBreak(b.list(), label, implicit);
      case Stmt.IfStmt i ->
          hasBreak(i.then().list(), label, implicit) || hasBreakIn(i.els(), label, implicit);
      case Stmt.SwitchStmt sw -> {
        if (!label.isEmpty()) {
          for (CaseClause clause : sw.body()) {
            if (hasBreak(clause.body(), label, false)) {
              yield true;
            }
          }
        }
        yield false;
      }
      case Stmt.SelectStmt sel -> {
        if (!label.isEmpty()) {
          for (CommClause clause : sel.body()) {
            if (hasBreak(clause.body(), label, false)) {
              yield true;
            }
          }
        }
        yield false;
      }
      case Stmt.ForStmt f -> !label.isEmpty() && hasBreak(f.body().list(), label, false);
    };
  }

  private static boolean hasBreakIn(@Nullable Stmt s, String label, boolean implicit) {
    return s != null && hasBreak(s, label, implicit);
  }
}
