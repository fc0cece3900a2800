package dev.escapade.ssa.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The functions whose calls become operations, for amd64 at GOAMD64=v1
 * (cmd/compile/internal/ssagen/intrinsics.go, Go 1.26).
 */
final class Intrinsics {
  /** Makes the operation of a call; without a result for a function without results. */
  interface Builder {
    @Nullable Value build(State s, CallExpr n, Value[] args);
  }

  private static final String ATOMIC = "internal/runtime/atomic";
  private static final String BITS = "math/bits";
  private static final String RUNTIME_SYS = "internal/runtime/sys";
  private static final String MAPS = "internal/runtime/maps";

  private final Map<String, Builder> builders = new HashMap<>();

  Intrinsics() {
    addRuntime();
    addAtomic();
    addMath();
    addBits();
    addMaps();
    addSyncAtomic();
  }

  /** What makes the operation of a function, or null if calls of it are calls. */
  @Nullable Builder lookUp(String pkg, String name) {
    return builders.get(pkg + "." + name);
  }

  private void add(String pkg, String name, Builder b) {
    builders.put(pkg + "." + name, b);
  }

  private void alias(String pkg, String name, String targetPkg, String target) {
    add(pkg, name, Objects.requireNonNull(lookUp(targetPkg, target), target));
  }

  /** An operation on the arguments. */
  private void op(String pkg, String name, Op op, Function<STypes, SType> type) {
    add(pkg, name, (s, _, args) -> s.value(op, type.apply(s.types), args));
  }

  private void addRuntime() {
    add(
        "runtime",
        "slicebytetostringtmp",
        (s, n, args) -> s.value(Op.STRING_MAKE, s.type(n), args));
    add(
        "internal/runtime/math",
        "MulUintptr",
        (s, _, args) -> s.value(Op.MUL64UOVER, s.types.tuple(s.types.uint, s.types.uint), args));
    add(
        "runtime",
        "KeepAlive",
        (s, _, args) -> {
          Value data = s.value(Op.IDATA, s.types.bytePtr, args[0]);
          s.setMem(s.value(Op.KEEP_ALIVE, SType.MEM, data, s.mem()));
          return null;
        });
    add(RUNTIME_SYS, "GetCallerPC", (s, _, _) -> s.value(Op.GET_CALLER_PC, s.types.uintptr));
    add(
        RUNTIME_SYS,
        "GetCallerSP",
        (s, _, _) -> s.value(Op.GET_CALLER_SP, s.types.uintptr, s.mem()));
    add(RUNTIME_SYS, "GetClosurePtr", (s, _, _) -> s.value(Op.GET_CLOSURE_PTR, s.types.uintptr));
    op(RUNTIME_SYS, "Bswap32", Op.BSWAP32, t -> t.uint32);
    op(RUNTIME_SYS, "Bswap64", Op.BSWAP64, t -> t.uint64);
    add(RUNTIME_SYS, "Prefetch", (s, _, args) -> memory(s, Op.PREFETCH_CACHE, args));
    add(
        RUNTIME_SYS,
        "PrefetchStreamed",
        (s, _, args) -> memory(s, Op.PREFETCH_CACHE_STREAMED, args));
    add(
        "crypto/internal/constanttime",
        "Select",
        (s, _, args) -> {
          Value zero = s.f.constInt64(s.types.integer, 0);
          Value check = s.value(Op.NEQ64, s.types.bool, zero, args[0]);
          return s.value(Op.COND_SELECT, s.types.integer, args[1], args[2], check);
        });
    op("crypto/internal/constanttime", "boolToUint8", Op.CVT_BOOL_TO_UINT8, t -> t.uint8);
  }

  /** An operation that takes the memory and makes a new one. */
  private static @Nullable Value memory(State s, Op op, Value... args) {
    s.setMem(s.value(op, SType.MEM, withMemory(s, args)));
    return null;
  }

  private static Value[] withMemory(State s, Value... args) {
    Value[] all = new Value[args.length + 1];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = s.mem();
    return all;
  }

