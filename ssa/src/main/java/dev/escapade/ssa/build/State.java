package dev.escapade.ssa.build;

import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.NamedValues;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The function under construction: the block that is being filled, the values of variables in it,
 * and the place in the source. What a construct means is the matter of other classes, which share
 * this one.
 */
final class State {
  final Context unit;
  final dev.escapade.ir.Func curfn;
  final Func f;
  final STypes types;

  /** The block that is being filled; null after a jump. */
  @Nullable Block curBlock;

  /** The values of variables in the block that is being filled. */
  Variables vars = new Variables();

  /** The values of variables at the end of each block, by its number. */
  final List<@Nullable Variables> defvars = new ArrayList<>();

  /** The addresses of parameters and results. */
  final IdentityHashMap<Name, Value> addresses = new IdentityHashMap<>();

  final Value startMem;
  final Value sp;
  final Value sb;

  /** Where blocks start in the source, by their number, packed; 0 if that is unknown. */
  private long[] blockStarts = new long[16];

  private Variables fwdVars = new Variables();
  private long[] lines = new long[16];
  private int depth;
  private long lastPos;

  /** Where break and continue without a label go. */
  @Nullable Block breakTo;

  @Nullable Block continueTo;

  /** The last call, to which a ResultExpr refers. */
  @Nullable Value prevCall;

  final Expressions expressions;
  final Statements statements;
  final Addresses places;
  final Bounds bounds;
  final Calls calls;
  final Stores stores;
  final TypeAssertions assertions;
  final Appends appends;
  final Conversions conversions;
  final HeapVariables heap;
  final Defers defers;
  private final List<Name> results;

  State(Context unit, dev.escapade.ir.Func fn, Func f, List<Name> results) {
    this.results = results;
    this.unit = unit;
    curfn = fn;
    this.f = f;
    types = unit.types();
    pushLine(fn);
    startMem = entryValue(Op.INIT_MEM, SType.MEM, 0, null);
    defers = new Defers(this);
    places = new Addresses(this);
    defers.decide(results);
    sp = entryValue(Op.SP, types.uintptr, 0, null);
    sb = entryValue(Op.SB, types.uintptr, 0, null);
    expressions = new Expressions(this);
    statements = new Statements(this);
    bounds = new Bounds(this);
    calls = new Calls(this);
    stores = new Stores(this);
    assertions = new TypeAssertions(this);
    appends = new Appends(this);
    conversions = new Conversions(this);
    heap = new HeapVariables(this);
  }

  /** A fault of ours: the function is not what it should be. */
  IllegalStateException bad(String what) {
    return new IllegalStateException(curfn.sym() + ": " + what);
  }

  SType type(Node n) {
    return types.of(((ExprNode) n).type());
  }

  // Blocks.

  Block newBlock() {
    return f.newBlock(BlockKind.PLAIN);
  }

  /** Starts to fill {@code b}; the block before must have ended. */
  void startBlock(Block b) {
    if (curBlock != null) {
      throw bad("block starts within another");
    }
    curBlock = b;
    vars = new Variables();
    fwdVars = new Variables();
    if (b.id >= blockStarts.length) {
      blockStarts = Arrays.copyOf(blockStarts, Math.max(b.id + 1, 2 * blockStarts.length));
    }
  }

  /** Ends the block that is being filled, and returns it; null if there is none. */
  @Nullable Block endBlockOrNull() {
    Block b = curBlock;
    if (b == null) {
      return null;
    }
    heap.flush();
    while (defvars.size() <= b.id) {
      defvars.add(null);
    }
    defvars.set(b.id, vars);
    curBlock = null;
    vars = new Variables();
    if (!Places.isLacking(b)) {
      setPos(b, lastPos);
      if (blockStarts[b.id] == 0) {
        blockStarts[b.id] = lastPos;
      }
    }
    return b;
  }

  /** Ends the block that is being filled, of which there must be one. */
  Block endBlock() {
    return Objects.requireNonNull(endBlockOrNull());
  }

  /** Ends the block with a branch: to {@code yes} if {@code control} is true. */
  void branch(Value control, int likely, Block yes, Block no) {
    Block b = endBlock();
    b.kind = BlockKind.IF;
    b.setControl(control);
    b.likely = likely;
    b.addEdgeTo(yes);
    b.addEdgeTo(no);
  }

  /** Ends the block with a jump. */
  void jump(Block to) {
    endBlock().addEdgeTo(to);
  }

  /** The block that is being filled, of which there must be one. */
  Block block() {
    return Objects.requireNonNull(curBlock);
  }

  /** The values of variables at the end of a block. */
  Variables atEnd(Block b) {
    while (defvars.size() <= b.id) {
      defvars.add(null);
    }
    Variables v = defvars.get(b.id);
    if (v == null) {
      v = new Variables();
      defvars.set(b.id, v);
    }
    return v;
  }

