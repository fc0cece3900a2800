package dev.escapade.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A switch on a value, or on a type if {@code tag} is a {@link TypeSwitchGuard}. */
public final class SwitchStmt extends StmtNode {
  public @Nullable Node tag;

  public List<CaseClause> cases;

  public @Nullable Sym label;

  /** The statement as it was compiled to simpler ones; empty before that. */
  public List<Node> compiled = new ArrayList<>();

  public SwitchStmt(int pos, int inl, @Nullable Node tag, List<CaseClause> cases) {
    super(pos, inl, Op.SWITCH);
    this.tag = tag;
    this.cases = cases;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (tag != null && visit.test(tag))
        || doList(cases, visit)
        || doList(compiled, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (tag != null) {
      tag = edit.apply(tag);
    }
    editCases(cases, edit);
    editList(compiled, edit);
  }
}
