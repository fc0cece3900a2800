package dev.escapade.ssa.build;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.DynamicType;
import dev.escapade.ir.DynamicTypeAssertExpr;
import dev.escapade.ir.IndexExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.LinksymOffsetExpr;
import dev.escapade.ir.LogicalExpr;
import dev.escapade.ir.MoveToHeapExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.NilExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.ResultExpr;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.SliceExpr;
import dev.escapade.ir.SliceHeaderExpr;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.StringHeaderExpr;
import dev.escapade.ir.TypeAssertExpr;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Expressions. */
final class Expressions {
  private final State s;
  private final Arithmetic arithmetic;

  Expressions(State s) {
    this.s = s;
    arithmetic = new Arithmetic(s);
  }

  /** The value of {@code n}, which has one. */
  Value expr(Node n) {
    return Objects.requireNonNull(exprOrNull(n));
  }

  /** The value of {@code n}; null for a call without results. */
  @Nullable Value exprOrNull(Node n) {
    if (n instanceof Name || n.pos == 0) {
      s.stmts(n.init());
      return build(n);
    }
    s.pushLine(n);
    s.stmts(n.init());
    Value v = build(n);
    s.popLine();
    return v;
  }

  private @Nullable Value build(Node n) {
    return switch (n) {
      case Name x -> name(x);
      case LinksymOffsetExpr x -> s.load(s.type(x), s.addr(x));
      case NilExpr x -> nil(s.type(x));
      case BasicLit x -> literal(x);
      case ConvExpr x -> conversion(x);
      case TypeAssertExpr x -> s.assertions.assertType(x, false).value();
      case DynamicTypeAssertExpr x -> s.assertions.assertDynamicType(x, false).value();
      case BinaryExpr x -> binary(x);
      case LogicalExpr x -> logical(x);
      case UnaryExpr x -> unary(x);
      case AddrExpr x -> s.addr(x.x);
      case ResultExpr x -> s.calls.result(s.calls.lastCall(), x.index, s.type(x));
      case StarExpr x -> s.load(s.type(x), s.places.pointer(x.x, x.isBounded()));
      case SelectorExpr x -> selector(x);
      case IndexExpr x -> index(x);
      case SliceHeaderExpr x -> {
        Value p = expr(x.ptr);
        Value l = expr(x.len);
        Value c = expr(x.cap);
        yield s.value(Op.SLICE_MAKE, s.type(x), p, l, c);
      }
      case StringHeaderExpr x -> {
        Value p = expr(x.ptr);
        Value l = expr(x.len);
        yield s.value(Op.STRING_MAKE, s.type(x), p, l);
      }
      case SliceExpr x -> slice(x);
      case CallExpr x -> call(x);
      case MoveToHeapExpr x -> s.appends.moveToHeap(x);
      case CompLitExpr x -> s.stores.zeroVal(s.type(x));
      default -> throw s.bad("expression " + n.op().name());
    };
  }

  private Value name(Name n) {
    if (n.storage == StorageClass.FUNC) {
      return s.entryValue(Op.ADDR, s.type(n).ptrTo(), 0, s.unit.closureSymbol(n), s.sb);
    }
    if (s.places.canSsa(n)) {
      return s.variable(n, s.type(n));
    }
    return s.load(s.type(n), s.addr(n));
  }

  private Value nil(SType t) {
    return switch (t.kind()) {
      case SLICE -> s.f.constSlice(t);
      case INTER -> s.f.constInterface(t);
      default -> s.f.constNil(t);
    };
  }

  private Value literal(BasicLit n) {
    SType t = s.type(n);
    Constant c = n.value;
    return switch (t.kind()) {
      case STRING -> {
        String text = Constants.stringVal(c);
        yield text.isEmpty() ? s.f.constEmptyString(t) : s.entryValue(Op.CONST_STRING, t, 0, text);
      }
      case BOOL -> s.f.constBool(s.types.bool, Constants.boolVal(c));
      case FLOAT32, FLOAT64 -> s.constFloat(t, Constants.float64Val(c));
      case COMPLEX64, COMPLEX128 -> {
        SType part = s.types.floatForComplex(t);
        Value re = s.constFloat(part, Constants.float64Val(Constants.real(c)));
        Value im = s.constFloat(part, Constants.float64Val(Constants.imag(c)));
        yield s.value(Op.COMPLEX_MAKE, t, re, im);
      }
      default -> s.constSized(t, Constants.bigIntegerVal(Constants.toInt(c)).longValue());
    };
  }

