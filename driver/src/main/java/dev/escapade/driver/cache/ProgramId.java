package dev.escapade.driver.cache;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells builds of this program apart by the directory at the end of its jar file, which has a
 * checksum of each class: a small part of the file, yet it differs when any class does.
 */
public final class ProgramId {
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIZE = 12;
  private static final int DIRECTORY_OFFSET = 16;

  private ProgramId() {}

  /** What identifies the jar at {@code jar}; nothing if it cannot be told. */
  public static Optional<String> of(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "r")) {
      return directory(file).map(bytes -> new Digest().add(bytes).key().hex());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> directory(RandomAccessFile file) throws IOException {
    long length = file.length();
    byte[] tail = new byte[(int) Math.min(length, END_BYTES + MAX_COMMENT_BYTES)];
    file.seek(length - tail.length);
    file.readFully(tail);
    for (int i = tail.length - END_BYTES; i >= 0; i--) {
      if (int32(tail, i) == END_SIGNATURE) {
        int size = int32(tail, i + DIRECTORY_SIZE);
        long offset = int32(tail, i + DIRECTORY_OFFSET) & 0xffffffffL;
        if (size < 0 || offset + size > length) {
          return Optional.empty();
        }
        byte[] directory = new byte[size];
        file.seek(offset);
        file.readFully(directory);
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }

  private static int int32(byte[] b, int i) {
    return (b[i] & 0xff) | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16 | b[i + 3] << 24;
  }
}
