package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code return results}. */
public final class ReturnStmt extends StmtNode {
  public List<Node> results;

  public ReturnStmt(int pos, int inl, List<Node> results) {
    super(pos, inl, Op.RETURN);
    this.results = results;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(results, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(results, edit);
  }
}
