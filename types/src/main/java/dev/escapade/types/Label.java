package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** A declared label. */
public final class Label extends Obj {
  private boolean used;

  public Label(int pos, @Nullable Package pkg, String name) {
    super(pos, pkg, name, Basic.INVALID);
  }

  boolean used() {
    return used;
  }

  void markUsed() {
    used = true;
  }
}
