package dev.escapade.escape;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.UnaryExpr;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes assignments that store in an object only what is in that object already, as {@code
 * b.buf = b.buf[n:m]} or {@code v.x = v.y}; they change nothing about lifetimes
 * (cmd/compile/internal/escape/utils.go).
 */
final class SelfAssign {
  private SelfAssign() {}

  static boolean isSelfAssign(Node dst, Node src) {
    return isSliceSelfAssign(dst, src) || isPartSelfAssign(dst, src);
  }

  /** {@code p.x = p.y[i:j]} and {@code *p = (*p)[i:j]} for a variable p. */
  private static boolean isSliceSelfAssign(Node dst, Node src) {
    Name target = dereferencedName(dst);
    if (target == null || !(src instanceof SliceExpr slice)) {
      return false;
    }
    // To slice an array in the object makes a pointer into the object that was not there before.
    boolean slicesArray = slice.op() == Op.SLICEARR || slice.op() == Op.SLICE3ARR;
    if (slicesArray && slice.x instanceof AddrExpr) {
      return false;
    }
    return dereferencedName(slice.x) == target;
  }

  private static @Nullable Name dereferencedName(Node n) {
    Node pointer =
        switch (n) {
          case StarExpr s -> s.x;
          case SelectorExpr s when s.op() == Op.DOTPTR -> s.x;
          default -> null;
        };
    return pointer instanceof Name name ? name : null;
  }

  /** Parts of the same thing that differ in the last selector or index only. */
  private static boolean isPartSelfAssign(Node dst, Node src) {
    if (dst.op() != src.op()) {
      return false;
    }
    return switch (dst) {
      case SelectorExpr d when d.op() == Op.DOT || d.op() == Op.DOTPTR ->
          src instanceof SelectorExpr s && Ir.isSameSafeExpr(d.x, s.x);
      case IndexExpr d when d.op() == Op.INDEX ->
          src instanceof IndexExpr s
              && !mayAffectMemory(d.index)
              && !mayAffectMemory(s.index)
              && Ir.isSameSafeExpr(d.x, s.x);
      default -> false;
    };
  }

  /** Reports whether evaluating {@code n} may change memory; panics do not count. */
  private static boolean mayAffectMemory(Node n) {
    return switch (n) {
      case Name _, BasicLit _, NilExpr _ -> false;
      case BinaryExpr b ->
          switch (b.op()) {
            case ADD, SUB, OR, XOR, MUL, LSH, RSH, AND, ANDNOT, DIV, MOD ->
                mayAffectMemory(b.x) || mayAffectMemory(b.y);
            default -> true;
          };
      case IndexExpr i when i.op() == Op.INDEX -> mayAffectMemory(i.x) || mayAffectMemory(i.index);
      case ConvExpr c when c.op() == Op.CONV || c.op() == Op.CONVNOP -> mayAffectMemory(c.x);
      case UnaryExpr u ->
          switch (u.op()) {
            case LEN, CAP, NOT, BITNOT, PLUS, NEG -> mayAffectMemory(u.x);
            default -> true;
          };
      case SelectorExpr s when s.op() == Op.DOT || s.op() == Op.DOTPTR -> mayAffectMemory(s.x);
      case StarExpr s -> mayAffectMemory(s.x);
      default -> true;
    };
  }
}
