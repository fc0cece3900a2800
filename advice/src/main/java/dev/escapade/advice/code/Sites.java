package dev.escapade.advice.code;

import dev.escapade.advice.code.Site.Kind;
import dev.escapade.ir.AddStringExpr;
import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.CompLitExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.ir.Visit;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The places of a package's code that may allocate. */
public final class Sites {
  private final Unit unit;
  private final List<Func> funcs;
  private final List<Site> all = new ArrayList<>();
  private final Map<Integer, List<Site>> byPos = new HashMap<>();
  private final Map<Integer, List<Site>> byOuterPos = new HashMap<>();

  /** The places in {@code funcs}, which are all functions of the package. */
  public Sites(Unit unit, List<Func> funcs) {
    this.unit = unit;
    this.funcs = List.copyOf(funcs);
    for (Func fn : funcs) {
      if (!fn.isWrapper() && fn.pos > 0) {
        collect(fn);
      }
    }
  }

  private void collect(Func fn) {
    for (Name variable : fn.dcl) {
      if (variable.storage != StorageClass.PARAMOUT || variable.esc() == Esc.HEAP) {
        if (variable.esc() == Esc.HEAP || variable.storage == StorageClass.AUTOHEAP) {
          add(variable, Kind.VARIABLE, fn);
        }
      }
    }
    Visit.visitList(
        fn.body,
        n -> {
          Kind kind = kind(n);
          if (kind != null) {
            add(n, kind, fn);
          }
        });
  }

  private void add(Node n, Kind kind, Func fn) {
    if (n.pos <= 0) {
      return;
    }
    int outer = unit.pos(n);
    boolean onHeap = n.esc() == Esc.HEAP;
    Site site = new Site(n, kind, fn, n.pos, outer, onHeap ? unit.text(n) : "", onHeap);
    all.add(site);
    byPos.computeIfAbsent(n.pos, _ -> new ArrayList<>(2)).add(site);
    byOuterPos.computeIfAbsent(outer, _ -> new ArrayList<>(2)).add(site);
  }

  private static @Nullable Kind kind(Node n) {
    return switch (n) {
      case AddrExpr x when x.op() == Op.PTRLIT -> Kind.NEW;
      case UnaryExpr x when x.op() == Op.NEW -> Kind.NEW;
      case MakeExpr x ->
          switch (x.op()) {
            case MAKEMAP -> Kind.MAKE_MAP;
            case MAKECHAN -> Kind.MAKE_CHAN;
            default -> Kind.MAKE_SLICE; // also MAKESLICECOPY
          };
      case CompLitExpr x when x.op() == Op.SLICELIT ->
          x.isImplicit() ? Kind.ARGUMENT_SLICE : Kind.SLICE_LITERAL;
      case CompLitExpr x when x.op() == Op.MAPLIT -> Kind.MAP_LITERAL;
      case ClosureExpr _ -> Kind.CLOSURE;
      case SelectorExpr x when x.op() == Op.METHVALUE -> Kind.METHOD_VALUE;
      case AddStringExpr _ -> Kind.CONCATENATION;
      case ConvExpr x -> kind(x);
      case CallExpr x when x.op() == Op.APPEND -> Kind.APPEND;
      default -> null; // allocates nothing by itself
    };
  }

  private static @Nullable Kind kind(ConvExpr n) {
    return switch (n.op()) {
      case CONVIFACE -> Kind.BOX;
      case BYTES2STR -> Kind.BYTES_TO_STRING;
      case STR2BYTES -> Kind.STRING_TO_BYTES;
      case RUNES2STR, STR2RUNES, RUNESTR -> Kind.RUNES;
      default -> null; // copies nothing
    };
  }

  /** Reports whether there is any code, after all passes, that was written at such a position. */
  public boolean isLeft(IntPredicate pos) {
    boolean[] found = new boolean[1];
    for (Func fn : funcs) {
      Visit.visitList(fn.body, n -> found[0] |= pos.test(n.pos));
      if (found[0]) {
        return true;
      }
    }
    return false;
  }

  /** All of them, function by function. */
  public List<Site> all() {
    return all;
  }

  /**
   * The places written at a position: several if it is in a generic function, or in one that is
   * inlined elsewhere.
   */
  public List<Site> at(int pos) {
    return byPos.getOrDefault(pos, List.of());
  }

  /** The place of a kind written at a position, in the function itself; or null. */
  public @Nullable Site at(int pos, Kind kind) {
    for (Site site : at(pos)) {
      if (site.kind() == kind && !site.isInlined()) {
        return site;
      }
    }
    return null;
  }

  /** Reports whether something of a kind that is written at a position is on the heap. */
  public boolean isOnHeap(int pos, Kind kind) {
    Site site = at(pos, kind);
    return site != null && site.onHeap();
  }

  /**
   * Reports whether escape analysis left in the frame what a site makes. The body of a function
   * literal of which all calls are inlined is not analysed: its copies are.
   */
  public boolean isInFrame(Site site) {
    if (site.node().esc() != Esc.UNKNOWN) {
      return !site.onHeap();
    }
    List<Site> copies = at(site.pos()).stream().filter(Site::isInlined).toList();
    return !copies.isEmpty() && copies.stream().noneMatch(Site::onHeap);
  }

  /** What calls at a position bring in by being inlined. */
  public List<Site> inlinedAt(int callPos) {
    List<Site> found = new ArrayList<>();
    for (Site site : byOuterPos.getOrDefault(callPos, List.of())) {
      if (site.isInlined()) {
        found.add(site);
      }
    }
    return found;
  }

  /** The type of what a site makes, or null. */
  public static dev.escapade.types.@Nullable Type type(Site site) {
    return site.node() instanceof ExprNode e ? e.typeOrNull() : null;
  }
}
