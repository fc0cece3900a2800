package dev.escapade.load;

import dev.escapade.load.files.FileContent;

/**
 * A Go source file that takes part in the build, with its content, which is read once at most.
 *
 * <p>The content is shared, not copied: nobody may change it.
 */
public final class GoFile {
  private final String name;
  private final String path;
  private final FileContent content;
  private final boolean importsC;

  /**
   * Creates a file.
   *
   * @param name the last element of its path
   * @param path its absolute path (under an overlay: the path that the build sees)
   * @param content all of it, in any state of correctness
   * @param importsC whether it has an {@code import "C"}
   */
  public GoFile(String name, String path, FileContent content, boolean importsC) {
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
    return content.bytes();
  }

  /** The length in bytes; reads nothing. */
  public int sizeBytes() {
    return (int) content.sizeBytes();
  }

  /** The SHA-256 digest of the content; the caller must not change it. */
  public byte[] digest() {
    return content.digest();
  }

  /**
   * Reports whether {@link #content}, asked for before, may be other than what {@link #digest} is
   * of, because the file was changed in between.
   */
  public boolean hasChanged() {
    return content.hasChanged();
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
