package dev.escapade.ssa.abi;

import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call needs to know of the function that it calls; each call has its own. */
public final class AuxCall {
  private final @Nullable Sym fn;
  private final AbiInfo info;

  /**
   * Tells of a call.
   *
   * @param fn the function, or null if only a value tells
   */
  public AuxCall(@Nullable Sym fn, AbiInfo info) {
    this.fn = fn;
    this.info = info;
  }

  /** The function, or null if only a value tells. */
  public @Nullable Sym fn() {
    return fn;
  }

  public AbiInfo info() {
    return info;
  }

  /** Reports whether this calls the function that the linker knows by {@code name}. */
  public boolean isTo(String name) {
    return fn != null && fn.name().equals(name);
  }

  /** The type of the call before its results are taken apart: all results, and the memory. */
  public SType resultsType(STypes types) {
    List<SType> list = new ArrayList<>(info.out().size() + 1);
    for (Assignment a : info.out()) {
      list.add(a.type());
    }
    list.add(SType.MEM);
    return types.results(list);
  }

  @Override
  public String toString() {
    return "AuxCall{" + (fn == null ? "nil" : fn) + "}";
  }
}
