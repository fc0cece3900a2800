package dev.escapade.ir;

import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;

/**
 * Shape types: what generic code is compiled for. Type arguments of the same shape share one body.
 * A shape is a defined type in the pseudo package {@code go.shape}, named by its underlying type.
 */
public final class Shapes {
  /** The package of shape types. */
  public static final Package PACKAGE = new Package("go.shape", "go.shape");

  private Shapes() {}

  /** Reports whether {@code t} is itself a shape type. */
  public static boolean isShape(Type t) {
    return t.unalias() instanceof Named n && n.obj().pkg() == PACKAGE;
  }

  /** Reports whether there is a shape type somewhere in {@code t}. */
  public static boolean hasShape(Type t) {
    return switch (t) {
      case Basic _, TypeParam _, Union _ -> false;
      case Alias x -> hasShape(x.unalias());
      case Named x -> {
        if (x.obj().pkg() == PACKAGE) {
          yield true;
        }
        for (Type arg : x.typeArgs()) {
          if (hasShape(arg)) {
            yield true;
          }
        }
        yield false;
      }
      case Pointer x -> hasShape(x.elem());
      case Array x -> hasShape(x.elem());
      case Slice x -> hasShape(x.elem());
      case Chan x -> hasShape(x.elem());
      case MapType x -> hasShape(x.key()) || hasShape(x.elem());
      case Tuple x -> {
        for (Var v : x.vars()) {
          if (hasShape(v.type())) {
            yield true;
          }
        }
        yield false;
      }
      case Signature x -> hasShape(x.params()) || hasShape(x.results());
      case Struct x -> {
        for (Var v : x.fields()) {
          if (hasShape(v.type())) {
            yield true;
          }
        }
        yield false;
      }
      case Interface x -> {
        for (Func m : x.explicitMethods()) {
          if (hasShape(m.type())) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /**
   * Reports whether the types are identical, shape types being taken for their underlying types
   * (cmd/compile/internal/types: identical, not strict).
   */
  public static boolean identical(Type a, Type b) {
    return a == b || ShapeIdentity.identical(a, b, false);
  }

  /** As {@link #identical}, but the tags of fields may differ. */
  public static boolean identicalIgnoreTags(Type a, Type b) {
    return a == b || ShapeIdentity.identical(a, b, true);
  }
}
