package dev.escapade.ir;

import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code x.sel}: a field (DOT, DOTPTR), the callee of a method call (DOTMETH, DOTINTER), a method
 * value or a method expression (then {@code x} is a {@link TypeNode}).
 */
public final class SelectorExpr extends OperandExpr {
  public Sym sel;

  /** The field, for DOT and DOTPTR. */
  public @Nullable Var field;

  /**
   * Where the field is, in bytes, if {@code x} does not point to a struct but to something of the
   * runtime; or else -1.
   */
  public long runtimeOffset = -1;

  /** The function of a method that is not an interface method, if known. */
  public @Nullable Name method;

  /** Storage on the stack for a method value, if any. */
  public @Nullable Name prealloc;

  public SelectorExpr(int pos, int inl, Op op, @Nullable Type type, Node x, Sym sel) {
    super(pos, inl, op, type, x);
    this.sel = sel;
  }

  @Override
  boolean allows(Op op) {
    return switch (op) {
      case DOT, DOTPTR, DOTMETH, DOTINTER, METHVALUE, METHEXPR -> true;
      default -> false;
    };
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return super.doChildren(visit) || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    super.editChildren(edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
