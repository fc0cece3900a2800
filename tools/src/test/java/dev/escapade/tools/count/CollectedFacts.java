package dev.escapade.tools.count;

import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.BuildRequest.Goal;
import dev.escapade.driver.PackageFlags;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadConfig;
import java.nio.file.Path;
import java.util.List;

/** The facts of all packages of a module, as the commands collect them. */
final class CollectedFacts {
  private CollectedFacts() {}

  /** Decides what {@code load} names, a module in {@code folder}. */
  static FactsCollector of(Path folder, LoadConfig load) throws Exception {
    FactsCollector collector = new FactsCollector();
    BuildRequest request =
        new BuildRequest(
                load,
                PackageFlags.parse(List.of(), folder),
                Runtime.getRuntime().availableProcessors(),
                Goal.DECIDE,
                null)
            .withAnalyses(List.of(collector.analysis()));
    BuildListener nobody = _ -> {};
    Pipeline.run(request, collector.listener(nobody));
    return collector;
  }
}