  private Value conversion(ConvExpr n) {
    SType to = s.type(n);
    return switch (n.op()) {
      case BYTES2STRTMP -> {
        Value slice = expr(n.x);
        Value ptr = s.value(Op.SLICE_PTR, s.types.bytePtr, slice);
        Value len = s.value(Op.SLICE_LEN, s.types.integer, slice);
        yield s.value(Op.STRING_MAKE, to, ptr, len);
      }
      case STR2BYTESTMP -> {
        Value str = expr(n.x);
        Value ptr = s.value(Op.STRING_PTR, s.types.bytePtr, str);
        if (!n.isNonNil()) {
          Value cond = s.value(Op.NEQ_PTR, s.types.bool, ptr, s.f.constNil(ptr.type));
          Value zero = s.valueA(Op.ADDR, ptr.type, RuntimeSyms.ZEROBASE, s.sb);
          ptr = choose(cond, ptr, zero);
        }
        Value len = s.value(Op.STRING_LEN, s.types.integer, str);
        yield s.value(Op.SLICE_MAKE, to, ptr, len, len);
      }
      case CONVNOP -> {
        Value x = expr(n.x);
        SType from = s.type(n.x);
        if (to == from) {
          yield x;
        }
        yield to.isPtrShaped() != from.isPtrShaped()
            ? s.value(Op.CONVERT, to, x, s.mem())
            : s.value(Op.COPY, to, x);
      }
      case SLICE2ARRPTR -> {
        Value v = expr(n.x);
        long len = to.elem().numElem();
        Value want = s.constInt(s.types.integer, len);
        Value have = s.value(Op.SLICE_LEN, s.types.integer, v);
        s.bounds.check(want, have, BoundsKind.CONVERT, false);
        yield s.value(len == 0 ? Op.SLICE_PTR_UNCHECKED : Op.SLICE_PTR, to, v);
      }
      case CONV -> {
        Value x = expr(n.x);
        yield s.conversions.convert(n, x, s.type(n.x), to);
      }
      default -> throw s.bad("conversion " + n.op().name());
    };
  }

  private Value binary(BinaryExpr n) {
    Value a = expr(n.x);
    Value b = expr(n.y);
    SType t = s.type(n);
    return switch (n.op()) {
      case LT, EQ, NE, LE, GE, GT -> arithmetic.compare(n.op(), s.type(n.x), a, b);
      case MUL, DIV, MOD, ADD, SUB, AND, OR, XOR, ANDNOT, LSH, RSH ->
          arithmetic.binary(n.op(), t, a, b);
      case COMPLEX -> s.value(Op.COMPLEX_MAKE, t, a, b);
      case MAKEFACE -> s.value(Op.IMAKE, t, a, b);
      case UNSAFEADD -> {
        Value len = s.conversions.convert(n, b, b.type, s.types.uintptr);
        yield s.value(Op.ADD_PTR, t, a, len);
      }
      default -> throw s.bad("expression " + n.op().name());
    };
  }

  private Value logical(LogicalExpr n) {
    Value left = expr(n.x);
    s.vars.put(n, left);
    Block b = s.endBlock();
    b.kind = dev.escapade.ssa.core.BlockKind.IF;
    b.setControl(left);
    Block right = s.newBlock();
    Block result = s.newBlock();
    boolean and = n.op() == dev.escapade.ir.Op.ANDAND;
    b.addEdgeTo(and ? right : result);
    b.addEdgeTo(and ? result : right);
    s.startBlock(right);
    s.vars.put(n, expr(n.y));
    s.jump(result);
    s.startBlock(result);
    return s.variable(n, s.types.bool);
  }

  private Value unary(UnaryExpr n) {
    if (n.op() == dev.escapade.ir.Op.NEW) {
      SType elem = s.type(n).elem();
      return n.x instanceof DynamicType d
          ? s.heap.newObject(elem, expr(Objects.requireNonNull(d.rtype)))
          : s.heap.newObject(elem);
    }
    if (n.op() == dev.escapade.ir.Op.CFUNC) {
      return s.entryValue(Op.ADDR, s.type(n), 0, s.unit.symbol((Name) n.x), s.sb);
    }
    Value a = expr(n.x);
    SType t = s.type(n);
    return switch (n.op()) {
      case NEG -> arithmetic.negate(t, a);
      case NOT, BITNOT -> s.value(s.op(n.op(), t), a.type, a);
      case IMAG, REAL -> s.value(s.op(n.op(), s.type(n.x)), t, a);
      case PLUS -> a;
      case LEN, CAP -> length(n, a, s.type(n.x));
      case SPTR -> {
        if (!s.type(n.x).isSlice()) {
          yield s.value(Op.STRING_PTR, t, a);
        }
        yield s.value(n.isBounded() ? Op.SLICE_PTR : Op.SLICE_PTR_UNCHECKED, t, a);
      }
      case ITAB -> s.value(Op.ITAB, t, a);
      case IDATA -> s.value(Op.IDATA, t, a);
      default -> throw s.bad("expression " + n.op().name());
    };
  }

