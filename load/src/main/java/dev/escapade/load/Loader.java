package dev.escapade.load;

import dev.escapade.load.build.DirectoryReader;
import dev.escapade.load.build.PackageDir;
import dev.escapade.load.files.Paths;
import dev.escapade.load.files.WorkQueue;
import dev.escapade.load.modules.ImportResolver;
import dev.escapade.load.modules.ModuleException;
import dev.escapade.load.modules.Requirements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Loads packages: settings, then modules, then what the patterns match and all that it imports,
 * then the packages themselves in the order of the build.
 */
public final class Loader {
  /** Enough for the longest chain of imports that is followed, see {@link PackageLoader}. */
  private static final long STACK_BYTES = 256L << 20;

  private final Session session;
  private final List<GoPackage> roots = new ArrayList<>();

  private Loader(Session session) {
    this.session = session;
  }

  /**
   * Loads what {@code config} asks for. What is wrong with the input is in the result.
   *
   * @throws IOException if there is no Go installation, or if the settings are not valid; the
   *     message is for the user
   */
  public static LoadResult load(LoadConfig config) throws IOException {
    return load(config, null);
  }

  /**
   * The same, without reading again what has been read.
   *
   * @param memory what earlier loads of the same configuration have found out; learns what this one
   *     does; null for none
   * @throws IOException as {@link #load(LoadConfig)}
   */
  public static LoadResult load(LoadConfig config, @Nullable LoadMemory memory) throws IOException {
    FutureTask<LoadResult> task =
        new FutureTask<>((Callable<LoadResult>) () -> run(config, memory));
    Thread thread = new Thread(null, task, "load", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while loading packages", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("loading failed: " + e.getCause(), e.getCause());
    }
  }

  private static LoadResult run(LoadConfig config, @Nullable LoadMemory memory) throws IOException {
    Settings settings = Settings.of(config);
    List<String> warnings = new ArrayList<>();
    try (WorkQueue queue = new WorkQueue(config.threads())) {
      Session session;
      try {
        session = Session.open(settings, config, memory, queue, warnings);
      } catch (ModuleException e) {
        return fatal(settings.published(null, null), e, warnings);
      }
      BuildSettings published = published(session);
      try {
        Loader loader = new Loader(session);
        loader.loadRoots(config.patterns());
        return loader.result(published);
      } catch (ModuleException e) {
        return fatal(published, e, warnings);
      }
    }
  }

  private static BuildSettings published(Session session) {
    String work = session.modules.workFile();
    String dir = session.modules.mains().getFirst().dir();
    String goMod = work != null || dir.isEmpty() ? null : dir + "/go.mod";
    return session.settings.published(goMod, work);
  }

  private static LoadResult fatal(
      BuildSettings settings, ModuleException e, List<String> warnings) {
    String message = String.valueOf(e.getMessage());
    LoadError error =
        new LoadError("", List.of(), dev.escapade.diag.Position.UNKNOWN, message, e.text());
    return new LoadResult(settings, List.of(), List.of(), List.of(error), warnings);
  }

  // ---- roots

  private void loadRoots(List<String> patterns) throws ModuleException {
    for (String p : patterns) {
      if (p.endsWith(".go")
          && session.tree.isFile(Paths.absolute(session.settings.cwd(), p.replace('\\', '/')))) {
        loadFiles(patterns);
        return;
      }
    }
    List<Match> matches = Match.of(patterns);
    ImportGraph graph = loadMatches(matches);
    session.warnings.addAll(graph.resolver().notices());
    Patterns.warnUnmatched(matches, session.warnings);
    PackageLoader loader = new PackageLoader(session, graph);
    Set<GoPackage> seen = new LinkedHashSet<>();
    for (Match m : matches) {
      for (String path : m.packages) {
        seen.add(loader.loadRoot(path, m.isLiteral()));
      }
      if (!m.failures.isEmpty()) {
        Match.Failure f = m.failures.getFirst();
        seen.add(
            PackageLoader.failed(m.pattern, new PackageError(failureText(m, f), List.of(), false)));
      }
    }
    roots.addAll(seen);
    ProfileVariants.attach(roots, session.settings);
    if (session.tests) {
      for (GoPackage p : List.copyOf(roots)) {
        roots.addAll(TestVariants.of(loader, p));
      }
    }
  }

