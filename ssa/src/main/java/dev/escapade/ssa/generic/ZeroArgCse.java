package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes equal values without arguments one, in the entry block. */
final class ZeroArgCse {
  private record Key(Op op, long auxInt, @Nullable Object aux, SType type) {
    static Key of(Value v) {
      return new Key(v.op, v.auxInt, v.aux, v.type);
    }
  }

  private ZeroArgCse() {}

  static void run(Func f) {
    Map<Key, Value> known = new HashMap<>();
    Block entry = f.entry();
    for (Block b : f.blocks) {
      for (int i = 0; i < b.values.size(); i++) {
        Value v = b.values.get(i);
        if (v.op.argCount() == 0 && known.putIfAbsent(Key.of(v), v) == null && b != entry) {
          v.moveTo(entry, i);
          i--; // another value took the place
        }
      }
    }
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        for (int i = 0; i < v.numArgs(); i++) {
          Value a = v.arg(i);
          if (a.op.argCount() == 0) {
            Value x = known.get(Key.of(a));
            if (x != null) {
              v.setArg(i, x);
            }
          }
        }
      }
    }
  }
}
