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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The types that occur in a compilation, directly or in the declarations of other types. The
 * compiler finds them by reading export data, so a type that is spelled out in an imported package
 * counts as that package's.
 */
final class ReachedTypes {
  private static final int THEIRS = 1;
  private static final int OURS = 2;

  private record Item(Type type, boolean ours) {}

  private final Compilation c;
  private final IdentityHashMap<Type, Integer> seen = new IdentityHashMap<>();
  private final ArrayDeque<Item> pending = new ArrayDeque<>();
  private final List<Type> have = new ArrayList<>();
  private final List<Type> need = new ArrayList<>();
  private final Set<Type> shapedWithoutMethods = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<TypeName> pointees = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean running;
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

  void add(Type t, boolean ours) {
    int flag = ours ? OURS : THEIRS;
    int flags = seen.getOrDefault(t, 0);
    if ((flags & flag) != 0) {
      return;
    }
    seen.put(t, flags | flag);
    pending.add(new Item(t, ours));
    if (running) {
      return;
    }
    running = true;
    while (!pending.isEmpty()) {
      Item i = pending.removeFirst();
      expand(i.type, i.ours);
    }
    running = false;
  }

  private void expand(Type t, boolean ours) {
    switch (t) {
      case Basic _, TypeParam _, Union _ -> {}
      case Alias x -> alias(x, ours);
      case Named x -> named(x, ours);
      case Pointer x -> {
        if (loading) {
          point(x);
        }
        add(x.elem(), ours);
      }
      case Array x -> add(x.elem(), ours);
      case Slice x -> add(x.elem(), ours);
      case Chan x -> add(x.elem(), ours);
      case MapType x -> {
        add(x.key(), ours);
        add(x.elem(), ours);
      }
      case Tuple x -> vars(x.vars(), ours);
      case Signature x -> signature(x, ours);
      case Struct x -> {
        vars(x.fields(), ours);
        wrap(x, ours);
      }
      case Interface x -> {
        members(x, ours);
        wrap(x, ours);
      }
    }
  }

  /** What an alias stands for counts as occurring where the alias is declared. */
  private void alias(Alias x, boolean ours) {
    Package pkg = x.obj().pkg();
    boolean theirs = x.typeArgs().isEmpty() && pkg != null && pkg != c.localPackage();
    for (Type arg : x.typeArgs()) {
      add(arg, ours);
    }
    add(x.rhs(), ours && !theirs);
  }

  private void wrap(Type t, boolean ours) {
    boolean isRuntimes = t == Universe.ERROR && c.localPackage().path().equals("runtime");
    (ours || isRuntimes ? need : have).add(t);
  }

  private void point(Pointer x) {
    if (x.elem().unalias() instanceof Named n) {
      pointees.add(n.obj());
    }
  }

  private void vars(List<Var> vars, boolean ours) {
    for (Var v : vars) {
      add(v.type(), ours);
    }
  }

  private void signature(Signature s, boolean ours) {
    vars(s.params().vars(), ours);
    vars(s.results().vars(), ours);
  }

  private void members(Interface t, boolean ours) {
    for (Func m : t.explicitMethods()) {
      signature(m.signature(), ours);
    }
    for (Type e : t.embeddeds()) {
      add(e, ours);
    }
  }

  private void named(Named t, boolean ours) {
    Package pkg = t.obj().pkg();
    boolean instance = !t.typeArgs().isEmpty();
    for (Type arg : t.typeArgs()) {
      add(arg, ours);
    }
    wrap(t, ours);
    if (pkg == Shapes.PACKAGE || pkg == null) {
      return;
    }
    List<Func> methods = PackageSource.methods(t);
    if (loading) {
      receivers(methods);
    }
    boolean inside = instance || pkg == c.localPackage();
    contents(t.underlying(), inside);
    if (!instance) {
      for (Func m : methods) {
        signature(m.signature(), inside);
      }
      return;
    }
    for (Func m : methods) {
      c.instances().method(t, m);
    }
    if (!Shapes.hasShape(t)) {
      wrap(t, true);
      Type shaped = c.instances().shaped(t);
      if (!methods.isEmpty()) {
        add(shaped, true); // The receiver of the methods.
      } else if (shapedWithoutMethods.add(shaped)) {
        contents(shaped.underlying(), true);
      }
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

  /** What a declaration is made of; the type literal itself does not count as occurring. */
  private void contents(Type underlying, boolean ours) {
    switch (underlying) {
      case Struct x -> vars(x.fields(), ours);
      case Interface x -> members(x, ours);
      default -> add(underlying, ours);
    }
  }
}
