package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inserts phis in large functions, for each variable where its definitions meet (Sreedhar and Gao,
 * "A linear time algorithm for placing φ-nodes", 1995); a walk over the dominator tree then tells
 * the value at each reference.
 */
final class DominatorPhis {
  /** What to undo on the way up the tree, or a block to go down to. */
  private record Step(@Nullable Block block, int variable, @Nullable Value value) {}

  private final State s;
  private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
  private final List<SType> types = new ArrayList<>();
  private final List<Object> variables = new ArrayList<>();
  private @Nullable Block[] firstChild = {};
  private @Nullable Block[] sibling = {};
  private int[] level = {};
  private Heap heap = new Heap(level);
  private int[] queuedFor = {};
  private int[] phiFor = {};
  private int[] defFor = {};
  private final ArrayList<Block> queue = new ArrayList<>();

  DominatorPhis(State s) {
    this.s = s;
  }

  void run() {
    numberVariables();
    if (types.isEmpty()) {
      return;
    }
    List<List<Block>> definitions = definitions();
    buildTree();
    heap = new Heap(level);
    queuedFor = new int[s.f.numBlocks()];
    phiFor = new int[s.f.numBlocks()];
    defFor = new int[s.f.numBlocks()];
    Value placeholder = s.entryValue(Op.UNKNOWN, SType.INVALID, 0, null);
    for (int n = 0; n < types.size(); n++) {
      insert(n, definitions.get(n), placeholder);
    }
    resolve(placeholder);
    for (Block b : s.f.blocks) {
      for (Value v : b.values) {
        if (v.op == Op.PHI) {
          v.auxInt = 0;
        } else if (v.op == Op.FWD_REF) {
          v.op = Op.UNKNOWN; // cannot be reached
          v.aux = null;
        }
      }
    }
  }

  private void numberVariables() {
    for (Block b : s.f.blocks) {
      for (Value v : b.values) {
        if (v.op != Op.FWD_REF) {
          continue;
        }
        Object variable = Phis.variable(v);
        if (b.numPreds() == 1) {
          Value w = s.atEnd(b.pred(0)).get(variable);
          if (w != null) {
            v.op = Op.COPY;
            v.aux = null;
            v.addArg(w);
            continue;
          }
        }
        if (numbers.putIfAbsent(variable, types.size()) == null) {
          types.add(v.type);
          variables.add(variable);
        }
      }
    }
  }

