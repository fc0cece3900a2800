package dev.escapade.ir.build;

import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which declaration of a method stands for it in an interface that gets the method more than once,
 * from several embedded interfaces: their types are identical, but positions and names of
 * parameters, which wrappers copy, are not.
 *
 * <p>The type checker takes the first in source order; the middle end sorts embedded interfaces by
 * their names before (cmd/compile/internal/types: expandiface, CompareSyms; Go 1.26).
 */
final class InterfaceMethods {
  private InterfaceMethods() {}

  /** The declaration that stands for {@code m} in an interface that has it. */
  static Func kept(Compilation c, Interface i, Func m) {
    Func kept = i.embeddeds().isEmpty() ? null : find(c, i, m.id());
    return kept == null ? m : kept;
  }

  private static @Nullable Func find(Compilation c, Interface i, String id) {
    for (Func m : i.explicitMethods()) {
      if (m.id().equals(id)) {
        return m;
      }
    }
    for (Type t : sorted(c, i.embeddeds())) {
      if (t.underlying() instanceof Interface embedded) {
        Func m = find(c, embedded, id);
        if (m != null) {
          return m;
        }
      }
    }
    return null;
  }

  /** Types without a name first, then exported names, then the others. */
  private static List<Type> sorted(Compilation c, List<Type> embeddeds) {
    if (embeddeds.size() < 2) {
      return embeddeds;
    }
    List<Type> list = new ArrayList<>(embeddeds);
    list.sort(
        Comparator.comparingInt(InterfaceMethods::rank)
            .thenComparing(t -> rank(t) == 0 ? "" : c.fmt().types().receiver(t))
            .thenComparing(InterfaceMethods::path));
    return list;
  }

  private static int rank(Type t) {
    if (!(t.unalias() instanceof Named n)) {
      return 0;
    }
    return n.obj().exported() ? 1 : 2;
  }

  /** The package's path where it counts: two exported names are the same in any package. */
  private static String path(Type t) {
    boolean counts = t.unalias() instanceof Named n && !n.obj().exported();
    var pkg = counts ? ((Named) t.unalias()).obj().pkg() : null;
    return pkg == null ? "" : pkg.path();
  }
}
