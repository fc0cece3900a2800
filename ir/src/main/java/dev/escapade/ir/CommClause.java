package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A clause of a select; a null {@code comm} means default. */
public final class CommClause extends StmtNode {
  public @Nullable Node comm;

  public List<Node> body;

  public CommClause(int pos, int inl, @Nullable Node comm, List<Node> body) {
    super(pos, inl, Op.CASE);
    this.comm = comm;
    this.body = body;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || (comm != null && visit.test(comm)) || doList(body, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (comm != null) {
      comm = edit.apply(comm);
    }
    editList(body, edit);
  }
}
