package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Rules by operation, in order. Immutable once built, so for several threads. */
public final class Rules {
  private static final int[] ALL = {8, 16, 32, 64};

  private final Map<Op, List<Rule>> byOp = new EnumMap<>(Op.class);

  /** Adds a rule for all widths. */
  public Rules add(String text) {
    return add(text, ALL);
  }

  /** Adds a rule for some widths. */
  public Rules add(String text, int... widths) {
    for (int w : widths) {
      Rule r = Rule.parse(text, w);
      byOp.computeIfAbsent(r.root(), _ -> new ArrayList<>()).add(r);
    }
    return this;
  }

  /**
   * Applies the first rule that fits.
   *
   * @param early whether this is the first of the passes that rewrite
   */
  public boolean apply(Value v, boolean early) {
    List<Rule> rules = byOp.get(v.op);
    if (rules == null) {
      return false;
    }
    Match m = new Match(early);
    for (Rule r : rules) {
      if (m.find(r, v)) {
        root(v, r.result(), m);
        return true;
      }
    }
    return false;
  }

  private static void root(Value v, Result r, Match m) {
    Op op = r.op();
    if (op == null) {
      v.copyOf(m.value(r.slot()));
      return;
    }
    v.reset(op);
    if (r.typeSlot() >= 0) {
      v.type = m.value(r.typeSlot()).type;
    }
    Expression n = r.number();
    // Numbers are computed of constants matched, which reset leaves as they are but for v itself.
    fill(v, v, r, m, n);
  }

  private static void fill(
      Value to, Value v, Result r, Match m, @org.jspecify.annotations.Nullable Expression n) {
    if (n != null) {
      to.auxInt = Widths.wrap(n.eval(m), r.bits());
    }
    List<Result> args = r.args();
    for (int i = 0; i < args.size(); i++) {
      to.addArg(make(v, args.get(i), m));
    }
  }

  private static Value make(Value v, Result r, Match m) {
    Op op = r.op();
    if (op == null) {
      return m.value(r.slot());
    }
    Block b = v.block();
    Value x = b.newValue(v.pos, v.inl, op, typeOf(v, r, op, m));
    fill(x, v, r, m, r.number());
    return x;
  }

  private static SType typeOf(Value v, Result r, Op op, Match m) {
    if (r.typeSlot() >= 0) {
      return m.value(r.typeSlot()).type;
    }
    STypes types = v.func().config.types;
    if (!r.typeName().isEmpty()) {
      return named(types, r.typeName());
    }
    return op.resultType().isEmpty() ? v.type : named(types, op.resultType());
  }

  /** The type of a name as the table of operations has it. */
  public static SType named(STypes types, String name) {
    return switch (name) {
      case "Bool" -> types.bool;
      case "Int8" -> types.int8;
      case "Int16" -> types.int16;
      case "Int32" -> types.int32;
      case "Int64" -> types.int64;
      case "UInt8" -> types.uint8;
      case "UInt16" -> types.uint16;
      case "UInt32" -> types.uint32;
      case "UInt64" -> types.uint64;
      case "Int" -> types.integer;
      case "Uintptr" -> types.uintptr;
      case "BytePtr" -> types.bytePtr;
      case "String" -> types.string;
      case "Mem" -> SType.MEM;
      case "Void" -> SType.VOID;
      default -> throw new IllegalArgumentException("no type " + name);
    };
  }
}
