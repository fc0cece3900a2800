package dev.escapade.decisions.graph;

/**
 * Who asks for the escape graphs of a package. Called by the thread that works on the package, in
 * an order that depends on the input only.
 */
public interface GraphSink {
  /**
   * Reports whether the graph of the batch that {@code function} belongs to is wanted. Asked before
   * the batch is analysed.
   */
  boolean wants(EscapeGraph.Function function);

  /** Takes a graph that was wanted. */
  void add(EscapeGraph graph);
}
