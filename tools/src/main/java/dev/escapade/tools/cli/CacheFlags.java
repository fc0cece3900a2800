package dev.escapade.tools.cli;

import dev.escapade.driver.cache.ResultCache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag of every command that uses results of earlier runs. */
final class CacheFlags {
  @Option(
      names = {"-no-cache", "--no-cache"},
      description = "Neither use nor keep results of packages on disk.")
  private boolean off;

  /** The results of earlier runs, or null for none. */
  @Nullable ResultCache cache(Terminal terminal) {
    return off ? null : ResultCache.of(terminal.env(), Version.program()).orElse(null);
  }
}
