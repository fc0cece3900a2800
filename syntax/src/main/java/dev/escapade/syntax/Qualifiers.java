package dev.escapade.syntax;

import dev.escapade.diag.SourceMap;
import java.util.HashSet;
import java.util.Set;

/** The names of a file that may be those of packages, found without a tree. */
public final class Qualifiers {
  private Qualifiers() {}

  /** The names that stand before a dot and not behind one; what cannot be read is passed over. */
  public static Set<String> of(byte[] content) {
    Scanner in =
        new Scanner(content, new SourceMap().add("", content.length), new NameTable()) {
          @Override
          void scanError(int offset, String message) {}

          @Override
          void directive(int from, int to) {}
        };
    Set<String> names = new HashSet<>();
    String name = "";
    Token before = Token.EOF;
    in.start();
    for (in.next(); in.tok != Token.EOF; in.next()) {
      if (in.tok == Token.DOT && !name.isEmpty()) {
        names.add(name);
      }
      name = in.tok == Token.NAME && before != Token.DOT ? in.lit : "";
      before = in.tok;
    }
    return names;
  }
}
