package dev.escapade.syntax;

/**
 * Hands out the numbers of a package's expressions, from 0 and without gaps in the numbers handed
 * out (a few stay unused, where the parser changes its mind about an expression). The files of one
 * package share one source and are parsed one after the other.
 */
public final class IdSource {
  private int next;

  /** The next number. */
  public int next() {
    return next++;
  }

  /** How many numbers have been handed out: the length that a side table needs. */
  public int count() {
    return next;
  }
}
