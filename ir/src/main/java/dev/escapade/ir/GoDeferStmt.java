package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code go call} or {@code defer call}. */
public final class GoDeferStmt extends StmtNode {
  public Node call;

  /** The token of the frame the defer belongs to, in the body of a range over a function. */
  public @Nullable Node deferAt;

  public GoDeferStmt(int pos, int inl, Op op, Node call) {
    super(pos, inl, op);
    this.call = call;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case GO, DEFER -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || visit.test(call) || (deferAt != null && visit.test(deferAt));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    call = edit.apply(call);
    if (deferAt != null) {
      deferAt = edit.apply(deferAt);
    }
  }
}
