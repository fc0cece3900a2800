package dev.escapade.types;

import org.jspecify.annotations.Nullable;

final class MessageFormat {
  private MessageFormat() {}

  static String sprintf(@Nullable Checker check, String pattern, @Nullable Object... args) {
    throw new UnsupportedOperationException(pattern + check + args.length);
  }
}
