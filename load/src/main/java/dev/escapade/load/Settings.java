package dev.escapade.load;

import dev.escapade.load.build.BuildContext;
import dev.escapade.load.env.GoEnv;
import dev.escapade.load.env.Goroot;
import dev.escapade.load.env.Platform;
import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Overlay;
import dev.escapade.load.files.OverlayFile;
import dev.escapade.load.version.GoVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Flags, GOFLAGS, environment, go env file and defaults, brought together. */
record Settings(
    String cwd,
    String goroot,
    String goRelease,
    String localVersion,
    BuildContext context,
    String archLevel,
    SortedSet<String> buildTags,
    SortedSet<String> toolTags,
    String gopath,
    String modCache,
    @Nullable String mod,
    @Nullable String modfile,
    String goWork,
    String toolchainSetting,
    Overlay overlay,
    String pgo) {

  static Settings of(LoadConfig config) throws IOException {
    GoEnv env = new GoEnv(config.env());
    Path root = Goroot.find(config.goroot(), env, config.goCommandTimeout());
    String goroot = slashes(root.toAbsolutePath().normalize());
    env.addInstallationDefaults(goroot);
    if (env.get("GO111MODULE").equals("off")) {
      throw new IOException("go: modules disabled by GO111MODULE=off; see 'go help modules'");
    }
    String cwd = slashes(config.dir().normalize());
    GoFlags flags = GoFlags.parse(env.get("GOFLAGS"));
    String goos = env.get("GOOS", GoEnv.hostOs());
    String goarch = env.get("GOARCH", GoEnv.hostArch());
    if (!Platform.isKnown(goos, goarch)) {
      throw new IOException("go: unsupported GOOS/GOARCH pair " + goos + "/" + goarch);
    }
    String levelVariable = Platform.levelVariable(goarch);
    String level =
        levelVariable == null ? "" : env.get(levelVariable, Platform.defaultLevel(goarch));

    SortedSet<String> toolTags = new TreeSet<>(Platform.levelTags(goarch, level));
    try {
      for (String name :
          Platform.experiments(goos, goarch, knownExperiments(goroot), env.get("GOEXPERIMENT"))) {
        toolTags.add("goexperiment." + name);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("go: " + e.getMessage(), e);
    }
    SortedSet<String> buildTags =
        GoFlags.splitTags(config.tags() != null ? config.tags() : flags.get("tags"));
    String release = Goroot.version(root);
    String local = localVersion(release);

    Set<String> tags = new HashSet<>(buildTags);
    tags.addAll(toolTags);
    tags.add("gc");
    addReleaseTags(tags, local);
    BuildContext context =
        new BuildContext(goos, goarch, Platform.cgoEnabled(env, goos, goarch), tags);

    String overlay = config.overlay() != null ? config.overlay() : flags.get("overlay");
    String pgo = config.pgo() != null ? config.pgo() : flags.get("pgo");
    return new Settings(
        cwd,
        goroot,
        release,
        local,
        context,
        level,
        Collections.unmodifiableSortedSet(buildTags),
        Collections.unmodifiableSortedSet(toolTags),
        env.gopath(),
        env.modCache(),
        config.mod() != null ? config.mod() : flags.get("mod"),
        config.modfile() != null ? config.modfile() : flags.get("modfile"),
        env.get("GOWORK"),
        env.get("GOTOOLCHAIN"),
        overlay == null || overlay.isEmpty() ? Overlay.NONE : OverlayFile.read(cwd, overlay),
        pgo == null ? "auto" : pgo);
  }

  /** GOROOT/src. */
  String gorootSrc() {
    return goroot + "/src";
  }

  BuildSettings published(@Nullable String goMod, @Nullable String goWorkFile) {
    return new BuildSettings(
        Path.of(goroot),
        goRelease,
        context.goos(),
        context.goarch(),
        archLevel,
        context.cgoEnabled(),
        buildTags,
        toolTags,
        Path.of(gopath),
        Path.of(modCache),
        goMod == null ? null : Path.of(goMod),
        goWorkFile == null ? null : Path.of(goWorkFile));
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static Set<String> knownExperiments(String goroot) {
    Set<String> names = new HashSet<>();
    // Each experiment has a constant in a file of its own, exp_NAME_on.go.
    for (String file :
        new FileTree(Overlay.NONE).list(goroot + "/src/internal/goexperiment").names()) {
      if (file.startsWith("exp_") && file.endsWith("_on.go")) {
        names.add(file.substring("exp_".length(), file.length() - "_on.go".length()));
      }
    }
    return names;
  }

  private static String localVersion(String release) {
    String v = GoVersion.fromToolchain(release);
    return v.isEmpty() ? "1.26" : v; // a development tree: take it for the release we know
  }

  private static void addReleaseTags(Set<String> tags, String local) {
    String lang = GoVersion.lang(local);
    int minor = Integer.parseInt(lang.substring(lang.indexOf('.') + 1));
    for (int i = 1; i <= minor; i++) {
      tags.add("go1." + i);
    }
  }
}
