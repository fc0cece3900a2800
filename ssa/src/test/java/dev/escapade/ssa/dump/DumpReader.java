package dev.escapade.ssa.dump;

import dev.escapade.ir.Name;
import dev.escapade.ir.StorageClass;
import dev.escapade.ssa.abi.AbiConfig;
import dev.escapade.ssa.abi.AbiInfo;
import dev.escapade.ssa.abi.Assignment;
import dev.escapade.ssa.abi.AuxCall;
import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Config;
import dev.escapade.ssa.core.Edge;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Kind;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.SType;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Sym;
import dev.escapade.ssa.core.Symbols;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.Sizes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one function after the other. */
public final class DumpReader {
  /**
   * A function with its states.
   *
   * @param phases the passes in order
   * @param lines for each the lines of the state after it
   */
  public record Dumped(
      DumpReader reader, String name, List<String> phases, List<List<String>> lines) {
    /** The positions of values of an operation of the machine after phase {@code i}. */
    public List<String> positions(int i, String op) {
      List<String> list = new ArrayList<>();
      for (String line : lines.get(i)) {
        String[] w = line.split(" ", -1);
        if (w[0].equals("V") && w[2].equals(op)) {
          list.add(Integer.toString(reader.rank(w[6])));
        }
      }
      return list;
    }

    /** The function after phase {@code i}. */
    public Func load(int i) {
      return reader.load(name, lines.get(i));
    }
  }

  private static final Map<String, Op> OPS = new HashMap<>();
  private static final Map<String, BlockKind> KINDS = new HashMap<>();
  private static final Map<String, Kind> TYPE_KINDS = new HashMap<>();

  static {
    for (Op op : Op.values()) {
      OPS.put(op.text(), op);
    }
    for (BlockKind k : BlockKind.values()) {
      KINDS.put(k.toString(), k);
    }
    for (Kind k : Kind.values()) {
      TYPE_KINDS.put(k.name(), k);
    }
  }

  private final BufferedReader in;
  private STypes types = new STypes(Sizes.forArch("amd64"));
  private Config config = new Config(types, true);
  private final Map<Integer, SType> typeOf = new HashMap<>();
  private final Map<String, SType> byText = new HashMap<>();
  private final Map<Integer, Object> auxOf = new HashMap<>();
  private final Map<String, byte[]> readOnly = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();
  private final java.util.Set<String> direct = new java.util.HashSet<>();
  private List<Long> positions = List.of();

  /** The kind of read-only data (cmd/internal/objabi.SRODATA). */
  private static final String RODATA = "3";

  private final java.util.Set<String> readOnlySymbols = new java.util.HashSet<>();
  private int self;

  public DumpReader(BufferedReader in) {
    this.in = in;
  }

