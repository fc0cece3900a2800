package dev.escapade.ir;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code for key, value = range x { body }}. */
public final class RangeStmt extends StmtNode {
  public @Nullable Sym label;

  /** Whether this declares {@code key} and {@code value}. */
  public boolean def;

  public Node x;

  public @Nullable Node key;

  public @Nullable Node value;

  public List<Node> body;

  /** Whether each iteration has its own variables. */
  public boolean distinctVars;

  /** Storage of the iterator. */
  public @Nullable Name prealloc;

  /** The type word for the conversion of the key to an interface, from a dictionary. */
  public @Nullable Node keyTypeWord;

  /** The type descriptor that a range over a map takes, if it comes from the dictionary. */
  public @Nullable Node rtype;

  /** As {@link ConvExpr#srcRType}, for the key. */
  public @Nullable Node keySrcRType;

  /** As {@code keyTypeWord}, for the value. */
  public @Nullable Node valueTypeWord;

  /** As {@code keySrcRType}, for the value. */
  public @Nullable Node valueSrcRType;

  public RangeStmt(
      int pos, int inl, @Nullable Node key, @Nullable Node value, Node x, List<Node> body) {
    super(pos, inl, Op.RANGE);
    this.key = key;
    this.value = value;
    this.x = x;
    this.body = body;
  }

  @Override
  public boolean doChildren(Predicate<Node> visit) {
    return doInit(visit)
        || visit.test(x)
        || (key != null && visit.test(key))
        || (value != null && visit.test(value))
        || doList(body, visit)
        || (prealloc != null && visit.test(prealloc));
  }

  @Override
  public void editChildren(UnaryOperator<Node> edit) {
    editInit(edit);
    x = edit.apply(x);
    if (key != null) {
      key = edit.apply(key);
    }
    if (value != null) {
      value = edit.apply(value);
    }
    editList(body, edit);
    if (prealloc != null) {
      prealloc = (Name) edit.apply(prealloc);
    }
  }
}
