package dev.escapade.types.constant;

/** A binary floating-point number with a mantissa of up to 512 bits. */
public final class BigFloat {
  static BigFloat of(Rat r) {
    throw new UnsupportedOperationException();
  }
}
