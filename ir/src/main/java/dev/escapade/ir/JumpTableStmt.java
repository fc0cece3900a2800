package dev.escapade.ir;

import dev.escapade.types.constant.Constant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Jumps to the label that belongs to the value of {@code idx}; goes on if there is none. */
public final class JumpTableStmt extends StmtNode {
  public Node idx;

  /** The values, ascending. */
  public final List<Constant> cases;

  /** The labels, as many as there are values. */
  public final List<Sym> targets;

  public JumpTableStmt(int pos, int inl, Node idx, List<Constant> cases, List<Sym> targets) {
    super(pos, inl, Op.JUMPTABLE);
    this.idx = idx;
    this.cases = List.copyOf(cases);
    this.targets = List.copyOf(targets);
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(idx);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    idx = edit.apply(idx);
  }
}
