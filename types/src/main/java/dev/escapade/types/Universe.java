package dev.escapade.types;

import dev.escapade.types.constant.Constant;
import java.util.List;

/**
 * What is predeclared (Go spec, "Predeclared identifiers"), and package unsafe. Immutable once this
 * class is initialized.
 */
public final class Universe {
  /** The outermost scope of every program. */
  public static final Scope SCOPE = new Scope(null, 0, 0, "universe");

  /** Package unsafe. */
  public static final Package UNSAFE = new Package("unsafe", "unsafe", SCOPE);

  /** The interface without methods that prints as {@code any}. */
  public static final Interface ANY_INTERFACE = new Interface(TypeSet.TOP);

  /** The alias {@code any}. */
  public static final TypeName ANY = new TypeName(0, null, "any", null);

  /** The type {@code error}. */
  public static final Named ERROR =
      Named.of(new TypeName(0, null, "error", null), errorInterface());

  /** The type {@code comparable}. */
  public static final Named COMPARABLE =
      Named.of(new TypeName(0, null, "comparable", null), comparableInterface());

  /** The constant {@code iota}, whose value here means nothing. */
  public static final Const IOTA = new Const(0, null, "iota", Basic.UNTYPED_INT, Constant.of(0));

  private Universe() {}

  private static Interface errorInterface() {
    Signature sig = new Signature();
    sig.setResults(Tuple.of(new Var(VarKind.RESULT, 0, null, "", Basic.STRING)));
    return new Interface(List.of(new Func(0, null, "Error", sig)), List.of());
  }

  private static Interface comparableInterface() {
    return new Interface(TypeSet.TOP);
  }
}
