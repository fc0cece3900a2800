package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** A variable: declared, a parameter, a result, a receiver or a struct field. */
public final class Var extends Obj {
  private final VarKind kind;
  private final boolean embedded;
  private final @Nullable Var origin;

  private Var(
      VarKind kind,
      int pos,
      @Nullable Package pkg,
      String name,
      @Nullable Type type,
      boolean embedded,
      @Nullable Var origin) {
    super(pos, pkg, name, type);
    this.kind = kind;
    this.embedded = embedded;
    this.origin = origin;
  }

  public Var(VarKind kind, int pos, @Nullable Package pkg, String name, @Nullable Type type) {
    this(kind, pos, pkg, name, type, false, null);
  }

  /**
   * A struct field.
   *
   * @param embedded whether the field is embedded; {@code name} is then that of its type
   */
  public static Var field(
      int pos, @Nullable Package pkg, String name, @Nullable Type type, boolean embedded) {
    return new Var(VarKind.FIELD, pos, pkg, name, type, embedded, null);
  }

  /** This variable with another type, for an instance of what declares it. */
  Var withType(Type type) {
    Var v = new Var(kind, pos(), pkg(), name(), type, embedded, origin());
    v.setParent(parent());
    v.setScopePos(scopePos());
    return v;
  }

  public VarKind kind() {
    return kind;
  }

  /** Reports whether this is an embedded field. */
  public boolean embedded() {
    return embedded;
  }

  public boolean isField() {
    return kind == VarKind.FIELD;
  }

  /** The variable of the generic declaration of which this is a copy, or this variable. */
  public Var origin() {
    return origin == null ? this : origin;
  }
}
