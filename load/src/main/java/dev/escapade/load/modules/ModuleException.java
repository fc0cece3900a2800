package dev.escapade.load.modules;

/** Why modules cannot be loaded at all; the message is the go command's, without {@code go: }. */
public final class ModuleException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with this text. */
  public ModuleException(String message) {
    super(message);
  }
}
