package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call that was replaced by the body of its callee. The initialization holds the assignments to
 * parameters, ending with an {@link InlineMarkStmt}.
 */
public final class InlinedCallExpr extends ExprNode {
  public List<Node> body;

  /** The results; evaluating them has no effects. */
  public List<Node> returnVars;

  public InlinedCallExpr(
      int pos, int inl, @Nullable Type type, List<Node> body, List<Node> returnVars) {
    super(pos, inl, Op.INLCALL, type);
    this.body = body;
    this.returnVars = returnVars;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(body, visit) || doList(returnVars, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(body, edit);
    editList(returnVars, edit);
  }
}
