package dev.escapade.ir;

import dev.escapade.types.Package;
import org.jspecify.annotations.Nullable;

/**
 * A name within a package.
 *
 * @param pkg the package, or null for what is predeclared and for names without one
 */
public record Sym(@Nullable Package pkg, String name) {
  /** Reports whether this is the blank identifier. */
  public boolean isBlank() {
    return name.equals("_");
  }

  /** Reports whether the name starts with an upper-case letter. */
  public boolean isExported() {
    int c = name.codePointAt(0);
    return c < 0x80 ? 'A' <= c && c <= 'Z' : Character.isUpperCase(c);
  }
}
