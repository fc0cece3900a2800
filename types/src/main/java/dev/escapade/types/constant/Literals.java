package dev.escapade.types.constant;

final class Literals {
  private Literals() {}

  static Constant parse(String text, dev.escapade.syntax.LitKind kind) {
    throw new UnsupportedOperationException();
  }
}
