package dev.escapade.ir.build;

import dev.escapade.ir.Shapes;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types that occur in a compilation, directly or in the declarations of other types, in the
 * order in which the compiler reads them from export data (noder/reader.go: typIdx, objIdx,
 * needWrapper; Go 1.26).
 *
 * <p>Who makes the wrappers of a type's methods depends on where the type occurs. What occurs in
 * the package itself or in an instance of generic code, counts as this package's; what occurs in
 * other code of an imported package, as that package's. A type that does not depend on type
 * parameters is read but once from the export data of an import: if an instance of generic code
 * comes first, then later occurrences in other code of the same export data do not count.
 */
final class ReachedTypes {
  /** Code that types occur in: the package that it is written in, and how it is read here. */
  record Place(Package pkg, TypeEnv env, ExportData from) {
    boolean isOurs() {
      return from.isLocal() || env.isGeneric();
    }

    /** Where the parts of a type occur that occurs here. */
    Place inside(Type t) {
      return from.isLocal() ? this : new Place(pkg, env, from.inside(t));
    }
  }

  /** How an imported type occurs. */
  private static final class Occurrence {
    /** Where it was read as something new. */
    private final Set<ExportData> places = new LinkedHashSet<>(2);

    /** Whether nothing more is to be learned of it. */
    private boolean settled;

    boolean add(ExportData from) {
      return places.add(from);
    }

    /** Reports whether {@code from} refers to a copy of {@code t} that was not read yet. */
    boolean isNew(Type t, ExportData from) {
      for (ExportData place : places) {
        if (place.isSame(t, from)) {
          return false;
        }
      }
      return true;
    }
  }

  private final Compilation c;
  private final Set<Type> local = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Package, IdentityHashMap<Type, Occurrence>> imported =
      new IdentityHashMap<>();
  private final IdentityHashMap<Package, Map<String, Occurrence>> importedInstances =
      new IdentityHashMap<>();
  private final Set<Named> declared = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<TypeName> aliases = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> declaredInstances = new HashSet<>();
  private final List<Type> have = new ArrayList<>();
  private final List<Type> need = new ArrayList<>();
  private final Set<TypeName> pointees = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean loading = true;

  ReachedTypes(Compilation c) {
    this.c = c;
  }

  /** Types whose wrappers another package makes. */
  List<Type> have() {
    return have;
  }

  /** Types whose wrappers this package may have to make. */
  List<Type> need() {
    return need;
  }

  /**
   * Says that all code of the package itself was read. Until then the compiler makes one type for
   * all pointers to a type; later it makes one for each place in the source that spells a pointer
   * (cmd/compile/internal/types: NewPtrCacheEnabled, go 1.26).
   */
  void endLoading() {
    loading = false;
  }

  /**
   * Reports whether pointers to a defined type, or to its instances, are one type in the compiler.
   */
  boolean isPointee(Named t) {
    return pointees.contains(t.obj());
  }

  /** Notes that a type of the source occurs. */
  void read(Type t, Place place) {
    isTheirs(t, place);
  }

  /**
   * Notes that a type of the source occurs, and reports whether nothing more is to be learned of
   * it: all wrappers that it could ask for are made by imported packages.
   */
  private boolean isTheirs(Type t, Place place) {
    if (t instanceof Basic) {
      return true;
    }
    if (place.env.isDerived(t)) {
      if (place.env.isFirst(t)) {
        derived(t, place);
      }
      return false;
    }
    if (place.from.isLocal()) {
      if (!local.contains(t)) {
        parts(t, place);
        local.add(t); // Only now: what a type leads to may lead back, and then counts first.
      }
      return false;
    }
    return imported(t, place, occurrence(t, place.pkg));
  }

