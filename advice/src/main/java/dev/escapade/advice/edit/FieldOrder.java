package dev.escapade.advice.edit;

import dev.escapade.advice.code.Extents;
import dev.escapade.advice.code.Tree;
import dev.escapade.advice.code.Types;
import dev.escapade.advice.finding.Place;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.File;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of a struct's fields in another order. Only where the package is all that can
 * depend on it (the type is not exported, or the package is internal or a command), nothing reads
 * memory as it is (unsafe, cgo, encoding/binary, atomics of plain words), no literal leaves the
 * names out, no tags say that it is encoded, and gofmt's columns do not depend on the order.
 */
public final class FieldOrder {
  private static final Set<String> LAYOUT =
      Set.of("C", "unsafe", "encoding/binary", "encoding/gob", "reflect", "syscall");

  private final Tree tree;
  private final Types types;
  private final Extents extents;

  /** Orders in a package. */
  public FieldOrder(Tree tree, Types types, Extents extents) {
    this.tree = tree;
    this.types = types;
    this.extents = extents;
  }

  /** Changes the order of the fields of {@code decl} to {@code best}, if that may be done. */
  public void change(Rewrite rewrite, Decl.TypeDecl decl, Expr.StructType type, List<Var> best) {
    List<Chunk> chunks = chunks(type, best);
    byte[] content = extents.content(extents.of(decl.name()).file());
    if (chunks == null || content == null || !isFree(decl, type)) {
      rewrite.spoil();
      return;
    }
    List<Chunk> sorted = new ArrayList<>(chunks);
    sorted.sort(Comparator.comparingInt(Chunk::rank));
    StringBuilder text = new StringBuilder();
    for (Chunk c : sorted) {
      text.append(new String(content, c.start, c.end - c.start, StandardCharsets.UTF_8));
    }
    rewrite.replace(chunks.getFirst().start, chunks.getLast().end, text.toString());
  }

  /**
   * The lines of one field or several, up to the line feed.
   *
   * @param rank the place that it is to have
   * @param comment whether comments stand above
   * @param trailing whether a comment stands behind
   */
  private record Chunk(int start, int end, int rank, boolean comment, boolean trailing) {}

  private boolean isFree(Decl.TypeDecl decl, Expr.StructType type) {
    String path = types.pkg().path();
    boolean hidden =
        !Character.isUpperCase(decl.name().value().codePointAt(0))
            || types.pkg().name().equals("main")
            || ("/" + path + "/").contains("/internal/");
    Type struct = types.of(decl.name()) == null ? types.of(type) : types.of(decl.name());
    return hidden
        && decl.pragma() == null
        && type.tags().stream().allMatch(t -> t == null)
        && tree.files().stream().allMatch(FieldOrder::isPlain)
        && tree.all(Expr.CallExpr.class).stream().noneMatch(c -> types.isCall(c, "sync/atomic"))
        && tree.all(Expr.CompositeLit.class).stream()
            .noneMatch(
                lit -> !lit.elems().isEmpty() && lit.keyCount() == 0 && isOf(lit, decl, struct));
  }

  private boolean isOf(Expr.CompositeLit lit, Decl.TypeDecl decl, @Nullable Type struct) {
    Type t = types.of(lit);
    return t == null
        || (t.underlying() instanceof Struct
            && (struct == null
                || (Types.deref(t).unalias() instanceof dev.escapade.types.Named n
                    && n.obj() == types.info().def(decl.name()))));
  }

  private static boolean isPlain(File file) {
    for (Decl d : file.decls()) {
      if (d instanceof Decl.ImportDecl i && LAYOUT.contains(Imports.path(i))) {
        return false;
      }
    }
    return true;
  }

  /** The chunks from the top, or null if they cannot be told, or the columns would change. */
  private @Nullable List<Chunk> chunks(Expr.StructType type, List<Var> best) {
    List<Chunk> chunks = new ArrayList<>();
    Place around = extents.of(type);
    byte[] content = extents.content(around.file());
    if (content == null || type.fields().isEmpty()) {
      return null;
    }
    int from = lineEnd(content, around.offset()) + 1; // behind the line with the opening brace
    List<Field> fields = type.fields();
    for (int i = 0; i < fields.size(); ) {
      int next = i + 1;
      while (next < fields.size() && Tree.same(fields.get(next).type(), fields.get(i).type())) {
        next++;
      }
      Field f = fields.get(i);
      int rank = best.size();
      for (int k = 0; k < best.size(); k++) {
        Expr.Name name = f.name();
        if (name != null && types.info().def(name) == best.get(k)) {
          rank = k;
        }
      }
      Place first = extents.of(firstNode(f));
      Place last = extents.of(f.type());
      int end = lineEnd(content, last.endOffset());
      if (f.name() == null || rank == best.size() || first.line() != last.endLine()) {
        return null;
      }
      Chunk chunk = chunk(content, from, first.offset(), last.endOffset(), end, rank);
      if (chunk == null) {
        return null;
      }
      chunks.add(chunk);
      from = end + 1;
      i = next;
    }
    return isEven(chunks) ? chunks : null;
  }

  private static Expr firstNode(Field f) {
    return f.name() != null ? f.name() : f.type();
  }

  private static @Nullable Chunk chunk(
      byte[] content, int from, int start, int endOfType, int end, int rank) {
    String above =
        from > start ? "x" : new String(content, from, start - from, StandardCharsets.UTF_8);
    String behind = new String(content, endOfType, end - endOfType, StandardCharsets.UTF_8).strip();
    if (!behind.isEmpty() && !behind.startsWith("//")) {
      return null;
    }
    String[] lines = above.split("\n", -1);
    boolean comment = lines.length > 1;
    for (int i = 0; i < lines.length; i++) {
      boolean isLast = i == lines.length - 1;
      if (isLast ? !lines[i].isBlank() : !lines[i].strip().startsWith("//")) {
        return null; // something else, or a blank line: sections have a meaning
      }
    }
    return new Chunk(from, end + 1, rank, comment, !behind.isEmpty());
  }

  /** Lines of one kind line up the same in any order. */
  private static boolean isEven(List<Chunk> chunks) {
    Chunk first = chunks.getFirst();
    return chunks.stream()
        .allMatch(c -> c.comment == first.comment && c.trailing == first.trailing);
  }

  private static int lineEnd(byte[] content, int offset) {
    int at = offset;
    while (at < content.length && content[at] != '\n') {
      at++;
    }
    return at;
  }
}
