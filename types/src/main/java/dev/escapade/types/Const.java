package dev.escapade.types;

import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/** A declared constant. */
public final class Const extends Obj {
  private Constant val;

  public Const(int pos, @Nullable Package pkg, String name, @Nullable Type type, Constant val) {
    super(pos, pkg, name, type);
    this.val = val;
  }

  /** The value; unknown if the declaration is wrong. */
  public Constant val() {
    return val;
  }

  void setVal(Constant val) {
    this.val = val;
  }
}
