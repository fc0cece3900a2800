package dev.escapade.types;

/** A pointer type. */
public final class Pointer extends Type {
  private Type elem;

  public Pointer(Type elem) {
    this.elem = elem;
  }

  /** The base type. */
  public Type elem() {
    return elem;
  }

  void setElem(Type elem) {
    this.elem = elem;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
