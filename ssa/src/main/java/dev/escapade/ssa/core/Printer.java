package dev.escapade.ssa.core;

import dev.escapade.types.constant.GoStrings;
import org.jspecify.annotations.Nullable;

/** Prints functions as the dumps of GOSSAFUNC do, but for names of variables. */
public final class Printer {
  private Printer() {}

  /** All blocks and values; within a block phis first, then each value after its arguments. */
  public static String text(Func f) {
    StringBuilder out = new StringBuilder(f.name).append('\n');
    boolean[] reachable = new boolean[f.numBlocks()];
    for (Block b : f.postorder()) {
      reachable[b.id] = true;
    }
    boolean[] printed = new boolean[f.numValues()];
    for (Block b : f.blocks) {
      out.append("  ").append(b).append(':');
      if (b.numPreds() > 0) {
        out.append(" <-");
        for (Edge e : b.preds()) {
          out.append(' ').append(e.block());
        }
      }
      out.append(reachable[b.id] ? "\n" : " DEAD\n");
      values(out, f, b, printed);
      out.append("    ").append(text(b)).append('\n');
    }
    return out.toString();
  }

  private static void values(StringBuilder out, Func f, Block b, boolean[] printed) {
    int n = 0;
    for (Value v : b.values) {
      if (f.scheduled || v.op == Op.PHI) {
        line(out, v, printed);
        n++;
      }
    }
    while (n < b.values.size()) {
      int before = n;
      for (Value v : b.values) {
        if (!printed[v.id] && isReady(v, b, printed)) {
          line(out, v, printed);
          n++;
        }
      }
      if (n == before) {
        out.append("dependency cycle!\n");
        for (Value v : b.values) {
          if (!printed[v.id]) {
            line(out, v, printed);
          }
        }
        return;
      }
    }
  }

  private static boolean isReady(Value v, Block b, boolean[] printed) {
    for (int i = 0; i < v.numArgs(); i++) {
      Value a = v.arg(i);
      if (a.block == b && !printed[a.id]) {
        return false;
      }
    }
    return true;
  }

  private static void line(StringBuilder out, Value v, boolean[] printed) {
    out.append("    ").append(text(v)).append('\n');
    printed[v.id] = true;
  }

  /** {@code v12 = Add64 <int> [aux] v3 v4}. */
  public static String text(Value v) {
    StringBuilder s = new StringBuilder();
    s.append(v).append(" = ").append(v.op).append(" <").append(v.type).append('>');
    aux(s, v);
    for (int i = 0; i < v.numArgs(); i++) {
      s.append(' ').append(v.arg(i));
    }
    return s.toString();
  }

  private static void aux(StringBuilder s, Value v) {
    switch (v.op.auxKind()) {
      case NONE -> {}
      case BOOL -> s.append(v.auxInt == 0 ? " [false]" : " [true]");
      case INT8, INT16, INT32, INT64, INT128 -> s.append(" [").append(v.auxInt).append(']');
      case UINT8 -> s.append(" [").append(v.auxInt & 0xff).append(']');
      case FLOAT32, FLOAT64 -> s.append(" [").append(v.auxFloat()).append(']');
      case STRING -> s.append(" {").append(GoStrings.quote(String.valueOf(v.aux))).append('}');
      case SYM, CALL, TYP -> object(s, v.aux);
      case SYM_OFF, CALL_OFF, TYP_SIZE, NAME_OFFSET_INT8 -> {
        object(s, v.aux);
        if (v.auxInt != 0 || v.op.auxKind() == AuxKind.NAME_OFFSET_INT8) {
          s.append(" [").append(v.auxInt).append(']');
        }
      }
      case SYM_VAL_OFF -> {
        object(s, v.aux);
        s.append(" [val=").append(v.auxInt >> 32).append(",off=").append((int) v.auxInt);
        s.append(']');
      }
    }
  }

  private static void object(StringBuilder s, @Nullable Object aux) {
    if (aux != null) {
      s.append(" {").append(aux).append('}');
    }
  }

  /** {@code If v3 -> b2 b5 (likely)}. */
  public static String text(Block b) {
    StringBuilder s = new StringBuilder(b.kind.toString());
    object(s, b.aux);
    for (int i = 0; i < b.numControls(); i++) {
      s.append(' ').append(b.control(i));
    }
    if (b.numSuccs() > 0) {
      s.append(" ->");
      for (Edge e : b.succs()) {
        s.append(' ').append(e.block());
      }
    }
    if (b.likely != 0) {
      s.append(b.likely > 0 ? " (likely)" : " (unlikely)");
    }
    return s.toString();
  }
}
