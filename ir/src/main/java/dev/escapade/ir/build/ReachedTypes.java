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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The types that occur in a compilation, directly or in the declarations of other types. The
 * compiler finds them by reading export data, so a type that is spelled out in an imported package
 * counts as that package's.
 *
 * <p>They are met as the compiler reads them, each with all that it consists of before the next,
 * since the order of functions and messages follows from it. The recursion is a stack of tasks, for
 * types may be nested deeply.
 */
final class ReachedTypes {
  private static final int THEIRS = 1;
  private static final int OURS = 2;

  private final Compilation c;
  private final IdentityHashMap<Type, Integer> seen = new IdentityHashMap<>();

  /** By name, since the checker and the instances that are made here have their own objects. */
  private final Map<String, Integer> seenInstances = new HashMap<>();

  /** What is still to be done, the next first. */
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  /** What the task that is running adds to do next, in order. */
  private final List<Runnable> next = new ArrayList<>();

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
    if (!isSeen(t, ours)) {
      perform(() -> visit(t, ours));
    }
  }

  private boolean isSeen(Type t, boolean ours) {
    int flags =
        t instanceof Named n && !n.typeArgs().isEmpty()
            ? seenInstances.getOrDefault(c.linkString(n), 0)
            : seen.getOrDefault(t, 0);
    return (flags & (ours ? OURS : THEIRS)) != 0;
  }

  private void visit(Type t, boolean ours) {
    if (isSeen(t, ours)) {
      return;
    }
    int flag = ours ? OURS : THEIRS;
    if (t instanceof Named n && !n.typeArgs().isEmpty()) {
      seenInstances.merge(c.linkString(n), flag, (a, b) -> a | b);
    } else {
      seen.merge(t, flag, (a, b) -> a | b);
    }
    expand(t, ours);
  }

  /** Does something when all types that were met before have been looked at. */
  void perform(Runnable task) {
    if (running) {
      next.add(task);
      return;
    }
    running = true;
    tasks.push(task);
    while (!tasks.isEmpty()) {
      tasks.pop().run();
      for (int i = next.size() - 1; i >= 0; i--) {
        tasks.push(next.get(i));
      }
      next.clear();
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
        perform(() -> wrap(x, ours));
      }
      case Interface x -> {
        members(x, ours);
        perform(() -> wrap(x, ours));
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
    for (Type arg : c.instances().spelledArgs(t)) {
      add(arg, ours);
    }
    if (pkg == Shapes.PACKAGE || pkg == null) {
      wrap(t, ours);
      return;
    }
    List<Func> methods = PackageSource.methods(t);
    if (loading) {
      receivers(methods);
    }
    contents(t.underlying(), instance || pkg == c.localPackage());
    if (instance && !Shapes.hasShape(t)) {
      perform(() -> c.later(() -> shaped(t, methods)));
    }
    // The receiver of the first method comes before the other types in it.
    perform(() -> wrap(t, ours));
    if (instance && !Shapes.hasShape(t)) {
      perform(() -> wrap(t, true));
    }
    methods(t, methods, instance);
  }

  private void methods(Named t, List<Func> methods, boolean instance) {
    boolean local = t.obj().pkg() == c.localPackage() && t.typeParams().isEmpty();
    for (Func m : methods) {
      if (instance) {
        perform(() -> c.instances().method(t, m));
      } else if (local && !m.name().equals("_")) {
        perform(() -> c.function(m));
      } else {
        perform(() -> signature(m.signature(), false));
      }
    }
  }

  /** Looks at the instance for shapes that has the code of an instance's methods. */
  private void shaped(Named t, List<Func> methods) {
    Type shaped = c.instances().shaped(t);
    if (!methods.isEmpty()) {
      add(shaped, true); // The receiver of the methods.
    } else if (shapedWithoutMethods.add(shaped)) {
      perform(() -> contents(shaped.underlying(), true));
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