  private Occurrence occurrence(Type t, Package pkg) {
    if (t instanceof Named n && !n.typeArgs().isEmpty()) {
      return importedInstances
          .computeIfAbsent(pkg, _ -> new HashMap<>())
          .computeIfAbsent(c.linkString(n), _ -> new Occurrence());
    }
    return imported
        .computeIfAbsent(pkg, _ -> new IdentityHashMap<>())
        .computeIfAbsent(t, _ -> new Occurrence());
  }

  private boolean imported(Type t, Place place, Occurrence known) {
    if (known.settled) {
      return true;
    }
    if (place.env.isGeneric()) {
      if (known.add(place.from)) {
        parts(t, place.inside(t));
      }
      return false;
    }
    if (!known.isNew(t, place.from)) {
      return false;
    }
    boolean settled = within(t, place.inside(t));
    if (!known.isNew(t, place.from) || !known.add(place.from)) {
      return false; // What it leads to has led back, which counts first.
    }
    known.settled = itself(t, place) && settled;
    return known.settled;
  }

  /** A type that does not depend on type parameters; reports as {@link #isTheirs}. */
  private boolean parts(Type t, Place place) {
    boolean settled = within(t, place);
    return itself(t, place) && settled;
  }

  /** What a type is made of that does not depend on type parameters. */
  private boolean within(Type t, Place place) {
    return switch (t) {
      case Basic _, TypeParam _, Union _ -> true;
      case Alias x -> alias(x, place);
      case Named x -> {
        boolean settled = areTheirs(x.typeArgs(), place);
        declare(x, place.from);
        yield settled;
      }
      case Pointer x -> {
        point(x);
        yield isTheirs(x.elem(), place);
      }
      case Struct _, Interface _, Array _, Slice _, Chan _, MapType _, Tuple _, Signature _ ->
          contents(t, place);
    };
  }

  /**
   * A type after what it is made of; what an alias stands for occurs where it is mentioned, too.
   */
  private boolean itself(Type t, Place place) {
    return switch (t) {
      case Named _, Struct _, Interface _, Alias _ -> wrap(t, place.isOurs());
      default -> true;
    };
  }

  /** A type that depends on type parameters. */
  private void derived(Type t, Place place) {
    switch (t) {
      case Basic _, Union _ -> {}
      case TypeParam _ -> wrap(place.env.type(t), true);
      case Alias x -> {
        areTheirs(x.typeArgs(), place);
        read(x.rhs(), place);
      }
      case Named x -> {
        areTheirs(x.typeArgs(), place);
        Named here = (Named) place.env.type(x);
        declare(here, place.from);
        wrap(here, true);
      }
      case Pointer x -> {
        point((Pointer) place.env.type(x));
        read(x.elem(), place);
      }
      case Struct _, Interface _ -> {
        contents(t, place);
        wrap(place.env.type(t), true);
      }
      case Array _, Slice _, Chan _, MapType _, Tuple _, Signature _ -> contents(t, place);
    }
  }

  /**
   * What a type literal is made of; the literal itself does not count as occurring. Reports as
   * {@link #isTheirs} for all of it.
   */
  private boolean contents(Type t, Place place) {
    return switch (t) {
      case Array x -> isTheirs(x.elem(), place);
      case Slice x -> isTheirs(x.elem(), place);
      case Chan x -> isTheirs(x.elem(), place);
      case MapType x -> {
        boolean settled = isTheirs(x.key(), place);
        yield isTheirs(x.elem(), place) && settled;
      }
      case Tuple x -> vars(x, place);
      case Signature x -> {
        boolean settled = vars(x.params(), place);
        yield vars(x.results(), place) && settled;
      }
      case Struct x -> {
        boolean settled = true;
        for (Var f : x.fields()) {
          settled &= isTheirs(f.type(), place);
        }
        yield settled;
      }
      case Interface x -> {
        boolean settled = true;
        for (Func m : x.explicitMethods()) {
          settled &= contents(m.signature(), place);
        }
        yield areTheirs(x.embeddeds(), place) && settled;
      }
      case Pointer _, Alias _, Named _, Basic _, TypeParam _, Union _ -> isTheirs(t, place);
    };
  }

