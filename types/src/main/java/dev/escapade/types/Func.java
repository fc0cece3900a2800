package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** A function, a method, or a method of an interface. */
public final class Func extends Obj {
  private final @Nullable Func origin;
  private boolean ptrRecvInSource;

  private Func(
      int pos, @Nullable Package pkg, String name, @Nullable Signature sig, @Nullable Func origin) {
    super(pos, pkg, name, sig);
    this.origin = origin;
  }

  /**
   * A function.
   *
   * @param sig null if it follows
   */
  public Func(int pos, @Nullable Package pkg, String name, @Nullable Signature sig) {
    this(pos, pkg, name, sig, null);
  }

  /** This function with another signature, for an instance of what declares it. */
  Func withSignature(Signature sig) {
    Func f = new Func(pos(), pkg(), name(), sig, origin());
    f.ptrRecvInSource = ptrRecvInSource;
    f.setParent(parent());
    f.setOrder(order());
    return f;
  }

  /** The signature; empty as long as the declaration has not been looked at. */
  public Signature signature() {
    return typeOrNull() instanceof Signature sig ? sig : new Signature();
  }

  /** The function of the generic declaration of which this is a copy, or this function. */
  public Func origin() {
    return origin == null ? this : origin;
  }

  /** The scope of the function's body; null for imported and instantiated functions. */
  public @Nullable Scope scope() {
    return signature().scope();
  }

  /** The name with its package or receiver type before it. */
  public String fullName() {
    return ObjectString.funcName(this, Qualifier.PATH);
  }

  /** Reports whether the receiver of this method is of the form {@code *T}. */
  boolean hasPtrRecv() {
    if (typeOrNull() instanceof Signature sig) {
      Var recv = sig.recv();
      if (recv != null) {
        return recv.type().unalias() instanceof Pointer;
      }
    }
    return ptrRecvInSource;
  }

  /** Says whether the receiver is written with a star, for as long as there is no signature. */
  void setPtrRecvInSource(boolean ptrRecv) {
    this.ptrRecvInSource = ptrRecv;
  }
}
