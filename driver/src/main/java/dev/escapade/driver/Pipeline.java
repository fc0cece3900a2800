package dev.escapade.driver;

import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.Step.Stage;
import dev.escapade.driver.cache.ResultCache;
import dev.escapade.driver.cache.StateStore;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadMemory;
import dev.escapade.load.LoadResult;
import dev.escapade.load.Loader;
import dev.escapade.load.files.FileIndex;
import dev.escapade.release.Release;
import java.io.IOException;
import java.util.List;

/** The whole run: load, then the work on each package along the import graph. */
public final class Pipeline {
  private Pipeline() {}

  /**
   * Builds what is asked for. Errors in the Go code, and in how it is put together, are in the
   * result and in the packages' outputs. Packages that cannot be loaded end a build, as they end
   * one of the go command; analyses go on with what does not depend on them.
   *
   * @return what was loaded
   * @throws IOException if no Go installation can be found or read
   */
  public static LoadResult run(BuildRequest request, BuildListener listener)
      throws IOException, InterruptedException {
    ResultCache cache = request.cache();
    FileIndex index = cache == null ? null : cache.index(request.load().dir());
    LoadResult asked = Loader.load(request.load(), index == null ? null : new LoadMemory(index));
    listener.loaded(asked);
    if (cache != null && index != null) {
      cache.storeIndex(request.load().dir(), index);
    }
    if (!asked.errors().isEmpty() && request.analyses().isEmpty()) {
      return asked;
    }
    LoadResult loaded = asked.readable();
    Shared shared = shared(loaded, request, listener);
    OrderedOutput outputs = new OrderedOutput(loaded.packages(), listener);
    Stage last = request.goal() == Goal.CHECK ? Stage.CHECK : Stage.DECIDE;
    // The log of optimizations is written by the work itself, and has places, which faces do not.
    boolean useCache =
        last == Stage.DECIDE
            && loaded.packages().stream().allMatch(p -> request.flags().of(p).json().isEmpty());
    if (cache == null || !useCache) {
      List<Unit> units = Unit.of(loaded.packages(), shared, request.flags(), listener);
      new WorkGraph<>(Step.of(units, last), Step::needs, Step::weight)
          .run(request.threads(), step -> work(step, last, outputs));
      return asked;
    }
    EarlierResults earlier = EarlierResults.of(cache, index, loaded, request, shared);
    for (GoPackage pkg : loaded.packages()) {
      PackageOutput known = earlier.get(pkg);
      if (known != null) {
        outputs.add(known);
      }
    }
    new CachedRun(
            loaded.packages(),
            earlier,
            new StateStore(cache.store()),
            shared,
            request,
            listener,
            outputs)
        .run();
    earlier.close();
    return asked;
  }

  /**
   * Builds again what has changed since the last run in the same workspace. There are outputs only
   * for the packages that have changed, and for those for which this matters; the cache is not
   * used.
   *
   * @return what was loaded
   * @throws IOException if no Go installation can be found or read
   */
  public static LoadResult run(BuildRequest request, Workspace workspace, BuildListener listener)
      throws IOException, InterruptedException {
    LoadResult loaded = Loader.load(request.load(), workspace.memory());
    listener.loaded(loaded);
    if (!loaded.errors().isEmpty()) {
      return loaded;
    }
    Shared shared = workspace.adopt(shared(loaded, request, listener));
    OrderedOutput outputs = new OrderedOutput(loaded.packages(), listener);
    workspace.run(loaded, shared, request, listener, outputs);
    return loaded;
  }

  private static Shared shared(LoadResult loaded, BuildRequest request, BuildListener listener) {
    Release release = Release.GO1_26;
    return Shared.of(
        release,
        loaded.settings(),
        Profiles.read(loaded.packages(), release, listener),
        new Analyses(request.analyses()));
  }

  private static void work(Step step, Stage last, OrderedOutput outputs) {
    Unit unit = step.unit();
    unit.run(step.stage());
    if (step.stage() == last) {
      outputs.add(unit.finish());
    }
  }
}
