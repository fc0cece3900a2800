package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code for init; cond; post { body }}. */
public final class ForStmt extends StmtNode {
  public @Nullable Sym label;

  public @Nullable Node cond;

  public @Nullable Node post;

  public List<Node> body;

  /** Whether each iteration has its own variables. */
  public boolean distinctVars;

  public ForStmt(int pos, int inl, @Nullable Node cond, @Nullable Node post, List<Node> body) {
    super(pos, inl, Op.FOR);
    this.cond = cond;
    this.post = post;
    this.body = body;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || (cond != null && visit.test(cond))
        || (post != null && visit.test(post))
        || doList(body, visit);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    if (cond != null) {
      cond = edit.apply(cond);
    }
    if (post != null) {
      post = edit.apply(post);
    }
    editList(body, edit);
  }
}
