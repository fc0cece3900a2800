package dev.escapade.tools.cli;

import dev.escapade.driver.cache.CacheLocation;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.driver.cache.ResultStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code escapade cache}. */
@Command(
    name = "cache",
    description = {
      "Show where results of packages are kept, and how much that is.",
      "The place is $ESCAPADE_CACHE (off: none), else escapade in the user's cache folder."
    })
final class CacheCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = {"-clean", "--clean"},
      description = "Delete all results.")
  private boolean clean;

  CacheCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Path> dir = CacheLocation.of(terminal.env());
    if (dir.isEmpty()) {
      terminal.out().println("off");
      return ExitCode.OK;
    }
    ResultStore store = ResultCache.open(dir.get());
    if (clean) {
      store.clear();
    }
    ResultStore.Size size = store.size();
    terminal.out().println(dir.get());
    terminal.out().println(size.entries() + " results, " + size.sizeBytes() + " bytes");
    return ExitCode.OK;
  }
}
