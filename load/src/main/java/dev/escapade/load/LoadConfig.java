package dev.escapade.load;

import dev.escapade.load.env.GoEnv;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to load, and under which settings: the part of the go command's command line and
 * surroundings that decides which packages a build consists of. An absent flag is null and leaves
 * the decision to GOFLAGS, the environment, the go env file and the defaults, in this order.
 *
 * @param dir the working directory (after {@code -C}); must be absolute
 * @param patterns package patterns, import paths, directories or {@code .go} files; none means
 *     {@code .}
 * @param env the environment; nothing else of the process's environment is looked at
 * @param goroot the installation to read the standard library from, or null to find one
 * @param tags the value of {@code -tags}, comma- or space-separated
 * @param mod the value of {@code -mod}: {@code readonly}, {@code vendor} or {@code mod}
 * @param modfile the value of {@code -modfile}
 * @param overlay the value of {@code -overlay}
 * @param pgo the value of {@code -pgo}: {@code auto}, {@code off} or a file
 * @param test whether the test variants of the matched packages are wanted too
 * @param threads how many threads may read files, at least 1
 * @param goCommandTimeout how long {@code go env} may take, or null never to run it
 */
public record LoadConfig(
    Path dir,
    List<String> patterns,
    Map<String, String> env,
    @Nullable Path goroot,
    @Nullable String tags,
    @Nullable String mod,
    @Nullable String modfile,
    @Nullable String overlay,
    @Nullable String pgo,
    boolean test,
    int threads,
    @Nullable Duration goCommandTimeout) {
  public LoadConfig {
    patterns = List.copyOf(patterns);
    env = Map.copyOf(env);
    if (!dir.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + dir);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
  }

  /** The given patterns in {@code dir}, everything else as the process's environment says. */
  public static LoadConfig of(Path dir, String... patterns) {
    return new LoadConfig(
        dir.toAbsolutePath().normalize(),
        List.of(patterns),
        System.getenv(),
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(5));
  }

  /** This configuration for other packages, seen from another directory. */
  public LoadConfig withSubjects(Path newDir, List<String> newPatterns) {
    return with(c -> {
      c.dir = newDir;
      c.patterns = newPatterns;
    });
  }

  /** This configuration with another environment. */
  public LoadConfig withEnv(Map<String, String> newEnv) {
    return with(c -> c.env = newEnv);
  }

  /** This configuration with the flag {@code -tags}. */
  public LoadConfig withTags(@Nullable String newTags) {
    return with(c -> c.tags = newTags);
  }

  /** This configuration with another installation. */
  public LoadConfig withGoroot(@Nullable Path newGoroot) {
    return with(c -> c.goroot = newGoroot);
  }

  /** This configuration with the flags {@code -mod} and {@code -modfile}. */
  public LoadConfig withMod(@Nullable String newMod, @Nullable String newModfile) {
    return with(c -> {
      c.mod = newMod;
      c.modfile = newModfile;
    });
  }

  /** This configuration with the flag {@code -overlay}. */
  public LoadConfig withOverlay(@Nullable String newOverlay) {
    return with(c -> c.overlay = newOverlay);
  }

  /** This configuration with the flag {@code -pgo}. */
  public LoadConfig withPgo(@Nullable String newPgo) {
    return with(c -> c.pgo = newPgo);
  }

  /** This configuration with test variants wanted or not. */
  public LoadConfig withTest(boolean newTest) {
    return with(c -> c.test = newTest);
  }

  /** This configuration with another number of threads. */
  public LoadConfig withThreads(int newThreads) {
    return with(c -> c.threads = newThreads);
  }

  /**
   * The values that GOFLAGS, of the environment or the go env file, has for a flag which may be
   * given more than once; those of the command line come after them.
   */
  public List<String> fromGoflags(String name) {
    return List.copyOf(GoFlags.parse(new GoEnv(env).get("GOFLAGS")).all(name));
  }

  private LoadConfig with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.config();
  }

  /** A copy that still changes. */
  private static final class Copy {
    Path dir;
    List<String> patterns;
    Map<String, String> env;
    @Nullable Path goroot;
    @Nullable String tags;
    @Nullable String mod;
    @Nullable String modfile;
    @Nullable String overlay;
    @Nullable String pgo;
    boolean test;
    int threads;
    final @Nullable Duration goCommandTimeout;

    Copy(LoadConfig of) {
      dir = of.dir;
      patterns = of.patterns;
      env = of.env;
      goroot = of.goroot;
      tags = of.tags;
      mod = of.mod;
      modfile = of.modfile;
      overlay = of.overlay;
      pgo = of.pgo;
      test = of.test;
      threads = of.threads;
      goCommandTimeout = of.goCommandTimeout;
    }

    LoadConfig config() {
      return new LoadConfig(
          dir,
          patterns,
          env,
          goroot,
          tags,
          mod,
          modfile,
          overlay,
          pgo,
          test,
          threads,
          goCommandTimeout);
    }
  }
}
