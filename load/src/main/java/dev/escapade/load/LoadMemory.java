package dev.escapade.load;

import dev.escapade.load.build.BuildContext;
import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.FileIndex;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What loading has found out, for the next load in the same process, or on disk. */
public final class LoadMemory {
  private final FileIndex index;
  private final ConcurrentHashMap<String, PackageDir> dirs = new ConcurrentHashMap<>();
  private @Nullable BuildContext context;

  /** Remembers nothing. */
  public LoadMemory() {
    this(new FileIndex());
  }

  /** Remembers what was read of files. */
  public LoadMemory(FileIndex index) {
    this.index = index;
  }

  /** What was read of files. */
  public FileIndex index() {
    return index;
  }

  /**
   * To be called between two loads.
   *
   * @param isUnchanged whether a directory is known to be as it was, and with it what it has; of
   *     others, each file is asked whether it has changed
   */
  public void nextLoad(Predicate<String> isUnchanged) {
    Set<String> withLinks = index.nextRun(isUnchanged);
    dirs.keySet().removeIf(dir -> !isUnchanged.test(dir) || withLinks.contains(dir));
  }

  /** The packages that have been read, by directory, as far as they hold under a context. */
  ConcurrentHashMap<String, PackageDir> dirs(BuildContext current) {
    if (!current.equals(context)) {
      dirs.clear();
      context = current;
    }
    return dirs;
  }
}
