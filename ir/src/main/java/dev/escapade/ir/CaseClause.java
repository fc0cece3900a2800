package dev.escapade.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A clause of a switch; an empty {@code list} means default. */
public final class CaseClause extends StmtNode {
  /** The variable of this clause of a type switch. */
  public @Nullable Name var;

  public List<Node> list;

  /** Type descriptors for comparisons of interfaces with concrete values. */
  public List<Node> rtypes = new ArrayList<>();

  public List<Node> body;

  public CaseClause(int pos, int inl, List<Node> list, List<Node> body) {
    super(pos, inl, Op.CASE);
    this.list = list;
    this.body = body;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (var != null && visit.test(var))
        || doList(list, visit)
        || doList(rtypes, visit)
        || doList(body, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (var != null) {
      var = (Name) edit.apply(var);
    }
    editList(list, edit);
    editList(rtypes, edit);
    editList(body, edit);
  }
}
