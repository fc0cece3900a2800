package dev.escapade.types;

import dev.escapade.syntax.ChanDir;

/** A channel type. */
public final class Chan extends Type {
  private ChanDir dir;
  private Type elem;

  public Chan(ChanDir dir, Type elem) {
    this.dir = dir;
    this.elem = elem;
  }

  public ChanDir dir() {
    return dir;
  }

  public Type elem() {
    return elem;
  }

  void setDir(ChanDir dir) {
    this.dir = dir;
  }

  void setElem(Type elem) {
    this.elem = elem;
  }

  @Override
  public Type underlying() {
    return this;
  }
}
