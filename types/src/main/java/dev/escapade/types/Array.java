package dev.escapade.types;

/** An array type. */
public final class Array extends Type {
  private Type elem;
  private long len;

  /**
   * An array type.
   *
   * @param len negative if the length is unknown because of an error
   */
  public Array(Type elem, long len) {
    this.elem = elem;
    this.len = len;
  }

  public Type elem() {
    return elem;
  }

  /** The number of elements; negative if it is unknown because of an error. */
  public long len() {
    return len;
  }

  void setElem(Type elem) {
    this.elem = elem;
  }

  void setLen(long len) {
    this.len = len;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