  /**
   * What an alias stands for counts as occurring where the alias is declared. That is read but
   * once, from the export data that mentions the alias first.
   */
  private boolean alias(Alias x, Place place) {
    boolean settled = areTheirs(x.typeArgs(), place);
    Package pkg = x.obj().pkg();
    if (pkg == null || !x.typeArgs().isEmpty() || !Exprs.isGlobal(x.obj())) {
      return isTheirs(x.rhs(), place) && settled;
    }
    if (!aliases.add(x.obj())) {
      return settled;
    }
    Place there = new Place(pkg, c.plainEnv(), place.from.declaration(c, x.obj()));
    return isTheirs(x.rhs(), there) && settled;
  }

  /** Reports whether no wrappers are to be made here for the type. */
  private boolean wrap(Type type, boolean ours) {
    Type t = type.unalias();
    if (!(t instanceof Named || t instanceof Struct || t instanceof Interface)) {
      return true;
    }
    boolean isRuntimes = t == Universe.ERROR && c.localPackage().path().equals("runtime");
    boolean isOurs = ours || isRuntimes;
    (isOurs ? need : have).add(t);
    return !isOurs;
  }

  private void point(Pointer x) {
    if (loading && x.elem().unalias() instanceof Named n) {
      pointees.add(n.obj());
    }
  }

  private boolean areTheirs(List<Type> types, Place place) {
    boolean settled = true;
    for (Type t : types) {
      settled &= isTheirs(t, place);
    }
    return settled;
  }

  private boolean vars(Tuple vars, Place place) {
    boolean settled = true;
    for (Var v : vars.vars()) {
      settled &= isTheirs(v.type(), place);
    }
    return settled;
  }

  /** The types of parameters and results. */
  void signature(Signature s, Place place) {
    contents(s, place);
  }

  /**
   * Notes that a defined type, or an instance of one, is referred to: its declaration occurs.
   *
   * @param from where the reference is read from
   */
  void declare(Named t, ExportData from) {
    Package pkg = t.obj().pkg();
    if (pkg == Shapes.PACKAGE || pkg == null || !declared.add(t)) {
      return;
    }
    boolean instance = !t.typeArgs().isEmpty();
    if (instance && !declaredInstances.add(c.linkString(t))) {
      return;
    }
    ExportData data = from.declaration(c, t.obj());
    TypeEnv env = instance ? c.instances().env(t, data) : c.plainEnv();
    Place place = new Place(pkg, env, data);
    TypeEnv inside = c.instances().underlyingEnv(t, env);
    boolean first = instance && c.instances().begin(t);
    Type underlying = t.origin().underlying();
    Place within = new Place(pkg, inside, data);
    contents(underlying, inside.isDerived(underlying) ? within : within.inside(underlying));
    if (first) {
      c.instances().end(t);
    }
    if (instance && !env.isShaped()) {
      c.later(() -> declare(c.instances().shaped(t), data));
    }
    List<Func> methods = PackageSource.methods(t);
    receivers(methods);
    if (!instance) {
      if (!methods.isEmpty()) {
        wrap(t, place.isOurs()); // The receiver of the first.
      }
      for (Func m : methods) {
        if (data.isLocal() && !m.name().equals("_")) {
          c.function(m);
        } else {
          signature(m.signature(), place);
        }
      }
      wrap(t, place.isOurs());
      return;
    }
    for (Func m : methods) {
      Var recv = m.origin().signature().recv();
      if (recv != null) {
        read(recv.type(), place);
      }
      c.instances().method(t, m);
    }
    if (!env.isShaped()) {
      wrap(t, true);
    }
  }

  private void receivers(List<Func> methods) {
    for (Func m : methods) {
      Var recv = m.signature().recv();
      if (recv != null && recv.type().unalias() instanceof Pointer p) {
        point(p);
      }
    }
  }
}
