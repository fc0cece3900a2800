package dev.escapade.ssa.liveness;

import dev.escapade.ir.Name;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.generic.Schedule;
import org.jspecify.annotations.Nullable;

/** What operations do to variables that are kept in memory. */
final class VariableEffects {
  /** The most bytes that are moved by instructions that name a variable, not by its address. */
  private static final int MAX_NAMED_BYTES = 16;

  private VariableEffects() {}

  /** The variable that starts to have a new value, all of it, with {@code v}; or null. */
  static @Nullable Name begins(Value v, SType type) {
    return switch (v.op) {
      case VAR_DEF -> (Name) v.aux;
      case STORE -> isFat(type) ? null : variable(v.arg(0));
      default -> null;
    };
  }

  /** The variable that is read, or has its address taken, by argument {@code i}; or null. */
  static @Nullable Name reads(Value v, int i) {
    Name n = variable(v.arg(i));
    if (n == null || !Schedule.isAddress(v, i)) {
      return n;
    }
    return switch (v.op) {
      case STORE -> null;
      case ZERO -> v.auxInt > MAX_NAMED_BYTES ? n : null;
      case MOVE -> i == 1 || v.auxInt > MAX_NAMED_BYTES ? n : null;
      default -> n;
    };
  }

  /** The variable whose address, or an address in which, a value is; or null. */
  static @Nullable Name variable(Value address) {
    Value a = base(address);
    return a.op == Op.LOCAL_ADDR && a.aux instanceof Name n ? n : null;
  }

  /** What an address is an offset from, without checks for nil, which leave a pointer as it is. */
  static Value base(Value address) {
    Value a = address;
    while (a.op == Op.OFF_PTR || a.op == Op.NIL_CHECK) {
      a = a.arg(0);
    }
    return a;
  }

  /** Reports whether it takes several writes to give a variable a value. */
  static boolean isFat(SType t) {
    return switch (t.kind()) {
      case SLICE, STRING, INTER -> true;
      case ARRAY -> t.numElem() != 1 || isFat(t.elem());
      case STRUCT -> t.numFields() != 1 || isFat(t.field(0));
      default -> false;
    };
  }
}
