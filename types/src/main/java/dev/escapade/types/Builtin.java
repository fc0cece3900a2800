package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** A predeclared function or one of package unsafe. */
public final class Builtin extends Obj {
  private final BuiltinId id;

  Builtin(@Nullable Package pkg, BuiltinId id) {
    super(0, pkg, id.goName(), Basic.INVALID);
    this.id = id;
  }

  /** Which function this is. (The name {@code id} is taken by the unique name of objects.) */
  public BuiltinId builtinId() {
    return id;
  }
}
