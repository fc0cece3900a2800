package dev.escapade.driver.cache;

/**
 * What a result is stored under: the digest of all that it depends on.
 *
 * @param hex a SHA-256 digest in lower-case hexadecimal digits
 */
public record Key(String hex) {
  private static final int HEX_DIGITS = 64;

  public Key {
    if (hex.length() != HEX_DIGITS) {
      throw new IllegalArgumentException("not a digest: " + hex);
    }
  }

  /** The key of what depends on {@code more} besides. */
  public Key with(String more) {
    return new Digest().add(this).add(more).key();
  }
}
