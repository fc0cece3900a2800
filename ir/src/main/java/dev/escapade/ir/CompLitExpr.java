package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A composite literal; implicit for the slice that holds variadic arguments. */
public final class CompLitExpr extends ExprNode {
  /**
   * The elements: {@link StructKeyExpr} in structs, {@link KeyExpr} in maps and where an index is
   * given.
   */
  public List<Node> list;

  /** Storage on the stack, if any. */
  public @Nullable Name prealloc;

  /** The length of the backing array of a slice literal. */
  public long len;

  /**
   * The type descriptor that making a map takes, if it comes from the dictionary; no child of this
   * node.
   */
  public @Nullable Node rtype;

  public CompLitExpr(int pos, int inl, Op op, @Nullable Type type, List<Node> list) {
    super(pos, inl, op, type);
    this.list = list;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case ARRAYLIT, MAPLIT, STRUCTLIT, SLICELIT -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit) || doList(list, visit) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    editList(list, edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