  /** An operation that takes the memory and makes a value and a new memory. */
  private void atomic(String name, Op op, Function<STypes, SType> type) {
    add(
        ATOMIC,
        name,
        (s, _, args) -> {
          SType t = type.apply(s.types);
          Value v = s.value(op, s.types.tuple(t, SType.MEM), withMemory(s, args));
          s.setMem(s.value(Op.SELECT1, SType.MEM, v));
          return s.value(Op.SELECT0, t, v);
        });
  }

  /** The same, with the parts taken in the order of the pair. */
  private void atomicSplit(String name, Op op, Function<STypes, SType> type) {
    add(
        ATOMIC,
        name,
        (s, _, args) -> {
          SType t = type.apply(s.types);
          Value v = s.value(op, s.types.tuple(t, SType.MEM), withMemory(s, args));
          Value first = s.value(Op.SELECT0, t, v);
          s.setMem(s.value(Op.SELECT1, SType.MEM, v));
          return first;
        });
  }

  private void atomicStore(String name, Op op) {
    add(ATOMIC, name, (s, _, args) -> memory(s, op, args));
  }

  private void addAtomic() {
    atomic("Load", Op.ATOMIC_LOAD32, t -> t.uint32);
    atomic("Load8", Op.ATOMIC_LOAD8, t -> t.uint8);
    atomic("Load64", Op.ATOMIC_LOAD64, t -> t.uint64);
    atomic("Loadp", Op.ATOMIC_LOAD_PTR, t -> t.bytePtr);
    atomicStore("Store", Op.ATOMIC_STORE32);
    atomicStore("Store8", Op.ATOMIC_STORE8);
    atomicStore("Store64", Op.ATOMIC_STORE64);
    atomicStore("StorepNoWB", Op.ATOMIC_STORE_PTR_NO_WB);
    atomic("Xchg8", Op.ATOMIC_EXCHANGE8, t -> t.uint8);
    atomic("Xchg", Op.ATOMIC_EXCHANGE32, t -> t.uint32);
    atomic("Xchg64", Op.ATOMIC_EXCHANGE64, t -> t.uint64);
    atomic("Xadd", Op.ATOMIC_ADD32, t -> t.uint32);
    atomic("Xadd64", Op.ATOMIC_ADD64, t -> t.uint64);
    atomic("Cas", Op.ATOMIC_COMPARE_AND_SWAP32, t -> t.bool);
    atomic("Cas64", Op.ATOMIC_COMPARE_AND_SWAP64, t -> t.bool);
    atomicStore("And8", Op.ATOMIC_AND8);
    atomicStore("And", Op.ATOMIC_AND32);
    atomicStore("Or8", Op.ATOMIC_OR8);
    atomicStore("Or", Op.ATOMIC_OR32);
    atomicSplit("And64", Op.ATOMIC_AND64VALUE, t -> t.uint64);
    atomicSplit("And32", Op.ATOMIC_AND32VALUE, t -> t.uint32);
    atomicSplit("Or64", Op.ATOMIC_OR64VALUE, t -> t.uint64);
    atomicSplit("Or32", Op.ATOMIC_OR32VALUE, t -> t.uint32);
    atomicAliases("Load", "int32", "int64", "uintptr", "uint");
    atomicAliases("Store", "int32", "int64", "uintptr");
    atomicAliases("Xchg", "int32", "int64", "uintptr");
    atomicAliases("Xadd", "int32", "int64", "uintptr");
    atomicAliases("Cas", "int32", "int64", "uintptr", "p1");
    for (String load : new String[] {"LoadAcq64", "LoadAcquintptr"}) {
      alias(ATOMIC, load, ATOMIC, "Load64");
    }
    alias(ATOMIC, "LoadAcq", ATOMIC, "Load");
    alias("sync", "runtime_LoadAcquintptr", ATOMIC, "Load64");
    for (String store : new String[] {"StoreRel64", "StoreReluintptr"}) {
      alias(ATOMIC, store, ATOMIC, "Store64");
    }
    alias(ATOMIC, "StoreRel", ATOMIC, "Store");
    alias("sync", "runtime_StoreReluintptr", ATOMIC, "Store64");
    alias(ATOMIC, "CasRel", ATOMIC, "Cas");
  }