  /** The results of the function. */
  List<Name> results() {
    return results;
  }

  // Positions.

  static long pack(int pos, int inl) {
    return ((long) inl << 32) | (pos & 0xFFFF_FFFFL);
  }

  static int pos(long packed) {
    return (int) packed;
  }

  static int inl(long packed) {
    return (int) (packed >> 32);
  }

  void pushLine(Node n) {
    pushLine(pack(n.pos, n.inl));
  }

  /** Goes to a place in the source until {@link #popLine}. */
  void pushLine(long line) {
    long l = line;
    if (pos(line) == 0) {
      l = peekLine();
    } else {
      lastPos = line;
    }
    Block b = curBlock;
    if (b != null && blockStarts[b.id] == 0) {
      blockStarts[b.id] = l;
    }
    if (depth == lines.length) {
      lines = Arrays.copyOf(lines, 2 * depth);
    }
    lines[depth++] = l;
  }

  void popLine() {
    depth--;
  }

  long peekLine() {
    return depth == 0 ? 0 : lines[depth - 1];
  }

  long lastPos() {
    return lastPos;
  }

  long blockStart(Block b) {
    return b.id < blockStarts.length ? blockStarts[b.id] : 0;
  }

  static void setPos(Block b, long line) {
    b.pos = pos(line);
    b.inl = inl(line);
  }

  static void setPos(Value v, long line) {
    v.pos = pos(line);
    v.inl = inl(line);
  }

  // Values.

  Value value(Op op, SType t, Value... args) {
    return value(op, t, 0, null, args);
  }

  Value valueI(Op op, SType t, long auxInt, Value... args) {
    return value(op, t, auxInt, null, args);
  }

  Value valueA(Op op, SType t, @Nullable Object aux, Value... args) {
    return value(op, t, 0, aux, args);
  }

  Value value(Op op, SType t, long auxInt, @Nullable Object aux, Value... args) {
    long line = peekLine();
    return block().newValueIA(pos(line), inl(line), op, t, auxInt, aux, args);
  }

  /** A value of the entry block, without a place in the source. */
  Value entryValue(Op op, SType t, long auxInt, @Nullable Object aux, Value... args) {
    return f.entry().newValueIA(0, 0, op, t, auxInt, aux, args);
  }

  /** The value of a variable in this block. */
  Value variable(Object v, SType t) {
    Value known = vars.get(v);
    if (known == null) {
      known = fwdVars.get(v);
    }
    if (known != null) {
      return known;
    }
    if (curBlock == f.entry) {
      throw bad("value live at entry: " + v);
    }
    Value ref = valueA(Op.FWD_REF, t, new FwdRef(v));
    fwdVars.put(v, ref);
    name(v, ref);
    return ref;
  }

  /** Notes that a variable has a value, if somebody wants to know which have. */
  void name(Object variable, Value v) {
    NamedValues names = f.names;
    if (names != null && variable instanceof Name n) {
      names.add(n, types.of(n.type()), v);
    }
  }

  Value mem() {
    return variable(Marker.MEM, SType.MEM);
  }

  void setMem(Value v) {
    vars.put(Marker.MEM, v);
  }

  // Constants.

  Value constBool(boolean c) {
    return f.constBool(types.bool, c);
  }

  Value constInt(SType t, long c) {
    return f.constInt64(t, c);
  }

  /** A constant of the size of {@code t}. */
  Value constSized(SType t, long c) {
    return switch ((int) t.size()) {
      case 1 -> f.constInt8(t, (byte) c);
      case 2 -> f.constInt16(t, (short) c);
      case 4 -> f.constInt32(t, (int) c);
      case 8 -> f.constInt64(t, c);
      default -> throw bad("no integer: " + t);
    };
  }

  Value constFloat(SType t, double c) {
    return t.size() == 4 ? f.constFloat32(t, c) : f.constFloat64(t, c);
  }

  /** A constant of type uintptr in this block. */
  Value uintptrConstant(long c) {
    return valueI(Op.CONST64, types.uintptr, c);
  }

  // Memory.

  Value load(SType t, Value from) {
    return value(Op.LOAD, t, from, mem());
  }

  void store(SType t, Value to, Value v) {
    setMem(valueA(Op.STORE, SType.MEM, t, to, v, mem()));
  }

  void zero(SType t, Value at) {
    setMem(value(Op.ZERO, SType.MEM, t.size(), t, at, mem()));
  }

  // What several of the other classes do.

  Value expr(Node n) {
    return expressions.expr(n);
  }

  Value addr(Node n) {
    return places.addr(n);
  }

  void stmts(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      statements.stmt(list.get(i));
    }
  }

  void assign(Node left, @Nullable Value right) {
    stores.assign(left, right, false, 0);
  }

  Op op(dev.escapade.ir.Op op, SType t) {
    return Operations.of(op, t);
  }
}