  private List<List<Block>> definitions() {
    List<List<Block>> definitions = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      definitions.add(new ArrayList<>());
    }
    for (Block b : s.f.blocks) {
      Variables vars = s.atEnd(b);
      for (int i = 0; i < vars.size(); i++) {
        Integer n = vars.value(i) == null ? null : numbers.get(vars.key(i));
        if (n != null) {
          definitions.get(n).add(b);
        }
      }
    }
    return definitions;
  }

  private void buildTree() {
    @Nullable Block[] idom = s.f.idom();
    int size = s.f.numBlocks();
    firstChild = new Block[size];
    sibling = new Block[size];
    level = new int[size];
    for (Block b : s.f.blocks) {
      Block p = idom[b.id];
      if (p != null) {
        sibling[b.id] = firstChild[p.id];
        firstChild[p.id] = b;
      }
    }
    ArrayList<Block> pending = new ArrayList<>();
    pending.add(s.f.entry());
    while (!pending.isEmpty()) {
      Block b = pending.removeLast();
      for (Block c = firstChild[b.id]; c != null; c = sibling[c.id]) {
        level[c.id] = level[b.id] + 1;
        pending.add(c);
      }
    }
  }

  private void insert(int n, List<Block> definitions, Value placeholder) {
    int mark = n + 1;
    for (Block b : definitions) {
      heap.add(b);
      defFor[b.id] = mark;
    }
    heap.init();
    while (!heap.isEmpty()) {
      Block root = heap.pop();
      queue.add(root);
      queuedFor[root.id] = mark;
      while (!queue.isEmpty()) {
        Block b = queue.removeLast();
        for (int i = 0; i < b.numSuccs(); i++) {
          Block c = b.succ(i);
          if (level[c.id] > level[root.id] || phiFor[c.id] == mark) {
            continue;
          }
          phiFor[c.id] = mark;
          long line = s.blockStart(b);
          Value phi = c.newValueI(State.pos(line), State.inl(line), Op.PHI, types.get(n), n);
          s.name(variables.get(n), phi);
          for (int j = 0; j < c.numPreds(); j++) {
            phi.addArg(placeholder);
          }
          if (defFor[c.id] != mark) {
            heap.push(c);
            defFor[c.id] = mark;
          }
        }
        for (Block c = firstChild[b.id]; c != null; c = sibling[c.id]) {
          if (queuedFor[c.id] != mark) {
            queue.add(c);
            queuedFor[c.id] = mark;
          }
        }
      }
    }
  }

  private void resolve(Value placeholder) {
    Value[] values = new Value[types.size()];
    java.util.Arrays.fill(values, placeholder);
    ArrayList<Step> steps = new ArrayList<>();
    steps.add(new Step(s.f.entry(), 0, null));
    while (!steps.isEmpty()) {
      Step step = steps.removeLast();
      if (step.block == null) {
        values[step.variable] = Objects.requireNonNull(step.value);
        continue;
      }
      Block b = step.block;
      for (Value v : b.values) {
        if (v.op == Op.PHI) {
          set(values, (int) v.auxInt, v, steps);
        }
      }
      for (Value v : b.values) {
        if (v.op == Op.FWD_REF) {
          int n = Objects.requireNonNull(numbers.get(Phis.variable(v)));
          v.op = Op.COPY;
          v.aux = null;
          v.addArg(values[n]);
        }
      }
      Variables vars = s.atEnd(b);
      for (int i = 0; i < vars.size(); i++) {
        Value v = vars.value(i);
        Integer n = v == null ? null : numbers.get(vars.key(i));
        if (n != null) {
          set(values, n, Objects.requireNonNull(v), steps);
        }
      }
      for (Edge e : b.succs()) {
        Block c = e.block();
        for (int j = c.values.size() - 1; j >= 0; j--) {
          Value v = c.values.get(j);
          if (v.op != Op.PHI) {
            break;
          }
          Value w = values[(int) v.auxInt];
          if (w.op != Op.UNKNOWN) {
            v.setArg(e.index(), w);
          }
        }
      }
      for (Block c = firstChild[b.id]; c != null; c = sibling[c.id]) {
        steps.add(new Step(c, 0, null));
      }
    }
  }

  private static void set(Value[] values, int n, Value v, List<Step> steps) {
    steps.add(new Step(null, n, values[n]));
    values[n] = v;
  }

  /** Blocks, those deepest in the dominator tree first; among equals as the release has them. */
  private static final class Heap {
    private final ArrayList<Block> a = new ArrayList<>();
    private final int[] level;

    Heap(int[] level) {
      this.level = level;
    }

    boolean isEmpty() {
      return a.isEmpty();
    }

    /** Adds without keeping the order; to be followed by {@link #init}. */
    void add(Block b) {
      a.add(b);
    }

    void init() {
      for (int i = a.size() / 2 - 1; i >= 0; i--) {
        down(i, a.size());
      }
    }

    void push(Block b) {
      a.add(b);
      int j = a.size() - 1;
      while (true) {
        int i = (j - 1) / 2;
        if (i == j || !less(j, i)) {
          return;
        }
        swap(i, j);
        j = i;
      }
    }

    Block pop() {
      int n = a.size() - 1;
      swap(0, n);
      down(0, n);
      return a.remove(n);
    }

    private boolean less(int i, int j) {
      return level[a.get(i).id] > level[a.get(j).id];
    }

    private void swap(int i, int j) {
      Block b = a.get(i);
      a.set(i, a.get(j));
      a.set(j, b);
    }

    private void down(int start, int n) {
      int i = start;
      while (true) {
        int left = 2 * i + 1;
        if (left >= n) {
          return;
        }
        int j = left + 1 < n && less(left + 1, left) ? left + 1 : left;
        if (!less(j, i)) {
          return;
        }
        swap(i, j);
        i = j;
      }
    }
  }
}
