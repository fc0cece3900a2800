package dev.escapade.driver;

import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.OptimizationLog;
import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.diag.Diagnostic;
import dev.escapade.driver.PackageOutput.Status;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.driver.cache.Face;
import dev.escapade.driver.cache.Key;
import dev.escapade.driver.cache.PackageState;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.load.GoFile;
import dev.escapade.load.GoPackage;
import dev.escapade.middle.ExportedBodies;
import dev.escapade.ssa.compile.CodeFailure;
import dev.escapade.types.Code;
import dev.escapade.types.Func;
import dev.escapade.types.Importer;
import dev.escapade.types.Info;
import dev.escapade.types.Package;
import dev.escapade.types.Universe;
import dev.escapade.unit.PackageSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A package on its way through the stages. One worker at a time works on it; a worker that works on
 * a package that imports it comes later ({@link WorkGraph}), and reads {@link #types} only.
 */
final class Unit {
  private static final String UNSAFE = "unsafe";

  /** From here on it is worth a thread to do two things at a time. */
  private static final int LARGE_BYTES = 1 << 18;

  private final GoPackage pkg;
  private final Shared shared;
  private final CompilerFlags flags;
  private final @Nullable GraphSink graphs;

  /** The digest of all that is not in its files; null if nobody wants to know its face. */
  private final @Nullable Key context;

  private final ErrorLog errors;
  private final Map<String, Unit> imports;

  /** Whether the package or one below it imports "C". */
  private final boolean overCgo;

  /** Whether no package imports it. */
  private boolean top;

  /** What was parsed of it before, and is to be known the next time; null if nobody wants that. */
  private @Nullable ParsedFiles files;

  /** Lines that tell what is left out, and why. */
  private String notes = "";

  private @Nullable ParsedPackage parsed;
  private @Nullable CheckedPackage checked;

  /** What is wrong with it. */
  private final List<Diagnostic> found = new ArrayList<>();

  /** Whether something in it or below it has errors, so that only the rest is looked at. */
  private boolean partial;

  /** Its objects, if it was checked, without error unless it is partial: what others import. */
  private @Nullable Package types;

  /** What its importers can see, if it was decided about and somebody wants to know. */
  private @Nullable Key face;

  /** Who finds out what a large package hands on, if anybody wants to know its face. */
  private @Nullable ParallelTask<Exports> exporting;

  private @Nullable PackageState known;

  /** What the analyses have found of it if it is {@link #known}. */
  private Supplier<@Nullable AnalysisResults> knownResults = () -> AnalysisResults.NONE;

  /** What stands for its face if importers can see everything, places included. */
  private @Nullable Key cone;

  private @Nullable PackageOutput output;

  /**
   * A package that nobody has worked on.
   *
   * @param context the digest of all that is not in its files, for who wants to know its face
   * @param units the units of the packages that it imports
   */
  Unit(
      GoPackage pkg,
      Shared shared,
      CompilerFlags flags,
      @Nullable GraphSink graphs,
      @Nullable Key context,
      Function<GoPackage, @Nullable Unit> units) {
    this.pkg = pkg;
    this.context = context;
    this.graphs = graphs;
    this.shared = shared;
    this.flags = flags;
    Map<String, Unit> known = new TreeMap<>();
    pkg.importMap()
        .forEach((path, imported) -> {
          Unit unit = units.apply(imported);
          if (unit != null) {
            known.put(path, unit);
          }
        });
    this.imports = Map.copyOf(known);
    this.overCgo = pkg.usesCgo() || imports.values().stream().anyMatch(u -> u.overCgo);
    this.errors = new ErrorLog(shared.sources(), shared.release().positions(), flags.allErrors());
  }

  /**
   * The units of {@code packages}, each of which stands after those that it imports.
   *
   * @param listener who may ask for escape graphs
   */
  static List<Unit> of(
      List<GoPackage> packages, Shared shared, PackageFlags flags, BuildListener listener) {
    IdentityHashMap<GoPackage, Unit> units = new IdentityHashMap<>();
    List<Unit> list = new ArrayList<>();
    for (GoPackage pkg : packages) {
      Unit unit = new Unit(pkg, shared, flags.of(pkg), listener.graphs(pkg), null, units::get);
      units.put(pkg, unit);
      list.add(unit);
    }
    return list;
  }

  /** What was loaded. */
  GoPackage pkg() {
    return pkg;
  }

  /** The packages that this one imports. */
  Iterable<Unit> imports() {
    return imports.values();
  }

  /** What its importers can see; null if it has errors, or if nobody wanted to know. */
  @Nullable Key face() {
    return face;
  }

  /**
   * Takes what is known of the package in place of deciding about it again.
   *
   * @param results what the analyses have found of it; null if that is lost
   */
  void expect(PackageState state, Supplier<@Nullable AnalysisResults> results) {
    known = state;
    knownResults = results;
  }

  /**
   * Says that no package imports this one, so that what it would hand on is not to be found out.
   */
  void handNothingOn() {
    top = true;
  }

  /** Gives what was parsed before, and is to learn what is parsed now. */
  void parseChanged(ParsedFiles earlier) {
    files = earlier;
  }

  /** Reports whether nothing was found out of what it hands on, since no package imports it. */
  boolean isTop() {
    return top;
  }

  /**
   * Says that importers can see all of the package and of what is below it. So it is with analyses,
   * which tell of places anywhere.
   *
   * @param key the digest of all that
   */
  void showAll(Key key) {
    cone = key;
  }

  /**
   * What is to be stored of the package; null if it has errors, or no face.
   *
   * @param result where what is printed of it is stored
   */
  @Nullable PackageState state(Key own, Key result) {
    Key key = face();
    Package pkgTypes = types;
    List<Key> below = key == null ? null : facesBelow();
    PackageSummary summary = pkgTypes == null ? null : shared.summaries().get(pkgTypes);
    return key == null || below == null || summary == null
        ? null
        : new PackageState(
            own, PackageState.digest(below), key, result, StoredSummary.write(summary));
  }

  /** The length of its source. */
  int sizeBytes() {
    int bytes = 0;
    for (GoFile file : pkg.files()) {
      bytes += file.sizeBytes();
    }
    return bytes;
  }

  /** Reports whether errors in it or below it have left something out. */
  boolean isPartial() {
    return partial;
  }

  /** The checked package, after {@link Step.Stage#CHECK} and before the next stage. */
  @Nullable CheckedPackage checked() {
    return checked;
  }

  /** Does one stage, unless the package has failed before; whatever happens is in the output. */
  void run(Step.Stage stage) {
    if (output != null) {
      return;
    }
    try {
      switch (stage) {
        case PARSE -> parse();
        case CHECK -> check();
        case DECIDE -> decide();
      }
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      end(Status.CRASHED, Text.EMPTY, e);
    }
  }

  /** Ends the work when all stages that were asked for are done, and gives what is printed. */
  PackageOutput finish() {
    PackageOutput result = output;
    return result != null ? result : end(Status.OK, Text.EMPTY, null);
  }

  /** Drops what later packages could have used. */
  void forget() {
    Package dropped = types;
    if (dropped != null) {
      shared.checked().remove(dropped);
      shared.summaries().remove(dropped);
      shared.analyses().forget(dropped);
    }
  }

  private boolean isUnsafe() {
    return pkg.path().equals(UNSAFE);
  }

  private void parse() {
    if (isUnsafe()) {
      types = Universe.UNSAFE;
      return;
    }
    if (!pkg.profile().isEmpty() && shared.profile(pkg) == null) {
      end(Status.SKIPPED, Text.EMPTY, null);
      return;
    }
    ParsedFiles last = files;
    parsed =
        last == null
            ? ParsedFiles.parseAll(pkg, flags, shared, this::report)
            : last.parse(pkg, flags, shared, this::report);
    endIfErrors();
  }

  private void report(Diagnostic d) {
    found.add(d);
    errors.report(d);
  }

  private void check() {
    ParsedPackage trees = parsed;
    if (trees == null) {
      return;
    }
    boolean complete = importsAll();
    if (!complete && !shared.takesParts()) {
      end(Status.SKIPPED, Text.EMPTY, null);
      return;
    }
    String lang = flags.lang().isEmpty() ? pkg.langVersion() : flags.lang();
    List<Diagnostic> wrong = new ArrayList<>();
    CheckedPackage result = CheckedPackage.check(trees, lang, importer(), shared, wrong::add);
    if (overCgo && (complete || pkg.usesCgo())) {
      CgoPackage.Known known = CgoPackage.of(result, wrong, shared.sources());
      result = known.pkg();
      wrong = known.errors();
      notes = known.notes();
    }
    // As the compiler does, no more is told after syntax errors; nor of imports that have failed,
    // which has been told by who failed.
    boolean silent = errors.hasErrors();
    for (Diagnostic d : wrong) {
      found.add(d);
      if (!silent && (complete || !d.code().equals(Code.BROKEN_IMPORT.toString()))) {
        errors.report(d);
      }
    }
    if (!endIfErrors()) {
      partial = !found.isEmpty() || imports.values().stream().anyMatch(u -> u.partial);
      CheckedPackage rest = partial ? sound(result) : result;
      checked = rest;
      types = rest.types();
      shared
          .checked()
          .put(rest.types(), new PackageSource(types, rest.parsed().files(), rest.info()));
    }
    parsed = null;
  }

  /** Reports whether all that it imports is there. */
  private boolean importsAll() {
    return pkg.imports().stream()
        .allMatch(path -> {
          GoPackage imported = pkg.importMap().get(path);
          Unit unit = imports.get(path);
          return path.equals(UNSAFE) || (imported != null && unit != null && unit.types != null);
        });
  }

  /** What does not depend on errors. */
  private CheckedPackage sound(CheckedPackage all) {
    SoundDecls sound = new SoundDecls(all, found, shared.unsound());
    if (sound.leftOut() > 0) {
      notes +=
          "%d of %d functions depend on code with errors and are left out\n"
              .formatted(sound.leftOut(), sound.functions());
    }
    return sound.rest();
  }

  private void decide() {
    CheckedPackage result = checked;
    if (result == null) {
      return;
    }
    checked = null;
    if (isKnown(result.types())) {
      return;
    }
    Decisions.Decided decided =
        Decisions.of(result, flags, shared, graphs, search -> besides(result, search));
    DecisionLog log = decided.log();
    OptimizationLog optimizations = log.optimizations();
    if (optimizations != null && !pkg.usesCgo()) {
      try {
        JsonFolder.write(optimizations, Path.of(flags.json()), result.types(), shared);
      } catch (IOException e) {
        String text = "could not write the optimization log: " + e + "\n";
        end(Status.ERRORS, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), null);
        return;
      }
    }
    if (!partial && !top) {
      face = cone == null && context != null ? face(result, context) : cone;
      exporting = null;
    }
    Text note = note();
    if (pkg.usesCgo() || partial) {
      end(errors.hasErrors() ? Status.ERRORS : Status.OK, note, null);
      return;
    }
    boolean said = (flags.m() > 0 || flags.debug().asksForCode()) && shared.analyses().isEmpty();
    boolean speaks = said && !log.decisions().isEmpty();
    CodeFailure failure = decided.failure();
    if (speaks || failure != null || !note.equals(Text.EMPTY)) {
      Text lines = speaks ? Decisions.text(log, shared) : Text.EMPTY;
      Text text =
          out -> {
            note.writeTo(out);
            lines.writeTo(out);
          };
      end(failure == null ? Status.OK : Status.CRASHED, text, failure);
    }
  }

  /** The errors, and what is left out if somebody named the package. */
  private Text note() {
    byte[] bytes = (errors.text() + (pkg.isRoot() ? notes : "")).getBytes(StandardCharsets.UTF_8);
    return bytes.length == 0 ? Text.EMPTY : out -> out.write(bytes);
  }

  /** Makes use of what is known, if it fits. */
  private boolean isKnown(Package decided) {
    PackageState state = known;
    byte[] stored = state == null ? null : state.summary();
    PackageSummary summary = stored == null ? null : StoredSummary.read(stored, decided);
    AnalysisResults results = summary == null ? null : knownResults.get();
    if (state == null || summary == null || results == null) {
      return false;
    }
    shared.summaries().put(decided, summary);
    if (!shared.analyses().isEmpty()) {
      shared.analyses().put(decided, results);
    }
    face = state.face();
    return true;
  }

  /** The faces of the imports, in the order of their paths; null if one has none. */
  private @Nullable List<Key> facesBelow() {
    List<Key> below = new ArrayList<>();
    for (String path : pkg.importMap().keySet()) {
      Unit imported = imports.get(path);
      if (imported != null && !imported.isUnsafe()) {
        Key key = imported.face();
        if (key == null) {
          return null;
        }
        below.add(key);
      }
    }
    return below;
  }

  /**
   * What can be found out while escape analysis runs.
   *
   * @param bodies the bodies that the package hands on
   * @param source the part of its source in its face
   */
  private record Exports(ExportedBodies bodies, Key source) {}

  /** Begins the search for what a large package hands on; else it is for later. */
  private Supplier<ExportedBodies> besides(
      CheckedPackage decided, Supplier<ExportedBodies> search) {
    if (top) {
      return () -> ExportedBodies.NONE;
    }
    if (partial || cone != null || context == null || sizeBytes() < LARGE_BYTES) {
      return search;
    }
    var task =
        new ParallelTask<>(() -> {
          ExportedBodies found = search.get();
          return new Exports(found, source(decided, found.bodies()));
        });
    exporting = task;
    return () -> task.result().bodies();
  }

  private Key source(CheckedPackage decided, Set<Func> handedOn) {
    return Face.source(pkg, decided.parsed().files(), functions(decided.info(), handedOn));
  }

  private @Nullable Key face(CheckedPackage decided, Key ownContext) {
    List<Key> below = facesBelow();
    if (below == null) {
      return null;
    }
    PackageSummary summary = Objects.requireNonNull(shared.summaries().get(decided.types()));
    ParallelTask<Exports> task = exporting;
    Key source = task == null ? source(decided, summary.bodies()) : task.result().source();
    return Face.of(
        ownContext, source, summary, below, shared.analyses().results(decided.types()).toBytes());
  }

  private static Face.Functions functions(Info info, Set<Func> handedOn) {
    return new Face.Functions(
        f -> info.def(f.name()) instanceof Func fn && PackageSource.isGeneric(fn),
        f -> info.def(f.name()) instanceof Func fn && handedOn.contains(fn));
  }

  /** Ends the work if there are errors and nobody wants what is left without them. */
  private boolean endIfErrors() {
    if (!errors.hasErrors() || shared.takesParts()) {
      return false;
    }
    String text = errors.text();
    end(Status.ERRORS, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), null);
    return true;
  }

  private PackageOutput end(Status status, Text text, @Nullable Throwable crash) {
    PackageOutput result =
        new PackageOutput(pkg, text, status, crash, shared.analyses().results(types));
    output = result;
    parsed = null;
    checked = null;
    return result;
  }

  private Importer importer() {
    return path -> {
      if (path.equals(UNSAFE)) {
        return Universe.UNSAFE;
      }
      Unit imported = imports.get(path);
      Package result = imported == null ? null : imported.types;
      if (result == null) {
        throw new Importer.ImportException("could not import " + path);
      }
      return result;
    };
  }
}
