package dev.escapade.advice.edit;

import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import dev.escapade.types.Obj;
import dev.escapade.types.PkgName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names for what moves to package level: no other name of the package, and one for each thing that
 * moves, however many fixes of a run need it.
 */
final class PackageNames {
  private final Tree tree;
  private final Types types;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  PackageNames(Tree tree, Types types) {
    this.tree = tree;
    this.types = types;
  }

  /**
   * The name for a thing.
   *
   * @param key what the thing is, in which file
   * @param wanted what it would best be called
   */
  String of(String key, String wanted) {
    String name = names.get(key);
    if (name != null) {
      return name;
    }
    if (known.isEmpty()) {
      tree.all(Expr.Name.class).forEach(n -> known.add(n.value()));
    }
    name = wanted;
    for (int i = 2; !known.add(name); i++) {
      name = wanted + i;
    }
    names.put(key, name);
    return name;
  }

  /** Reports whether an expression names something that is declared in a function. */
  boolean isLocal(Expr e) {
    return Tree.below(e, Expr.Name.class).stream()
        .anyMatch(n -> {
          @Nullable Obj obj = types.info().use(n);
          return obj != null
              && obj.pkg() == types.pkg()
              && !(obj instanceof PkgName)
              && types.pkg().scope().lookup(n.value()) != obj;
        });
  }
}
