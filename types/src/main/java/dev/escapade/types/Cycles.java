package dev.escapade.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of objects whose declarations are being checked, each referring to the next, and the
 * judgement of cycles on it (types2: validCycle, cycleError, finiteSize).
 */
final class Cycles {
  /**
   * How deep instances of generic types may contain each other. A type such as {@code type T[P any]
   * [2]T[[]P]} contains ever new ones.
   */
  private static final int MAX_NESTED_INSTANCES = 200;

  private final Checker check;
  private int nestedInstances;
  private final List<Obj> path = new ArrayList<>();
  private final Map<Obj, Integer> index = new HashMap<>();

  Cycles(Checker check) {
    this.check = check;
  }

  void push(Obj obj) {
    index.put(obj, path.size());
    path.add(obj);
  }

  void pop() {
    index.remove(path.removeLast());
  }

  /** Reports whether the declaration of {@code obj} is being checked. */
  boolean isPending(Obj obj) {
    return !path.isEmpty() && index.containsKey(obj);
  }

  private List<Obj> cycleFrom(Obj obj) {
    Integer start = index.get(obj);
    if (start == null) {
      throw new AssertionError("not on the object path: " + obj.name());
    }
    return List.copyOf(path.subList(start, path.size()));
  }

  /**
   * Reports whether the cycle that ends in the pending object {@code obj} is permitted; if not, it
   * is an error, which is reported.
   */
  boolean isValid(Obj obj) {
    List<Obj> cycle = cycleFrom(obj);
    int values = 0;
    int definitions = 0;
    for (Obj o : cycle) {
      switch (o) {
        case Const _, Var _ -> values++;
        case TypeName t -> {
          // A type may refer to itself in its own type parameter list.
          if (check.env.inTypeParamList && isGeneric(t.typeOrNull())) {
            return true;
          }
          if (!t.isAlias()) {
            definitions++;
          }
        }
        case Func _, PkgName _, Label _, Builtin _, Nil _ -> {}
      }
    }
    // Cycles of constants and variables alone are found with the initialization order. Types need
    // at least one definition to end an expansion of aliases.
    if (values == cycle.size() || (values == 0 && definitions > 0)) {
      return true;
    }
    report(cycle, firstInSource(cycle));
    return false;
  }

  private static boolean isGeneric(@Nullable Type t) {
    return t != null && Predicates.isGeneric(t);
  }

  /** Reports a cycle, beginning with the object at {@code start}. */
  void report(List<Obj> cycle, int start) {
    Obj obj = cycle.get(start);
    boolean isType = obj instanceof TypeName;
    if (obj.typeOrNull() instanceof Alias alias && isType) {
      alias.setFromRhs(Basic.INVALID); // avoids follow-on errors
    }
    String what = isType ? "invalid recursive type" : "invalid cycle in declaration";
    if (cycle.size() == 1) {
      check.errors.errorf(obj, Code.INVALID_DECL_CYCLE, "%s: %s refers to itself", what, name(obj));
      return;
    }
    ErrorReporter.Report err = check.errors.newError(Code.INVALID_DECL_CYCLE);
    err.addf(obj, isType ? "%s %s" : "%s of %s", what, name(obj));
    for (int i = 1; i <= cycle.size(); i++) {
      Obj next = cycle.get((start + i) % cycle.size());
      err.addf(obj, "%s refers to %s", name(obj), name(next));
      obj = next;
    }
    err.report();
  }

  /** The name, qualified if it is that of another package (through instances of its types). */
  private String name(Obj obj) {
    Package pkg = obj.pkg();
    String prefix = pkg == null ? "" : check.errors.qualifier(pkg);
    return prefix.isEmpty() ? obj.name() : prefix + "." + obj.name();
  }

  int firstInSource(List<Obj> cycle) {
    int first = 0;
    for (int i = 1; i < cycle.size(); i++) {
      if (check.cmpPos(cycle.get(i).pos(), cycle.get(first).pos()) < 0) {
        first = i;
      }
    }
    return first;
  }

  /**
   * Reports whether values of type {@code t} have a finite size. If not, a cycle is reported. Types
   * are remembered, so that the work is done once for each.
   */
  boolean finiteSize(Type t) {
    return switch (t.unalias()) {
      case Named n -> finiteNamed(n);
      case Array a -> finiteSize(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (!finiteSize(f.type())) {
            yield false;
          }
        }
        yield true;
      }
      case Basic _,
          Alias _,
          Pointer _,
          Slice _,
          MapType _,
          Chan _,
          Tuple _,
          Signature _,
          Interface _,
          TypeParam _,
          Union _ ->
          true;
    };
  }

  private boolean finiteNamed(Named n) {
    Boolean known = n.finite();
    if (known != null) {
      return known;
    }
    if (isPending(n.ownObj())) {
      List<Obj> cycle = cycleFrom(n.ownObj());
      report(cycle, firstInSource(cycle));
      return false;
    }
    if (n.isInstance() && nestedInstances >= MAX_NESTED_INSTANCES) {
      report(List.of(n.obj()), 0);
      return false;
    }
    push(n.ownObj());
    nestedInstances += n.isInstance() ? 1 : 0;
    Type rhs = n.fromRhs();
    boolean finite = rhs == null || finiteSize(rhs);
    nestedInstances -= n.isInstance() ? 1 : 0;
    pop();
    n.setFinite(finite);
    return finite;
  }
}
