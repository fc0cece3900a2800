package dev.escapade.load.modules;

/** How far a module graph reaches ("Module graph pruning", Go Modules Reference). */
public enum Pruning {
  /** The roots, what they require, and all that roots without support for pruning lead to. */
  PRUNED,
  /** Everything. */
  UNPRUNED,
  /** The roots are the modules of a workspace. */
  WORKSPACE
}
