package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import org.jspecify.annotations.Nullable;

/** Replaces phis of booleans by the condition that chose the way. */
final class PhiOpt {
  private PhiOpt() {}

  static void run(Func f) {
    DomTree dom = f.domTree();
    for (Block b : f.blocks) {
      if (b.numPreds() == 2 && !b.values.isEmpty()) {
        diamond(b, dom);
      }
    }
    for (Block b : f.blocks) {
      if (b.numPreds() == 2 && !b.values.isEmpty()) {
        far(b, dom);
      }
    }
  }

  /** The first block up a chain of blocks that does not only pass control on. */
  private static Block[] top(Block b, int i) {
    Block below = b;
    Block p = b.pred(i);
    while (p.numSuccs() == 1 && p.numPreds() == 1) {
      below = p;
      p = p.pred(0);
    }
    return new Block[] {below, p};
  }

  private static void diamond(Block b, DomTree dom) {
    Block[] t0 = top(b, 0);
    Block b0 = t0[1];
    if (b0.kind != BlockKind.IF) {
      return;
    }
    Block[] t1 = top(b, 1);
    if (t1[1] != b0) {
      return;
    }
    int reverse = b0.succ(0) == t0[0] && b0.succ(1) == t1[0] ? 0 : 1;
    for (int i = 0, n = b.values.size(); i < n; i++) {
      Value v = b.values.get(i);
      if (v.op != Op.PHI) {
        continue;
      }
      if (v.type.isInteger()) {
        zeroOrOne(v, b0, reverse);
      }
      if (v.type.isBoolean()) {
        bool(v, b, b0, reverse, dom);
      }
    }
  }

  private static void bool(Value v, Block b, Block b0, int reverse, DomTree dom) {
    Value c = b0.control(0);
    Value ifTrue = v.arg(reverse);
    Value ifFalse = v.arg(1 - reverse);
    if (ifTrue.op == Op.CONST_BOOL
        && ifFalse.op == Op.CONST_BOOL
        && ifTrue.auxInt != ifFalse.auxInt) {
      v.reset(ifTrue.auxInt == 1 ? Op.COPY : Op.NOT);
      v.addArg(c);
      return;
    }
    Op op = Op.INVALID;
    Value other = v;
    if (ifTrue.op == Op.CONST_BOOL && ifTrue.auxInt == 1 && dom.dominatesOrEq(ifFalse.block(), b)) {
      op = Op.OR_B;
      other = ifFalse;
    } else if (ifFalse.op == Op.CONST_BOOL
        && ifFalse.auxInt == 0
        && dom.dominatesOrEq(ifTrue.block(), b)) {
      op = Op.AND_B;
      other = ifTrue;
    } else if (ifFalse == c && dom.dominatesOrEq(ifTrue.block(), b)) {
      op = Op.AND_B;
      other = ifTrue;
    } else if (ifTrue == c && dom.dominatesOrEq(ifFalse.block(), b)) {
      op = Op.OR_B;
      other = ifFalse;
    }
    if (op != Op.INVALID) {
      v.reset(op);
      v.addArgs(c, other);
    }
  }

  /** {@code if c { x = 1 } else { x = 0 }}. */
  private static void zeroOrOne(Value v, Block b0, int reverse) {
    Value a0 = v.arg(0);
    Value a1 = v.arg(1);
    if (a0.op != a1.op || !a0.isIntConst()) {
      return;
    }
    boolean negate;
    if (a0.auxInt == 0 && a1.auxInt == 1) {
      negate = true;
    } else if (a0.auxInt == 1 && a1.auxInt == 0) {
      negate = false;
    } else {
      return;
    }
    if (reverse == 1) {
      negate = !negate;
    }
    Block b = v.block();
    Value a = b0.control(0);
    if (negate) {
      a = b.newValue(v.pos, v.inl, Op.NOT, a.type, a);
    }
    v.addArg(a);
    Value cvt = b.newValue(v.pos, v.inl, Op.CVT_BOOL_TO_UINT8, b.func.config.types.uint8, a);
    v.reset(
        switch ((int) v.type.size()) {
          case 1 -> Op.COPY;
          case 2 -> Op.ZERO_EXT8TO16;
          case 4 -> Op.ZERO_EXT8TO32;
          default -> Op.ZERO_EXT8TO64;
        });
    v.addArg(cvt);
  }

  /** A phi of true and false whose ways lead from one branch, with more between. */
  private static void far(Block b, DomTree dom) {
    for (Value v : b.values) {
      if (v.op != Op.PHI
          || v.arg(0).op != Op.CONST_BOOL
          || v.arg(1).op != Op.CONST_BOOL
          || v.arg(0).auxInt == v.arg(1).auxInt) {
        continue;
      }
      Edge e0 = b.predEdge(0);
      Edge e1 = b.predEdge(1);
      Block p0 = e0.block();
      Block p1 = e1.block();
      if (p0.kind == BlockKind.IF && p0 == dom.parent(b)) {
        if (dom.dominatesOrEq(p0.succ(1 - e0.index()), p1)) {
          convert(p0, v, e0.index());
          return;
        }
      } else if (p1.kind == BlockKind.IF && p1 == dom.parent(b)) {
        if (dom.dominatesOrEq(p1.succ(1 - e1.index()), p0)) {
          convert(p1, v, 1 - e1.index());
          return;
        }
      } else {
        Block top = common(dom, p0, p1);
        if (top == null || top.kind != BlockKind.IF) {
          return;
        }
        Block s0 = top.succ(0);
        Block s1 = top.succ(1);
        int reverse;
        if (dom.dominatesOrEq(s0, p0) && dom.dominatesOrEq(s1, p1)) {
          reverse = 0;
        } else if (dom.dominatesOrEq(s1, p0) && dom.dominatesOrEq(s0, p1)) {
          reverse = 1;
        } else {
          return;
        }
        if (s0.numPreds() != 1 || s1.numPreds() != 1) {
          return;
        }
        convert(top, v, reverse);
      }
    }
  }

  /** The lowest block that dominates both. */
  private static @Nullable Block common(DomTree dom, Block a, Block b) {
    Block x = a;
    while (x != null && !dom.dominatesOrEq(x, b)) {
      x = dom.parent(x);
    }
    return x;
  }

  private static void convert(Block b, Value v, int reverse) {
    v.reset(v.arg(reverse).auxInt == 1 ? Op.COPY : Op.NOT);
    v.addArg(b.control(0));
  }
}
