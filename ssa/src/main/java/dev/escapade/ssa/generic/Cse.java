package dev.escapade.ssa.generic;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.DomTree;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Common subexpressions (Alpern, Wegman, Zadeck, "Detecting Equality of Variables in Programs"):
 * starts from classes of values with the same operation, and splits them until members of a class
 * have arguments of the same classes. Then a member is replaced by one that dominates it.
 */
final class Cse {
  private final Func f;
  private final Map<Object, Integer> auxIds = new HashMap<>();
  private final int[] classOf;
  private final int[] storeOrder;

  private Cse(Func f) {
    this.f = f;
    this.classOf = new int[f.numValues()];
    this.storeOrder = new int[f.numValues()];
  }

  static void run(Func f) {
    Cse c = new Cse(f);
    List<List<Value>> classes = c.initialClasses();
    c.refine(classes);
    c.replace(classes);
  }

  private List<List<Value>> initialClasses() {
    ArrayList<Value> all = new ArrayList<>();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        classOf[v.id] = -v.id;
        if (v.type.isMemory()) {
          continue;
        }
        if (v.aux != null) {
          auxIds.putIfAbsent(v.aux, auxIds.size() + 1);
        }
        all.add(v);
      }
    }
    all.sort((v, w) -> {
      int c = compare(v, w);
      return c != 0 ? c : Integer.compare(v.id, w.id);
    });
    List<List<Value>> classes = new ArrayList<>();
    int i = 0;
    while (i < all.size()) {
      int j = i + 1;
      while (j < all.size() && compare(all.get(i), all.get(j)) == 0) {
        j++;
      }
      if (j > i + 1) {
        List<Value> e = new ArrayList<>(all.subList(i, j));
        classes.add(e);
        for (Value v : e) {
          classOf[v.id] = classes.size();
        }
      }
      i = j;
    }
    return classes;
  }

  /** Orders values by all but their arguments. */
  private int compare(Value v, Value w) {
    int c = v.op.compareTo(w.op);
    if (c == 0) {
      c = Long.compare(v.auxInt, w.auxInt);
    }
    if (c == 0) {
      c = Integer.compare(v.numArgs(), w.numArgs());
    }
    if (c == 0 && v.op == Op.PHI && v.block() != w.block()) {
      c = Integer.compare(v.block().id, w.block().id);
    }
    if (c == 0 && v.op != Op.SELECT0 && v.op != Op.SELECT1 && v.op != Op.SELECT_N) {
      c = Integer.compare(v.type.id(), w.type.id());
    }
    return c != 0 ? c : Integer.compare(auxId(v), auxId(w));
  }

  private int auxId(Value v) {
    return v.aux == null ? 0 : Objects.requireNonNull(auxIds.get(v.aux));
  }

  private void refine(List<List<Value>> classes) {
    int next = classes.size() + 1;
    boolean changed = true;
    while (changed) {
      changed = false;
      int i = 0;
      while (i < classes.size()) {
        List<Value> e = classes.get(i);
        if (e.get(0).op.isCommutative()) {
          for (Value v : e) {
            if (classOf[v.arg(0).id] > classOf[v.arg(1).id]) {
              v.swapArgs(0, 1);
            }
          }
        }
        e.sort(this::compareArgs);
        List<List<Value>> parts = split(e);
        if (parts.size() == 1) {
          i++;
          continue;
        }
        List<Value> last = classes.removeLast();
        if (i < classes.size()) {
          classes.set(i, last);
        }
        for (List<Value> p : parts) {
          if (p.size() == 1) {
            classOf[p.get(0).id] = -p.get(0).id;
            continue;
          }
          for (Value v : p) {
            classOf[v.id] = next;
          }
          next++;
          classes.add(p);
        }
        changed = true;
      }
    }
  }

  private int compareArgs(Value v, Value w) {
    for (int i = 0; i < v.numArgs(); i++) {
      int c = Integer.compare(classOf[v.arg(i).id], classOf[w.arg(i).id]);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  private List<List<Value>> split(List<Value> e) {
    List<List<Value>> parts = new ArrayList<>();
    int from = 0;
    for (int j = 1; j < e.size(); j++) {
      if (!sameArgs(e.get(j - 1), e.get(j))) {
        parts.add(new ArrayList<>(e.subList(from, j)));
        from = j;
      }
    }
    parts.add(from == 0 ? e : new ArrayList<>(e.subList(from, e.size())));
    return parts;
  }

  private boolean sameArgs(Value v, Value w) {
    for (int k = 0; k < v.numArgs(); k++) {
      // The memory of the address of a variable only keeps it in its place.
      if (!(v.op == Op.LOCAL_ADDR && k == 1) && classOf[v.arg(k).id] != classOf[w.arg(k).id]) {
        return false;
      }
    }
    return true;
  }

  private void replace(List<List<Value>> classes) {
    DomTree dom = f.domTree();
    @Nullable Value[] by = new Value[f.numValues()];
    Comparator<Value> order = Comparator.comparingInt(v -> dom.order(v.block()));
    for (List<Value> e : classes) {
      e.sort(order.thenComparing(this::compareLocalAddrs));
      for (int i = 0; i < e.size() - 1; i++) {
        Value v = e.get(i);
        if (by[v.id] != null) {
          continue;
        }
        for (int j = i + 1; j < e.size(); j++) {
          Value w = e.get(j);
          if (by[w.id] != null) {
            continue;
          }
          if (!dom.dominatesOrEq(v.block(), w.block())) {
            break; // and none of those that follow is dominated
          }
          by[w.id] = v;
        }
      }
    }
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        for (int i = 0; i < v.numArgs(); i++) {
          Value x = by[v.arg(i).id];
          if (x != null) {
            v.setArg(i, x);
          }
        }
      }
      for (int i = 0; i < b.numControls(); i++) {
        Value x = by[b.control(i).id];
        if (x != null && b.control(i).op != Op.NIL_CHECK) {
          b.replaceControl(i, x);
        }
      }
    }
  }

  /** Orders addresses of a variable in one block by the memory that they are after. */
  private int compareLocalAddrs(Value v, Value w) {
    if (v.op != Op.LOCAL_ADDR) {
      return 0;
    }
    Value vm = v.arg(1);
    Value wm = w.arg(1);
    if (vm == wm) {
      return 0;
    }
    if (vm.block() != v.block()) {
      return -1;
    }
    if (wm.block() != w.block()) {
      return 1;
    }
    return Integer.compare(order(vm), order(wm));
  }

  /** How many states of memory of the block come before {@code v}, and itself. */
  private int order(Value v) {
    int score = 1;
    Value w = v;
    while (true) {
      int known = storeOrder[w.id];
      if (known > 0) {
        score += known;
        break;
      }
      Value a = w.op == Op.PHI || w.op == Op.INIT_MEM ? null : memoryArg(w);
      if (a == null || a.block() != w.block()) {
        break;
      }
      w = a;
      score++;
    }
    int n = score;
    w = v;
    while (storeOrder[w.id] == 0) {
      storeOrder[w.id] = n;
      if (n == 1) {
        break;
      }
      Value a = memoryArg(w);
      if (a == null) {
        break;
      }
      w = a;
      n--;
    }
    return storeOrder[v.id];
  }

  private static @Nullable Value memoryArg(Value v) {
    return v.memoryArg();
  }
}
