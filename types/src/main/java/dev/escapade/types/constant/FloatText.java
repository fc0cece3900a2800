package dev.escapade.types.constant;

final class FloatText {
  private FloatText() {}

  static String shorten(BigFloat x) {
    throw new UnsupportedOperationException();
  }
}
