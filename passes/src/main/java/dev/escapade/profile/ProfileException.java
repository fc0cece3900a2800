package dev.escapade.profile;

import java.io.IOException;

/** A profile that cannot be used; the message is for the user, in the words of the go command. */
public final class ProfileException extends IOException {
  private static final long serialVersionUID = 1;

  /** A failure with the given message. */
  public ProfileException(String message) {
    super(message);
  }
}
