package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code x = y}; a null {@code y} stands for the zero value. */
public final class AssignStmt extends StmtNode {
  public @Nullable Node x;

  public @Nullable Node y;

  /** Whether this declares {@code x}. */
  public boolean def;

  public AssignStmt(int pos, int inl, @Nullable Node x, @Nullable Node y) {
    super(pos, inl, Op.AS);
    this.x = x;
    this.y = y;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || (x != null && visit.test(x)) || (y != null && visit.test(y));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (x != null) {
      x = edit.apply(x);
    }
    if (y != null) {
      y = edit.apply(y);
    }
  }
}