  private static String failureText(Match m, Match.Failure f) {
    return m.isLiteral() ? f.message() : m.describe(f);
  }

  private ImportGraph loadMatches(List<Match> matches) throws ModuleException {
    boolean hasAll = matches.stream().anyMatch(m -> m.pattern.equals("all"));
    session.requirements = session.requirements.checked();
    while (true) {
      ImportResolver resolver = new ImportResolver(session.modules, session.requirements);
      Patterns patterns = new Patterns(session, resolver);
      patterns.expand(matches, null);
      ImportGraph graph = ImportGraph.load(session, resolver, Patterns.roots(matches), hasAll);
      Requirements updated = graph.updatedRequirements();
      if (updated == session.requirements) {
        if (hasAll) {
          patterns.expand(matches, graph);
        }
        return graph;
      }
      session.requirements = updated;
    }
  }

  private void loadFiles(List<String> files) throws ModuleException {
    String cwd = session.settings.cwd();
    String dir = null;
    List<String> names = new ArrayList<>();
    for (String f : files) {
      String file = f.replace('\\', '/');
      if (!file.endsWith(".go")) {
        roots.add(
            PackageLoader.failed(
                "", new PackageError("named files must be .go files: " + f, List.of(), false)));
        return;
      }
      String path = Paths.absolute(cwd, file);
      if (session.tree.isDirectory(path)) {
        throw ModuleException.plain(f + " is a directory, should be a Go file");
      }
      if (!session.tree.isFile(path)) {
        throw ModuleException.plain("stat " + f + ": no such file or directory");
      }
      String parent = Paths.parent(path);
      if (dir != null && !dir.equals(parent)) {
        throw ModuleException.plain(
            "named files must all be in one directory; have "
                + session.shorten(dir)
                + " and "
                + session.shorten(parent));
      }
      dir = parent;
      names.add(Paths.base(path));
    }
    PackageDir data =
        DirectoryReader.readFiles(
            session.tree, session.settings.context(), dir == null ? cwd : dir, names);
    session.requirements = session.requirements.checked();
    Set<String> imports = new LinkedHashSet<>(data.imports().keySet());
    imports.addAll(data.testImports().keySet());
    imports.remove("C");
    ImportResolver resolver = new ImportResolver(session.modules, session.requirements);
    ImportGraph graph = ImportGraph.load(session, resolver, imports, false);
    roots.add(new PackageLoader(session, graph).loadFiles(data));
    ProfileVariants.attach(roots, session.settings);
  }

  // ---- result

  private LoadResult result(BuildSettings settings) {
    List<LoadError> errors = new ArrayList<>();
    for (GoPackage p : PackageLoader.inOrder(roots)) {
      @Nullable PackageError e = p.error;
      if (e != null) {
        LoadError published = e.published(p.importPath);
        p.errors.add(published);
        errors.add(published);
      }
    }
    List<GoPackage> kept = new ArrayList<>();
    for (GoPackage p : roots) {
      boolean empty = p.files.isEmpty() && p.error == null && !p.importPath.equals("unsafe");
      if (!empty) {
        kept.add(p);
      } else if (p.literal && !session.tests && p.data != null) {
        String message = PackageLoader.noGoMessage(p.data);
        LoadError e =
            new LoadError(
                p.importPath,
                List.of(),
                dev.escapade.diag.Position.UNKNOWN,
                message,
                p.importPath + ": " + message);
        p.errors.add(e);
        errors.add(e);
        kept.add(p);
      }
    }
    return new LoadResult(settings, PackageLoader.inOrder(kept), kept, errors, session.warnings);
  }
}