  private void atomicAliases(String name, String... suffixes) {
    for (String suffix : suffixes) {
      alias(ATOMIC, name + suffix, ATOMIC, suffix.equals("int32") ? name : name + "64");
    }
  }

  private void addMath() {
    op("math", "sqrt", Op.SQRT, t -> t.float64);
    guarded("math", "FMA", Op.FMA, RuntimeSyms.X86_HAS_FMA, t -> t.float64);
    guarded("math", "RoundToEven", Op.ROUND_TO_EVEN, RuntimeSyms.X86_HAS_SSE41, t -> t.float64);
    guarded("math", "Floor", Op.FLOOR, RuntimeSyms.X86_HAS_SSE41, t -> t.float64);
    guarded("math", "Ceil", Op.CEIL, RuntimeSyms.X86_HAS_SSE41, t -> t.float64);
    guarded("math", "Trunc", Op.TRUNC, RuntimeSyms.X86_HAS_SSE41, t -> t.float64);
  }

  /** An operation if the processor has it; otherwise the call. */
  private void guarded(String pkg, String name, Op op, Sym feature, Function<STypes, SType> type) {
    add(
        pkg,
        name,
        (s, n, args) -> {
          SType t = type.apply(s.types);
          Value has = s.entryValue(Op.HAS_CPUFEATURE, s.types.bool, 0, feature);
          Block b = s.endBlock();
          b.kind = dev.escapade.ssa.core.BlockKind.IF;
          b.setControl(has);
          Block yes = s.newBlock();
          Block no = s.newBlock();
          Block end = s.newBlock();
          b.addEdgeTo(yes);
          b.addEdgeTo(no);
          b.likely = Block.LIKELY;
          s.startBlock(yes);
          s.vars.put(n, s.value(op, t, args));
          s.jump(end);
          s.startBlock(no);
          Value called = Objects.requireNonNull(s.calls.callResult(n, Calls.Manner.NORMAL));
          s.vars.put(n, called);
          s.jump(end);
          s.startBlock(end);
          return s.variable(n, t);
        });
  }

  private void addBits() {
    op(BITS, "TrailingZeros64", Op.CTZ64, t -> t.integer);
    op(BITS, "TrailingZeros32", Op.CTZ32, t -> t.integer);
    op(BITS, "TrailingZeros16", Op.CTZ16, t -> t.integer);
    op(BITS, "TrailingZeros8", Op.CTZ8, t -> t.integer);
    alias(BITS, "ReverseBytes64", RUNTIME_SYS, "Bswap64");
    alias(BITS, "ReverseBytes32", RUNTIME_SYS, "Bswap32");
    op(BITS, "Len64", Op.BIT_LEN64, t -> t.integer);
    op(BITS, "Len32", Op.BIT_LEN32, t -> t.integer);
    op(BITS, "Len16", Op.BIT_LEN16, t -> t.integer);
    op(BITS, "Len8", Op.BIT_LEN8, t -> t.integer);
    alias(BITS, "Len", BITS, "Len64");
    op(BITS, "RotateLeft8", Op.ROTATE_LEFT8, t -> t.uint8);
    op(BITS, "RotateLeft16", Op.ROTATE_LEFT16, t -> t.uint16);
    op(BITS, "RotateLeft32", Op.ROTATE_LEFT32, t -> t.uint32);
    op(BITS, "RotateLeft64", Op.ROTATE_LEFT64, t -> t.uint64);
    alias(BITS, "RotateLeft", BITS, "RotateLeft64");
    guarded(BITS, "OnesCount64", Op.POP_COUNT64, RuntimeSyms.X86_HAS_POPCNT, t -> t.integer);
    guarded(BITS, "OnesCount32", Op.POP_COUNT32, RuntimeSyms.X86_HAS_POPCNT, t -> t.integer);
    guarded(BITS, "OnesCount16", Op.POP_COUNT16, RuntimeSyms.X86_HAS_POPCNT, t -> t.integer);
    alias(BITS, "OnesCount", BITS, "OnesCount64");
    op(BITS, "Mul64", Op.MUL64UHILO, t -> t.tuple(t.uint64, t.uint64));
    alias(BITS, "Mul", BITS, "Mul64");
    alias("internal/runtime/math", "Mul64", BITS, "Mul64");
    op(BITS, "Add64", Op.ADD64CARRY, t -> t.tuple(t.uint64, t.uint64));
    alias(BITS, "Add", BITS, "Add64");
    alias("internal/runtime/math", "Add64", BITS, "Add64");
    op(BITS, "Sub64", Op.SUB64BORROW, t -> t.tuple(t.uint64, t.uint64));
    alias(BITS, "Sub", BITS, "Sub64");
    add(BITS, "Div64", Intrinsics::divide128);
    alias(BITS, "Div", BITS, "Div64");
    for (String name :
        new String[] {"TrailingZeros8", "TrailingZeros32", "TrailingZeros64", "Len8", "Len64"}) {
      alias(RUNTIME_SYS, name, BITS, name);
    }
    alias(RUNTIME_SYS, "OnesCount64", BITS, "OnesCount64");
    alias("math/big", "mulWW", BITS, "Mul64");
  }

