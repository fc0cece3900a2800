package dev.escapade.advice.finding;

import java.util.List;

/**
 * What to change.
 *
 * @param text the advice, as an order: {@code "make it with capacity len(items)"}
 * @param effect what is expected of it: {@code "1 allocation instead of about log n"}; may be empty
 * @param risk how behaviour may change, or empty if it does not
 * @param edits the change itself, sorted and without overlaps; empty if a person has to make it
 */
public record Fix(String text, String effect, String risk, List<TextEdit> edits) {
  public Fix {
    edits = List.copyOf(edits);
  }

  /** Advice for a person. */
  public static Fix of(String text, String effect) {
    return new Fix(text, effect, "", List.of());
  }
}
