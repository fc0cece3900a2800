package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** {@code { list }}. */
public final class BlockStmt extends StmtNode {
  public List<Node> list;

  public BlockStmt(int pos, int inl, List<Node> list) {
    super(pos, inl, Op.BLOCK);
    this.list = list;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(list, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(list, edit);
  }
}
