package dev.escapade.ssa.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A basic block: values, then a transfer of control. */
public final class Block {
  /** {@link #likely} if the first successor is the likelier one. */
  public static final int LIKELY = 1;

  /** {@link #likely} if the second successor is the likelier one. */
  public static final int UNLIKELY = -1;

  /** Number in the function, from 1; numbers of freed blocks are used again. */
  public final int id;

  public final Func func;

  public BlockKind kind;

  /** The position of the transfer of control, and the call inlined there. */
  public int pos;

  public int inl;

  /** {@link #LIKELY}, {@link #UNLIKELY}, or 0 if nothing is known. */
  public int likely;

  /** How hot the block is for layout, as bits; 0 is normal. */
  public int hotness;

  public @Nullable Object aux;
  public long auxInt;

  /** The values, in no order until they are scheduled. */
  public final ArrayList<Value> values = new ArrayList<>();

  private final ArrayList<Edge> succs = new ArrayList<>(2);
  private final ArrayList<Edge> preds = new ArrayList<>(4);
  private @Nullable Value control0;
  private @Nullable Value control1;

  Block(int id, Func func, BlockKind kind) {
    this.id = id;
    this.func = func;
    this.kind = kind;
  }

  public int numSuccs() {
    return succs.size();
  }

  public int numPreds() {
    return preds.size();
  }

  public Edge succEdge(int i) {
    return succs.get(i);
  }

  public Edge predEdge(int i) {
    return preds.get(i);
  }

  public Block succ(int i) {
    return succs.get(i).block();
  }

  public Block pred(int i) {
    return preds.get(i).block();
  }

  /** The edges out, in order; to be read only. */
  public List<Edge> succs() {
    return succs;
  }

  /** The edges in, in the order of the arguments of phis; to be read only. */
  public List<Edge> preds() {
    return preds;
  }

  /** Replaces an edge out on this side only; the caller sees to the other side. */
  public void setSuccEdge(int i, Edge e) {
    succs.set(i, e);
  }

  /** Replaces an edge in on this side only; the caller sees to the other side. */
  public void setPredEdge(int i, Edge e) {
    preds.set(i, e);
  }

  /** Appends an edge in on this side only. */
  public void addPredEdge(Edge e) {
    preds.add(e);
  }

  /** Appends an edge out on this side only. */
  public void addSuccEdge(Edge e) {
    succs.add(e);
  }

  /** Forgets the edges in on this side only. */
  public void clearPreds() {
    preds.clear();
  }

  /** Forgets the edges out on this side only. */
  public void clearSuccs() {
    succs.clear();
  }

  /** Adds an edge to {@code c}. */
  public void addEdgeTo(Block c) {
    int i = succs.size();
    int j = c.preds.size();
    succs.add(new Edge(c, j));
    c.preds.add(new Edge(this, i));
    func.invalidateCfg();
  }

  /**
   * Removes edge in {@code i}, whose place the last takes; phis and the other side are not done.
   */
  public void removePred(int i) {
    int n = preds.size() - 1;
    if (i != n) {
      Edge e = preds.get(n);
      preds.set(i, e);
      e.block().succs.set(e.index(), new Edge(this, i));
    }
    preds.remove(n);
    func.invalidateCfg();
  }

  /** Removes edge out {@code i}, whose place the last takes; the other side is not done. */
  public void removeSucc(int i) {
    int n = succs.size() - 1;
    if (i != n) {
      Edge e = succs.get(n);
      succs.set(i, e);
      e.block().preds.set(e.index(), new Edge(this, i));
    }
    succs.remove(n);
    func.invalidateCfg();
  }

  /** Removes edge out {@code i} on both sides, with the arguments of phis that belong to it. */
  public void removeEdge(int i) {
    Edge e = succs.get(i);
    Block c = e.block();
    int j = e.index();
    removeSucc(i);
    c.removePred(j);
    for (Value v : c.values) {
      if (v.op == Op.PHI) {
        c.removePhiArg(v, j);
      }
    }
  }

  /**
   * Removes argument {@code i} of a phi after edge in {@code i} was removed; a phi with one
   * argument left becomes a copy.
   */
  public void removePhiArg(Value phi, int i) {
    if (preds.size() != phi.numArgs() - 1) {
      throw new IllegalStateException("inconsistent state for " + phi);
    }
    phi.removeArg(i);
    if (phi.numArgs() == 1) {
      phi.op = Op.COPY;
    } else if (phi.numArgs() == 0) {
      throw new IllegalStateException(phi + " has no arguments left");
    } else {
      phielim(phi);
    }
  }

