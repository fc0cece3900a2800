package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A break, continue, fallthrough or goto. */
public final class BranchStmt extends StmtNode {
  public @Nullable Sym label;

  public BranchStmt(int pos, int inl, Op op, @Nullable Sym label) {
    super(pos, inl, op);
    this.label = label;
  }

  /** Changes the operation to another of this class. */
  public void setOp(Op op) {
    changeOp(op);
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case BREAK, CONTINUE, FALL, GOTO -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
  }
}
