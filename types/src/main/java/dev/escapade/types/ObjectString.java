package dev.escapade.types;

/** Objects in Go's notation (types2: object.go, selection.go). */
public final class ObjectString {
  private ObjectString() {}

  public static String objectString(Obj obj, Qualifier qf) {
    throw new UnsupportedOperationException();
  }

  public static String funcName(Func f, Qualifier qf) {
    throw new UnsupportedOperationException();
  }

  public static String selectionString(Selection s, Qualifier qf) {
    throw new UnsupportedOperationException();
  }

  /** What kind of object this is, in words, such as {@code package-level variable}. */
  static String objectKind(Obj obj) {
    throw new UnsupportedOperationException();
  }
}
