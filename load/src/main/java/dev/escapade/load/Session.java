package dev.escapade.load;

import dev.escapade.load.build.DirectoryReader;
import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Paths;
import dev.escapade.load.files.WorkQueue;
import dev.escapade.load.modules.ModuleException;
import dev.escapade.load.modules.ModuleSetup;
import dev.escapade.load.modules.Modules;
import dev.escapade.load.modules.Requirements;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one load shares among its steps. */
final class Session {
  final Settings settings;
  final boolean tests;
  final FileTree tree;
  final WorkQueue queue;
  final List<String> warnings;
  final Modules modules;
  Requirements requirements;

  private final ConcurrentHashMap<String, PackageDir> dirs;

  Session(
      Settings settings,
      boolean tests,
      FileTree tree,
      WorkQueue queue,
      ConcurrentHashMap<String, PackageDir> dirs,
      ModuleSetup.Result setup,
      List<String> warnings) {
    this.dirs = dirs;
    this.settings = settings;
    this.tests = tests;
    this.tree = tree;
    this.queue = queue;
    this.modules = setup.modules();
    this.requirements = setup.requirements();
    this.warnings = warnings;
  }

  static Session open(
      Settings settings,
      LoadConfig config,
      @Nullable LoadMemory memory,
      WorkQueue queue,
      List<String> warnings)
      throws ModuleException {
    FileTree tree = new FileTree(settings.overlay(), memory == null ? null : memory.index());
    Modules.Surroundings around =
        new Modules.Surroundings(
            settings.cwd(),
            settings.goroot(),
            settings.modCache(),
            settings.localVersion(),
            settings.toolchainSetting());
    String temp = config.env().getOrDefault("TMPDIR", "/tmp");
    ModuleSetup.Options options =
        new ModuleSetup.Options(
            settings.goWork(), settings.mod(), settings.modfile(), Paths.clean(temp));
    ModuleSetup.Result setup = ModuleSetup.read(tree, around, options, config.threads(), warnings);
    // An overlay is read again each time, and with it what it changes.
    ConcurrentHashMap<String, PackageDir> dirs =
        memory == null || config.overlay() != null
            ? new ConcurrentHashMap<>()
            : memory.dirs(settings.context());
    return new Session(settings, config.test(), tree, queue, dirs, setup, warnings);
  }

  /** Reports whether {@code dir} lies in GOROOT/src. */
  boolean inGoroot(String dir) {
    return Paths.isWithin(dir, settings.gorootSrc());
  }

  /** The package in a directory, read at the first call. */
  PackageDir read(String dir) {
    PackageDir known = dirs.get(dir);
    if (known != null) {
      return known;
    }
    boolean standard = inGoroot(dir);
    boolean pristine = standard || Paths.isWithin(dir, settings.modCache());
    PackageDir fresh =
        DirectoryReader.read(
            tree,
            standard ? settings.context().withoutCgo() : settings.context(),
            dir,
            tests || !pristine
                ? DirectoryReader.Tests.READ
                : DirectoryReader.Tests.IF_NOTHING_ELSE);
    PackageDir raced = dirs.putIfAbsent(dir, fresh);
    return raced == null ? fresh : raced;
  }

  /** {@code path} as messages show it. */
  String shorten(String path) {
    return Paths.shorten(settings.cwd(), path);
  }
}
