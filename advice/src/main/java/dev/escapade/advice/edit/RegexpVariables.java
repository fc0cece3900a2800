package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import java.util.Locale;

/**
 * Moves regular expressions with a constant pattern to package level. They are named after the
 * function that they come from; the same pattern in one file is compiled once.
 */
public final class RegexpVariables {
  private final Tree tree;
  private final Extents extents;
  private final PackageNames names;

  /** Names in a package. */
  public RegexpVariables(Tree tree, Types types, Extents extents) {
    this.tree = tree;
    this.extents = extents;
    names = new PackageNames(tree, types);
  }

  /** Declares a variable for what {@code call} compiles from {@code pattern}. */
  public void move(Rewrite rewrite, Expr.CallExpr call, String pattern) {
    String callee = rewrite.source(call.fun());
    String key = String.join("\0", extents.of(call).file(), callee, pattern);
    Decl.FuncDecl f = tree.declaration(call);
    String around = f == null ? "" : f.name().value();
    String wanted = around.isEmpty() || around.equals("_") ? "pattern" : lower(around) + "Regexp";
    String name = names.of(key, wanted);
    Expr arg = call.args().getFirst();
    String spelled = names.isLocal(arg) ? GoStrings.quote(pattern) : rewrite.source(arg);
    rewrite.use("regexp");
    rewrite.declare("var " + name + " = " + callee + "(" + spelled + ")").replace(call, name);
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
