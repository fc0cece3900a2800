package dev.escapade.ssa.abi;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.SType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A calling convention.
 *
 * @param intRegs how many integer registers pass values
 * @param floatRegs how many floating-point registers do
 * @param number 0 for the stable convention of assembly, 1 for that of compiled code
 */
public record AbiConfig(int intRegs, int floatRegs, int number) {
  /** ABI0: everything on the stack. */
  public static final AbiConfig STACK = new AbiConfig(0, 0, 0);

  /** ABIInternal for amd64. */
  public static final AbiConfig AMD64 = new AbiConfig(9, 15, 1);

  /** How a function with parameters and results of these types is called. */
  public AbiInfo analyze(List<SType> params, List<SType> results) {
    return analyze(params, Collections.nCopies(params.size(), null), results, List.of());
  }

  /**
   * As above, with the variables that the function has for them.
   *
   * @param paramNames as many as {@code params}; null where there is none
   * @param resultNames as many as {@code results}, or none
   */
  public AbiInfo analyze(
      List<SType> params,
      List<? extends @Nullable Name> paramNames,
      List<SType> results,
      List<? extends @Nullable Name> resultNames) {
    Allocator a = new Allocator(this);
    List<Assignment> in = new ArrayList<>(params.size());
    for (int i = 0; i < params.size(); i++) {
      in.add(a.assign(params.get(i), paramNames.get(i), false));
    }
    int inUsed = a.used();
    a.nextArea();
    List<Assignment> out = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      out.add(a.assign(results.get(i), i < resultNames.size() ? resultNames.get(i) : null, true));
    }
    int outUsed = a.used();
    a.nextArea();
    return new AbiInfo(this, in, out, a.stackBytes(), a.spillBytes(), inUsed, outUsed);
  }
}
