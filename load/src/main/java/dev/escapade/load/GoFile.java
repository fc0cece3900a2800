package dev.escapade.load;

/**
 * A Go source file that takes part in the build, with its content as read (once).
 *
 * <p>The content is shared, not copied: nobody may change it.
 */
public final class GoFile {
  private final String name;
  private final String path;
  private final byte[] content;
  private final boolean importsC;

  /**
   * Creates a file.
   *
   * @param name the last element of its path
   * @param path its absolute path (under an overlay: the path that the build sees)
   * @param content all bytes, in any state of correctness
   * @param importsC whether it has an {@code import "C"}
   */
  public GoFile(String name, String path, byte[] content, boolean importsC) {
    this.name = name;
    this.path = path;
    this.content = content;
    this.importsC = importsC;
  }

  /** The last element of the path, such as {@code print.go}. */
  public String name() {
    return name;
  }

  /** The absolute path. */
  public String path() {
    return path;
  }

  /** All bytes of the file; the caller must not change them. */
  public byte[] content() {
    return content;
  }

  /** Reports whether the file imports the pseudo-package C. */
  public boolean importsC() {
    return importsC;
  }

  @Override
  public String toString() {
    return path;
  }
}
