package dev.escapade.load.modules;

import dev.escapade.load.files.FileTree;
import dev.escapade.load.files.Paths;
import dev.escapade.load.modfile.ModFile;
import dev.escapade.load.modfile.ModFileParser;
import dev.escapade.load.modfile.VendorList;
import dev.escapade.load.version.GoVersion;
import dev.escapade.load.version.ModulePath;
import dev.escapade.load.version.ModuleVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The modules around a build: the main modules, what replaces what, and where each module is. Safe
 * for use by several threads.
 */
public final class Modules {
  private final FileTree tree;
  private final Surroundings surroundings;
  private final ModMode mode;
  private final List<MainModule> mains;
  private final @Nullable String workFile;
  private final String goVersion;
  private final VendorList vendorList;
  private final Map<ModuleVersion, Replacement> replacements;
  private final ConcurrentHashMap<ModuleVersion, ModSummary> summaries = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<ModuleVersion, Location> locations = new ConcurrentHashMap<>();

  /**
   * Where all of this happens; directories are absolute.
   *
   * @param localVersion the version of the installation, such as {@code 1.26.8}
   * @param toolchainSetting GOTOOLCHAIN, for messages
   */
  public record Surroundings(
      String cwd, String goroot, String modCache, String localVersion, String toolchainSetting) {
    /** GOROOT/src. */
    public String gorootSrc() {
      return goroot + "/src";
    }

    /** {@code path} as messages show it. */
    public String shorten(String path) {
      return Paths.shorten(cwd, path);
    }

    /** The text for something that needs a newer Go. */
    String tooNew(String what, String version) {
      boolean set = !toolchainSetting.isEmpty() && !toolchainSetting.equals("auto");
      String explain = set ? "; GOTOOLCHAIN=" + toolchainSetting : "";
      return what + " requires go >= " + version + " (running go " + localVersion + explain + ")";
    }
  }

  /**
   * The right side of a replacement, with relative directories made absolute.
   *
   * @param shown the target as written
   * @param source the file that has the directive
   */
  record Replacement(ModuleVersion target, ModuleVersion shown, String source) {}

  /**
   * A module's directory.
   *
   * @param isLocal whether nested modules may lie in it, as they cannot in the module cache
   * @param error why it is not there, or null
   */
  record Location(String dir, boolean isLocal, @Nullable String error) {}

  Modules(
      FileTree tree,
      Surroundings surroundings,
      ModMode mode,
      List<MainModule> mains,
      @Nullable String workFile,
      String goVersion,
      VendorList vendorList,
      Map<ModuleVersion, Replacement> replacements) {
    this.tree = tree;
    this.surroundings = surroundings;
    this.mode = mode;
    this.mains = List.copyOf(mains);
    this.workFile = workFile;
    this.goVersion = goVersion;
    this.vendorList = vendorList;
    this.replacements = new LinkedHashMap<>(replacements);
  }

  /** The file system. */
  FileTree tree() {
    return tree;
  }

  /** Where this happens. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** The mode in force. */
  public ModMode mode() {
    return mode;
  }

  /** The main modules; never empty, see {@link #hasRoot}. */
  public List<MainModule> mains() {
    return mains;
  }

  /** The directories of the main modules. */
  public List<String> mainDirs() {
    List<String> dirs = new ArrayList<>();
    for (MainModule m : mains) {
      if (!m.dir().isEmpty()) {
        dirs.add(m.dir());
      }
    }
    return dirs;
  }

  /** The go.work in force, or null. */
  public @Nullable String workFile() {
    return workFile;
  }

  /** Reports whether a go.work is in force. */
  public boolean inWorkspace() {
    return workFile != null;
  }

  /** Reports whether there is a main module at all. */
  public boolean hasRoot() {
    return !mains.getFirst().dir().isEmpty();
  }

  /** The Go version that the main module or workspace asks for. */
  public String goVersion() {
    return goVersion;
  }

