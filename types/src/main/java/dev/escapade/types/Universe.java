package dev.escapade.types;

import dev.escapade.types.constant.Constant;
import java.util.List;

/**
 * What is predeclared (Go spec, "Predeclared identifiers"), and package unsafe. Nothing changes
 * once this class is initialized.
 */
public final class Universe {
  /** The outermost scope of every program. */
  public static final Scope SCOPE = Scope.universe(null, "universe");

  /** Package unsafe. */
  public static final Package UNSAFE = new Package("unsafe", "unsafe", SCOPE);

  /** The interface without methods that prints as {@code any}. */
  public static final Interface ANY_INTERFACE = Interface.withTypeSet(TypeSet.TOP);

  /** The alias {@code any}. */
  public static final TypeName ANY = alias("any", ANY_INTERFACE);

  /** The type {@code error}. */
  public static final Named ERROR = error();

  /** The type {@code comparable}. */
  public static final Named COMPARABLE =
      Named.of(
          new TypeName(0, null, "comparable", null), Interface.withTypeSet(TypeSet.COMPARABLE));

  /** The constant {@code iota}, whose value here means nothing. */
  public static final Const IOTA = new Const(0, null, "iota", Basic.UNTYPED_INT, Constant.of(0L));

  /** The universe with the two functions that tests of the checker may use. */
  public static final Scope TEST_SCOPE = Scope.universe(SCOPE, "universe of tests");

  static {
    Basic[] basics = {
      Basic.BOOL,
      Basic.INT,
      Basic.INT8,
      Basic.INT16,
      Basic.INT32,
      Basic.INT64,
      Basic.UINT,
      Basic.UINT8,
      Basic.UINT16,
      Basic.UINT32,
      Basic.UINT64,
      Basic.UINTPTR,
      Basic.FLOAT32,
      Basic.FLOAT64,
      Basic.COMPLEX64,
      Basic.COMPLEX128,
      Basic.STRING,
      Basic.BYTE,
      Basic.RUNE
    };
    for (Basic t : basics) {
      declare(new TypeName(0, null, t.name(), t));
    }
    declare(ANY);
    declare(ERROR.obj());
    declare(COMPARABLE.obj());
    declare(new Const(0, null, "true", Basic.UNTYPED_BOOL, Constant.TRUE));
    declare(new Const(0, null, "false", Basic.UNTYPED_BOOL, Constant.FALSE));
    declare(IOTA);
    declare(new Nil());
    UNSAFE
        .scope()
        .insert(new TypeName(0, UNSAFE, Basic.UNSAFE_POINTER.name(), Basic.UNSAFE_POINTER));
    for (BuiltinId id : BuiltinId.values()) {
      switch (id) {
        case ASSERT, TRACE -> TEST_SCOPE.insert(new Builtin(null, id));
        default -> {
          if (id.isUnsafe()) {
            UNSAFE.scope().insert(new Builtin(UNSAFE, id));
          } else {
            declare(new Builtin(null, id));
          }
        }
      }
    }
    UNSAFE.markComplete();
  }

  private Universe() {}

  private static void declare(Obj obj) {
    if (SCOPE.insert(obj) != null) {
      throw new AssertionError("declared twice: " + obj.name());
    }
  }

  private static TypeName alias(String name, Type t) {
    TypeName obj = new TypeName(0, null, name, null);
    var alias = new Alias(obj, t);
    if (alias.unalias() != t) {
      throw new AssertionError(name);
    }
    return obj;
  }

  /**
   * {@code type error interface{ Error() string }}, whose method has the named type as receiver.
   */
  private static Named error() {
    Named named = new Named(null, new TypeName(0, null, "error", null));
    Signature sig = new Signature();
    sig.setRecv(new Var(VarKind.RECV, 0, null, "", named));
    sig.setResults(Tuple.of(new Var(VarKind.RESULT, 0, null, "", Basic.STRING)));
    Interface t = new Interface(List.of(new Func(0, null, "Error", sig)), List.of());
    if (t.typeSet().methods().size() != 1) { // computed now, as all threads will read it
      throw new AssertionError("error");
    }
    named.setFromRhs(t);
    if (named.underlying() != t) {
      throw new AssertionError("error");
    }
    return named;
  }
}
