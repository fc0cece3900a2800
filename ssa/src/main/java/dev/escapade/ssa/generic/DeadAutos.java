package dev.escapade.ssa.generic;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removes stores to local variables in memory that are never read. */
final class DeadAutos {
  /** How often to look: a function that needs more is left as it is. */
  private static final int MAX_ROUNDS = 4;

  private final Func f;

  /** The variable whose address, or an address within which, a value is. */
  private final @Nullable Name[] address;

  /** The variable that a change of memory changes, and with which it may go. */
  private final @Nullable Name[] changes;

  /** For a variable that is moved to those that it is moved from: used if it is. */
  private final Map<Name, Set<Name>> moved = new HashMap<>();

  private final Map<Name, Boolean> used = new HashMap<>();
  private boolean changed;

  private DeadAutos(Func f) {
    this.f = f;
    this.address = new Name[f.numValues()];
    this.changes = new Name[f.numValues()];
  }

  static void run(Func f) {
    new DeadAutos(f).run();
  }

  private void run() {
    int rounds = 0;
    do {
      if (rounds++ == MAX_ROUNDS) {
        return;
      }
      changed = false;
      for (Block b : f.blocks) {
        for (Value v : b.values) {
          visit(v);
        }
        for (int i = 0; i < b.numControls(); i++) {
          Name n = address[b.control(i).id];
          if (n != null) {
            use(n);
          }
        }
      }
    } while (changed);
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        Name n = changes[v.id];
        Value mem = v.memoryArg();
        if (n != null && !used.containsKey(n) && mem != null) {
          v.setArgs(mem);
          v.aux = null;
          v.auxInt = 0;
          v.op = Op.COPY;
        }
      }
    }
  }

  private void use(Name n) {
    if (used.put(n, true) == null) {
      changed = true;
      Set<Name> from = moved.remove(n);
      if (from != null) {
        from.forEach(this::use);
      }
    }
  }

  /** The variable in the aux of a value, if it is one that may go. */
  private @Nullable Name local(Value v) {
    if (!(v.aux instanceof Name n)) {
      return null;
    }
    return n.storage == StorageClass.AUTO || isRegisterParam(n) ? n : null;
  }

  /** Whether {@code n} is a parameter of a function that takes parameters in registers. */
  private boolean isRegisterParam(Name n) {
    return n.storage == StorageClass.PARAM
        && f.ownAux instanceof AuxCall c
        && c.info().config().number() == 1;
  }

  private void visit(Value v) {
    int first = 0;
    switch (v.op) {
      case ADDR, LOCAL_ADDR -> {
        Name n = local(v);
        if (n != null && address[v.id] == null) {
          address[v.id] = n;
          changed = true;
        }
        return;
      }
      case VAR_DEF -> {
        Name n = local(v);
        if (n != null && changes[v.id] == null) {
          changes[v.id] = n;
          changed = true;
        }
        return;
      }
      case VAR_LIVE -> {
        Name n = local(v);
        if (n != null) {
          use(n);
        }
        return;
      }
      case STORE, MOVE, ZERO -> {
        Name n = address[v.arg(0).id];
        if (n != null && changes[v.id] == null) {
          changes[v.id] = n;
          changed = true;
        }
        first = 1;
      }
      default -> {}
    }
    if ((v.uses == 0 && v.op != Op.NIL_CHECK && !v.op.isCall() && !v.op.hasSideEffects())
        || v.numArgs() == first) {
      return;
    }
    if (v.type.isMemory() || v.type.isFlags() || v.op == Op.PHI || v.memoryArg() != null) {
      useArgs(v, first);
    } else {
      passOn(v, first);
    }
  }

  private void useArgs(Value v, int first) {
    for (int i = first; i < v.numArgs(); i++) {
      Name n = address[v.arg(i).id];
      if (n == null) {
        continue;
      }
      Name to = changes[v.id];
      if (v.op == Op.MOVE && to != null && !used.containsKey(to)) {
        if (!used.containsKey(n)) {
          moved.computeIfAbsent(to, _ -> new LinkedHashSet<>()).add(n);
        }
        continue;
      }
      use(n);
    }
  }

  /** The result of an operation on an address is one within the same variable. */
  private void passOn(Value v, int first) {
    Name node = null;
    for (int i = first; i < v.numArgs(); i++) {
      Name n = address[v.arg(i).id];
      if (n == null) {
        continue;
      }
      if (node == null) {
        if (!used.containsKey(n)) {
          node = n;
        }
      } else if (node != n) {
        use(n);
      }
    }
    if (node == null) {
      return;
    }
    if (address[v.id] == null) {
      address[v.id] = node;
      changed = true;
    } else if (address[v.id] != node) {
      use(node);
    }
  }
}
