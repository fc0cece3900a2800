package dev.escapade.advice.code;

import dev.escapade.advice.finding.Place;
import dev.escapade.diag.SourceFile;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Positions;
import dev.escapade.syntax.Stmt;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where nodes start and end, exactly, and what the source says there. */
public final class Extents {
  private final SourceMap sources;
  private final Function<String, byte @Nullable []> contents;

  /**
   * Extents in the files of a run.
   *
   * @param contents the bytes of a file by the name in the map, or null if they are not known: then
   *     extents end where the last token starts
   */
  public Extents(SourceMap sources, Function<String, byte @Nullable []> contents) {
    this.sources = sources;
    this.contents = contents;
  }

  /** The extent of a node; its start is the node's first token. */
  public Place of(Node n) {
    int start = start(n);
    return between(start, Math.max(start + 1, end(n)));
  }

  /** The place of a node's characteristic token, up to the end of the node. */
  public Place from(int pos, Node n) {
    return between(pos, Math.max(pos + 1, end(n)));
  }

  /** One position. */
  public Place at(int pos) {
    return between(pos, pos);
  }

  /** What lies between two positions of one file. */
  public Place between(int pos, int end) {
    SourceFile file = sources.file(pos);
    int stop = file.contains(end) ? end : pos;
    return new Place(
        file.name(),
        file.line(pos),
        file.column(pos),
        file.line(stop),
        file.column(stop),
        file.offset(pos),
        file.offset(stop));
  }

  /** The position of the first token. */
  public static int start(Node n) {
    return switch (n) {
      case Expr.SliceExpr x -> start(x.x());
      case Stmt.ExprStmt s -> start(s.x());
      case Stmt.LabeledStmt s -> s.label().pos(); // its own position is the colon's
      default -> Positions.startPos(n); // exact
    };
  }

  /** The position behind the last token. */
  public int end(Node n) {
    return switch (n) {
      case Expr.ParenExpr x -> closing(end(x.x()), ')');
      case Expr.CallExpr x ->
          closing(x.args().isEmpty() ? end(x.fun()) : end(x.args().getLast()), ')');
      case Expr.IndexExpr x -> closing(end(x.index()), ']');
      case Expr.SliceExpr x -> closing(endOfLast(x), ']');
      case Expr.TypeAssertExpr x -> closing(end(x.type()), ')');
      case Expr.CompositeLit x -> x.rbrace() + 1;
      case Expr.FuncLit x -> end(x.body());
      case Expr.KeyValueExpr x -> end(x.value());
      case Expr.UnaryExpr x -> end(x.x());
      case Expr.BinaryExpr x -> end(x.y());
      case Expr.ListExpr x -> end(x.elems().getLast());
      case Expr.ArrayType x -> end(x.elem());
      case Expr.SliceType x -> end(x.elem());
      case Expr.MapType x -> end(x.value());
      case Expr.ChanType x -> end(x.elem());
      case Expr.StructType x -> closing(Positions.endPos(x), '}');
      case Expr.InterfaceType x -> closing(Positions.endPos(x), '}');
      case Stmt.BlockStmt s -> s.rbrace() + 1;
      case Stmt.SwitchStmt s -> s.rbrace() + 1;
      case Stmt.SelectStmt s -> s.rbrace() + 1;
      case Stmt.ForStmt s -> end(s.body());
      case Stmt.IfStmt s -> end(s.els() != null ? s.els() : s.then());
      case Stmt.ExprStmt s -> end(s.x());
      case Stmt.LabeledStmt s -> end(s.stmt());
      case Stmt.DeclStmt s when s.decls().size() == 1 -> end(s.decls().getFirst());
      case Decl.VarDecl d -> end(d.values() != null ? d.values() : type(d));
      case Decl.ConstDecl d when d.values() != null -> end(d.values());
      case Decl.TypeDecl d -> end(d.type());
      case Stmt.SendStmt s -> end(s.value());
      case Stmt.CallStmt s -> end(s.call());
      case Stmt.AssignStmt s when s.rhs() != null -> end(s.rhs());
      case Stmt.ReturnStmt s when s.results() != null -> end(s.results());
      case Stmt.ReturnStmt s -> s.pos() + "return".length();
      default -> Positions.endPos(n); // exact for names, literals and the like
    };
  }

  private static Node type(Decl.VarDecl d) {
    return d.type() != null ? d.type() : d.names().getLast();
  }

  private int endOfLast(Expr.SliceExpr x) {
    Expr last = x.max() != null ? x.max() : x.high() != null ? x.high() : x.low();
    return end(last != null ? last : x.x());
  }

  /** The position behind the next {@code bracket} from {@code pos} on; comments are passed. */
  private int closing(int pos, char bracket) {
    SourceFile file = sources.file(pos);
    byte[] text = contents.apply(file.name());
    if (text == null) {
      return pos;
    }
    int i = file.offset(pos);
    while (i < text.length && text[i] != bracket) {
      i = skip(text, i);
    }
    return file.pos(Math.min(i + 1, file.sizeBytes()));
  }

  private static int skip(byte[] text, int i) {
    if (text[i] == '/' && i + 1 < text.length) {
      if (text[i + 1] == '/') {
        int end = i;
        while (end < text.length && text[end] != '\n') {
          end++;
        }
        return end;
      }
      if (text[i + 1] == '*') {
        int end = i + 2;
        while (end + 1 < text.length && (text[end] != '*' || text[end + 1] != '/')) {
          end++;
        }
        return end + 2;
      }
    }
    return i + 1;
  }

  /** The source text of an extent, or null if the file's bytes are not known. */
  public @Nullable String text(Place place) {
    byte[] text = contents.apply(place.file());
    return text == null || place.endOffset() > text.length
        ? null
        : new String(
            text,
            place.offset(),
            place.endOffset() - place.offset(),
            java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The bytes of the file with that name, or null. */
  public byte @Nullable [] content(String file) {
    return contents.apply(file);
  }

  /** The extent of several nodes in a row. */
  public Place ofAll(List<? extends Node> nodes) {
    return between(start(nodes.getFirst()), end(nodes.getLast()));
  }
}
