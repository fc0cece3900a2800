package dev.escapade.tools.cli;

import dev.escapade.advice.Rule;
import dev.escapade.advice.finding.Finding;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.BuildRequest;
import dev.escapade.driver.PackageOutput;
import dev.escapade.driver.Pipeline;
import dev.escapade.load.LoadResult;
import dev.escapade.middle.PackageAnalysis;
import dev.escapade.release.Release;
import dev.escapade.report.Sources;
import dev.escapade.tools.check.BoundsPromises;
import dev.escapade.tools.check.BoundsViolation;
import dev.escapade.tools.check.Budgets;
import dev.escapade.tools.check.CheckConfig;
import dev.escapade.tools.check.Checker;
import dev.escapade.tools.check.Contracts;
import dev.escapade.tools.check.Selection;
import dev.escapade.tools.count.FactsCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the rules over the packages of a request.
 *
 * @param findings what is shown
 * @param hidden how many findings were left out because they are cold
 * @param sources the code that they are about
 * @param budgets what the configuration allows
 */
record FindingsRun(List<Finding> findings, int hidden, Sources sources, Budgets budgets) {
  /** Of files that steps of chains point into, more than this is not read. */
  private static final int LARGEST_SOURCE = 1 << 24;

  /**
   * Runs the rules, beside the analyses that the request has.
   *
   * @param listener who is told of the build, for errors and progress
   */
  static FindingsRun of(
      BuildRequest request, List<Rule> rules, Selection selection, BuildListener listener)
      throws IOException, InterruptedException {
    var checker = new Checker(rules, listener);
    List<PackageAnalysis<?>> analyses = new ArrayList<>(request.analyses());
    analyses.addAll(checker.analyses());
    Pipeline.run(request.withAnalyses(analyses), checker.listener());
    keepPromises(request, checker, selection.config());
    keepBoundsPromises(request, checker, listener);
    List<Finding> shown = selection.of(checker);
    var budgets = new Budgets(selection.config(), checker.loaded());
    shown.addAll(budgets.exceeded(shown));
    var sources = new Sources(request.load().dir(), file -> content(checker, file));
    return new FindingsRun(shown, selection.hidden(), sources, budgets);
  }

  /** Counts allocations if some function promises how many there are, which is rare. */
  private static void keepPromises(BuildRequest request, Checker checker, CheckConfig config)
      throws IOException, InterruptedException {
    var contracts = new Contracts(checker.withContracts(), config.maxAllocs());
    LoadResult loaded = checker.loaded();
    if (!checker.rules().contains(Contracts.RULE) || loaded == null) {
      return;
    }
    checker.add(contracts.unreadable());
    if (contracts.isEmpty()) {
      return;
    }
    var collector = new FactsCollector();
    Pipeline.run(request.withAnalyses(List.of(collector.analysis())), collector.listener(_ -> {}));
    for (FactsCollector.Part part : collector.parts()) {
      checker.add(
          BigStack.call(() ->
              contracts.violations(part.program(), part.functions(), Release.GO1_26.allocation())));
    }
  }

  /**
   * Makes machine code of packages with promises about bounds checks, which are rare.
   *
   * @param listener who is told if that fails
   */
  private static void keepBoundsPromises(
      BuildRequest request, Checker checker, BuildListener listener)
      throws IOException, InterruptedException {
    var promises = new BoundsPromises(checker.withContracts());
    if (promises.isEmpty() || !checker.rules().contains(Contracts.RULE)) {
      return;
    }
    // Machine code is made from the code of a package, so that other analyses must be done before.
    Pipeline.run(
        request.withAnalyses(List.of(promises)),
        output -> {
          List<BoundsViolation> found = output.analyses().of(promises);
          if (found != null && output.pkg().isRoot()) {
            checker.add(found.stream().map(BoundsViolation::finding).toList());
          }
          if (output.status() == PackageOutput.Status.CRASHED && promises.concern(output.pkg())) {
            listener.output(output);
          }
        });
  }

  /** The same with fewer findings. */
  FindingsRun with(List<Finding> fewer) {
    return new FindingsRun(fewer, hidden, sources, budgets);
  }

  /** Reports whether there is something that is to be changed. */
  boolean fails() {
    return findings.stream().anyMatch(budgets::fails);
  }

  /** The content of a file of the run, or else of one of the files that it was compiled from. */
  private static byte @Nullable [] content(Checker checker, String file) {
    byte[] content = checker.content(file);
    if (content != null) {
      return content;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(LARGEST_SOURCE);
    } catch (IOException e) {
      return null; // removed since, or not there in this place (-trimpath)
    }
  }
}
