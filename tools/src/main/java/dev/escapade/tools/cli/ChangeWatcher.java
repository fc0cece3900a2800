package dev.escapade.tools.cli;

import dev.escapade.load.BuildSettings;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something changes in the directories of a build: those of its packages and of its
 * go.mod or go.work, but not those of the Go installation and of the module cache.
 */
final class ChangeWatcher implements AutoCloseable {
  /** Programs write a file in several steps; when nothing happens for so long, they are done. */
  private static final long QUIET_MILLIS = 5;

  private final WatchService service = FileSystems.getDefault().newWatchService();
  private final Set<Path> watched = new HashSet<>();

  /** What was watched before the last build began: no change of it since then is missed. */
  private Set<String> settled = new HashSet<>();

  /** The directories in which something has changed since the last build began. */
  private final Set<String> changed = new HashSet<>();

  /** Directories in which nothing changes ever. */
  private List<String> immutable = List.of();

  ChangeWatcher() throws IOException {}

  /**
   * A build begins: says which directories it need not look at. Those of the Go installation and of
   * the module cache are taken not to change while the program runs.
   */
  Predicate<String> unchanged() {
    Set<String> known = new HashSet<>(settled);
    known.removeAll(changed);
    changed.clear();
    settled = new HashSet<>();
    watched.forEach(dir -> settled.add(slashed(dir)));
    List<String> roots = immutable;
    return dir -> known.contains(dir) || roots.stream().anyMatch(dir::startsWith);
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  /** Watches the directories of {@code build} too. */
  void add(LoadResult build) {
    BuildSettings settings = build.settings();
    immutable =
        Stream.of(settings.goroot(), settings.modCache())
            .filter(dir -> dir.isAbsolute() && dir.getNameCount() > 0)
            .map(dir -> slashed(dir) + "/")
            .toList();
    for (GoPackage pkg : build.packages()) {
      if (!pkg.dir().isEmpty() && !pkg.isStandard()) {
        Path dir = Path.of(pkg.dir());
        if (!dir.startsWith(settings.modCache())) {
          add(dir);
        }
      }
    }
    addParent(settings.goMod());
    addParent(settings.goWork());
  }

  private void addParent(@Nullable Path file) {
    Path dir = file == null ? null : file.getParent();
    if (dir != null) {
      add(dir);
    }
  }

  /** Watches a directory too. */
  void add(Path dir) {
    if (!watched.add(dir)) {
      return;
    }
    try {
      dir.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_DELETE,
          StandardWatchEventKinds.ENTRY_MODIFY);
    } catch (IOException _) {
      watched.remove(dir); // It is gone, or there are too many: the next build tries again.
    }
  }

  /**
   * Returns when something has changed since the last call, and changes no more.
   *
   * @return when the first change was noticed, in the time of {@link System#nanoTime}
   */
  long await() throws InterruptedException {
    boolean isChanged = false;
    long noticed = 0;
    while (true) {
      @Nullable WatchKey key =
          isChanged ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : service.take();
      if (key == null) {
        return noticed;
      }
      if (!isChanged) {
        noticed = System.nanoTime();
      }
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
          settled = new HashSet<>();
          isChanged = true;
        } else if (!isIgnored(event.context())) {
          isChanged = true;
          addCreated(key, event);
        }
      }
      if (key.watchable() instanceof Path dir) {
        changed.add(slashed(dir));
        if (!key.reset()) {
          watched.remove(dir);
          settled.remove(slashed(dir));
        }
      }
    }
  }

  /** A new directory has no package yet, maybe. */
  private void addCreated(WatchKey key, WatchEvent<?> event) {
    if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)
        && key.watchable() instanceof Path parent
        && event.context() instanceof Path name
        && Files.isDirectory(parent.resolve(name))) {
      try (Stream<Path> tree = Files.walk(parent.resolve(name))) {
        tree.filter(Files::isDirectory).forEach(this::add);
      } catch (IOException | UncheckedIOException _) {
        // It is gone, or not ours to read: the build says what matters.
      }
    }
  }

  /** Reports whether an event is about a file that the go command ignores, as editors make them. */
  private static boolean isIgnored(@Nullable Object context) {
    return context instanceof Path name
        && (name.toString().startsWith(".")
            || name.toString().startsWith("_")
            || name.toString().endsWith("~"));
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
