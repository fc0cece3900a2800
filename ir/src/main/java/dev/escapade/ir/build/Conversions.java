package dev.escapade.ir.build;

import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Op;
import dev.escapade.ir.Shapes;
import dev.escapade.syntax.ChanDir;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.BasicKind;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.Pointer;
import dev.escapade.types.Sizes;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operation a conversion is (typecheck/subr.go, Go 1.26). The checker has allowed the
 * conversion already.
 */
final class Conversions {
  private Conversions() {}

  /** {@code x} as a value of type {@code t}, implicitly converted at {@code pos} if need be. */
  static ExprNode assign(ExprNode x, Type t, int pos, int inl) {
    Type have = x.type();
    if (Shapes.identical(have, t)) {
      return x;
    }
    if (Kinds.isUntyped(have)) {
      x.setType(t);
      return x;
    }
    Op op = assignOp(have, t);
    ConvExpr conv = new ConvExpr(pos, inl, op == null ? Op.CONV : op, t, x);
    conv.setImplicit(true);
    return conv;
  }

  /** The conversion that assignment implies, or null if there is none. */
  static @Nullable Op assignOp(Type src, Type dst) {
    if (Shapes.identical(src, dst)) {
      return Op.CONVNOP;
    }
    if (Shapes.identical(src.underlying(), dst.underlying())) {
      if (Kinds.isEmptyInterface(src)) {
        return Op.CONVNOP;
      }
      if ((!Kinds.hasName(src) || !Kinds.hasName(dst)) && !Kinds.isInterface(src)) {
        return Op.CONVNOP;
      }
      if (Shapes.isShape(src) || Shapes.isShape(dst)) {
        return Op.CONVNOP;
      }
    }
    if (Kinds.isInterface(dst) && src != Basic.UNTYPED_NIL) {
      return Op.CONVIFACE;
    }
    if (Kinds.isInterface(src)) {
      return null;
    }
    if (src.underlying() instanceof Chan s
        && s.dir() == ChanDir.BOTH
        && dst.underlying() instanceof Chan d
        && Shapes.identical(s.elem(), d.elem())
        && (!Kinds.hasName(src) || !Kinds.hasName(dst))) {
      return Op.CONVNOP;
    }
    return src == Basic.UNTYPED_NIL ? Op.CONVNOP : null;
  }

  /**
   * Reports whether a value of type {@code src} may be assigned to {@code dst} (Go spec,
   * "Assignability"), given that one can be compared with the other.
   */
  static boolean isAssignable(Type src, Type dst) {
    if (Shapes.identical(src, dst)) {
      return true;
    }
    if (Kinds.isUntyped(src) || Kinds.isUntyped(dst)) {
      return Kinds.isUntyped(src);
    }
    if (Kinds.isInterface(dst)) {
      return !Kinds.isInterface(src) || hasMethods(src, dst);
    }
    if (Kinds.isInterface(src)) {
      return false;
    }
    if (Shapes.identical(src.underlying(), dst.underlying())) {
      return !Kinds.hasName(src) || !Kinds.hasName(dst);
    }
    return src.underlying() instanceof Chan s && s.dir() == ChanDir.BOTH;
  }

  private static boolean hasMethods(Type src, Type dst) {
    Interface have = (Interface) src.underlying();
    Interface want = (Interface) dst.underlying();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < have.numMethods(); i++) {
      ids.add(have.method(i).id());
    }
    for (int i = 0; i < want.numMethods(); i++) {
      if (!ids.contains(want.method(i).id())) {
        return false;
      }
    }
    return true;
  }

  /** The operation of an explicit conversion; {@code sizes} tell how large a word is. */
  static Op convertOp(Type src, Type dst, Sizes sizes) {
    Op op = assignOp(src, dst);
    if (op == null) {
      op = explicitOp(src, dst, sizes);
    }
    if (op == Op.CONVNOP && isSameFloat(src, dst)) {
      return Op.CONV; // rounds
    }
    return op;
  }

  private static boolean isSameFloat(Type src, Type dst) {
    return (Kinds.isFloat(src) || Kinds.isComplex(src))
        && Kinds.basicKind(src) == Kinds.basicKind(dst);
  }

  private static Op explicitOp(Type src, Type dst, Sizes sizes) {
    if (Shapes.identicalIgnoreTags(src.underlying(), dst.underlying())
        || isSamePointers(src, dst)) {
      return Op.CONVNOP;
    }
    if ((isReal(src) && isReal(dst)) || (Kinds.isComplex(src) && Kinds.isComplex(dst))) {
      return simpleKind(src, sizes) == simpleKind(dst, sizes) ? Op.CONVNOP : Op.CONV;
    }
    if (isNumeric(src) && isNumeric(dst)) {
      return Op.CONV;
    }
    if (Kinds.isString(dst)) {
      if (Kinds.isInteger(src)) {
        return Op.RUNESTR;
      }
      Type elem = Kinds.sliceElem(src);
      return elem != null && Kinds.basicKind(elem) == BasicKind.UINT8 ? Op.BYTES2STR : Op.RUNES2STR;
    }
    if (Kinds.isString(src)) {
      Type elem = Kinds.sliceElem(dst);
      return elem != null && Kinds.basicKind(elem) == BasicKind.UINT8 ? Op.STR2BYTES : Op.STR2RUNES;
    }
    if (Kinds.isUnsafePointer(src) || Kinds.isUnsafePointer(dst)) {
      return Op.CONVNOP;
    }
    if (src.underlying() instanceof Slice) {
      if (dst.underlying() instanceof Array) {
        return Op.SLICE2ARR;
      }
      if (Kinds.pointedArray(dst) != null) {
        return Op.SLICE2ARRPTR;
      }
    }
    // Types that differ by shapes below the first level only.
    return Op.CONVNOP;
  }

  private static boolean isSamePointers(Type src, Type dst) {
    return src.unalias() instanceof Pointer s
        && dst.unalias() instanceof Pointer d
        && Shapes.identicalIgnoreTags(s.elem().underlying(), d.elem().underlying());
  }

  private static boolean isReal(Type t) {
    return Kinds.isInteger(t) || Kinds.isFloat(t);
  }

  private static boolean isNumeric(Type t) {
    return isReal(t) || Kinds.isComplex(t);
  }

  /** The kind of the same size and signedness that has a size in its name. */
  private static @Nullable BasicKind simpleKind(Type t, Sizes sizes) {
    BasicKind k = Kinds.basicKind(t);
    if (k == null) {
      return null;
    }
    boolean wide = sizes.wordSizeBytes() == 8;
    return switch (k) {
      case INT -> wide ? BasicKind.INT64 : BasicKind.INT32;
      case UINT, UINTPTR -> wide ? BasicKind.UINT64 : BasicKind.UINT32;
      default -> k;
    };
  }
}
