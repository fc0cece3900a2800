package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Orders the values of a block by the states of memory: after the state that a value depends on
 * come first the checks of nil that depend on it, then the other values.
 */
final class StoreOrder {
  private static final Comparator<Value> BY_POSITION =
      Comparator.<Value>comparingInt(v -> v.inl).thenComparingInt(v -> v.pos);

  private final int[] number;
  private final BitSet seen = new BitSet();

  StoreOrder(int numValues) {
    number = new int[numValues];
  }

  /**
   * Orders {@code values}, all of one block.
   *
   * @param onlyForChecks whether to leave them as they are if there is no check of nil
   */
  void sort(List<Value> values, boolean onlyForChecks) {
    if (values.isEmpty()) {
      return;
    }
    List<Value> stores = new ArrayList<>();
    seen.clear();
    boolean hasCheck = false;
    for (Value v : values) {
      number[v.id] = 0;
      if (v.type.isMemory()) {
        stores.add(v);
        if (v.op != Op.INIT_MEM && v.op != Op.PHI) {
          seen.set(memory(v).id);
        }
      }
      hasCheck |= v.op == Op.NIL_CHECK;
    }
    if (stores.isEmpty() || (!hasCheck && onlyForChecks)) {
      return;
    }
    Value last = null;
    for (Value v : stores) {
      if (!seen.get(v.id)) {
        last = v;
      }
    }
    int[] count = new int[3 * (stores.size() + 1)];
    seen.clear();
    Value w = Objects.requireNonNull(last);
    for (int n = stores.size(); n > 0; n--) {
      number[w.id] = 3 * n;
      count[3 * n]++;
      seen.set(w.id);
      if (w.op == Op.INIT_MEM || w.op == Op.PHI) {
        break;
      }
      w = memory(w);
    }
    for (Value v : values) {
      if (!seen.get(v.id)) {
        assign(v, count);
      }
    }
    place(values, count);
    if (hasCheck) {
      sortChecks(values);
    }
  }

  private static Value memory(Value v) {
    return Objects.requireNonNull(v.memoryArg());
  }

  /** Numbers {@code v} and what it depends on in its block. */
  private void assign(Value v, int[] count) {
    ArrayList<Value> stack = new ArrayList<>();
    stack.add(v);
    seen.set(v.id);
    while (!stack.isEmpty()) {
      Value w = stack.getLast();
      if (number[w.id] != 0) {
        stack.removeLast();
        continue;
      }
      if (w.op == Op.PHI) {
        number[w.id] = 2;
        count[2]++;
        stack.removeLast();
        continue;
      }
      int max = 0;
      boolean ready = true;
      for (int i = 0; i < w.numArgs() && ready; i++) {
        Value a = w.arg(i);
        if (a.block() != w.block()) {
          continue;
        }
        if (!seen.get(a.id)) {
          stack.add(a);
          seen.set(a.id);
          ready = false;
        } else {
          max = Math.max(max, number[a.id] / 3);
        }
      }
      if (ready) {
        int n = 3 * max + (w.op == Op.NIL_CHECK ? 1 : 2);
        number[w.id] = n;
        count[n]++;
        stack.removeLast();
      }
    }
  }

  private void place(List<Value> values, int[] count) {
    for (int i = 1; i < count.length; i++) {
      count[i] += count[i - 1];
    }
    Value[] order = new Value[values.size()];
    for (Value v : values) {
      order[count[number[v.id] - 1]++] = v;
    }
    for (int i = 0; i < order.length; i++) {
      values.set(i, order[i]);
    }
  }

  /** Among checks that follow each other the one that comes first in the source comes first. */
  private static void sortChecks(List<Value> values) {
    int n = values.size();
    for (int i = 0; i < n; i++) {
      int start = i;
      while (i < n && values.get(i).op == Op.NIL_CHECK) {
        i++;
      }
      if (i - start > 1) {
        values.subList(start, i).sort(BY_POSITION);
      }
    }
  }
}
