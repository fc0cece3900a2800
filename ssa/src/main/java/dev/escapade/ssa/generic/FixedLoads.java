package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Kind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Symbols;
import dev.escapade.ssa.core.Value;

/** Loads from type descriptors and itabs, whose contents the compiler knows. */
final class FixedLoads {
  private FixedLoads() {}

  static boolean apply(Value v) {
    Value p = v.arg(0);
    long offset = 0;
    if (p.op == Op.OFF_PTR) {
      offset = p.auxInt;
      p = p.arg(0);
    }
    if (p.op == Op.ITAB && p.arg(0).op == Op.IMAKE) {
      p = p.arg(0).arg(0);
    }
    if (p.op == Op.CONVERT) {
      p = p.arg(0);
    }
    if (p.op != Op.ADDR || !(p.aux instanceof Sym s)) {
      return false;
    }
    Value sb = p.arg(0);
    Symbols symbols = v.func().config.symbols;
    SType t = v.type;
    if (t.isPtrShaped() || t.kind() == Kind.UINTPTR) {
      Sym target = symbols.addressAt(s, offset);
      if (target != null) {
        v.reset(Op.ADDR);
        v.aux = target;
        v.addArg(sb);
        return true;
      }
    }
    Long word = symbols.descriptorWord(s, offset, t);
    if (word == null) {
      return false;
    }
    v.reset(Op.constant(8 * (int) t.size()));
    v.auxInt = word;
    return true;
  }
}