  private Value length(UnaryExpr n, Value a, SType t) {
    SType integer = s.types.integer;
    return switch (t.kind()) {
      case SLICE ->
          s.value(n.op() == dev.escapade.ir.Op.CAP ? Op.SLICE_CAP : Op.SLICE_LEN, integer, a);
      case STRING -> s.value(Op.STRING_LEN, integer, a);
      case ARRAY -> s.constInt(integer, t.numElem());
      case PTR -> s.constInt(integer, t.elem().numElem());
      default -> mapLength(n, a);
    };
  }

  /** The count at the start of a map, or 0 if that is nil. */
  private Value mapLength(UnaryExpr n, Value map) {
    SType t = s.type(n);
    Value nil = s.f.constNil(s.types.uintptr);
    Value cmp = s.value(Op.EQ_PTR, s.types.bool, map, nil);
    Block b = s.endBlock();
    b.kind = dev.escapade.ssa.core.BlockKind.IF;
    b.setControl(cmp);
    b.likely = Block.UNLIKELY;
    Block then = s.newBlock();
    Block otherwise = s.newBlock();
    Block after = s.newBlock();
    b.addEdgeTo(then);
    s.startBlock(then);
    s.vars.put(n, s.stores.zeroVal(t));
    s.jump(after);
    b.addEdgeTo(otherwise);
    s.startBlock(otherwise);
    Value count = s.load(s.types.uint64, map);
    s.vars.put(n, s.conversions.convert(n, count, s.types.uint64, t));
    s.jump(after);
    s.startBlock(after);
    return s.variable(n, t);
  }

  private Value selector(SelectorExpr n) {
    SType t = s.type(n);
    if (n.op() == dev.escapade.ir.Op.DOTPTR) {
      Value p = s.places.pointer(n.x, n.isBounded());
      return s.load(t, s.valueI(Op.OFF_PTR, t.ptrTo(), s.unit.offset(n), p));
    }
    if (n.op() != dev.escapade.ir.Op.DOT) {
      throw s.bad("expression " + n.op().name());
    }
    if (n.x instanceof CompLitExpr) {
      return s.stores.zeroVal(t);
    }
    if (Ir.isAddressable(n) && !s.places.canSsa(n)) {
      return s.load(t, s.addr(n));
    }
    Value v = expr(n.x);
    return s.valueI(Op.STRUCT_SELECT, t, s.unit.fieldIndex(n), v);
  }

  private Value index(IndexExpr n) {
    SType t = s.type(n.x);
    return switch (t.kind()) {
      case STRING -> indexString(n);
      case SLICE -> s.load(t.elem(), s.addr(n));
      case ARRAY -> t.canSsa() ? indexArray(n, t) : s.load(t.elem(), s.addr(n));
      default -> throw s.bad("index of " + t);
    };
  }

  private Value indexString(IndexExpr n) {
    boolean constant = Ir.isConst(n.index, Constant.Kind.INT);
    if (n.isBounded() && constant && n.x instanceof BasicLit text) {
      char c = Constants.stringVal(text.value).charAt((int) intValue(n.index));
      return s.valueI(Op.CONST8, s.types.uint8, (byte) c);
    }
    Value a = expr(n.x);
    Value i = expr(n.index);
    Value len = s.value(Op.STRING_LEN, s.types.integer, a);
    i = s.bounds.check(i, len, BoundsKind.INDEX, n.isBounded());
    SType pt = s.types.bytePtr;
    Value ptr = s.value(Op.STRING_PTR, pt, a);
    ptr =
        constant
            ? s.valueI(Op.OFF_PTR, pt, intValue(n.index), ptr)
            : s.value(Op.ADD_PTR, pt, ptr, i);
    return s.load(s.types.uint8, ptr);
  }

  private static long intValue(Node n) {
    return Constants.int64Val(((BasicLit) n).value);
  }

