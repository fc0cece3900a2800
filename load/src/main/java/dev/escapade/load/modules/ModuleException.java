package dev.escapade.load.modules;

/** Why modules cannot be loaded at all; the message is the go command's, without {@code go: }. */
public final class ModuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isPlain;

  /** A failure with this text. */
  public ModuleException(String message) {
    this(message, false);
  }

  private ModuleException(String message, boolean isPlain) {
    super(message);
    this.isPlain = isPlain;
  }

  /** A failure that the go command prints without {@code go: } in front. */
  public static ModuleException plain(String message) {
    return new ModuleException(message, true);
  }

  /** What the go command prints. */
  public String text() {
    return isPlain ? String.valueOf(getMessage()) : "go: " + getMessage();
  }
}