  /** Makes a phi all of whose arguments are one value, or the phi itself, a copy. */
  public static boolean phielim(Value v) {
    if (v.op != Op.PHI) {
      return false;
    }
    Value w = null;
    for (int i = 0; i < v.numArgs(); i++) {
      Value x = v.arg(i);
      if (x == v || x == w) {
        continue;
      }
      if (w != null) {
        return false;
      }
      w = x;
    }
    if (w == null) {
      return false; // only itself: an unreachable loop
    }
    v.op = Op.COPY;
    v.setArgs(w);
    return true;
  }

  /** Replaces the uses of {@code old} by the values and controls of this block. */
  public void replaceUses(Value old, Value by) {
    for (Value v : values) {
      for (int i = 0; i < v.numArgs(); i++) {
        if (v.arg(i) == old) {
          v.setArg(i, by);
        }
      }
    }
    for (int i = 0; i < numControls(); i++) {
      if (control(i) == old) {
        replaceControl(i, by);
      }
    }
  }

  /** Exchanges the two successors. */
  public void swapSuccessors() {
    Edge e0 = succs.get(0);
    Edge e1 = succs.get(1);
    succs.set(0, e1);
    succs.set(1, e0);
    e0.block().preds.set(e0.index(), new Edge(this, 1));
    e1.block().preds.set(e1.index(), new Edge(this, 0));
    likely = -likely;
  }

  public int numControls() {
    return control0 == null ? 0 : control1 == null ? 1 : 2;
  }

  /** Control {@code i}, which exists. */
  public Value control(int i) {
    return Objects.requireNonNull(i == 0 ? control0 : control1);
  }

  /** Makes {@code v} the only control. */
  public void setControl(Value v) {
    resetControls();
    control0 = v;
    v.uses++;
  }

  public void addControl(Value v) {
    if (control0 == null) {
      control0 = v;
    } else if (control1 == null) {
      control1 = v;
    } else {
      throw new IllegalStateException(this + " has two controls");
    }
    v.uses++;
  }

  public void replaceControl(int i, Value v) {
    control(i).uses--;
    if (i == 0) {
      control0 = v;
    } else {
      control1 = v;
    }
    v.uses++;
  }

  public void resetControls() {
    if (control0 != null) {
      control0.uses--;
    }
    if (control1 != null) {
      control1.uses--;
    }
    control0 = null;
    control1 = null;
  }

  /** Takes the controls of {@code from} over. */
  public void copyControls(Block from) {
    if (from == this) {
      return;
    }
    resetControls();
    for (int i = 0; i < from.numControls(); i++) {
      addControl(from.control(i));
    }
  }

  /** Makes this a block of another kind without controls and auxiliary fields. */
  public void reset(BlockKind to) {
    kind = to;
    resetControls();
    aux = null;
    auxInt = 0;
  }

  /** Makes this a block of another kind with one control. */
  public void reset(BlockKind to, Value control) {
    reset(to);
    addControl(control);
  }

  /** A new value at the end of this block. */
  public Value newValue(int pos, int inl, Op op, SType type) {
    return func.newValue(this, pos, inl, op, type);
  }

  /** A new value at the end of this block. */
  public Value newValue(int pos, int inl, Op op, SType type, Value... args) {
    Value v = func.newValue(this, pos, inl, op, type);
    v.addArgs(args);
    return v;
  }

  /** A new value at the end of this block. */
  public Value newValueI(int pos, int inl, Op op, SType type, long auxInt, Value... args) {
    Value v = func.newValue(this, pos, inl, op, type);
    v.auxInt = auxInt;
    v.addArgs(args);
    return v;
  }

  /** A new value at the end of this block. */
  public Value newValueA(int pos, int inl, Op op, SType type, @Nullable Object aux, Value... args) {
    Value v = func.newValue(this, pos, inl, op, type);
    v.aux = aux;
    v.addArgs(args);
    return v;
  }

  /** A new value at the end of this block. */
  public Value newValueIA(
      int pos, int inl, Op op, SType type, long auxInt, @Nullable Object aux, Value... args) {
    Value v = func.newValue(this, pos, inl, op, type);
    v.auxInt = auxInt;
    v.aux = aux;
    v.addArgs(args);
    return v;
  }

  @Override
  public String toString() {
    return "b" + id;
  }
}