  /** The vendored modules; empty outside vendor mode. */
  VendorList vendorList() {
    return vendorList;
  }

  /** The vendor directory of the main module or workspace, there or not. */
  public String vendorDir() {
    String root = workFile != null ? Paths.parent(workFile) : mains.getFirst().dir();
    return root + "/vendor";
  }

  /** The main module with a path, or null. */
  public @Nullable MainModule main(String path) {
    for (MainModule m : mains) {
      if (m.path().equals(path)) {
        return m;
      }
    }
    return null;
  }

  /** Reports whether {@code m} is a main module. */
  public boolean isMain(ModuleVersion m) {
    return m.version().isEmpty() && main(m.path()) != null;
  }

  /** The main module around the working directory, or null. */
  @Nullable MainModule mainAroundCwd() {
    String root = ModuleSetup.findUpwards(tree, surroundings.cwd(), "go.mod");
    for (MainModule m : mains) {
      if (m.dir().equals(root)) {
        return m;
      }
    }
    return null;
  }

  /** What stands in for {@code m}, as written, or null. */
  public @Nullable ModuleVersion replacement(ModuleVersion m) {
    Replacement r = replacementOf(m);
    return r == null ? null : r.shown;
  }

  @Nullable Replacement replacementOf(ModuleVersion m) {
    if (isMain(m)) {
      return null;
    }
    Replacement r = replacements.get(m);
    return r != null ? r : replacements.get(new ModuleVersion(m.path(), ""));
  }

  Map<ModuleVersion, Replacement> replacements() {
    return replacements;
  }

  private ModuleVersion actual(ModuleVersion m) {
    Replacement r = replacementOf(m);
    return r == null ? m : r.target;
  }

  /** The directory in which a module's files are, or empty if it is not there. */
  public String directory(ModuleVersion m) {
    Location l = locate(m);
    return l.error == null ? l.dir : "";
  }

  /** Reports whether {@code m} is a directory that the user may be working in. */
  boolean isLocal(ModuleVersion m) {
    return locate(m).isLocal;
  }

  /** Finds a module: a main module, a replacement, or a directory of the module cache. */
  Location locate(ModuleVersion m) {
    Location known = locations.get(m);
    if (known == null) {
      known = computeLocation(m);
      locations.put(m, known);
    }
    return known;
  }

  private Location computeLocation(ModuleVersion m) {
    MainModule main = m.version().isEmpty() ? main(m.path()) : null;
    if (main != null) {
      return new Location(main.dir(), true, null);
    }
    Replacement r = replacementOf(m);
    if (r != null && r.target.version().isEmpty()) {
      boolean there = tree.isDirectory(r.target.path());
      return new Location(
          r.target.path(),
          true,
          there ? null : m + ": replacement directory " + r.shown.path() + " does not exist");
    }
    ModuleVersion actual = actual(m);
    String dir = cacheDir(actual);
    return new Location(
        dir, false, tree.isDirectory(dir) ? null : actual + ": " + notInCache(actual));
  }

  /** Where the module cache has the files of {@code m}. */
  private String cacheDir(ModuleVersion m) {
    return surroundings.modCache
        + "/"
        + ModulePath.escape(m.path())
        + "@"
        + ModulePath.escape(m.version());
  }

  private String notInCache(ModuleVersion m) {
    return "not in the module cache ("
        + surroundings.modCache
        + "); to download it:\n\tgo mod download "
        + m.path();
  }

  /** The version in the go line of {@code m}'s go.mod, or empty. */
  public String goVersionOf(ModuleVersion m) {
    MainModule main = m.version().isEmpty() ? main(m.path()) : null;
    if (main != null) {
      String v = main.file().goVersion();
      return v.isEmpty() ? GoVersion.DEFAULT_GO_MOD : v;
    }
    return mode.isVendor() ? vendorList.mark(m).goVersion() : summary(m).goVersion();
  }

