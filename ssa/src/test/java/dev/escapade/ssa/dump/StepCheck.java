package dev.escapade.ssa.dump;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Printer;
import dev.escapade.ssa.core.Value;
import dev.escapade.ssa.generic.LatePasses;
import dev.escapade.ssa.generic.Passes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs single passes on what the compiler had before them: {@code StepCheck DUMP [PASS [FUNC]]}.
 * With a pass, shows the first differences; the pass {@code all} runs the passes on the first state
 * to the last one and compares the checks that are left.
 */
public final class StepCheck {
  private static final int SHOWN = 3;

  private final PrintStream out = System.out;
  private final Map<String, int[]> counts = new LinkedHashMap<>();
  private int shown;

  private StepCheck() {}

  public static void main(String[] args) throws IOException {
    new StepCheck().run(args);
  }

  private void run(String[] args) throws IOException {
    String only = args.length > 1 ? args[1] : "";
    String func = args.length > 2 ? args[2] : "";
    try (BufferedReader in = Files.newBufferedReader(Path.of(args[0]))) {
      DumpReader r = new DumpReader(in);
      while (true) {
        DumpReader.Dumped d = r.next();
        if (d == null) {
          break;
        }
        if (!func.isEmpty() && !d.name().equals(func)) {
          continue;
        }
        if (only.equals("all")) {
          whole(d);
          continue;
        }
        if (only.equals("nil")) {
          nilChecks(d);
          continue;
        }
        for (int i = 1; i < d.phases().size(); i++) {
          String phase = d.phases().get(i);
          if (Passes.has(phase) && (only.isEmpty() || only.equals(phase))) {
            step(d, i, !only.isEmpty());
          }
        }
      }
    }
    counts.forEach((k, v) ->
        out.printf("%-30s %5d equal, %5d but for numbers, of %5d%n", k, v[0], v[2], v[1]));
  }

  private void step(DumpReader.Dumped d, int i, boolean show) {
    String phase = d.phases().get(i);
    int[] c = counts.computeIfAbsent(phase, _ -> new int[3]);
    c[1]++;
    String ours;
    try {
      Func f = d.load(i - 1);
      Passes.run(f, phase);
      ours = text(f);
    } catch (RuntimeException e) {
      ours = "crash " + e;
      if (show && shown++ < SHOWN) {
        out.println("== " + d.name());
        e.printStackTrace(out);
      }
      return;
    }
    String theirs = text(d.load(i));
    if (ours.equals(theirs)) {
      c[0]++;
      c[2]++;
      return;
    }
    Func again = d.load(i - 1);
    Passes.run(again, phase);
    if (shape(again).equals(shape(d.load(i)))) {
      c[2]++;
    } else if (show && shown++ < SHOWN) {
      out.println("== " + d.name());
      diff(text(d.load(i - 1)), ours, theirs);
    }
  }

  private void whole(DumpReader.Dumped d) {
    int last = d.phases().indexOf("late fuse");
    int[] c = counts.computeIfAbsent("all", _ -> new int[3]);
    c[1]++;
    try {
      Func f = d.load(0);
      Passes.run(f, _ -> {});
      List<String> mine = checks(f);
      List<String> theirs = checks(d.load(last));
      if (mine.equals(theirs)) {
        c[0]++;
      } else if (shown++ < 10 * SHOWN) {
        out.println("== " + d.name() + "\n  ours " + mine + "\n  go   " + theirs);
      }
    } catch (RuntimeException e) {
      if (shown++ < 10 * SHOWN) {
        out.println("== " + d.name());
        e.printStackTrace(out);
      }
    }
  }

