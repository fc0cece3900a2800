package dev.escapade.staticinit;

import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.Visit;
import dev.escapade.syntax.Operator;
import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Puts arguments in the places of parameters. */
final class Substitution {
  /** Changes nothing. */
  static final Substitution NONE = new Substitution(new IdentityHashMap<>());

  private final IdentityHashMap<Name, Node> args;

  Substitution(IdentityHashMap<Name, Node> args) {
    this.args = args;
  }

  /** The argument that {@code n} stands for, or {@code n}. */
  Node of(Node n) {
    return n instanceof Name name ? args.getOrDefault(name, name) : n;
  }

  /** Reports whether {@link #apply} can be used: conversions of constants may be too difficult. */
  boolean isPossible(Node n) {
    return !Visit.any(
        n,
        x ->
            x instanceof ConvExpr conv
                && conv.op() == Op.CONV
                && of(conv.x) instanceof BasicLit lit
                && !isConvertible(lit.type(), conv.type()));
  }

  /** Reports whether a concatenation becomes a constant by putting arguments in. */
  boolean isConstant(AddStringExpr add) {
    for (Node x : add.list) {
      if (!(of(x) instanceof BasicLit)) {
        return false;
      }
    }
    return this != NONE;
  }

  private static boolean isConvertible(Type from, Type to) {
    return from.underlying() instanceof Basic f
        && to.underlying() instanceof Basic t
        && (f.kind() == t.kind() || (f.is(Basic.IS_INTEGER) && t.is(Basic.IS_INTEGER)));
  }

  /** {@code n}, which is changed in place, with the arguments. */
  Node apply(Node n) {
    Node argument = of(n);
    if (argument != n || n instanceof Name) {
      return argument;
    }
    n.editChildren(this::apply);
    return switch (n) {
      case ConvExpr conv when conv.op() == Op.CONV && conv.x instanceof BasicLit lit ->
          convert(lit, conv.type());
      case AddStringExpr add -> merge(add);
      default -> n;
    };
  }

  /** A constant as a conversion at run time would have it, which truncates integers. */
  private static BasicLit convert(BasicLit lit, Type type) {
    Constant value = lit.value;
    Basic to = (Basic) type.underlying();
    if (to != lit.type().underlying() && value.kind() == Constant.Kind.INT) {
      value = truncate(value, to);
    }
    return new BasicLit(lit.pos, lit.inl, type, value);
  }

  private static Constant truncate(Constant value, Basic to) {
    int bits = bits(to);
    Constant one = Constant.of(1);
    Constant limit = Constants.shift(one, Operator.SHL, bits);
    Constant mask = Constants.binaryOp(limit, Operator.SUB, one);
    Constant low = Constants.binaryOp(value, Operator.AND, mask);
    Constant half = Constants.shift(one, Operator.SHL, bits - 1);
    boolean negative = !to.is(Basic.IS_UNSIGNED) && Constants.compare(low, Operator.GEQ, half);
    return negative ? Constants.binaryOp(low, Operator.SUB, limit) : low;
  }

  private static int bits(Basic t) {
    return switch (t.kind()) {
      case INT8, UINT8 -> 8;
      case INT16, UINT16 -> 16;
      case INT32, UINT32 -> 32;
      default -> 64;
    };
  }

  /** Joins constants that stand side by side. */
  private static Node merge(AddStringExpr n) {
    List<Node> merged = new ArrayList<>(n.list.size());
    for (Node x : n.list) {
      Node last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last instanceof BasicLit a && x instanceof BasicLit b) {
        String joined = Constants.stringVal(a.value) + Constants.stringVal(b.value);
        merged.set(
            merged.size() - 1,
            new BasicLit(a.pos, a.inl, Unit.typeOf(n), Constant.ofString(joined)));
      } else {
        merged.add(x);
      }
    }
    if (merged.size() == 1) {
      return merged.get(0);
    }
    n.list = merged;
    return n;
  }
}
