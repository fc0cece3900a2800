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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  }

  /** How an imported type occurs. */
  private static final class Occurrence {
    /** Who reads it, as long as that is generic code only; empty if other code has read it. */
    final List<ExportData> generic;

    Occurrence(List<ExportData> generic) {
      this.generic = generic;
    }
  }

  private static final Occurrence THEIRS = new Occurrence(List.of());

  private final Compilation c;
  private final Set<Type> local = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Package, IdentityHashMap<Type, Occurrence>> imported =
      new IdentityHashMap<>();
  private final IdentityHashMap<Package, Map<String, Occurrence>> importedInstances =
      new IdentityHashMap<>();
  private final Set<Named> declared = Collections.newSetFromMap(new IdentityHashMap<>());
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
    if (t instanceof Basic) {
      return;
    }
    if (place.env.isDerived(t)) {
      if (place.env.isFirst(t)) {
        derived(t, place);
      }
    } else if (place.from.isLocal()) {
      if (local.add(t)) {
        parts(t, place);
      }
    } else if (isRead(t, place)) {
      parts(t, place);
    }
  }

  /** Reports whether this occurrence of an imported type is one that counts, and records it. */
  private boolean isRead(Type t, Place place) {
    if (t instanceof Named n && !n.typeArgs().isEmpty()) {
      Map<String, Occurrence> known =
          importedInstances.computeIfAbsent(place.pkg, _ -> new HashMap<>());
      String key = c.linkString(n);
      Occurrence now = next(known.get(key), place);
      if (now != null) {
        known.put(key, now);
      }
      return now != null;
    }
    IdentityHashMap<Type, Occurrence> known =
        imported.computeIfAbsent(place.pkg, _ -> new IdentityHashMap<>());
    Occurrence now = next(known.get(t), place);
    if (now != null) {
      known.put(t, now);
    }
    return now != null;
  }

  /** What is known of a type after an occurrence of it, or null if that does not count. */
  private static @Nullable Occurrence next(@Nullable Occurrence known, Place place) {
    if (known == THEIRS) {
      return null;
    }
    if (!place.env.isGeneric()) {
      boolean counts = known == null || known.generic.stream().noneMatch(place.from::isSame);
      return counts ? THEIRS : null;
    }
    if (known == null) {
      return new Occurrence(List.of(place.from));
    }
    if (known.generic.contains(place.from)) {
      return null;
    }
    List<ExportData> all = new ArrayList<>(known.generic);
    all.add(place.from);
    return new Occurrence(all);
  }

  /** A type that does not depend on type parameters. */
  private void parts(Type t, Place place) {
    switch (t) {
      case Basic _, TypeParam _, Union _ -> {}
      case Alias x -> alias(x, place);
      case Named x -> {
        readAll(x.typeArgs(), place);
        declare(x, place.from);
        wrap(x, place.isOurs());
      }
      case Pointer x -> {
        point(x);
        read(x.elem(), place);
      }
      case Struct _, Interface _ -> {
        contents(t, place);
        wrap(t, place.isOurs());
      }
      case Array _, Slice _, Chan _, MapType _, Tuple _, Signature _ -> contents(t, place);
    }
  }

  /** A type that depends on type parameters. */
  private void derived(Type t, Place place) {
    switch (t) {
      case Basic _, Union _ -> {}
      case TypeParam _ -> wrap(place.env.type(t), true);
      case Alias x -> {
        readAll(x.typeArgs(), place);
        read(x.rhs(), place);
      }
      case Named x -> {
        readAll(x.typeArgs(), place);
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

  /** What a type literal is made of; the literal itself does not count as occurring. */
  private void contents(Type t, Place place) {
    switch (t) {
      case Array x -> read(x.elem(), place);
      case Slice x -> read(x.elem(), place);
      case Chan x -> read(x.elem(), place);
      case MapType x -> {
        read(x.key(), place);
        read(x.elem(), place);
      }
      case Tuple x -> vars(x, place);
      case Signature x -> signature(x, place);
      case Struct x -> {
        for (Var f : x.fields()) {
          read(f.type(), place);
        }
      }
      case Interface x -> {
        for (Func m : x.explicitMethods()) {
          signature(m.signature(), place);
        }
        readAll(x.embeddeds(), place);
      }
      case Pointer _, Alias _, Named _, Basic _, TypeParam _, Union _ -> read(t, place);
    }
  }

  /** What an alias stands for counts as occurring where the alias is declared. */
  private void alias(Alias x, Place place) {
    readAll(x.typeArgs(), place);
    Package pkg = x.obj().pkg();
    Place there =
        pkg != null && x.typeArgs().isEmpty() && Exprs.isGlobal(x.obj())
            ? new Place(pkg, c.plainEnv(), place.from.declaration(x.obj()))
            : place;
    read(x.rhs(), there);
  }

  private void wrap(Type type, boolean ours) {
    Type t = type.unalias();
    if (t instanceof Named || t instanceof Struct || t instanceof Interface) {
      boolean isRuntimes = t == Universe.ERROR && c.localPackage().path().equals("runtime");
      (ours || isRuntimes ? need : have).add(t);
    }
  }

  private void point(Pointer x) {
    if (loading && x.elem().unalias() instanceof Named n) {
      pointees.add(n.obj());
    }
  }

  private void readAll(List<Type> types, Place place) {
    for (Type t : types) {
      read(t, place);
    }
  }

  private void vars(Tuple vars, Place place) {
    for (Var v : vars.vars()) {
      read(v.type(), place);
    }
  }

  /** The types of parameters and results. */
  void signature(Signature s, Place place) {
    vars(s.params(), place);
    vars(s.results(), place);
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
    ExportData data = from.declaration(t.obj());
    TypeEnv env = instance ? c.instances().env(t, data) : c.plainEnv();
    Place place = new Place(pkg, env, data);
    TypeEnv inside = c.instances().underlyingEnv(t, env);
    boolean first = instance && c.instances().begin(t);
    contents(t.origin().underlying(), new Place(pkg, inside, data));
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