  private static Value divide128(State s, CallExpr n, Value[] args) {
    SType t = s.types.uint64;
    Value nonZero = s.value(Op.NEQ64, s.types.bool, args[2], s.stores.zeroVal(t));
    s.bounds.checkOrPanic(nonZero, RuntimeSyms.PANICDIVIDE);
    Value fits = s.value(Op.LESS64U, s.types.bool, args[0], args[2]);
    s.bounds.checkOrPanic(fits, RuntimeSyms.PANICOVERFLOW);
    return s.value(Op.DIV128U, s.types.tuple(t, t), args);
  }

  private void addMaps() {
    alias(MAPS, "bitsetFirst", RUNTIME_SYS, "TrailingZeros64");
    add(
        MAPS,
        "bitsetRemoveBelow",
        (s, _, args) -> {
          SType t = s.types.uint64;
          Value one = s.f.constInt64(t, 1);
          Value mask = s.value(Op.LSH8X8, t, one, args[1]);
          mask = s.value(Op.SUB64, t, mask, one);
          mask = s.value(Op.COM64, t, mask);
          return s.value(Op.AND64, t, args[0], mask);
        });
    add(
        MAPS,
        "bitsetLowestSet",
        (s, _, args) -> {
          SType t = s.types.uint64;
          Value one = s.f.constInt64(t, 1);
          Value and = s.value(Op.AND64, t, args[0], one);
          return s.value(Op.EQ64, s.types.bool, and, one);
        });
    add(
        MAPS,
        "bitsetShiftOutLowest",
        (s, _, args) -> {
          SType t = s.types.uint64;
          return s.value(Op.RSH64UX64, t, args[0], s.f.constInt64(t, 1));
        });
  }

  private void addSyncAtomic() {
    syncAtomic("Load", "Load", "Int", "Uint");
    alias("sync/atomic", "LoadPointer", ATOMIC, "Loadp");
    syncAtomic("Store", "Store", "Int", "Uint");
    syncAtomic("Swap", "Xchg", "Int", "Uint");
    syncAtomic("CompareAndSwap", "Cas", "Int", "Uint");
    syncAtomic("Add", "Xadd", "Int", "Uint");
    for (String name : new String[] {"And", "Or"}) {
      for (String type : new String[] {"Int", "Uint"}) {
        alias("sync/atomic", name + type + "32", ATOMIC, name + "32");
        alias("sync/atomic", name + type + "64", ATOMIC, name + "64");
      }
      alias("sync/atomic", name + "Uintptr", ATOMIC, name + "64");
    }
  }

  private void syncAtomic(String name, String target, String... types) {
    for (String type : types) {
      alias("sync/atomic", name + type + "32", ATOMIC, target);
      alias("sync/atomic", name + type + "64", ATOMIC, target + "64");
    }
    alias("sync/atomic", name + "Uintptr", ATOMIC, target + "64");
  }
}
