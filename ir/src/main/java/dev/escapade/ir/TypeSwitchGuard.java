package dev.escapade.ir;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code tag := x.(type)}, the tag of a type switch. */
public final class TypeSwitchGuard extends StmtNode {
  /** The name of the variable declared in each clause. */
  public @Nullable Sym tag;

  public Node x;

  /** Whether the variable is used. */
  public boolean used;

  public TypeSwitchGuard(int pos, int inl, @Nullable Sym tag, Node x) {
    super(pos, inl, Op.TYPESW);
    this.tag = tag;
    this.x = x;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return visit.test(x);
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    x = edit.apply(x);
  }
}
