package dev.escapade.ir.build;

import dev.escapade.ir.Func;
import dev.escapade.ir.Sym;
import dev.escapade.types.Interface;
import dev.escapade.types.Lookup;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of types, promoted ones included (typecheck/subr.go: CalcMethods). */
final class MethodSets {
  /** How a method of a type came to be there. */
  enum Origin {
    /** Declared for the type. */
    DECLARED,
    /** Promoted from a field that is embedded by value. */
    EMBEDDED,
    /** Promoted through an embedded pointer. */
    EMBEDDED_POINTER
  }

  /**
   * A method in a method set.
   *
   * @param fn the function, or null for a method of an interface
   */
  record Method(dev.escapade.types.Func obj, @Nullable Func fn, Origin origin) {
    Sym sym() {
      return Methods.selSym(obj);
    }

    Signature type() {
      return fn == null ? obj.signature() : fn.type();
    }

    /** The receiver's type as declared, or null for a method of an interface. */
    @Nullable Type receiver() {
      return fn == null ? null : Objects.requireNonNull(fn.type().recv()).type();
    }

    boolean hasPointerReceiver() {
      return receiver() instanceof Pointer;
    }

    /**
     * Reports whether the method is in the method set of the type itself, or of pointers to it if
     * {@code pointer}.
     */
    boolean isApplicable(boolean pointer) {
      return pointer || !hasPointerReceiver() || origin == Origin.EMBEDDED_POINTER;
    }
  }

  private MethodSets() {}

  /** Exported methods first, then by name and package. */
  private static final Comparator<Method> ORDER =
      Comparator.comparing((Method m) -> !m.obj().exported())
          .thenComparing(m -> m.obj().name())
          .thenComparing(m -> m.obj().pkg() == null ? "" : m.obj().pkg().path());

  /** The methods of {@code t}, which is no pointer, and of pointers to it, in the usual order. */
  static List<Method> of(Compilation c, Type t) {
    List<Method> list = all(c, t);
    list.sort(ORDER);
    return list;
  }

  private static List<Method> all(Compilation c, Type t) {
    List<Method> list = new ArrayList<>();
    if (t.underlying() instanceof Interface i) {
      for (int k = 0; k < i.numMethods(); k++) {
        list.add(new Method(InterfaceMethods.kept(c, i, i.method(k)), null, Origin.DECLARED));
      }
      return list;
    }
    if (t.unalias() instanceof Named n) {
      for (int k = 0; k < n.numMethods(); k++) {
        dev.escapade.types.Func m = n.origin().method(k);
        if (!m.name().equals("_")) {
          list.add(new Method(m, c.method(n, m), Origin.DECLARED));
        }
      }
    }
    if (t.underlying() instanceof Struct s) {
      Map<String, dev.escapade.types.Func> names = new LinkedHashMap<>();
      collect(s, names, new HashSet<>());
      for (dev.escapade.types.Func m : names.values()) {
        Method p = promoted(c, t, m);
        if (p != null) {
          list.add(p);
        }
      }
    }
    return list;
  }

  /** Collects the methods of all fields that are embedded somewhere in {@code s}. */
  private static void collect(
      Struct s, Map<String, dev.escapade.types.Func> names, Set<Type> visited) {
    for (Var f : s.fields()) {
      if (!f.embedded()) {
        continue;
      }
      Type t = Kinds.deref(f.type()).unalias();
      if (!visited.add(t)) {
        continue;
      }
      if (t instanceof Named n) {
        for (int k = 0; k < n.numMethods(); k++) {
          names.putIfAbsent(n.origin().method(k).id(), n.origin().method(k));
        }
      }
      switch (t.underlying()) {
        case Interface i -> {
          for (int k = 0; k < i.numMethods(); k++) {
            names.putIfAbsent(i.method(k).id(), i.method(k));
          }
        }
        case Struct inner -> collect(inner, names, visited);
        default -> {}
      }
    }
  }

  /** The promoted method of {@code t} with the name of {@code m}, if there is exactly one. */
  private static @Nullable Method promoted(Compilation c, Type t, dev.escapade.types.Func m) {
    Lookup.Result r = Lookup.lookupFieldOrMethod(t, true, m.pkg(), m.name());
    int[] index = r.index();
    if (index == null
        || index.length < 2
        || !(r.obj() instanceof dev.escapade.types.Func obj)
        || obj.name().equals("_")) {
      return null;
    }
    boolean pointer = false;
    Type x = t;
    for (int i = 0; i < index.length - 1; i++) {
      x = Kinds.structOf(x).field(index[i]).type();
      pointer |= Kinds.isPointer(x);
    }
    Origin origin = pointer ? Origin.EMBEDDED_POINTER : Origin.EMBEDDED;
    if (x.underlying() instanceof Interface i) {
      return new Method(InterfaceMethods.kept(c, i, obj), null, origin);
    }
    return new Method(obj, c.method(x, obj), origin);
  }
}
