package dev.escapade.load.files;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, which is read when it is first asked for if it was not needed to describe
 * the file. Safe for use by several threads.
 */
public final class FileContent {
  private static final byte[] NOTHING = {};

  private final FileTree tree;
  private final String path;
  private final @Nullable FileStamp stamp;

  // Guarded by this.
  private byte @Nullable [] bytes;
  private byte @Nullable [] digest;
  private boolean hasChanged;

  /** Content that has been read. */
  FileContent(FileTree tree, String path, byte[] bytes, byte @Nullable [] digest) {
    this.tree = tree;
    this.path = path;
    this.stamp = null;
    this.bytes = bytes;
    this.digest = digest;
  }

  /** Content that is known by its digest, of a file with a settled stamp. */
  FileContent(FileTree tree, String path, FileStamp stamp, byte[] digest) {
    this.tree = tree;
    this.path = path;
    this.stamp = stamp;
    this.digest = digest;
  }

  /** The length. */
  public synchronized long sizeBytes() {
    return bytes != null ? bytes.length : stamp == null ? 0 : stamp.sizeBytes();
  }

  /** The SHA-256 digest of the content; not to be changed. */
  public synchronized byte[] digest() {
    byte[] known = digest;
    if (known == null) {
      known = sha256(bytes == null ? NOTHING : bytes);
      digest = known;
    }
    return known;
  }

  /**
   * All bytes, shared: not to be changed. If the file is another one by now than the one that was
   * described, it is the new content, and the index of the tree says that something has changed.
   */
  public synchronized byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = read();
      bytes = known;
    }
    return known;
  }

  /** Reports whether the bytes that were given out may be others than those of the digest. */
  public synchronized boolean hasChanged() {
    return hasChanged;
  }

  private void noteChange() {
    hasChanged = true;
    tree.noteChange();
  }

  private byte[] read() {
    try {
      byte[] content = tree.read(path);
      boolean same =
          (stamp != null && stamp.equals(tree.freshStamp(path)))
              || Arrays.equals(sha256(content), digest);
      if (!same) {
        noteChange();
      }
      return content;
    } catch (IOException _) {
      noteChange(); // It was there a moment ago.
      return NOTHING;
    }
  }

  static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
