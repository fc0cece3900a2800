package dev.escapade.driver.cache;

import dev.escapade.diag.SourceFile;
import dev.escapade.load.GoPackage;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Walk;
import dev.escapade.unit.FuncSummary;
import dev.escapade.unit.PackageSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Digests the face of a package: all that the work on its importers can see of it. When a package
 * changes and its face does not, nothing is to be done for its importers.
 *
 * <p>Importers see the declarations, the bodies of generic functions and of those that the package
 * hands on to be inlined, and the summaries. Of the other bodies they see how many types these
 * declare, since local types are numbered throughout a package. So the face is the source without
 * those bodies, comments (directives apart), and what layout the parser does not see; with the
 * summaries; and with the faces of the imports. Where things stand does not count, but for generic
 * functions: of these the importers print positions.
 */
public final class Face {
  private static final byte[] LINE = bytes("//line ");
  private static final byte[] GO = bytes("//go:");
  private static final byte[] EXPORT = bytes("//export ");
  private static final byte[] BLOCK_LINE = bytes("/*line ");

  private final Digest digest = new Digest();
  private byte[] text = new byte[1 << 12];
  private int length;

  private Face() {}

  private static byte[] bytes(String s) {
    return s.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** How the body of a function takes part. */
  private enum Part {
    /** It is not seen. */
    HIDDEN,
    /** It may be inlined. */
    CODE,
    /** It may be instantiated. */
    CODE_AND_PLACE
  }

  /**
   * What tells of functions.
   *
   * @param isGeneric whether a function or method has type parameters
   * @param isHandedOn whether its body is handed on
   */
  public record Functions(Predicate<Decl.FuncDecl> isGeneric, Predicate<Decl.FuncDecl> isHandedOn) {
    private Part part(Decl.FuncDecl f) {
      return isGeneric.test(f) ? Part.CODE_AND_PLACE : isHandedOn.test(f) ? Part.CODE : Part.HIDDEN;
    }
  }

  /**
   * The part that the source has in the face of a package without errors.
   *
   * @param trees its files, in the order of {@code pkg}
   */
  public static Key source(GoPackage pkg, List<File> trees, Functions functions) {
    Face face = new Face();
    for (int i = 0; i < trees.size(); i++) {
      face.file(trees.get(i), pkg.files().get(i).content(), functions);
    }
    return face.digest.key();
  }

  /**
   * The face of a package without errors.
   *
   * @param context the key of that name
   * @param source the part of its source
   * @param imports the faces of its imports, in the order of their paths
   * @param more what else importers get to know of it
   */
  public static Key of(
      Key context, Key source, PackageSummary summary, List<Key> imports, byte[] more) {
    Face face = new Face();
    face.digest.add(context).add(source).length(imports.size());
    imports.forEach(face.digest::add);
    face.summary(summary);
    face.digest.add(more);
    return face.digest.key();
  }

  private void summary(PackageSummary summary) {
    digest.length(summary.functions().size());
    for (Map.Entry<String, FuncSummary> f : new TreeMap<>(summary.functions()).entrySet()) {
      digest.add(f.getKey()).add(f.getValue().toString());
    }
    TreeSet<String> bodies = new TreeSet<>();
    summary.bodies().forEach(f -> bodies.add(f.fullName()));
    digest.addAll(bodies).addAll(new TreeSet<>(summary.visible().keySet()));
  }

  private void file(File tree, byte[] src, Functions functions) {
    SourceFile source = tree.source();
    digest.add(tree.goVersion());
    length = 0;
    int from = 0;
    for (Decl decl : tree.decls()) {
      if (decl instanceof Decl.FuncDecl f && f.body() != null) {
        Stmt.BlockStmt body = f.body();
        int start = source.offset(body.pos());
        int end = source.offset(body.rbrace());
        switch (functions.part(f)) {
          case HIDDEN -> {
            code(src, from, start + 1);
            digest.length(localTypes(f));
            from = end;
          }
          case CODE -> {}
          case CODE_AND_PLACE -> {
            digest.length(source.line(f.pos())).add(src, source.offset(f.pos()), end);
          }
        }
      }
    }
    code(src, from, src.length);
    digest.add(text, 0, length);
  }

  private static int localTypes(Decl.FuncDecl f) {
    int[] count = new int[1];
    Walk.preorder(
        f,
        n -> {
          if (n instanceof Decl.TypeDecl t && !t.alias()) {
            count[0]++;
          }
          return true;
        });
    return count[0];
  }

  // ---- source without what does not count

  private void put(byte b) {
    if (length == text.length) {
      text = java.util.Arrays.copyOf(text, 2 * length);
    }
    text[length++] = b;
  }

  private void put(byte[] src, int from, int to) {
    for (int i = from; i < to; i++) {
      put(src[i]);
    }
  }

  /** Puts blanks, of which several in a row are one. */
  private void blank(byte b) {
    byte last = length == 0 ? (byte) '\n' : text[length - 1];
    if (b == '\n' && last == ' ') {
      text[length - 1] = '\n';
    } else if (last != '\n' && last != ' ') {
      put(b);
    }
  }

  private void code(byte[] src, int from, int to) {
    int i = from;
    while (i < to) {
      byte c = src[i];
      byte next = i + 1 < to ? src[i + 1] : 0;
      if (c == ' ' || c == '\t' || c == '\r') {
        blank((byte) ' ');
        i++;
      } else if (c == '\n') {
        blank((byte) '\n');
        i++;
      } else if (c == '/' && next == '/') {
        int end = find(src, i, to, (byte) '\n');
        if (startsWith(src, i, GO) || startsWith(src, i, LINE) || startsWith(src, i, EXPORT)) {
          put(src, i, end);
        }
        i = end;
      } else if (c == '/' && next == '*') {
        i = blockComment(src, i, to);
      } else if (c == '"' || c == '\'' || c == '`') {
        int end = literalEnd(src, i, to);
        put(src, i, end);
        i = end;
      } else {
        put(c);
        i++;
      }
    }
  }

  private int blockComment(byte[] src, int from, int to) {
    int end = from + 2;
    boolean isLineBreak = false;
    while (end < to && !(src[end - 1] == '*' && src[end] == '/' && end > from + 2)) {
      isLineBreak |= src[end] == '\n';
      end++;
    }
    end = Math.min(to, end + 1);
    if (startsWith(src, from, BLOCK_LINE)) {
      put(src, from, end);
    }
    blank((byte) (isLineBreak ? '\n' : ' '));
    return end;
  }

  private static int literalEnd(byte[] src, int from, int to) {
    byte quote = src[from];
    int i = from + 1;
    while (i < to && src[i] != quote) {
      i += src[i] == '\\' && quote != '`' ? 2 : 1;
    }
    return Math.min(to, i + 1);
  }

  private static int find(byte[] src, int from, int to, byte what) {
    int i = from;
    while (i < to && src[i] != what) {
      i++;
    }
    return i;
  }

  private static boolean startsWith(byte[] src, int at, byte[] prefix) {
    return at + prefix.length <= src.length
        && java.util.Arrays.equals(src, at, at + prefix.length, prefix, 0, prefix.length);
  }
}
