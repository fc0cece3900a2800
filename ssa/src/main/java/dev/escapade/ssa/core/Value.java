package dev.escapade.ssa.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value: what one operation computes, once. */
public final class Value {
  private static final Value[] NO_ARGS = {};

  /** Number in the function, from 1; numbers of freed values are used again. */
  public final int id;

  public Op op;
  public SType type;

  /** An integer constant, sign-extended; or the bits of a float64; or an offset, index or flag. */
  public long auxInt;

  /**
   * What else the operation needs: an {@code ir.Name} (a local variable), a {@link Sym}, a {@link
   * SType}, a String, a call.
   */
  public @Nullable Object aux;

  /** The position, see {@code diag.SourceMap}; 0 if there is none. */
  public int pos;

  /** The call inlined there; 0 if none. */
  public int inl;

  /** The number of times that this is an argument of a value or a control of a block. */
  public int uses;

  /** Whether the function's table of constants has this value. */
  boolean cached;

  @Nullable Block block;
  private Value[] args = NO_ARGS;
  private int numArgs;

  Value(int id, Op op, SType type) {
    this.id = id;
    this.op = op;
    this.type = type;
  }

  /** The block that computes the value. */
  public Block block() {
    Block b = block;
    if (b == null) {
      throw new IllegalStateException("value " + this + " is in no block");
    }
    return b;
  }

  /** Whether the value is in a block: it is neither freed nor floating. */
  public boolean hasBlock() {
    return block != null;
  }

  /** Says that the value is in {@code b}; the block's list is the caller's business. */
  public void setBlock(Block b) {
    block = b;
  }

  public int numArgs() {
    return numArgs;
  }

  public Value arg(int i) {
    if (i >= numArgs) {
      throw new IndexOutOfBoundsException("argument " + i + " of " + Printer.text(this));
    }
    return args[i];
  }

  /** The last argument, which is the memory for values that need it. */
  public Value lastArg() {
    return arg(numArgs - 1);
  }

  /** The argument that is memory, or null. */
  public @Nullable Value memoryArg() {
    if (numArgs == 0) {
      return null;
    }
    Value last = args[numArgs - 1];
    return last.type.isMemory() ? last : null;
  }

  public void addArg(Value a) {
    if (numArgs == args.length) {
      args = Arrays.copyOf(args, Math.max(3, 2 * numArgs));
    }
    args[numArgs++] = a;
    a.uses++;
  }

  public void addArgs(Value... more) {
    for (Value a : more) {
      addArg(a);
    }
  }

  public void setArg(int i, Value a) {
    args[i].uses--;
    args[i] = a;
    a.uses++;
  }

  /** Replaces all arguments. */
  public void setArgs(Value... all) {
    resetArgs();
    addArgs(all);
  }

  /** Exchanges two arguments. */
  public void swapArgs(int i, int j) {
    Value a = args[i];
    args[i] = args[j];
    args[j] = a;
  }

  public void resetArgs() {
    for (int i = 0; i < numArgs; i++) {
      args[i].uses--;
    }
    numArgs = 0;
  }

  /** Removes the arguments from {@code n} on. */
  public void truncateArgs(int n) {
    for (int i = n; i < numArgs; i++) {
      args[i].uses--;
    }
    numArgs = n;
  }

  /** Removes argument {@code i}, whose place the last takes. */
  public void removeArg(int i) {
    args[i].uses--;
    args[i] = args[numArgs - 1];
    numArgs--;
  }

  /** A copy of the arguments. */
  public Value[] args() {
    return Arrays.copyOf(args, numArgs);
  }

  /** Makes this another operation without arguments and auxiliary fields. */
  public void reset(Op to) {
    if (cached) {
      func().uncache(this);
    }
    op = to;
    resetArgs();
    auxInt = 0;
    aux = null;
  }

  /** Makes this a copy of {@code a}; a no-op if this is {@code a}. */
  public void copyOf(Value a) {
    if (this == a) {
      return;
    }
    if (cached) {
      func().uncache(this);
    }
    op = Op.COPY;
    resetArgs();
    addArg(a);
    auxInt = 0;
    aux = null;
    type = a.type;
  }

  /** Makes the value invalid, and those that only it used. */
  public void invalidateRecursively() {
    if (cached) {
      func().uncache(this);
    }
    op = Op.INVALID;
    for (int i = 0; i < numArgs; i++) {
      Value a = args[i];
      a.uses--;
      if (a.uses == 0) {
        a.invalidateRecursively();
      }
    }
    numArgs = 0;
    auxInt = 0;
    aux = null;
  }

  /** A value in block {@code c} that is like this. */
  public Value copyInto(Block c) {
    Value v = c.newValue(pos, inl, op, type);
    v.auxInt = auxInt;
    v.aux = aux;
    for (int i = 0; i < numArgs; i++) {
      v.addArg(args[i]);
    }
    return v;
  }

  /**
   * Moves the value to the end of the list of {@code to}; the last of its old list takes its place.
   *
   * @param i the index in the list of its block
   */
  public void moveTo(Block to, int i) {
    Block from = block();
    if (from.values.get(i) != this) {
      throw new IllegalArgumentException(this + " is not value " + i + " of " + from);
    }
    to.values.add(this);
    block = to;
    Value last = from.values.removeLast();
    if (i < from.values.size()) {
      from.values.set(i, last);
    }
  }

  /** The function of the block. */
  public Func func() {
    return block().func;
  }

  /** Whether the value may be dropped if nothing uses it. */
  public boolean isRemovable() {
    return !type.isVoid() && !op.isNilCheck() && !type.isMemory() && !op.hasSideEffects();
  }

  /** Whether this is a constant of an integer type. */
  public boolean isIntConst() {
    return op == Op.CONST8 || op == Op.CONST16 || op == Op.CONST32 || op == Op.CONST64;
  }

  /** An integer constant without its sign extension. */
  public long auxUnsigned() {
    return switch (op) {
      case CONST8 -> auxInt & 0xff;
      case CONST16 -> auxInt & 0xffff;
      case CONST32 -> auxInt & 0xffff_ffffL;
      case CONST64 -> auxInt;
      default -> throw new IllegalStateException("not an integer constant: " + op);
    };
  }

  /** The number in {@link #auxInt} of a float constant. */
  public double auxFloat() {
    return Double.longBitsToDouble(auxInt);
  }

  @Override
  public String toString() {
    return "v" + id;
  }

  /**
   * What this copy copies in the end; the chain of copies is made short. A cycle, which only dead
   * code has, is cut.
   */
  public Value copied() {
    Value w = arg(0);
    Value slow = w;
    boolean advance = false;
    while (w.op == Op.COPY) {
      w = w.arg(0);
      if (w == slow) {
        w.reset(Op.UNKNOWN);
        break;
      }
      if (advance) {
        slow = slow.arg(0);
      }
      advance = !advance;
    }
    Value v = this;
    while (v != w) {
      Value next = v.arg(0);
      v.setArg(0, w);
      v = next;
    }
    return w;
  }
}
