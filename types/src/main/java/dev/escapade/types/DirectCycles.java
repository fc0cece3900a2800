package dev.escapade.types;

import dev.escapade.syntax.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds package-level type declarations that lead from name to name back to themselves, without a
 * type literal on the way, as in {@code type A B; type B A} (types2: cycles.go). Each name is
 * followed once.
 */
final class DirectCycles {
  private static final int DONE = -1;

  private final Checker check;

  /** The index of a name on the path that is followed, or DONE. */
  private final Map<TypeName, Integer> state = new HashMap<>();

  DirectCycles(Checker check) {
    this.check = check;
  }

  /** Reports all cycles; a name on each is given the invalid type. */
  void check() {
    for (Obj obj : check.objList) {
      if (obj instanceof TypeName name) {
        follow(name);
      }
    }
  }

  private void follow(TypeName first) {
    List<TypeName> path = new ArrayList<>();
    TypeName name = first;
    while (true) {
      Integer index = state.get(name);
      if (index != null) {
        if (index != DONE) {
          name.setType(Basic.INVALID);
          List<Obj> cycle = List.copyOf(path.subList(index, path.size()));
          check.decls.cycleError(cycle, check.decls.firstInSource(cycle));
        }
        break;
      }
      state.put(name, path.size());
      path.add(name);
      var tdecl = check.declInfo(name).tdecl;
      if (tdecl == null
          || !(tdecl.type() instanceof Expr.Name rhs)
          || !(check.pkg.scope().lookup(rhs.value()) instanceof TypeName next)) {
        break;
      }
      name = next;
    }
    for (TypeName done : path) {
      state.put(done, DONE);
    }
  }
}
