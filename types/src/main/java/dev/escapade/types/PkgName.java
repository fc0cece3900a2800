package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** An imported package under the name that it has in the importing file. */
public final class PkgName extends Obj {
  private final Package imported;

  /**
   * A package name.
   *
   * @param pkg the importing package
   */
  public PkgName(int pos, @Nullable Package pkg, String name, Package imported) {
    super(pos, pkg, name, Basic.INVALID);
    this.imported = imported;
  }

  public Package imported() {
    return imported;
  }
}
