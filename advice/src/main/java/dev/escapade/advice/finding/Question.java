package dev.escapade.advice.finding;

/** The question about memory that a finding answers. */
public enum Question {
  /** Where does the value live, and who decided? */
  WHERE("where"),
  /** Who keeps it alive? */
  WHO("who"),
  /** How many allocations does the path make? */
  HOW_MANY("how-many"),
  /** Time, layout and the like. */
  OTHER("other");

  private final String label;

  Question(String label) {
    this.label = label;
  }

  /** The word for output. */
  public String label() {
    return label;
  }
}
