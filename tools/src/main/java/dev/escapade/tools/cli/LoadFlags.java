package dev.escapade.tools.cli;

import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.FlagException;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.load.LoadConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The flags of every command that loads packages: which files there are, and where they come from.
 * They have the names and the meaning that they have in go build, but for {@code -goroot}.
 */
final class LoadFlags {
  private static final Duration GO_ENV_TIMEOUT = Duration.ofSeconds(5);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-C", "--C"},
      paramLabel = "DIR",
      description = "Change to DIR first; must be the first flag.")
  private @Nullable Path chdir;

  @Option(
      names = {"-tags", "--tags"},
      paramLabel = "TAG,...",
      description = "Build tags that hold.")
  private @Nullable String tags;

  @Option(
      names = {"-mod", "--mod"},
      paramLabel = "MODE",
      description = "Where modules come from: readonly, vendor or mod.")
  private @Nullable String mod;

  @Option(
      names = {"-modfile", "--modfile"},
      paramLabel = "FILE",
      description = "Read FILE in place of go.mod.")
  private @Nullable String modfile;

  @Option(
      names = {"-overlay", "--overlay"},
      paramLabel = "FILE",
      description = "A JSON file that replaces files of the build by others.")
  private @Nullable String overlay;

  @Option(
      names = {"-goroot", "--goroot"},
      paramLabel = "DIR",
      description = "The Go installation whose standard library is read.")
  private @Nullable Path goroot;

  @Option(
      names = {"-pgo", "--pgo"},
      paramLabel = "FILE",
      description =
          "The profile to decide by; off for none, auto (the default) for each command's own"
              + " default.pgo.")
  private @Nullable String pgo;

  @Option(
      names = {"-p", "--p"},
      paramLabel = "N",
      description = "Work on N packages at a time (default: the number of processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * The directory in which the command works, {@code -C} included.
   *
   * @throws UserException if there is no such directory, or {@code -C} comes too late
   */
  Path dir(Terminal terminal) throws UserException {
    if (chdir == null) {
      return terminal.dir();
    }
    if (!isChdirFirst()) {
      throw UserException.usage("-C flag must be first flag on command line");
    }
    Path dir = terminal.dir().resolve(chdir).normalize();
    if (!Files.isDirectory(dir)) {
      throw UserException.usage("chdir " + chdir + ": no such file or directory");
    }
    return dir;
  }

  private boolean isChdirFirst() {
    if (command == null) {
      return true;
    }
    List<String> args = command.commandLine().getParseResult().originalArgs();
    int name = args.indexOf(command.name());
    String first = name + 1 < args.size() ? args.get(name + 1) : "";
    String flag = first.startsWith("--") ? first.substring(1) : first;
    return flag.equals("-C") || flag.startsWith("-C=");
  }

  /**
   * What the loader is to load.
   *
   * @param packages patterns as on the go command's command line; none means the package in the
   *     working directory
   * @throws UserException if a flag has no sensible value
   */
  LoadConfig config(Terminal terminal, List<String> packages) throws UserException {
    if (threads < 1) {
      throw UserException.usage("-p must be at least 1, not " + threads);
    }
    return new LoadConfig(
        dir(terminal),
        packages,
        terminal.env(),
        goroot == null ? null : terminal.dir().resolve(goroot).normalize(),
        tags,
        mod,
        modfile,
        overlay,
        pgo,
        false,
        threads,
        GO_ENV_TIMEOUT);
  }

  /** Reports whether a profile may decide in a folder's package. */
  boolean mayHaveProfile(Path folder) {
    return (pgo == null || pgo.equals("auto"))
        ? Files.exists(folder.resolve("default.pgo"))
        : !pgo.equals("off");
  }

  /**
   * What the driver is to do.
   *
   * @param packages as for {@link #config}
   * @param gcflags the values of {@code -gcflags} on the command line, which come after those in
   *     GOFLAGS
   * @param cache the results of earlier runs, or null for none
   * @throws UserException if a flag has no sensible value
   */
  BuildRequest request(
      Terminal terminal,
      List<String> packages,
      List<String> gcflags,
      Goal goal,
      @Nullable ResultCache cache)
      throws UserException {
    LoadConfig load = config(terminal, packages);
    try {
      List<String> all = new ArrayList<>(load.fromGoflags("gcflags"));
      all.addAll(gcflags);
      PackageFlags flags = PackageFlags.parse(all, load.dir());
      return new BuildRequest(load, flags, threads, goal, cache);
    } catch (FlagException e) {
      throw UserException.usage(String.valueOf(e.getMessage()));
    }
  }
}
