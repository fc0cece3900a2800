package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Removes checks of pointers that were checked, or compared with nil, on every way, walking the
 * dominator tree.
 */
final class NilCheckElim {
  /** To visit a block, or (without one) to forget what is known of a pointer. */
  private record Work(@Nullable Block block, @Nullable Value pointer) {}

  private final Func f;
  private final @Nullable Value[] nonNil;
  private final StoreOrder order;
  private final ArrayList<Work> work = new ArrayList<>();

  private NilCheckElim(Func f) {
    this.f = f;
    this.nonNil = new Value[f.numValues()];
    this.order = new StoreOrder(f.numValues());
  }

  static void run(Func f) {
    NilCheckElim n = new NilCheckElim(f);
    n.known();
    n.walk();
  }

  /** The pointers that are never nil, and phis of such. */
  private void known() {
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        switch (v.op) {
          case ADDR, LOCAL_ADDR, ADD_PTR, OFF_PTR, ADD32, ADD64, SUB32, SUB64, SLICE_PTR ->
              nonNil[v.id] = v;
          default -> {}
        }
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block b : f.blocks) {
        for (Value v : b.values) {
          if (v.op == Op.PHI && nonNil[v.id] == null && allNonNil(v)) {
            nonNil[v.id] = v;
            changed = true;
          }
        }
      }
    }
  }

  private boolean allNonNil(Value phi) {
    for (int i = 0; i < phi.numArgs(); i++) {
      if (nonNil[phi.arg(i).id] == null) {
        return false;
      }
    }
    return true;
  }

  private void walk() {
    DomTree dom = f.domTree();
    work.add(new Work(f.entry(), null));
    while (!work.isEmpty()) {
      Work w = work.removeLast();
      Block b = w.block;
      if (b != null) {
        visit(b);
        for (Block c = dom.child(b); c != null; c = dom.sibling(c)) {
          work.add(new Work(c, null));
        }
      } else if (w.pointer != null) {
        nonNil[w.pointer.id] = null;
      }
    }
  }

  private void learn(Value pointer, Value by) {
    nonNil[pointer.id] = by;
    work.add(new Work(null, pointer));
  }

  private void visit(Block b) {
    if (b.numPreds() == 1) {
      Block p = b.pred(0);
      if (p.kind == BlockKind.IF && p.control(0).op == Op.IS_NON_NIL && p.succ(0) == b) {
        Value pointer = p.control(0).arg(0);
        if (nonNil[pointer.id] == null) {
          learn(pointer, pointer);
        }
      }
    }
    order.sort(b.values, true);
    for (Value v : b.values) {
      if (v.op == Op.IS_NON_NIL) {
        if (nonNil[v.arg(0).id] != null) {
          v.reset(Op.CONST_BOOL);
          v.auxInt = 1;
        }
      } else if (v.op == Op.NIL_CHECK) {
        Value pointer = v.arg(0);
        Value checked = nonNil[pointer.id];
        if (checked != null) {
          v.op = Op.COPY;
          v.setArgs(checked);
        } else {
          learn(pointer, v);
        }
      }
    }
  }
}
