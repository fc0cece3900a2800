package dev.escapade.driver;

/** A flag that cannot be obeyed; the message says which, and why. */
public final class FlagException extends Exception {
  private static final long serialVersionUID = 1;

  /** Creates one. */
  public FlagException(String message) {
    super(message);
  }
}
