package dev.escapade.diag;

import java.util.ArrayList;
import java.util.List;

/**
 * All source files of one run, each with its own range of positions (as go/token.FileSet). Files
 * may be added from any thread; nothing may depend on the order of positions of different files.
 */
public final class SourceMap {
  /** The position of what has no place in source. */
  public static final int NO_POS = 0;

  private final List<SourceFile> files = new ArrayList<>();
  private int nextBase = 1;

  /**
   * Adds a file.
   *
   * @throws IllegalStateException if all files together exceed 2 GiB
   */
  public synchronized SourceFile add(String name, int sizeBytes) {
    int end = Math.addExact(nextBase, sizeBytes);
    SourceFile file = new SourceFile(name, nextBase, sizeBytes);
    files.add(file);
    nextBase = Math.addExact(end, 1);
    return file;
  }

  /** The size of all files together. */
  public synchronized int sizeBytes() {
    return nextBase - 1;
  }

  /**
   * The file in which {@code pos} lies.
   *
   * @throws IllegalArgumentException if there is none, as for {@link #NO_POS}
   */
  public synchronized SourceFile file(int pos) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int mid = (low + high) >>> 1;
      SourceFile f = files.get(mid);
      if (pos < f.base()) {
        high = mid - 1;
      } else if (!f.contains(pos)) {
        low = mid + 1;
      } else {
        return f;
      }
    }
    throw new IllegalArgumentException("no file at position " + pos);
  }

  /**
   * The place of {@code pos} as line directives say, or {@link Position#UNKNOWN} for {@link
   * #NO_POS}.
   */
  public Position position(int pos) {
    return pos == NO_POS ? Position.UNKNOWN : file(pos).position(pos);
  }
}
