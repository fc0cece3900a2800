package dev.escapade.decisions;

import java.util.List;

/**
 * The assignment {@code destination = source}.
 *
 * @param destination a variable's name, <code>{heap}</code>, <code>{temp}</code> or <code>
 *     {storage for x}</code>
 * @param derefs the number of dereferences of the source; -1 when its address is taken
 * @param source spelled as the destination
 * @param notes what in the source code brings the assignment about, from the inside out
 */
public record FlowStep(String destination, int derefs, String source, List<FlowNote> notes) {
  public FlowStep {
    if (derefs < -1) {
      throw new IllegalArgumentException("derefs: " + derefs);
    }
    notes = List.copyOf(notes);
  }
}
