package dev.escapade.driver;

import dev.escapade.decisions.graph.GraphSink;
import dev.escapade.load.GoPackage;
import dev.escapade.load.LoadResult;
import org.jspecify.annotations.Nullable;

/** Tells another listener everything; who takes part in a build overrides what it looks at. */
public abstract class ForwardingListener implements BuildListener {
  private final BuildListener next;

  /** Forwards to {@code next}. */
  protected ForwardingListener(BuildListener next) {
    this.next = next;
  }

  @Override
  public void loaded(LoadResult result) {
    next.loaded(result);
  }

  @Override
  public @Nullable GraphSink graphs(GoPackage pkg) {
    return next.graphs(pkg);
  }

  @Override
  public void badProfile(String file, String message) {
    next.badProfile(file, message);
  }

  @Override
  public void finished(GoPackage pkg) {
    next.finished(pkg);
  }

  @Override
  public void output(PackageOutput output) {
    next.output(output);
  }
}
