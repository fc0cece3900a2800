package dev.escapade.count;

import dev.escapade.middle.DecidedPackage;
import dev.escapade.middle.PackageAnalysis;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Reads the facts of each package, from which allocations are counted. */
public final class CountAnalysis implements PackageAnalysis<Facts> {
  @Override
  public String name() {
    return "count";
  }

  @Override
  public Facts analyze(DecidedPackage pkg, Imports<Facts> imports) {
    return new FactsReader(pkg).read();
  }

  @Override
  public void write(Facts facts, DataOutput out) throws IOException {
    FactsCodec.write(facts, out);
  }

  @Override
  public Facts read(DataInput in) throws IOException {
    return FactsCodec.read(in);
  }
}
