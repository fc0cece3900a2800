package dev.escapade.unit;

import dev.escapade.ir.Inline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What importers know of a function.
 *
 * @param inline how it may be inlined, or null if it may not
 * @param leaks for each parameter, the receiver first, where its value flows
 *     (dev.escapade.escape.Leaks)
 * @param keepsUintptrAlive whether what was a pointer and is passed as a uintptr is kept alive: the
 *     function is implemented outside of Go or marked so
 */
public record FuncSummary(@Nullable Inline inline, List<Long> leaks, boolean keepsUintptrAlive) {
  public FuncSummary {
    leaks = List.copyOf(leaks);
  }
}
