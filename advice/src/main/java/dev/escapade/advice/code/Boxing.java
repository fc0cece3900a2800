package dev.escapade.advice.code;

import dev.escapade.ir.BasicLit;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.KeyExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StructKeyExpr;
import dev.escapade.types.Array;
import dev.escapade.types.Predicates;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.unit.TypeFacts;
import org.jspecify.annotations.Nullable;

/**
 * Whether the box that an interface needs is really allocated
 * (cmd/compile/internal/walk/convert.go, dataWord; runtime/iface.go, Go 1.26).
 */
public final class Boxing {
  private final TypeFacts types;

  /** What a conversion to an interface allocates when its box is on the heap. */
  public enum Box {
    /** Nothing: pointers, values without size, single bytes, constants. */
    NEVER,
    /** Nothing for integers from 0 to 255, empty strings and nil slices; otherwise a box. */
    UNLESS_SMALL,
    /** A box. */
    ALWAYS
  }

  /** The model for some sizes of types. */
  public Boxing(TypeFacts types) {
    this.types = types;
  }

  /** What {@code conversion} allocates if it is on the heap. */
  public Box of(ConvExpr conversion) {
    if (!(conversion.x instanceof ExprNode x) || x.typeOrNull() == null) {
      return Box.NEVER;
    }
    Type t = x.type();
    if (Predicates.isInterface(t) || types.isDirectIface(t) || isConstant(x)) {
      return Box.NEVER;
    }
    long sizeBytes = types.sizeBytes(t);
    if (sizeBytes <= 1) {
      return Box.NEVER;
    }
    boolean isWord =
        !types.hasPointers(t)
            && (sizeBytes == 2 || sizeBytes == 4 || sizeBytes == 8)
            && types.alignBytes(t) == sizeBytes;
    return isWord || Predicates.isString(t) || t.underlying() instanceof Slice
        ? Box.UNLESS_SMALL
        : Box.ALWAYS;
  }

  /**
   * For which values of a type there is no box though {@link Box#UNLESS_SMALL} is said of it, in
   * words. A number below 0 is none of them: as an unsigned one it is large.
   */
  public static String free(Type t) {
    Type only = only(t);
    if (Predicates.isString(only)) {
      return "an empty string";
    }
    if (only.underlying() instanceof Slice) {
      return "a nil slice";
    }
    if (only.underlying() instanceof Struct || only.underlying() instanceof Array) {
      return "what has all bits 0";
    }
    return Predicates.isInteger(only) ? "0 to 255" : "0";
  }

  /** The type of the only field or element that there is, or the type itself. */
  private static Type only(Type type) {
    Type t = type;
    while (true) {
      switch (t.underlying()) {
        case Struct s when s.fields().size() == 1 -> t = s.fields().getFirst().type();
        case Array a when a.len() == 1 -> t = a.elem();
        default -> {
          return t;
        }
      }
    }
  }

  /** What is known when compiling is put in read-only memory. */
  private static boolean isConstant(@Nullable Node n) {
    return switch (n) {
      case null -> true; // the zero value
      case BasicLit _, NilExpr _ -> true;
      case Name name -> name.storage == StorageClass.EXTERN && name.isReadonly();
      case KeyExpr k -> isConstant(k.value);
      case StructKeyExpr k -> isConstant(k.value);
      case ConvExpr c when c.op() == Op.CONVNOP || c.op() == Op.CONV -> isConstant(c.x);
      case CompLitExpr c when c.op() == Op.STRUCTLIT || c.op() == Op.ARRAYLIT ->
          c.list.stream().allMatch(Boxing::isConstant);
      default -> false; // computed
    };
  }
}
