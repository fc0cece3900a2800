package dev.escapade.ssa.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.ResultExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;

/** Where things are in memory, and which are not there at all. */
final class Addresses {
  private final State s;

  Addresses(State s) {
    this.s = s;
  }

  /** Reports whether {@code n} is a variable, or part of one, that is a value and not in memory. */
  boolean canSsa(Node n) {
    if (!s.unit.optimize()) {
      return false;
    }
    Node x = n;
    while (true) {
      if (x instanceof SelectorExpr sel && sel.op() == dev.escapade.ir.Op.DOT) {
        x = sel.x;
      } else if (x instanceof IndexExpr i && s.type(i.x).isArray()) {
        x = i.x;
      } else {
        break;
      }
    }
    return x instanceof Name name
        && name.storage != StorageClass.FUNC
        && canSsaName(name)
        && s.type(name).canSsa();
  }

  private boolean canSsaName(Name name) {
    if (name.isAddrtaken() || !name.isOnStack()) {
      return false;
    }
    return name.storage != StorageClass.PARAMOUT
        || !(s.curfn.hasDefer() || s.unit.hasCgoUnsafeArgs(s.curfn));
  }

  /** The address of {@code n}. */
  Value addr(Node n) {
    if (n instanceof Name) {
      return addrAtLine(n);
    }
    s.pushLine(n);
    Value v = addrAtLine(n);
    s.popLine();
    return v;
  }

  private Value addrAtLine(Node n) {
    SType t = s.type(n).ptrTo();
    if (canSsa(n)) {
      // Of no size, or not used: any address will do.
      return s.valueA(Op.ADDR, t, RuntimeSyms.ZEROBASE, s.sb);
    }
    return switch (n) {
      case LinksymOffsetExpr x -> symbol(new Sym(x.linksym), x.offset, t);
      case Name x -> name(x, t);
      case ResultExpr x -> s.calls.resultAddr(s.calls.lastCall(), x.index, s.type(x));
      case IndexExpr x -> element(x, t);
      case StarExpr x -> pointer(x.x, x.isBounded());
      case SelectorExpr x when x.op() == dev.escapade.ir.Op.DOT -> {
        Value p = addr(x.x);
        yield s.valueI(Op.OFF_PTR, t, s.unit.offset(x), p);
      }
      case SelectorExpr x when x.op() == dev.escapade.ir.Op.DOTPTR -> {
        Value p = pointer(x.x, x.isBounded());
        yield s.valueI(Op.OFF_PTR, t, s.unit.offset(x), p);
      }
      case ConvExpr x when x.op() == dev.escapade.ir.Op.CONVNOP -> {
        Value a = addr(x.x);
        yield s.type(x) == s.type(x.x) ? a : s.value(Op.COPY, t, a);
      }
      case CallExpr x -> s.calls.callAddr(x);
      case TypeAssertExpr x -> loaded(s.assertions.assertType(x, false).value());
      case DynamicTypeAssertExpr x -> loaded(s.assertions.assertDynamicType(x, false).value());
      default -> throw s.bad("address of " + n.op().name());
    };
  }

  private Value loaded(Value v) {
    if (v.op != Op.LOAD || v.arg(1) != s.mem()) {
      throw s.bad("type assertion that is no load");
    }
    return v.arg(0);
  }

  Value symbol(Sym sym, long offset, SType t) {
    Value v = s.entryValue(Op.ADDR, t, 0, sym, s.sb);
    return offset == 0 ? v : s.entryValue(Op.OFF_PTR, t, offset, null, v);
  }

  private Value name(Name n, SType t) {
    if (n.heapAddr != null) {
      return s.expr(n.heapAddr);
    }
    return switch (n.storage) {
      case EXTERN -> symbol(s.unit.symbol(n), 0, t);
      case PARAM -> {
        Value v = s.addresses.get(n);
        if (v == null) {
          throw s.bad("address of undeclared " + n.sym);
        }
        yield v;
      }
      case AUTO, PARAMOUT -> s.valueA(Op.LOCAL_ADDR, t, n, s.sp, s.mem());
      case NONE, AUTOHEAP, FUNC -> throw s.bad("address of " + n.storage + " " + n.sym);
    };
  }

  private Value element(IndexExpr x, SType t) {
    if (s.type(x.x).isSlice()) {
      Value a = s.expr(x.x);
      Value i = s.expr(x.index);
      Value len = s.value(Op.SLICE_LEN, s.types.integer, a);
      i = s.bounds.check(i, len, BoundsKind.INDEX, x.isBounded());
      Value p = s.value(Op.SLICE_PTR, t, a);
      return s.value(Op.PTR_INDEX, t, p, i);
    }
    Value a = addr(x.x);
    Value i = s.expr(x.index);
    Value len = s.constInt(s.types.integer, s.type(x.x).numElem());
    i = s.bounds.check(i, len, BoundsKind.INDEX, x.isBounded());
    return s.value(Op.PTR_INDEX, s.type(x.x).elem().ptrTo(), a, i);
  }

  /** The pointer {@code n}, checked unless it is known not to be nil. */
  Value pointer(Node n, boolean bounded) {
    Value p = s.expr(n);
    if (bounded || ((ExprNode) n).isNonNil()) {
      s.unit.checkRemoved(s.peekLine());
      return p;
    }
    return nilCheck(p);
  }

  /** {@code p}, checked not to be nil. */
  Value nilCheck(Value p) {
    return s.curfn.isNilCheckDisabled() ? p : s.value(Op.NIL_CHECK, p.type, p, s.mem());
  }
}
