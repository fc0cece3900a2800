package dev.escapade.load.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file or directory, by which a change of it is noticed.
 *
 * @param sizeBytes its length
 * @param modifiedNanos when it was last changed, since 1970
 * @param id something that differs between files, by chance not always; 0 where there is no such
 *     thing
 */
record FileStamp(long sizeBytes, long modifiedNanos, int id) {
  /**
   * How long ago a file must have been changed for its stamp to tell the next change. Clocks of
   * file systems tick, some every two seconds only: what is written twice within one tick has the
   * same stamp both times. (Git calls such files racily clean.)
   */
  private static final long SETTLED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2) + 500_000_000;

  static FileStamp of(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        key == null ? 0 : key.hashCode());
  }

  /** Reports whether every change after {@code nowMillis} will give another stamp. */
  boolean isSettled(long nowMillis) {
    return modifiedNanos < TimeUnit.MILLISECONDS.toNanos(nowMillis) - SETTLED_AFTER_NANOS;
  }
}
