package dev.escapade.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A select statement. */
public final class SelectStmt extends StmtNode {
  public @Nullable Sym label;

  /** The statement as it was compiled to simpler ones; empty before that. */
  public List<Node> compiled = new ArrayList<>();

  public List<CommClause> cases;

  public SelectStmt(int pos, int inl, List<CommClause> cases) {
    super(pos, inl, Op.SELECT);
    this.cases = cases;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(cases, visit) || doList(compiled, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editComms(cases, edit);
    editList(compiled, edit);
  }
}
