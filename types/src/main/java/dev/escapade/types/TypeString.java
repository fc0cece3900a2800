package dev.escapade.types;

/** Types in Go's notation (types2: typestring.go). */
public final class TypeString {
  private TypeString() {}

  /** {@code t} in Go's notation. */
  public static String typeString(Type t, Qualifier qf) {
    throw new UnsupportedOperationException();
  }

  /** Parameters and results of {@code sig}, without the keyword. */
  public static String signatureString(Signature sig, Qualifier qf) {
    throw new UnsupportedOperationException();
  }
}
