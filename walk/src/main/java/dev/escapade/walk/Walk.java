package dev.escapade.walk;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.ConvExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.ReassignOracle;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.Visit;
import dev.escapade.ir.build.Comparison;
import dev.escapade.staticinit.Effects;
import dev.escapade.types.Array;
import dev.escapade.types.Package;
import dev.escapade.types.Sizes;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Lowers the functions of one package; for one thread. */
public final class Walk {
  /** Larger structs and arrays are kept in memory, as are those with more parts. */
  private static final long MAX_PARTS = 4;

  private final Unit unit;
  private final Package local;
  private final Comparison comparison;
  private final RuntimeTypes runtimeTypes = new RuntimeTypes();
  private final Equalities equalities;
  private final Descriptors descriptors;
  private final List<Func> generated = new ArrayList<>();
  private final IdentityHashMap<Func, List<Func>> closures = new IdentityHashMap<>();
  private final Set<Func> seenClosures = Collections.newSetFromMap(new IdentityHashMap<>());
  private int staticNames;
  private int typeAsserts;
  private int interfaceSwitches;

  /**
   * Starts with a package.
   *
   * @param local the package
   * @param sizes those of the architecture
   */
  public Walk(Unit unit, Package local, Sizes sizes) {
    this.unit = unit;
    this.local = local;
    comparison = new Comparison(sizes, unit.arch());
    equalities = new Equalities(this);
    descriptors = new Descriptors(unit);
  }

  Unit unit() {
    return unit;
  }

  Package local() {
    return local;
  }

  RuntimeTypes runtimeTypes() {
    return runtimeTypes;
  }

  Comparison comparison() {
    return comparison;
  }

  Equalities equalities() {
    return equalities;
  }

  /** The descriptors that the lowered code refers to. */
  public Descriptors descriptors() {
    return descriptors;
  }

  /** Reports whether evaluating {@code n} may be observed. */
  boolean hasEffects(Node n) {
    return Effects.any(n);
  }

  /** Reports whether a call becomes an instruction. */
  boolean isIntrinsic(CallExpr n) {
    if (n.op() != Op.CALLFUNC || !(n.fun instanceof Name f) || f.sym.pkg() == null) {
      return false;
    }
    String path = f.sym.pkg().path();
    return unit.intrinsics().contains(path.equals("go.runtime") ? "runtime" : path, f.sym.name());
  }

  /** Reports whether variables of type {@code t} need not be in memory. */
  boolean canSsa(Type t) {
    long size = unit.types().sizeBytes(t);
    if (size == 0) {
      return true;
    }
    if (size > MAX_PARTS * unit.types().ptrSizeBytes()) {
      return false;
    }
    return switch (t.underlying()) {
      case Array a -> a.len() <= 1 && canSsa(a.elem());
      case Struct s -> {
        if (unit.types().isDirectIface(t)) {
          yield true;
        }
        if (s.numFields() > MAX_PARTS) {
          yield false;
        }
        for (Var f : s.fields()) {
          if (!canSsa(f.type())) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }

  /**
   * The functions that compare and hash values, as far as code that was lowered needs them and they
   * have not been given out before; not lowered yet.
   */
  public List<Func> generated() {
    List<Func> list = List.copyOf(generated);
    generated.clear();
    return list;
  }

  /** The closures that {@code fn} makes or calls, as far as it has been lowered. */
  public List<Func> closures(Func fn) {
    return closures.getOrDefault(fn, List.of());
  }

  void closure(Func outer, Func inner) {
    if (seenClosures.add(inner)) {
      closures.computeIfAbsent(outer, _ -> new ArrayList<>()).add(inner);
    }
  }

  void generate(Func fn) {
    generated.add(fn);
  }

  /** A new variable for static data. */
  Name staticName(int pos, int inl, Type t, boolean readonly) {
    Sym sym = new Sym(local, ".stmp_w" + staticNames++);
    Name n = new Name(pos, inl, sym, t, StorageClass.EXTERN);
    if (readonly) {
      n.markReadonly();
    }
    return n;
  }

  String typeAssertDescriptor() {
    return local.path() + "..typeAssert." + typeAsserts++;
  }

  String interfaceSwitchDescriptor() {
    return local.path() + "..interfaceSwitch." + interfaceSwitches++;
  }

  /** Lowers {@code fn} in place; the closures in it are functions of their own. */
  public void function(Func fn) {
    Env env = new Env(this, fn);
    ReassignOracle oracle = new ReassignOracle(fn);
    Visit.visit(
        fn,
        n -> {
          if (n instanceof ConvExpr c && c.op() == Op.CONVIFACE) {
            Node v = oracle.staticValue(c.x);
            if (v != c.x) {
              env.staticValues.put(c.x, v);
            }
          }
        });
    env.setPos(fn);
    fn.body = Order.function(env, fn.body);
    env.stmts.list(fn.body);
  }
}
