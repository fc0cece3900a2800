package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Loops;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Place;
import dev.escapade.advice.finding.TextEdit;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Syntax;
import dev.escapade.types.GoVersion;
import dev.escapade.types.Obj;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change that one fix makes in one file. A step that cannot be made (a name is taken, a package
 * is newer than the file's language version) spoils the whole: then there are no edits.
 */
public final class Rewrite {
  private static final Comparator<TextEdit> ORDER =
      Comparator.comparingInt(TextEdit::offset).thenComparingInt(TextEdit::endOffset);

  private final Tree tree;
  private final Types types;
  private final Extents extents;
  private final Node anchor;
  private final List<TextEdit> edits = new ArrayList<>();
  private final @Nullable File file;
  private final byte[] content;
  private final String path;
  private boolean spoiled;

  /**
   * A change of the file in which {@code anchor} stands.
   *
   * @param anchor a node around or beside all changes, in the function that is changed
   */
  public Rewrite(Tree tree, Types types, Extents extents, Node anchor) {
    this.tree = tree;
    this.types = types;
    this.extents = extents;
    this.anchor = anchor;
    path = extents.of(anchor).file();
    byte[] bytes = extents.content(path);
    content = bytes == null ? new byte[0] : bytes;
    file = fileOf(anchor);
    spoiled = bytes == null || file == null;
  }

  private @Nullable File fileOf(Node n) {
    for (Node at = n; at != null; at = tree.parent(at)) {
      if (at instanceof File f) {
        return f;
      }
    }
    return null;
  }

  /** Gives the change up. */
  public void spoil() {
    spoiled = true;
  }

  /** The text of a node as it stands in the file. */
  public String source(Node n) {
    return source(extents.of(n));
  }

  /** The text of an expression, with blanks as gofmt sets them at a depth, from 1. */
  public String source(Expr e, int depth) {
    Place place = extents.of(e);
    String source = source(place);
    if (source.contains("/*") || source.contains("//") || !isAscii(source)) {
      return source;
    }
    return new Spacing(tree)
        .spaced(e, source, b -> extents.at(b.pos()).offset() - place.offset(), depth);
  }

  /** The bound of a loop as an argument beside others. */
  public String countOf(Loops.Bound bound) {
    return bound.text().startsWith("len(")
        ? bound.text()
        : source(Syntax.unparen(bound.count()), 2);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** How deep an expression stands, as gofmt counts for blanks; 1 for a statement's own. */
  public int depth(Expr e) {
    return new Spacing(tree).depth(e);
  }

  private String source(Place place) {
    if (place.offset() > content.length) { // not the file that was analysed, or none
      spoil();
      return "";
    }
    return new String(
        content,
        place.offset(),
        Math.max(0, Math.min(place.endOffset(), content.length) - place.offset()),
        StandardCharsets.UTF_8);
  }

  /** Reports whether the file's language version is at least {@code 1.minor}. */
  public boolean hasGo(int minor) {
    if (file == null) {
      return false;
    }
    GoVersion v = types.info().fileVersion(file);
    return !v.isValid() || v.compareTo(new GoVersion(1, minor)) >= 0;
  }

  /**
   * Puts {@code text} in the place of a node. Not where comments behind the lines above or below
   * stand in one column with that of the node's line, as gofmt would move them all.
   */
  public Rewrite replace(Node n, String text) {
    Place place = extents.of(n);
    int end = lineEnd(Math.min(place.endOffset(), content.length));
    if (hasTrailingComment(place.endOffset())
        && (hasTrailingComment(lineStart(place.offset()) - 1) || hasTrailingComment(end + 2))) {
      spoiled = true;
    }
    return replace(place.offset(), place.endOffset(), text);
  }

  /** Puts {@code text} in the place of the bytes between two offsets. */
  public Rewrite replace(int start, int end, String text) {
    if (end > content.length || start < 0 || end < start) {
      spoiled = true;
      return this;
    }
    edits.add(new TextEdit(path, start, end, text));
    return this;
  }

  /**
   * Puts {@code text} in the place of what stands from the start of one node to that of another.
   */
  public Rewrite replaceFrom(Node from, Node to, String text) {
    return replace(extents.of(from).offset(), extents.of(to).offset(), text);
  }

  /** Takes away what follows one node up to the end of another. */
  public Rewrite deleteBetween(Node kept, Node last) {
    return replace(extents.of(kept).endOffset(), extents.of(last).endOffset(), "");
  }

  /** Adds a line behind the one in which a statement ends, as far indented as its start. */
  public Rewrite lineAfter(Node stmt, String text) {
    return lineAfter(stmt, indent(stmt), text);
  }

  /** Adds a line behind the one in which a statement ends. */
  public Rewrite lineAfter(Node stmt, String indent, String text) {
    int end = lineEnd(extents.of(stmt).endOffset());
    return replace(end, end, "\n" + indent + text);
  }

  /** Adds lines before the one in which a statement starts. */
  public Rewrite lineBefore(Node stmt, String indent, String... lines) {
    int start = lineStart(extents.of(stmt).offset());
    if (!isBlank(start, extents.of(stmt).offset())) {
      spoiled = true;
      return this;
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(indent).append(line).append('\n');
    }
    return replace(start, start, text.toString());
  }

  /** Takes a statement away that has its lines for itself. */
  public Rewrite deleteLines(Node stmt) {
    Place place = extents.of(stmt);
    int start = lineStart(place.offset());
    int end = lineEnd(place.endOffset());
    if (!isBlank(start, place.offset()) || !isBlank(place.endOffset(), end)) {
      spoiled = true;
      return this;
    }
    return replace(start, Math.min(end + 1, content.length), "");
  }

  /** Reports whether nothing else stands in the lines of a statement. */
  public boolean hasOwnLines(Node stmt) {
    Place place = extents.of(stmt);
    return isBlank(lineStart(place.offset()), place.offset())
        && isBlank(place.endOffset(), lineEnd(place.endOffset()));
  }

  /** Reports whether a node is the first thing in its line. */
  public boolean startsLine(Node n) {
    int start = extents.of(n).offset();
    return isBlank(lineStart(start), start);
  }

  /** Reports whether only comments follow in the line in which a node ends. */
  public boolean endsLine(Node n) {
    int end = extents.of(n).endOffset();
    String rest = new String(content, end, lineEnd(end) - end, StandardCharsets.UTF_8).strip();
    return rest.isEmpty() || rest.startsWith("//");
  }

  /** Reports whether a comment follows code in the line in which an offset is. */
  private boolean hasTrailingComment(int offset) {
    if (offset < 0 || offset >= content.length) {
      return false;
    }
    int start = lineStart(offset);
    String line =
        new String(content, start, lineEnd(offset) - start, StandardCharsets.UTF_8).strip();
    return line.indexOf("//") > 0;
  }

  /** The white space before the first token of the line in which a node starts. */
  public String indent(Node n) {
    int start = lineStart(extents.of(n).offset());
    int end = start;
    while (end < content.length && (content[end] == '\t' || content[end] == ' ')) {
      end++;
    }
    return new String(content, start, end - start, StandardCharsets.UTF_8);
  }

  private int lineStart(int offset) {
    int at = Math.min(offset, content.length);
    while (at > 0 && content[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  /** The offset of the line feed, or of the carriage return before it, or of the file's end. */
  private int lineEnd(int offset) {
    int at = offset;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return at > offset && at < content.length && content[at - 1] == '\r' ? at - 1 : at;
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (content[i] != ' ' && content[i] != '\t' && content[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /**
   * The name by which the file knows a package of the standard library; it is imported if it is not
   * yet. Spoils the change if the name means something else where the anchor stands.
   */
  public String use(String importPath) {
    if (file == null) {
      return "";
    }
    String name = new Imports(types, file).nameOf(importPath);
    if (name == null) {
      name = importPath.substring(importPath.lastIndexOf('/') + 1);
      addImport(importPath, name, file);
    }
    if (isTaken(name)) {
      spoiled = true;
    }
    return name;
  }

  private void addImport(String importPath, String name, File of) {
    var imports = new Imports(types, of);
    if (imports.hasName(name) || types.pkg().scope().lookup(name) != null) {
      spoiled = true;
      return;
    }
    String quoted = '"' + importPath + '"';
    Imports.Spot spot = imports.spot(importPath, extents);
    Decl.ImportDecl first = imports.first();
    if (first == null) {
      int end = lineEnd(extents.of(of.pkgName()).endOffset());
      insertOnce(end, "\n\nimport " + quoted);
      return;
    }
    Decl.ImportDecl next = spot == null ? first : spot.next();
    String line = next.group() == null ? "import " + quoted : "\t" + quoted;
    Place place = extents.of(next);
    if (next.group() != null && !(startsLine(next) && endsLine(next))) {
      spoiled = true; // import ( "a"; "b" )
    } else if (spot != null && spot.isBehind()) {
      insertOnce(lineEnd(place.endOffset()), "\n" + line);
    } else {
      insertOnce(
          lineStart(place.offset()), line + (spot == null && next.group() != null ? "\n\n" : "\n"));
    }
  }

  private void insertOnce(int offset, String text) {
    TextEdit edit = new TextEdit(path, offset, offset, text);
    if (!edits.contains(edit)) {
      edits.add(edit);
    }
  }

  /** Adds a declaration behind the imports. */
  public Rewrite declare(String text) {
    Decl.ImportDecl last = file == null ? null : new Imports(types, file).last();
    if (file == null || last == null) {
      spoiled = true;
      return this;
    }
    int end = lineEnd(extents.of(last).endOffset());
    if (last.group() != null) {
      int at = end;
      while (at < content.length && content[at] != ')') {
        if (content[at] == '"' || content[at] == '`') {
          spoiled = true; // another import of the group, which ought to have been the last one
          return this;
        }
        at++;
      }
      end = lineEnd(Math.min(at, content.length));
    }
    return replace(end, end, "\n\n" + text);
  }

  /** Reports whether a name means something else in the function around the anchor. */
  public boolean isTaken(String name) {
    return isTaken(name, null);
  }

  /** Reports whether a name means anything but {@code wanted} in the function around the anchor. */
  public boolean isTaken(String name, @Nullable Obj wanted) {
    Node function = tree.declaration(anchor);
    return function != null
        && Tree.any(
            function,
            n ->
                n instanceof Expr.Name x
                    && x.value().equals(name)
                    && types.info().def(x) != null
                    && types.info().def(x) != wanted);
  }

  /** Reports whether a name is used for anything in the package, or predeclared. */
  public boolean isKnown(String name) {
    return types.pkg().scope().lookup(name) != null
        || dev.escapade.types.Universe.SCOPE.lookup(name) != null
        || tree.all(Expr.Name.class).stream().anyMatch(n -> n.value().equals(name));
  }

  /** A name that nothing in the package has, as near to {@code wanted} as can be. */
  public String fresh(String wanted) {
    String name = wanted;
    for (int i = 2; isKnown(name); i++) {
      name = wanted + i;
    }
    return name;
  }

  /** The statement's line, and nothing else of it, is what a comment above explains. */
  public boolean isListed(Stmt s) {
    return tree.parent(s) instanceof Stmt.BlockStmt
        || tree.parent(s) instanceof dev.escapade.syntax.CaseClause;
  }

  /** The edits, sorted; none if some step could not be made. */
  public List<TextEdit> edits() {
    return spoiled ? List.of() : edits.stream().sorted(ORDER).toList();
  }
}
