package dev.escapade.tools.git;

/** Why a revision cannot be had; the message is for the user. */
public final class GitException extends Exception {
  private static final long serialVersionUID = 1L;

  GitException(String message) {
    super(message);
  }
}
