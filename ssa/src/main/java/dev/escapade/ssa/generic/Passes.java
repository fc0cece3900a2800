package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.prove.Prove;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The passes in order (cmd/compile/internal/ssa/compile.go). */
public final class Passes {
  private Passes() {}

  /** Whether there is a pass of this name. */
  public static boolean has(String name) {
    return find(name) != null;
  }

  /** Runs one pass. */
  public static void run(Func f, String name) {
    Consumer<Func> pass = find(name);
    if (pass == null) {
      throw new IllegalArgumentException("no pass " + name);
    }
    pass.accept(f);
  }

  /** The passes up to the one that reports bounds checks, in order. */
  private static final List<String> TO_BOUNDS_CHECKS =
      List.of(
          "early phielim and copyelim",
          "early deadcode",
          "short circuit",
          "decompose user",
          "pre-opt deadcode",
          "opt",
          "zero arg cse",
          "opt deadcode",
          "generic cse",
          "phiopt",
          "gcse deadcode",
          "nilcheckelim",
          "prove",
          "divisible",
          "divmod",
          "middle opt",
          "early fuse",
          "expand calls",
          "decompose builtin",
          "branchelim",
          "late opt",
          "dead auto elim",
          "sccp",
          "generic deadcode",
          "late fuse");

  /** The passes that run with {@code -N} too. */
  private static final Set<String> REQUIRED =
      Set.of(
          "decompose user",
          "opt",
          "zero arg cse",
          "opt deadcode",
          "gcse deadcode",
          "divisible",
          "divmod",
          "middle opt",
          "expand calls",
          "decompose builtin",
          "late opt",
          "generic deadcode");

  /**
   * Runs the passes up to the one that reports bounds checks.
   *
   * @param left is told of each check that is left, an IsInBounds or IsSliceInBounds, in the order
   *     of blocks and values; not with {@code -N}
   */
  public static void run(Func f, Consumer<Value> left) {
    boolean optimize = f.config.optimize;
    for (String name : TO_BOUNDS_CHECKS) {
      if (optimize || REQUIRED.contains(name)) {
        run(f, name);
      }
    }
    if (!optimize) {
      return;
    }
    for (Block b : f.blocks) {
      if (b.kind == BlockKind.INVALID) {
        continue;
      }
      for (Value v : b.values) {
        if (v.op == Op.IS_IN_BOUNDS || v.op == Op.IS_SLICE_IN_BOUNDS) {
          left.accept(v);
        }
      }
    }
  }

  private static @Nullable Consumer<Func> find(String name) {
    return switch (name) {
      case "early phielim and copyelim" -> CopyElim::run;
      case "early deadcode",
          "pre-opt deadcode",
          "opt deadcode",
          "gcse deadcode",
          "generic deadcode" ->
          DeadCode::run;
      case "short circuit" -> ShortCircuit::run;
      case "decompose user" -> DecomposeUser::run;
      case "prove" -> Prove::run;
      case "divisible" -> Divisions::divisible;
      case "divmod" -> Divisions::divmod;
      case "expand calls" -> ExpandCalls::run;
      case "decompose builtin" -> DecomposeBuiltin::run;
      case "softfloat" -> _ -> {};
      case "number lines" -> _ -> {};
      case "dead auto elim" -> DeadAutos::run;
      case "sccp" -> Sccp::run;
      case "check bce" -> _ -> {};
      case "dse" -> DeadStores::run;
      case "writebarrier" -> WriteBarrier::run;
      case "phiopt" -> PhiOpt::run;
      case "nilcheckelim" -> NilCheckElim::run;
      case "branchelim" -> BranchElim::run;
      case "opt" -> Opt::early;
      case "middle opt", "late opt" -> Opt::late;
      case "zero arg cse" -> ZeroArgCse::run;
      case "generic cse" -> Cse::run;
      case "early fuse" -> Fuse::early;
      case "late fuse" -> Fuse::late;
      default -> null;
    };
  }
}
