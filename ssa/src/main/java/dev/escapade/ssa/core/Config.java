package dev.escapade.ssa.core;

/** What holds for all functions of one compilation: amd64 with GOAMD64=v1. */
public final class Config {
  /** The size of a pointer in bytes. */
  public final int ptrSize = 8;

  /** The size of an integer register in bytes. */
  public final int regSize = 8;

  /** The name of the architecture. */
  public final String arch = "amd64";

  /** Whether to optimize (no {@code -N}). */
  public final boolean optimize;

  public final STypes types;

  /** What is known of symbols. */
  public final Symbols symbols;

  public Config(STypes types, boolean optimize, Symbols symbols) {
    this.types = types;
    this.optimize = optimize;
    this.symbols = symbols;
  }

  public Config(STypes types, boolean optimize) {
    this(types, optimize, Symbols.NONE);
  }
}