  /** The next function, or null at the end. */
  public @Nullable Dumped next() {
    try {
      String line = in.readLine();
      if (line == null) {
        return null;
      }
      begin();
      String name = "";
      List<String> phases = new ArrayList<>();
      List<List<String>> states = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      while (true) {
        if (line == null || line.equals("ENDFUNC")) {
          completions.forEach(Runnable::run);
          completions.clear();
          TreeSet<Long> all = new TreeSet<>();
          for (List<String> state : states) {
            for (String l : state) {
              if (l.startsWith("V ") || l.startsWith("B ")) {
                all.add(Long.valueOf(l.split(" ", -1)[l.charAt(0) == 'V' ? 6 : 5]));
              }
            }
          }
          positions = List.copyOf(all);
          return new Dumped(this, name, phases, states);
        }
        if (line.startsWith("FUNC ")) {
          String[] head = line.split(" ", 6);
          self = Integer.parseInt(head[1]);
          name = unquote(head[5]);
        }
        if (line.startsWith("T ")) {
          type(line);
        } else if (line.startsWith("A ")) {
          aux(line);
        } else if (line.startsWith("PHASE ")) {
          String[] p = line.split(" ", 4);
          phases.add(p[3]);
          lines = new ArrayList<>();
          states.add(lines);
          lines.add(line);
        } else if (!line.startsWith("FUNC ")) {
          lines.add(line);
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() {
    types = new STypes(Sizes.forArch("amd64"));
    config =
        new Config(
            types,
            true,
            new Symbols() {
              @Override
              public byte @Nullable [] readOnlyData(Sym symbol) {
                return readOnly.get(symbol.name());
              }

              @Override
              public boolean isReadOnly(Sym symbol) {
                return readOnlySymbols.contains(symbol.name());
              }

              @Override
              public @Nullable Sym addressAt(Sym symbol, long offset) {
                String s = words.get(symbol.name() + " " + offset);
                return s == null ? null : new Sym(unquote(s));
              }

              @Override
              public @Nullable SType describedType(Sym symbol) {
                return direct.contains("t" + symbol.name()) ? types.bytePtr : null;
              }

              @Override
              public @Nullable SType itabType(Sym symbol) {
                return direct.contains("i" + symbol.name()) ? types.bytePtr : null;
              }

              @Override
              public boolean isComparable(SType type) {
                return true;
              }

              @Override
              public @Nullable Long descriptorWord(Sym symbol, long offset, SType type) {
                String s = words.get(symbol.name() + " w" + offset);
                return s == null ? null : Long.valueOf(s);
              }
            });
    typeOf.clear();
    byText.clear();
    auxOf.clear();
    for (SType t :
        List.of(
            types.bool,
            types.int8,
            types.int16,
            types.int32,
            types.int64,
            types.integer,
            types.uint8,
            types.uint16,
            types.uint32,
            types.uint64,
            types.uint,
            types.uintptr,
            types.float32,
            types.float64,
            types.string,
            types.unsafePtr,
            types.bytePtr,
            types.bytePtrPtr,
            types.intPtr,
            types.uintptrPtr)) {
      byText.put(t.toString(), t);
    }
  }

  private static String unquote(String s) {
    return s.substring(1, s.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private void type(String line) {
    String[] w = line.substring(0, line.indexOf('"')).trim().split(" ", -1);
    String text =
        unquote(line.substring(line.indexOf('"')))
            .replaceAll("\\bbyte\\b", "uint8")
            .replaceAll("\\brune\\b", "int32")
            .replaceAll("\\bany\\b", "interface {}");
    int id = Integer.parseInt(w[1]);
    String kind = w[2];
    int n = Integer.parseInt(w[9]);
    SType[] fields = new SType[n];
    long[] offsets = new long[n];
    for (int i = 0; i < n; i++) {
      String[] f = w[10 + i].split(":", -1);
      fields[i] = typeOf.getOrDefault(Integer.valueOf(f[0]), SType.INVALID);
      offsets[i] = Long.parseLong(f[1]);
    }
    SType t =
        switch (kind) {
          case "SSA" ->
              switch (text) {
                case "mem" -> SType.MEM;
                case "flags" -> SType.FLAGS;
                case "void" -> SType.VOID;
                case "int128" -> SType.INT128;
                default -> SType.INVALID;
              };
          case "TUPLE" -> types.tuple(fields[0], fields[1]);
          case "RESULTS" -> types.results(Arrays.asList(fields));
          default -> byText.get(text);
        };
    if (t == null) {
      t =
          types.foreign(
              kindOf(kind),
              Long.parseLong(w[3]),
              Integer.parseInt(w[4]),
              w[5].equals("1"),
              Long.parseLong(w[6]),
              offsets,
              text);
      byText.put(text, t);
      int elem = Integer.parseInt(w[8]);
      SType made = t;
      // The parts of a recursive type come later.
      Runnable complete =
          () -> {
            SType[] parts = new SType[n];
            for (int i = 0; i < n; i++) {
              parts[i] = typeAt(w[10 + i].split(":", -1)[0]);
            }
            made.complete(elem == 0 ? null : typeOf.get(elem), parts, w[7].equals("1"));
          };
      complete.run();
      completions.add(complete);
    }
    typeOf.put(id, t);
  }

  private final List<Runnable> completions = new ArrayList<>();

  private static Kind kindOf(String kind) {
    return switch (kind) {
      case "UNSAFE.POINTER", "unsafe.Pointer" -> Kind.UNSAFEPTR;
      default -> {
        Kind k = TYPE_KINDS.get(kind.toUpperCase(java.util.Locale.ROOT));
        yield k == null ? Kind.INVALID : k;
      }
    };
  }

  private static <T> T at(Map<Integer, T> map, String id) {
    return Objects.requireNonNull(map.get(Integer.valueOf(id)));
  }

  private SType typeAt(String id) {
    SType t = typeOf.get(Integer.parseInt(id));
    return t == null ? SType.INVALID : t;
  }

  private void aux(String line) {
    String[] w = line.split(" ", 4);
    int id = Integer.parseInt(w[1]);
    Object a =
        switch (w[2]) {
          case "N" -> name(w[3]);
          case "S" -> symbol(w[3]);
          case "Y" -> typeAt(w[3]);
          case "Q" -> string(w[3]);
          case "C" -> call(w[3].split(" ", -1));
          case "O" -> {
            String[] o = w[3].split(" ", -1);
            yield new dev.escapade.ssa.abi.NameOffset((Name) at(auxOf, o[0]), Long.parseLong(o[1]));
          }
          default -> line;
        };
    auxOf.put(id, a);
  }

  private Name name(String rest) {
    String[] w = rest.split(" ", 4);
    StorageClass c =
        switch (w[0]) {
          case "PAUTO" -> StorageClass.AUTO;
          case "PPARAM" -> StorageClass.PARAM;
          case "PPARAMOUT" -> StorageClass.PARAMOUT;
          case "PAUTOHEAP" -> StorageClass.AUTOHEAP;
          case "PEXTERN" -> StorageClass.EXTERN;
          case "PFUNC" -> StorageClass.FUNC;
          default -> StorageClass.NONE;
        };
    Name n = new Name(0, 0, new dev.escapade.ir.Sym(null, unquote(w[3])), null, c);
    n.opt = typeAt(w[2]);
    n.setAddrtaken(w[1].contains("a"));
    n.setAutoTemp(w[1].contains("t"));
    return n;
  }

  private Sym symbol(String rest) {
    int from = rest.indexOf('"');
    int q = from + 1;
    while (rest.charAt(q) != '"') {
      q += rest.charAt(q) == '\\' ? 2 : 1;
    }
    String name = unquote(rest.substring(from, q + 1));
    String[] facts = rest.substring(q + 2).split(" ", -1);
    String flags = rest.substring(0, rest.indexOf(' '));
    if (flags.contains("r")) {
      readOnly.put(name, HexFormat.of().parseHex(facts[0].substring(facts[0].indexOf(':') + 1)));
    }
    if (rest.split(" ", 3)[1].equals(RODATA)) {
      readOnlySymbols.add(name);
    }
    if (flags.contains("d")) {
      direct.add("t" + name);
    }
    if (flags.contains("i")) {
      direct.add("i" + name);
    }
    for (int i = 1; i < facts.length; i++) {
      int eq = facts[i].indexOf('=');
      if (eq > 0) {
        words.put(name + " " + facts[i].substring(0, eq), facts[i].substring(eq + 1));
      }
    }
    return new Sym(name);
  }

  private static String string(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private AuxCall call(String[] w) {
    Sym fn = (Sym) auxOf.get(Integer.parseInt(w[0]));
    int[] next = {2};
    List<Assignment> ins = assignments(w, next);
    List<Assignment> outs = assignments(w, next);
    AbiConfig abi = w[1].equals("1") ? AbiConfig.AMD64 : AbiConfig.STACK;
    List<SType> in = new ArrayList<>();
    List<@Nullable Name> names = new ArrayList<>();
    for (Assignment a : ins) {
      in.add(a.type());
      names.add(a.name());
    }
    List<SType> out = new ArrayList<>();
    List<@Nullable Name> outNames = new ArrayList<>();
    for (Assignment a : outs) {
      out.add(a.type());
      outNames.add(a.name());
    }
    AbiInfo info = abi.analyze(in, names, out, outNames);
    return new AuxCall(fn, info);
  }

  private List<Assignment> assignments(String[] w, int[] next) {
    int n = Integer.parseInt(w[next[0]++]);
    List<Assignment> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String[] p = w[next[0]++].split(":", -1);
      Name name = (Name) auxOf.get(Integer.parseInt(p[1]));
      list.add(new Assignment(typeAt(p[0]), name, List.of(), Long.parseLong(p[2])));
    }
    return list;
  }

  private Func load(String name, List<String> lines) {
    Func f = new Func(config, name);
    String[] phase = lines.get(0).split(" ", 4);
    f.scheduled = Boolean.parseBoolean(phase[1]);
    f.laidOut = Boolean.parseBoolean(phase[2]);
    f.ownAux = auxOf.get(self);
    Map<Integer, Value> values = new HashMap<>();
    Map<Integer, Block> blocks = new HashMap<>();
    Block b = null;
    for (String line : lines) {
      String[] w = line.split(" ", -1);
      if (w[0].equals("B")) {
        b = f.blockWithId(Integer.parseInt(w[1]), block(w[2]));
        b.likely = Integer.parseInt(w[3]);
        b.auxInt = Long.parseLong(w[4]);
        b.pos = rank(w[5]);
        b.inl = Integer.parseInt(w[6]);
        b.hotness = Integer.parseInt(w[7]);
        b.aux = w[8].equals("0") ? null : auxOf.get(Integer.parseInt(w[8]));
        blocks.put(b.id, b);
      } else if (w[0].equals("V") && b != null) {
        Op op = OPS.get(w[2]);
        if (op == null) {
          throw new IllegalStateException("unknown operation " + w[2]);
        }
        Value v = f.valueWithId(Integer.parseInt(w[1]), op, typeAt(w[3]));
        v.auxInt = Long.parseLong(w[4]) + (op == Op.INL_MARK ? 1 : 0);
        v.aux = w[5].equals("0") ? null : auxOf.get(Integer.parseInt(w[5]));
        v.pos = rank(w[6]);
        v.inl = Integer.parseInt(w[7]);
        v.setBlock(b);
        b.values.add(v);
        values.put(v.id, v);
      }
    }
    f.entry = f.blocks.get(0);
    for (String line : lines) {
      String[] w = line.split(" ", -1);
      switch (w[0]) {
        case "B" -> edges(blocks, values, w);
        case "V" -> {
          Value v = at(values, w[1]);
          for (int i = 10; i < w.length; i++) {
            v.addArg(at(values, w[i]));
          }
        }
        case "K" -> {
          for (int i = 2; i < w.length; i++) {
            f.cacheConstant(at(values, w[i]), Long.parseLong(w[1]));
          }
        }
        case "IDS" -> ids(f, w);
        default -> {}
      }
    }
    for (Block x : f.blocks) {
      if (x.numPreds() == 0 && x.kind != BlockKind.INVALID) {
        f.entry = x;
        break;
      }
    }
    return f;
  }

  /** The place of a position in the order of all positions of the function. */
  private int rank(String order) {
    return Collections.binarySearch(positions, Long.valueOf(order)) + 1;
  }

  private static BlockKind block(String s) {
    BlockKind k = KINDS.get(s);
    return k == null ? BlockKind.INVALID : k;
  }

  private static void edges(Map<Integer, Block> blocks, Map<Integer, Value> values, String[] w) {
    Block b = at(blocks, w[1]);
    char mode = ' ';
    for (int i = 9; i < w.length; i++) {
      if (w[i].length() == 1 && "SPC".contains(w[i])) {
        mode = w[i].charAt(0);
        continue;
      }
      if (mode == 'C') {
        b.addControl(at(values, w[i]));
        continue;
      }
      String[] e = w[i].split(":", -1);
      Edge edge = new Edge(at(blocks, e[0]), Integer.parseInt(e[1]));
      if (mode == 'S') {
        b.addSuccEdge(edge);
      } else {
        b.addPredEdge(edge);
      }
    }
  }

  private static void ids(Func f, String[] w) {
    List<Integer> v = new ArrayList<>();
    List<Integer> b = new ArrayList<>();
    List<Integer> list = v;
    for (int i = 4; i < w.length; i++) {
      if (w[i].equals("B")) {
        list = b;
      } else {
        list.add(Integer.parseInt(w[i]));
      }
    }
    f.setFreeIds(Integer.parseInt(w[1]) - 1, v, Integer.parseInt(w[2]) - 1, b);
  }
}