  private Value indexArray(IndexExpr n, SType t) {
    Value a = expr(n.x);
    Value i = expr(n.index);
    if (t.numElem() == 0) {
      Value zero = s.constInt(s.types.integer, 0);
      s.bounds.check(zero, zero, BoundsKind.INDEX, false);
      return s.stores.zeroVal(s.type(n));
    }
    Value len = s.constInt(s.types.integer, t.numElem());
    s.bounds.check(i, len, BoundsKind.INDEX, n.isBounded());
    return s.valueI(Op.ARRAY_SELECT, s.type(n), 0, a);
  }

  private Value slice(SliceExpr n) {
    Value v = expr(n.x);
    Value i = n.low == null ? null : expr(n.low);
    Value j = n.high == null ? null : expr(n.high);
    Value k = n.max == null ? null : expr(n.max);
    Bounds.Sliced r = s.bounds.slice(v, i, j, k, n.isBounded());
    return n.op() == dev.escapade.ir.Op.SLICESTR
        ? s.value(Op.STRING_MAKE, s.type(n), r.ptr(), r.len())
        : s.value(Op.SLICE_MAKE, s.type(n), r.ptr(), r.len(), r.cap());
  }

  private @Nullable Value call(CallExpr n) {
    return switch (n.op()) {
      case CALLFUNC -> {
        Intrinsics.Builder b = s.unit.intrinsic(n);
        yield b == null ? s.calls.callResult(n, Calls.Manner.NORMAL) : b.build(s, n, args(n));
      }
      case CALLINTER -> s.calls.callResult(n, Calls.Manner.NORMAL);
      case GETG -> s.value(Op.GET_G, s.type(n), s.mem());
      case GETCALLERSP -> s.value(Op.GET_CALLER_SP, s.type(n), s.mem());
      case APPEND -> s.appends.append(n, false);
      case MIN, MAX -> extreme(n);
      default -> throw s.bad("expression " + n.op().name());
    };
  }

  /** The arguments of an intrinsic. */
  Value[] args(CallExpr n) {
    Value[] args = new Value[n.args.size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = expr(n.args.get(i));
    }
    return args;
  }

  private Value extreme(CallExpr n) {
    SType t = s.type(n);
    boolean min = n.op() == dev.escapade.ir.Op.MIN;
    Value x = expr(n.args.get(0));
    for (Node arg : n.args.subList(1, n.args.size())) {
      Value a = expr(arg);
      x =
          switch (t.kind()) {
            case FLOAT64 -> s.value(min ? Op.MIN64F : Op.MAX64F, t, x, a);
            case FLOAT32 -> s.value(min ? Op.MIN32F : Op.MAX32F, t, x, a);
            case STRING ->
                s.calls
                    .runtimeCall(min ? RuntimeSyms.STRMIN : RuntimeSyms.STRMAX, List.of(t), x, a)
                    .get(0);
            default -> {
              Op less = s.op(dev.escapade.ir.Op.LT, t);
              Value cond =
                  min ? s.value(less, s.types.bool, a, x) : s.value(less, s.types.bool, x, a);
              yield choose(cond, a, x);
            }
          };
    }
    return x;
  }

  /** {@code x} if {@code condition} is true, or else {@code y}. */
  Value choose(Value condition, Value x, Value y) {
    Marker choice = new Marker("ternary");
    Block then = s.newBlock();
    Block otherwise = s.newBlock();
    Block end = s.newBlock();
    s.branch(condition, 0, then, otherwise);
    s.startBlock(then);
    s.vars.put(choice, x);
    s.jump(end);
    s.startBlock(otherwise);
    s.vars.put(choice, y);
    s.jump(end);
    s.startBlock(end);
    Value r = s.variable(choice, x.type);
    s.vars.remove(choice);
    return r;
  }

  /** Ends the block with a branch on {@code cond}. */
  void branch(Node cond, Block yes, Block no, int likely) {
    switch (cond) {
      case LogicalExpr n -> {
        boolean and = n.op() == dev.escapade.ir.Op.ANDAND;
        Block mid = s.newBlock();
        s.stmts(n.init());
        if (and) {
          branch(n.x, mid, no, Math.max(likely, 0));
        } else {
          branch(n.x, yes, mid, Math.min(likely, 0));
        }
        s.startBlock(mid);
        branch(n.y, yes, no, likely);
      }
      case UnaryExpr n when n.op() == dev.escapade.ir.Op.NOT -> {
        s.stmts(n.init());
        branch(n.x, no, yes, -likely);
      }
      case ConvExpr n when n.op() == dev.escapade.ir.Op.CONVNOP -> {
        s.stmts(n.init());
        branch(n.x, yes, no, likely);
      }
      default -> s.branch(expr(cond), likely, yes, no);
    }
  }
}
