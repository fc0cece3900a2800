package dev.escapade.driver;

import dev.escapade.decisions.CompilerText;
import dev.escapade.decisions.Decision;
import dev.escapade.decisions.DecisionLog;
import dev.escapade.decisions.OptimizationLog;
import dev.escapade.decisions.Utf8Text;
import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.driver.PackageOutput.Text;
import dev.escapade.ir.build.Compilation;
import dev.escapade.ir.build.PackageSource;
import dev.escapade.load.GoPackage;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.ExportedBodies;
import dev.escapade.middle.MiddleEnd;
import dev.escapade.ssa.compile.Checks;
import dev.escapade.ssa.compile.CodeFailure;
import dev.escapade.types.Info;
import dev.escapade.types.Package;
import dev.escapade.unit.Options;
import dev.escapade.unit.Unit.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The middle end's work on one package. */
final class Decisions {
  /** So many decisions are rendered at a time. */
  private static final int PART = 2000;

  private static final int PARTS_AHEAD = 3;

  private Decisions() {}

  /**
   * What is known of a package.
   *
   * @param log all decisions
   * @param failure what could not be known of its code, by a fault of ours; else null
   */
  record Decided(DecisionLog log, @Nullable CodeFailure failure) {}

  /**
   * Decides about a package, whose imports have been decided about, and runs the analyses.
   *
   * @param graphs who asks for escape graphs, or null
   * @param beside as for the middle end
   */
  static Decided of(
      CheckedPackage pkg,
      CompilerFlags flags,
      Shared shared,
      @Nullable GraphSink graphs,
      UnaryOperator<Supplier<ExportedBodies>> beside) {
    Package types = pkg.types();
    PackageSource declared = source(types, shared);
    Options options =
        Options.ofFlags(flags.m(), flags.l(), flags.n()).with(flags.race(), flags.debug());
    if (isRuntime(pkg.parsed().pkg(), flags, shared)) {
      options = options.forRuntime();
    }
    Target target =
        new Target(
            flags.smallFrames() ? shared.release().withSmallFrames() : shared.release(),
            shared.arch(),
            shared.sizes(),
            shared.intrinsics(),
            options,
            shared.profile(pkg.parsed().pkg()),
            shared.sources());
    // The notes on a graph's edges are kept from level 2 on.
    DecisionLog log =
        new DecisionLog(
            graphs == null ? flags.m() : Math.max(2, flags.m()),
            graphs,
            flags.json().isEmpty() ? null : new OptimizationLog());
    DecidedPackage decided = run(declared, pkg, target, shared, log, beside);
    shared.summaries().put(types, decided.summary());
    boolean complete = !pkg.parsed().pkg().usesCgo();
    if (!shared.analyses().isEmpty()) {
      // What is not known of such a package must not lead to findings in it.
      PackageSource nothing = new PackageSource(types, List.of(), new Info(0));
      shared
          .analyses()
          .run(
              complete
                  ? decided
                  : run(nothing, pkg, target, shared, new DecisionLog(0), search -> search));
    }
    CodeFailure failure = null;
    if (complete && (flags.debug().asksForCode() || log.optimizations() != null)) {
      // This changes the code, so it comes last.
      try {
        Checks.run(decided, shared.sizes());
      } catch (CodeFailure e) {
        failure = e;
      }
    }
    return new Decided(log, failure);
  }

  private static DecidedPackage run(
      PackageSource own,
      CheckedPackage pkg,
      Target target,
      Shared shared,
      DecisionLog log,
      UnaryOperator<Supplier<ExportedBodies>> beside) {
    Compilation compilation =
        new Compilation(own, p -> source(p, shared), shared.sizes(), shared.arch());
    compilation.setAssembly(shared.assembly().read(pkg.parsed().pkg(), pkg.types()));
    return MiddleEnd.run(
        target,
        compilation,
        Set.copyOf(pkg.parsed().pkg().imports()),
        shared.summaries()::get,
        log,
        beside);
  }

  private static boolean isRuntime(GoPackage pkg, CompilerFlags flags, Shared shared) {
    boolean std = pkg.isStandard() || flags.std();
    return flags.runtime() || (std && shared.release().packages().isRuntime(pkg.path()));
  }

  private static PackageSource source(Package pkg, Shared shared) {
    return Objects.requireNonNull(shared.checked().get(pkg), pkg.path());
  }

  /** The decisions in the compiler's words. */
  static Text text(DecisionLog log, Shared shared) {
    return out -> {
      List<Decision> all = log.decisions();
      if (all.size() <= PART) {
        part(all, shared).writeTo(out);
        return;
      }
      // While a part is written, the next ones are rendered.
      Deque<ForkJoinTask<Utf8Text>> parts = new ArrayDeque<>();
      int next = 0;
      while (next < all.size() || !parts.isEmpty()) {
        while (next < all.size() && parts.size() < PARTS_AHEAD) {
          List<Decision> part = all.subList(next, Math.min(all.size(), next + PART));
          parts.add(ForkJoinPool.commonPool().submit(() -> part(part, shared)));
          next += part.size();
        }
        parts.remove().join().writeTo(out);
      }
    };
  }

  private static Utf8Text part(List<Decision> decisions, Shared shared) {
    Utf8Text out = new Utf8Text();
    CompilerText text = new CompilerText(shared.sources(), shared.release().positions(), out);
    for (Decision decision : decisions) {
      text.write(decision);
    }
    return out;
  }
}
