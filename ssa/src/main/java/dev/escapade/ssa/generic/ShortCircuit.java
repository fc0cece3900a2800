package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a branch that decides a later one jump where the later one would: {@code p → b: if phi(true,
 * x)} becomes {@code p → b's first successor}.
 */
final class ShortCircuit {
  /** How many blocks are looked at for a way from one block to another. */
  private static final int REACH = 5;

  private ShortCircuit() {}

  static void run(Func f) {
    Value t = null;
    Value n = null;
    for (Block b : f.blocks) {
      for (int k = 0, size = b.values.size(); k < size; k++) {
        Value v = b.values.get(k);
        if (v.op != Op.PHI || !v.type.isBoolean()) {
          continue;
        }
        for (int i = 0; i < v.numArgs(); i++) {
          Edge e = b.predEdge(i);
          Block p = e.block();
          if (p.kind != BlockKind.IF || p.control(0) != v.arg(i)) {
            continue;
          }
          if (e.index() == 0) {
            if (t == null) {
              t = f.constBool(f.config.types.bool, true);
            }
            v.setArg(i, t);
          } else {
            if (n == null) {
              n = f.constBool(f.config.types.bool, false);
            }
            v.setArg(i, n);
          }
        }
      }
    }
    Fuse.run(f, Fuse.PLAIN | Fuse.SHORT_CIRCUIT);
  }

  /** What becomes of the other phis of the block that an edge leaves. */
  private interface PhiFix {
    /** Moves or replaces {@code phi}, value {@code i} of its block. */
    void fix(Value phi, int i);
  }

  /** Takes one edge into {@code b} past it, if the edge decides the branch of {@code b}. */
  static boolean block(Block b) {
    if (b.kind != BlockKind.IF) {
      return false;
    }
    Value ctl = b.control(0);
    int wrapped = 1;
    int swap = 0;
    while (ctl.uses == 1 && ctl.block() == b && (ctl.op == Op.COPY || ctl.op == Op.NOT)) {
      if (ctl.op == Op.NOT) {
        swap ^= 1;
      }
      ctl = ctl.arg(0);
      wrapped++;
    }
    if (ctl.op != Op.PHI || ctl.block() != b || ctl.uses != 1) {
      return false;
    }
    List<Value> otherPhis = otherPhis(b, ctl);
    if ((!otherPhis.isEmpty() && b.numPreds() != 2)
        || b.values.size() != wrapped + otherPhis.size()
        || (!otherPhis.isEmpty() && dependOnEachOther(b))) {
      return false;
    }
    int known = 0;
    while (known < ctl.numArgs() && ctl.arg(known).op != Op.CONST_BOOL) {
      known++;
    }
    if (known == ctl.numArgs()) {
      return false;
    }
    Edge pe = b.predEdge(known);
    Block p = pe.block();
    int ti = 1 ^ (int) ctl.arg(known).auxInt ^ swap;
    Edge te = b.succEdge(ti);
    Block t = te.block();
    if (p == b || t == b) {
      return false;
    }
    PhiFix fix = null;
    if (!otherPhis.isEmpty()) {
      fix = plan(b, known, ti);
      if (fix == null) {
        return false;
      }
    }
    b.removePred(known);
    b.removePhiArg(ctl, known);
    p.setSuccEdge(pe.index(), new Edge(t, t.numPreds()));
    t.addPredEdge(new Edge(p, pe.index()));
    for (Value v : t.values) {
      if (v.op == Op.PHI) {
        v.addArg(v.arg(te.index()));
      }
    }
    if (fix != null) {
      fixPhis(b, ctl, fix);
    }
    if (b.numPreds() == 0) {
      b.kind = BlockKind.INVALID;
    }
    Block.phielim(ctl);
    return true;
  }

  private static List<Value> otherPhis(Block b, Value ctl) {
    List<Value> phis = new ArrayList<>();
    for (Value v : b.values) {
      if (v.op == Op.PHI && v != ctl) {
        phis.add(v);
      }
    }
    return phis;
  }

  private static boolean dependOnEachOther(Block b) {
    for (Value v : b.values) {
      if (v.op == Op.PHI) {
        for (int i = 0; i < v.numArgs(); i++) {
          Value a = v.arg(i);
          if (a != v && a.op == Op.PHI && a.block() == b) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static void fixPhis(Block b, Value ctl, PhiFix fix) {
    int i = 0;
    while (i < b.values.size()) {
      Value phi = b.values.get(i);
      if (phi.uses == 0 || phi == ctl || phi.op != Op.PHI) {
        i++;
        continue;
      }
      fix.fix(phi, i);
      if (phi.block() == b) {
        i++;
        continue;
      }
      // Another value took the place.
      for (Value v : phi.block().values) {
        if (v.op == Op.PHI && v != phi) {
          for (int j = 0; j < v.numArgs(); j++) {
            if (v.arg(j) == phi) {
              v.setArg(j, phi.arg(j));
            }
          }
        }
      }
      if (phi.uses != 0) {
        Block.phielim(phi);
      } else {
        phi.reset(Op.INVALID);
      }
    }
    for (Value v : b.values) {
      if (v.uses == 0) {
        v.reset(Op.INVALID);
      }
    }
  }

  /**
   * How phis of {@code b} other than the control can be done without once its edge {@code known}
   * goes to successor {@code ti}; null if they cannot. Below, t is that successor, u the other one.
   */
  private static @Nullable PhiFix plan(Block b, int known, int ti) {
    Block t = b.succ(ti);
    Block u = b.succ(1 ^ ti);
    Block p0 = b.pred(0);
    Block p1 = b.pred(1);
    if (p0 == t || p1 == t || p0 == u || p1 == u) {
      return null;
    }
    if (t.numPreds() == 1 && t.numSuccs() == 1 && u.numPreds() == 1 && t.succ(0).numPreds() == 2) {
      // t and u meet again in m.
      Block m = t.succ(0);
      Set<Block> way = flowsTo(u, m);
      if (way != null) {
        return (v, i) -> {
          Value taken = v.arg(known);
          Value other = v.arg(1 ^ known);
          Value phi = newPhi(t, v, other, taken);
          t.replaceUses(v, phi);
          replaceUses(way, v, other);
          if (v.uses == 0) {
            return;
          }
          v.moveTo(m, i);
          if (m.pred(0) == t) {
            v.setArgs(phi, other);
          } else {
            v.setArgs(other, phi);
          }
        };
      }
    }
    if (t.numPreds() == 2 && u.numPreds() == 1) {
      // u leads to t.
      Set<Block> way = flowsTo(u, t);
      if (way != null) {
        return (v, i) -> {
          Value taken = v.arg(known);
          Value other = v.arg(1 ^ known);
          replaceUses(way, v, other);
          v.moveTo(t, i);
          v.setArgs(other, other, taken);
        };
      }
    }
    if (u.numPreds() == 2 && t.numPreds() == 1 && t.numSuccs() == 1 && t.succ(0) == u) {
      return (v, i) -> {
        Value other = v.arg(1 ^ known);
        Value phi = newPhi(t, v, other, v.arg(known));
        t.replaceUses(v, phi);
        if (v.uses == 0) {
          return;
        }
        v.moveTo(u, i);
        v.setArgs(other, phi);
      };
    }
    if (t.numPreds() == 1 && u.numPreds() == 1 && t.numSuccs() == 0) {
      return (v, i) -> {
        Value other = v.arg(1 ^ known);
        Value phi = newPhi(t, v, other, v.arg(known));
        t.replaceUses(v, phi);
        if (v.uses == 0) {
          return;
        }
        v.moveTo(u, i);
        v.setArgs(other);
      };
    }
    if (u.numPreds() == 1 && t.numPreds() == 1 && u.numSuccs() == 0) {
      return (v, i) -> {
        Value taken = v.arg(known);
        Value other = v.arg(1 ^ known);
        u.replaceUses(v, other);
        v.moveTo(t, i);
        v.setArgs(other, taken);
      };
    }
    return null;
  }

  private static Value newPhi(Block t, Value v, Value first, Value second) {
    return t.newValue(v.pos, v.inl, Op.PHI, v.type, first, second);
  }

  private static void replaceUses(Set<Block> blocks, Value old, Value by) {
    for (Block b : blocks) {
      b.replaceUses(old, by);
    }
  }

  /**
   * The blocks from {@code from} on, if all ways from it that are not left by the side lead to
   * {@code to}, without loops, over few blocks that are reached in no other way; or else null.
   */
  private static @Nullable Set<Block> flowsTo(Block from, Block to) {
    Walk w = new Walk(to);
    w.visit(from);
    if (!w.found || w.tooFar || w.loop) {
      return null;
    }
    for (Block b : w.seen) {
      if (b != from) {
        for (Edge e : b.preds()) {
          if (!w.seen.contains(e.block())) {
            return null;
          }
        }
      }
    }
    return w.seen;
  }

  private static final class Walk {
    final Block to;
    final Set<Block> seen = new HashSet<>();
    final Set<Block> open = new HashSet<>();
    boolean found;
    boolean tooFar;
    boolean loop;

    Walk(Block to) {
      this.to = to;
    }

    void visit(Block b) {
      if (seen.contains(b)) {
        return;
      }
      if (open.contains(b)) {
        loop = true;
        return;
      }
      if (b == to) {
        found = true;
        return;
      }
      if (seen.size() > REACH) {
        tooFar = true;
        return;
      }
      seen.add(b);
      open.add(b);
      for (Edge e : b.succs()) {
        visit(e.block());
        if (loop || tooFar) {
          return;
        }
      }
      open.remove(b);
    }
  }
}
