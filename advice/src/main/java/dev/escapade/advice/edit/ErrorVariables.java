package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.syntax.Expr;
import java.util.Locale;

/**
 * Moves errors with a fixed text to package level. Their names are the first words of the text; the
 * same text in one file has one name, so that several calls share the variable.
 */
public final class ErrorVariables {
  private static final int WORDS = 5;
  private static final int LONGEST = 40;

  private final Extents extents;
  private final PackageNames names;

  /** Names in a package. */
  public ErrorVariables(Tree tree, Types types, Extents extents) {
    this.extents = extents;
    names = new PackageNames(tree, types);
  }

  /**
   * Declares a variable for the error that {@code call} makes and puts its name there.
   *
   * @param text of the error, as a byte string
   * @return the declaration
   */
  public String move(Rewrite rewrite, Expr.CallExpr call, String text) {
    String name = names.of(extents.of(call).file() + "\0" + text, wanted(text));
    Expr arg = call.args().getFirst();
    String spelled = names.isLocal(arg) ? GoStrings.quote(text) : rewrite.source(arg);
    String declaration = "var " + name + " = " + rewrite.use("errors") + ".New(" + spelled + ")";
    rewrite.declare(declaration).replace(call, name);
    return declaration;
  }

  private static String wanted(String text) {
    StringBuilder name = new StringBuilder("err");
    int words = 0;
    int from = Math.max(0, text.indexOf(": ") + 1);
    String plain = text.substring(from).replace("'", ""); // "can't" is one word
    for (String word : plain.split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty() && words < WORDS && name.length() + word.length() <= LONGEST) {
        name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        words++;
      }
    }
    return words == 0 ? "errFixed" : name.toString();
  }
}
