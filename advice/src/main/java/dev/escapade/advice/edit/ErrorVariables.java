package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names for errors with a fixed text that move to package level: the first words of the text. The
 * same text in one file has one name, so that several calls share the variable.
 */
public final class ErrorVariables {
  private static final int WORDS = 5;
  private static final int LONGEST = 40;

  private final Tree tree;
  private final Types types;
  private final Extents extents;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  /** Names in a package. */
  public ErrorVariables(Tree tree, Types types, Extents extents) {
    this.tree = tree;
    this.types = types;
    this.extents = extents;
  }

  /**
   * Declares a variable for the error that {@code call} makes and puts its name there.
   *
   * @param text of the error, as a byte string
   * @return the declaration
   */
  public String move(Rewrite rewrite, Expr.CallExpr call, String text) {
    String key = extents.of(call).file() + "\0" + text;
    String name = names.get(key);
    if (name == null) {
      name = free(wanted(text), key);
      names.put(key, name);
    }
    Expr arg = call.args().getFirst();
    String spelled = isLocal(arg) ? GoStrings.quote(text) : rewrite.source(arg);
    String declaration = "var " + name + " = " + rewrite.use("errors") + ".New(" + spelled + ")";
    rewrite.declare(declaration).replace(call, name);
    return declaration;
  }

  private String free(String wanted, String key) {
    String name = wanted;
    if (known.isEmpty()) {
      tree.all(Expr.Name.class).forEach(n -> known.add(n.value()));
    }
    for (int i = 2; known.contains(name) || owners.containsKey(name); i++) {
      name = wanted + i;
    }
    owners.put(name, key);
    return name;
  }

  /** Reports whether an expression names something that is declared in a function. */
  private boolean isLocal(Expr arg) {
    return Tree.below(arg, Expr.Name.class).stream()
            .anyMatch(n -> {
              dev.escapade.types.@Nullable Obj obj = types.info().use(n);
              return obj != null
                  && obj.pkg() == types.pkg()
                  && !(obj instanceof dev.escapade.types.PkgName)
                  && types.pkg().scope().lookup(n.value()) != obj;
            })
        || tree.parent(arg) == null;
  }

  private static String wanted(String text) {
    StringBuilder name = new StringBuilder("err");
    int words = 0;
    int from = Math.max(0, text.indexOf(": ") + 1);
    for (String word : text.substring(from).split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty() && words < WORDS && name.length() + word.length() <= LONGEST) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        words++;
      }
    }
    return words == 0 ? "errFixed" : name.toString();
  }
}
