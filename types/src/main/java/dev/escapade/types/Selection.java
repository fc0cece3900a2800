package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/**
 * What a selector expression {@code x.f} selects, unless it is a qualified identifier.
 *
 * <p>The path to {@code f} leads through embedded fields: all numbers in {@link #index} but the
 * last are field indices in the structs passed; the last is that of the field in its struct, or of
 * the method among the declared methods of a named type or the methods of an interface.
 */
public final class Selection {
  private final SelectionKind kind;
  private final Type recv;
  private final Obj obj;
  private final int[] index;
  private final boolean indirect;
  private volatile @Nullable Type type;

  Selection(SelectionKind kind, Type recv, Obj obj, int[] index, boolean indirect) {
    this.kind = kind;
    this.recv = recv;
    this.obj = obj;
    this.index = index;
    this.indirect = indirect;
  }

  public SelectionKind kind() {
    return kind;
  }

  /** The type of {@code x}. */
  public Type recv() {
    return recv;
  }

  /** The {@link Var} of a field, or the {@link Func} of a method. */
  public Obj obj() {
    return obj;
  }

  /** The path from {@code x} to {@code f}; not to be changed. */
  public int[] index() {
    return index;
  }

  /** Reports whether there is a pointer indirection on the path. */
  public boolean indirect() {
    return indirect;
  }

  /**
   * The type of {@code x.f}: that of the field; the method's signature with the receiver of type
   * {@code x}; or for a method expression the signature with the receiver as first parameter.
   */
  public Type type() {
    Type t = type;
    if (t == null) {
      t = computeType();
      type = t;
    }
    return t;
  }

  private Type computeType() {
    if (kind == SelectionKind.FIELD_VAL || !(obj instanceof Func f)) {
      return obj.type();
    }
    Signature sig = f.signature().copy();
    Var declared = sig.recv();
    if (declared == null) {
      return sig;
    }
    Var self = declared.withType(recv);
    if (kind == SelectionKind.METHOD_VAL) {
      sig.setRecv(self);
    } else {
      sig.setRecv(null);
      Var[] params = new Var[sig.params().len() + 1];
      params[0] = self;
      for (int i = 1; i < params.length; i++) {
        params[i] = sig.params().at(i - 1);
      }
      sig.setParams(Tuple.of(params));
    }
    return sig;
  }

  @Override
  public String toString() {
    return ObjectString.selectionString(this, Qualifier.PATH);
  }
}