  /** The go.mod of a module in the graph, with replacements and exclusions applied. */
  ModSummary summary(ModuleVersion m) {
    ModSummary known = summaries.get(m);
    if (known == null) {
      known = readSummary(m);
      summaries.put(m, known);
    }
    return known;
  }

  private ModSummary readSummary(ModuleVersion m) {
    if (ModuleVersion.isToolchain(m.path())) {
      boolean impliesToolchain =
          m.path().equals("go") && GoVersion.compare(m.version(), GoVersion.STRICT) >= 0;
      List<ModuleVersion> requires =
          impliesToolchain
              ? List.of(new ModuleVersion("toolchain", "go" + m.version()))
              : List.of();
      return ModSummary.of("", true, requires, List.of());
    }
    MainModule main = m.version().isEmpty() ? main(m.path()) : null;
    if (main != null) {
      return main.dir().isEmpty()
          ? ModSummary.of("", true, List.of(), List.of())
          : summarize(m, m, m, main.file());
    }
    ModuleVersion actual = actual(m);
    ModuleVersion shown = Objects.requireNonNullElse(replacement(m), m);
    String name = goModFile(actual);
    byte[] data;
    try {
      data = tree.read(name);
    } catch (IOException e) {
      boolean isLocal = actual.version().isEmpty();
      return ModSummary.failed(
          isLocal ? "reading " + shorten(name) + ": " + e.getMessage() : notInCache(actual), shown);
    }
    ModFile.Parsed parsed = ModFileParser.parseMod(name, name, data, false);
    if (!parsed.errors().isEmpty()) {
      return ModSummary.failed(
          "parsing " + shorten(name) + ": " + String.join("\n", parsed.errors()), shown);
    }
    return summarize(m, actual, shown, parsed.file());
  }

  private String shorten(String path) {
    return surroundings.shorten(path);
  }

  private String goModFile(ModuleVersion m) {
    if (m.version().isEmpty()) {
      return m.path() + "/go.mod";
    }
    String downloaded =
        surroundings.modCache
            + "/cache/download/"
            + ModulePath.escape(m.path())
            + "/@v/"
            + ModulePath.escape(m.version())
            + ".mod";
    return tree.isFile(downloaded) ? downloaded : cacheDir(m) + "/go.mod";
  }

  private ModSummary summarize(
      ModuleVersion m, ModuleVersion actual, ModuleVersion shown, ModFile file) {
    String path = file.modulePath();
    if (!actual.version().isEmpty() && path.isEmpty()) {
      return ModSummary.failed("parsing go.mod: missing module line", shown);
    }
    if (!actual.version().isEmpty() && !path.equals(m.path()) && !path.equals(actual.path())) {
      return ModSummary.failed(
          "parsing go.mod:\n\tmodule declares its path as: "
              + path
              + "\n\t        but was required as: "
              + m.path(),
          shown);
    }
    List<ModuleVersion> requires = new ArrayList<>(file.requires().size() + 1);
    for (ModFile.Require r : file.requires()) {
      if (!isExcluded(r.module())) {
        requires.add(r.module());
      }
    }
    String v = file.goVersion();
    if (!v.isEmpty() && GoVersion.compare(v, GoVersion.STRICT) >= 0) {
      requires.add(new ModuleVersion("go", v));
      if (GoVersion.compare(v, surroundings.localVersion) > 0) {
        return ModSummary.failed(surroundings.tooNew("module " + shown, v), shown);
      }
    }
    return ModSummary.of(v, isPruned(v), requires, file.ignores());
  }

  /** Reports whether a main module excludes {@code m}. */
  boolean isExcluded(ModuleVersion m) {
    for (MainModule main : mains) {
      if (main.file().excludes().contains(m)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a module of this Go version lists all that its packages need. */
  static boolean isPruned(String goVersion) {
    return !goVersion.isEmpty() && GoVersion.compare(goVersion, GoVersion.EXPLICIT_INDIRECT) >= 0;
  }
}
