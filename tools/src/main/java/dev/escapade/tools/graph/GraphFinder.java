package dev.escapade.tools.graph;

import dev.escapade.decisions.graph.EscapeGraph;
import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.driver.BuildListener;
import dev.escapade.driver.PackageOutput;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects the graphs of one target while its package is built. */
public final class GraphFinder implements BuildListener {
  /** How many names are suggested when nothing was found. */
  private static final int MAX_SUGGESTIONS = 8;

  private final GraphTarget target;
  private final Collector collector = new Collector();
  private final List<PackageOutput> failed = new ArrayList<>();
  private @Nullable LoadResult loaded;

  /** The names of functions seen; the package's worker writes, others read when it is done. */
  private final Set<String> names = new TreeSet<>();

  private final class Collector implements GraphSink {
    final List<EscapeGraph> graphs = new ArrayList<>();

    @Override
    public boolean wants(EscapeGraph.Function function) {
      if (!function.isWrapper()) {
        names.add(GraphTarget.plain(function.name()));
      }
      return target.matches(function);
    }

    @Override
    public void add(EscapeGraph graph) {
      graphs.add(graph);
    }
  }

  /** A finder of {@code target}. */
  public GraphFinder(GraphTarget target) {
    this.target = target;
  }

  @Override
  public @Nullable GraphSink graphs(GoPackage pkg) {
    return pkg.isRoot() ? collector : null;
  }

  @Override
  public void loaded(LoadResult result) {
    loaded = result;
  }

  @Override
  public void output(PackageOutput output) {
    if (output.status() != PackageOutput.Status.OK) {
      failed.add(output);
    }
  }

  /** The package that was asked for, or null if it could not be loaded. */
  public @Nullable GoPackage pkg() {
    LoadResult result = loaded;
    if (result == null || result.roots().isEmpty()) {
      return null;
    }
    GoPackage pkg = result.roots().getFirst();
    boolean other =
        target instanceof GraphTarget.ByName n
            && n.onlyInPackage() != null
            && !n.onlyInPackage().equals(pkg.name());
    return other ? null : pkg;
  }

  /** The packages that have errors. */
  public List<PackageOutput> failed() {
    return List.copyOf(failed);
  }

  /** The graphs that were asked for: of a line, those of the innermost functions around it only. */
  public List<EscapeGraph> graphs() {
    if (target instanceof GraphTarget.ByName) {
      return List.copyOf(collector.graphs);
    }
    int fewest = Integer.MAX_VALUE;
    for (EscapeGraph graph : collector.graphs) {
      fewest = Math.min(fewest, lines(graph));
    }
    List<EscapeGraph> innermost = new ArrayList<>();
    for (EscapeGraph graph : collector.graphs) {
      if (lines(graph) == fewest) {
        innermost.add(graph);
      }
    }
    return innermost;
  }

  /** The length of the shortest function of the graph that matches. */
  private int lines(EscapeGraph graph) {
    int fewest = Integer.MAX_VALUE;
    for (EscapeGraph.Function fn : graph.functions()) {
      if (target.matches(fn)) {
        fewest = Math.min(fewest, fn.end().line() - fn.pos().line());
      }
    }
    return fewest;
  }

  /** Names of functions that the user may have meant. */
  public List<String> suggestions() {
    if (!(target instanceof GraphTarget.ByName wanted)) {
      return List.of();
    }
    String last = wanted.name().substring(wanted.name().lastIndexOf('.') + 1);
    List<String> similar = new ArrayList<>();
    for (String name : names) {
      String end = name.substring(name.lastIndexOf('.') + 1);
      if (similar.size() < MAX_SUGGESTIONS && end.equalsIgnoreCase(last)) {
        similar.add(name);
      }
    }
    return similar;
  }
}
