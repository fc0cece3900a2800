package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Replaces forward references by copies and phis. In functions with few blocks each is looked up
 * through the predecessors (Braun et al., "Simple and efficient construction of SSA form", 2013);
 * for larger ones see {@link DominatorPhis}.
 */
final class Phis {
  /** Functions with more blocks than this are large. */
  private static final int FEW_BLOCKS = 500;

  private final State s;
  private final boolean[] reachable;
  private final List<Value> refs = new ArrayList<>();

  private Phis(State s) {
    this.s = s;
    reachable = reachable(s.f);
  }

  static void insert(State s) {
    if (s.f.blocks.size() <= FEW_BLOCKS) {
      new Phis(s).run();
    } else {
      new DominatorPhis(s).run();
    }
  }

  /** Which blocks can be reached, by number. */
  static boolean[] reachable(Func f) {
    boolean[] reached = new boolean[f.numBlocks()];
    ArrayList<Block> pending = new ArrayList<>();
    reached[f.entry().id] = true;
    pending.add(f.entry());
    while (!pending.isEmpty()) {
      Block b = pending.removeLast();
      for (int i = 0; i < b.numSuccs(); i++) {
        Block c = b.succ(i);
        if (!reached[c.id]) {
          reached[c.id] = true;
          pending.add(c);
        }
      }
    }
    return reached;
  }

  static Object variable(Value ref) {
    return ((FwdRef) Objects.requireNonNull(ref.aux)).variable();
  }

  private void run() {
    for (Block b : s.f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.FWD_REF) {
          refs.add(v);
          Variables defined = s.atEnd(b);
          if (defined.get(variable(v)) == null) {
            defined.put(variable(v), v);
          }
        }
      }
    }
    while (!refs.isEmpty()) {
      resolve(refs.removeLast());
    }
  }

  private void resolve(Value v) {
    Block b = v.block();
    Object variable = variable(v);
    if (b == s.f.entry()) {
      throw s.bad("value live at entry: " + variable);
    }
    v.aux = null;
    if (!reachable[b.id]) {
      v.op = Op.UNKNOWN;
      return;
    }
    Value[] args = new Value[b.numPreds()];
    for (int i = 0; i < args.length; i++) {
      args[i] = atEnd(b.pred(i), v.type, variable, State.pack(v.pos, v.inl));
    }
    Value only = null;
    for (Value a : args) {
      if (a == v || a == only) {
        continue;
      }
      if (only != null) {
        v.op = Op.PHI;
        v.addArgs(args);
        State.setPos(v, s.blockStart(b));
        return;
      }
      only = a;
    }
    v.op = Op.COPY;
    v.addArg(Objects.requireNonNull(only));
  }

  /** The value of a variable at the end of a block. */
  private Value atEnd(Block from, SType t, Object variable, long line) {
    Block b = from;
    while (true) {
      Value v = s.atEnd(b).get(variable);
      if (v != null) {
        return v;
      }
      if (b.numPreds() != 1 || !reachable[b.pred(0).id]) {
        break;
      }
      b = b.pred(0);
    }
    Value ref = b.newValueA(State.pos(line), State.inl(line), Op.FWD_REF, t, new FwdRef(variable));
    s.atEnd(b).put(variable, ref);
    s.name(variable, ref);
    refs.add(ref);
    return ref;
  }
}
