package dev.escapade.types;

import org.jspecify.annotations.Nullable;

/** Why a type is not as it should be, formatted only if somebody reports it (types2: typeError). */
final class TypeError {
  /** An error without explanation. */
  static final TypeError EMPTY = new TypeError("");

  private final String pattern;
  private final @Nullable Object[] args;

  private TypeError(String pattern, @Nullable Object... args) {
    this.pattern = pattern;
    this.args = args;
  }

  /** An error whose text is {@code pattern} with {@code args} in it (see MessageFormat). */
  static TypeError of(String pattern, @Nullable Object... args) {
    return new TypeError(pattern, args);
  }

  /** The text as {@code check} formats it. */
  String format(@Nullable Checker check) {
    return MessageFormat.sprintf(check, pattern, args);
  }
}
