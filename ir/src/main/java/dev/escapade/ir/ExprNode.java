package dev.escapade.ir;

import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An expression; some (calls, receives) also stand as statements. */
public abstract sealed class ExprNode extends InitNode
    permits Name,
        AddStringExpr,
        BasicLit,
        CallExpr,
        ClosureExpr,
        CompLitExpr,
        DynamicType,
        InlinedCallExpr,
        KeyExpr,
        LinksymOffsetExpr,
        MakeExpr,
        MoveToHeapExpr,
        NilExpr,
        OperandExpr,
        ResultExpr,
        SliceExpr,
        SliceHeaderExpr,
        StringHeaderExpr,
        StructKeyExpr,
        TwoOperandExpr,
        TypeNode {
  private @Nullable Type type;

  ExprNode(int pos, int inl, Op op, @Nullable Type type) {
    super(pos, inl, op);
    this.type = type;
  }

  /**
   * The type.
   *
   * @throws NullPointerException if there is none
   */
  public final Type type() {
    return Objects.requireNonNull(type);
  }

  /** The type, or null for a call without results and for keys of composite literals. */
  public final @Nullable Type typeOrNull() {
    return type;
  }

  public final void setType(@Nullable Type type) {
    this.type = type;
  }

  /** Adds statements before those there are. */
  public final void prependInit(List<Node> before) {
    if (!before.isEmpty()) {
      ArrayList<Node> all = new ArrayList<>(before);
      all.addAll(init());
      setInit(all);
    }
  }

  /** Whether this is not in the source. */
  public final boolean isImplicit() {
    return hasFlag(IMPLICIT);
  }

  public final void setImplicit(boolean b) {
    setFlag(IMPLICIT, b);
  }

  /** Whether the value is known not to be nil. */
  public final boolean isNonNil() {
    return hasFlag(NON_NIL);
  }

  public final void markNonNil() {
    setFlag(NON_NIL, true);
  }

  /** Whether an index or shift is known to be in bounds. */
  public final boolean isBounded() {
    return hasFlag(BOUNDED);
  }

  public final void setBounded(boolean b) {
    setFlag(BOUNDED, b);
  }

  /** Whether storage for the value may be reused after the statement it is in. */
  public final boolean isTransient() {
    return hasFlag(TRANSIENT);
  }

  public final void setTransient(boolean b) {
    setFlag(TRANSIENT, b);
  }
}