  /** Compares the checks of nil that are left at the end. */
  private void nilChecks(DumpReader.Dumped d) {
    int last = d.phases().indexOf("late fuse");
    int late = d.phases().indexOf("late nilcheck");
    int[] c = counts.computeIfAbsent("nil", _ -> new int[3]);
    int[] n = counts.computeIfAbsent("nil checks", _ -> new int[3]);
    c[1]++;
    Func f = d.load(last);
    List<String> mine = new ArrayList<>();
    LatePasses.run(f, v -> mine.add(Integer.toString(v.pos)), (_, _) -> {});
    List<String> theirs = new ArrayList<>(d.positions(late, "LoweredNilCheck"));
    mine.sort(null);
    theirs.sort(null);
    n[1] += theirs.size();
    if (mine.equals(theirs)) {
      c[0]++;
      n[0] += theirs.size();
      return;
    }
    List<String> missing = new ArrayList<>(theirs);
    mine.forEach(missing::remove);
    n[0] += theirs.size() - missing.size();
    n[2] += mine.size() - (theirs.size() - missing.size());
    if (shown++ < 10 * SHOWN) {
      List<String> extra = new ArrayList<>(mine);
      theirs.forEach(extra::remove);
      out.println("== " + d.name() + "  missing " + missing + " extra " + extra);
    }
  }

  private static List<String> checks(Func f) {
    List<String> list = new ArrayList<>();
    for (Block b : f.blocks) {
      for (Value v : b.values) {
        switch (v.op) {
          case IS_IN_BOUNDS, IS_SLICE_IN_BOUNDS -> list.add(v.op + ":" + v.pos);
          default -> {}
        }
      }
    }
    list.sort(Comparator.naturalOrder());
    return list;
  }

  /** All that counts of a function, in an order that does not depend on that of the values. */
  private static String text(Func f) {
    StringBuilder s = new StringBuilder();
    for (Block b : f.blocks) {
      s.append(b).append(':');
      for (Edge e : b.preds()) {
        s.append(' ').append(e);
      }
      s.append('\n');
      List<Value> values = new ArrayList<>(b.values);
      values.sort(Comparator.comparingInt(v -> v.id));
      for (Value v : values) {
        s.append("  ").append(Printer.text(v)).append('\n');
      }
      s.append("  ").append(Printer.text(b)).append('\n');
    }
    return s.toString();
  }

  /** As {@link #text}, but values are named by what they compute instead of numbers. */
  private static String shape(Func f) {
    long[] h = new long[f.numValues()];
    for (int round = 0; round < 6; round++) {
      long[] next = new long[h.length];
      for (Block b : f.blocks) {
        for (Value v : b.values) {
          long x = v.op.text().hashCode() * 31L + v.auxInt;
          x = x * 31 + v.type.toString().hashCode();
          x = x * 31 + (v.aux == null ? 0 : v.aux.toString().hashCode());
          x = x * 31 + (v.op.argCount() == 0 ? 0 : b.id);
          for (int i = 0; i < v.numArgs(); i++) {
            long a = h[v.arg(i).id] * 0x9e3779b97f4a7c15L;
            x = v.op.isCommutative() && i < 2 ? x + a * 77 : x * 31 + (a ^ a >>> 31) + i;
          }
          next[v.id] = x;
        }
      }
      h = next;
    }
    StringBuilder s = new StringBuilder();
    for (Block b : f.blocks) {
      s.append(b).append(b.kind).append(b.likely);
      for (Edge e : b.preds()) {
        s.append(' ').append(e);
      }
      for (int i = 0; i < b.numControls(); i++) {
        s.append(" c").append(h[b.control(i).id]);
      }
      List<Long> values = new ArrayList<>();
      for (Value v : b.values) {
        if (v.op.argCount() != 0) {
          values.add(h[v.id]);
        }
      }
      values.sort(null);
      s.append(values).append('\n');
    }
    return s.toString();
  }

  private void diff(String before, String ours, String theirs) {
    List<String> a = new ArrayList<>(ours.lines().toList());
    List<String> b = new ArrayList<>(theirs.lines().toList());
    Map<String, String> was = new LinkedHashMap<>();
    for (String l : before.lines().toList()) {
      String key = l.trim().split(" ", -1)[0];
      was.putIfAbsent(key, l);
    }
    List<String> onlyOurs = new ArrayList<>(a);
    onlyOurs.removeAll(b);
    b.removeAll(a);
    int n = 0;
    for (String l : onlyOurs) {
      if (n++ < 12) {
        out.println("  ours " + l + "      was " + was.get(l.trim().split(" ", -1)[0]));
      }
    }
    n = 0;
    for (String l : b) {
      if (n++ < 12) {
        out.println("  go   " + l + "      was " + was.get(l.trim().split(" ", -1)[0]));
      }
    }
  }
}
