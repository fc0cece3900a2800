package dev.escapade.types;

/** The predeclared {@code nil}. */
public final class Nil extends Obj {
  Nil() {
    super(0, null, "nil", Basic.UNTYPED_NIL);
  }
}
