package dev.escapade.types;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Group;
import org.jspecify.annotations.Nullable;

/**
 * Follows the constant declarations of a group: the value of iota, and the type and values that a
 * declaration without any repeats from the one before (Go spec, "Constant declarations").
 */
final class ConstGroup {
  private @Nullable Group group;
  private boolean inGroup;
  private int iota;
  private Decl.@Nullable ConstDecl last;
  private boolean inherited;

  /** Goes on to {@code d}, which starts a group or follows the previous declaration directly. */
  ConstGroup next(Decl.ConstDecl d) {
    if (inGroup && d.group() != null && d.group() == group) {
      iota++;
    } else {
      iota = 0;
      last = null;
    }
    inGroup = true;
    group = d.group();
    inherited = false;
    if (d.type() != null || d.values() != null) {
      last = d;
    } else {
      inherited = last != null;
    }
    return this;
  }

  /** Ends the group, as another kind of declaration follows. */
  void end() {
    inGroup = false;
  }

  int iota() {
    return iota;
  }

  /** The type in force, or null. */
  @Nullable Expr type() {
    return last == null ? null : last.type();
  }

  /** The values in force, or null. */
  @Nullable Expr values() {
    return last == null ? null : last.values();
  }

  /** Whether type and values come from an earlier declaration. */
  boolean inherited() {
    return inherited;
  }
}
