package dev.escapade.types;

/** A map type. */
public final class MapType extends Type {
  private Type key;
  private Type elem;

  public MapType(Type key, Type elem) {
    this.key = key;
    this.elem = elem;
  }

  public Type key() {
    return key;
  }

  public Type elem() {
    return elem;
  }

  void setKey(Type key) {
    this.key = key;
  }

  void setElem(Type elem) {
    this.elem = elem;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
