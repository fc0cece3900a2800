package dev.escapade.ir;

import org.jspecify.annotations.Nullable;

/** A break, continue, fallthrough or goto. */
public final class BranchStmt extends StmtNode {
  public @Nullable Sym label;

  public BranchStmt(int pos, int inl, Op op, @Nullable Sym label) {
    super(pos, inl, op);
    this.label = label;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case BREAK, CONTINUE, FALL, GOTO -> true;
      default -> false;
    };
  }
}
