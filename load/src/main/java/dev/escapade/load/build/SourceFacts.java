package dev.escapade.load.build;

import dev.escapade.diag.Position;
import dev.escapade.load.files.StoredBytes;
import dev.escapade.load.files.StoredText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source file says that decides about builds: all that the loader wants to know of it,
 * whatever the platform and the tags. Can be stored in place of the file.
 *
 * @param packageName the name in the package clause; empty if there is none, or if it is no Go file
 * @param imports in the order of the source
 * @param embeds the patterns of its {@code //go:embed} directives
 * @param constraints its build constraints
 * @param error the first syntax error of the head, or null
 * @param unreadable why the file cannot be a source file at all, or null
 */
record SourceFacts(
    String packageName,
    List<Import> imports,
    List<Embed> embeds,
    BuildLines constraints,
    @Nullable Fault error,
    @Nullable String unreadable) {
  /**
   * One import.
   *
   * @param literal the path as written, quotes included
   * @param path the path, or null if the literal is not a valid string
   * @param line the line of the import spec, from 1
   * @param column in bytes, from 1
   */
  record Import(String literal, @Nullable String path, int line, int column) {}

  /** A pattern, and where it stands. */
  record Embed(String pattern, int line, int column) {}

  /** An error, and where it is. */
  record Fault(String message, int line, int column) {}

  /** The facts of a Go file. */
  static SourceFacts ofGo(byte[] src) {
    GoHeader header = HeaderParser.parse(src);
    Places places = new Places(src);
    List<Import> imports = new ArrayList<>(header.imports().size());
    for (GoHeader.Import i : header.imports()) {
      Position pos = places.of(i.offset());
      imports.add(new Import(i.literal(), i.path(), pos.line(), pos.column()));
    }
    List<Embed> embeds = new ArrayList<>();
    if (header.hasImport("embed")) {
      for (EmbedScanner.Pattern p : EmbedScanner.scan(src)) {
        Position pos = places.of(p.offset());
        embeds.add(new Embed(p.pattern(), pos.line(), pos.column()));
      }
    }
    String message = header.error();
    Position pos = places.of(header.errorOffset());
    return new SourceFacts(
        header.packageName(),
        imports,
        embeds,
        BuildLines.of(src),
        message == null ? null : new Fault(message, pos.line(), pos.column()),
        header.unreadable());
  }

  /** The facts of any other file. */
  static SourceFacts ofOther(byte[] src) {
    return new SourceFacts("", List.of(), List.of(), BuildLines.of(src), null, null);
  }

  /** The same with its imports forgotten, and the embedded files with them. */
  SourceFacts withoutImports() {
    return new SourceFacts(packageName, List.of(), List.of(), constraints, error, unreadable);
  }

  /** Reports whether the file imports {@code path}. */
  boolean hasImport(String path) {
    for (Import i : imports) {
      if (path.equals(i.path)) {
        return true;
      }
    }
    return false;
  }

  /** Finds lines and columns, columns counted in bytes; fast for offsets that grow. */
  private static final class Places {
    private final byte[] src;
    private int line = 1;
    private int lineStart;
    private int seen;

    Places(byte[] src) {
      this.src = src;
    }

    Position of(int offset) {
      if (offset < seen) {
        line = 1;
        lineStart = 0;
        seen = 0;
      }
      for (; seen < offset && seen < src.length; seen++) {
        if (src[seen] == '\n') {
          line++;
          lineStart = seen + 1;
        }
      }
      return new Position("", line, offset - lineStart + 1);
    }
  }

  // ---- stored: numbers in 4 bytes, strings after their lengths, -1 for null

  byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      StoredText.write(packageName, out);
      out.writeInt(imports.size());
      for (Import i : imports) {
        StoredText.write(i.literal, out);
        StoredText.writeOrNull(i.path, out);
        out.writeInt(i.line);
        out.writeInt(i.column);
      }
      out.writeInt(embeds.size());
      for (Embed e : embeds) {
        StoredText.write(e.pattern, out);
        out.writeInt(e.line);
        out.writeInt(e.column);
      }
      StoredText.writeOrNull(constraints.goBuild(), out);
      out.writeInt(constraints.plusBuild().size());
      for (String list : constraints.plusBuild()) {
        StoredText.write(list, out);
      }
      StoredText.writeOrNull(constraints.error(), out);
      StoredText.writeOrNull(error == null ? null : error.message, out);
      out.writeInt(error == null ? 0 : error.line);
      out.writeInt(error == null ? 0 : error.column);
      StoredText.writeOrNull(unreadable, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The facts that {@link #encode} has written. */
  static SourceFacts decode(byte[] encoded) {
    StoredBytes in = new StoredBytes(encoded);
    String packageName = in.string();
    int importCount = in.count();
    List<Import> imports = new ArrayList<>(importCount);
    for (int i = 0; i < importCount; i++) {
      imports.add(new Import(in.string(), in.stringOrNull(), in.int32(), in.int32()));
    }
    int embedCount = in.count();
    List<Embed> embeds = new ArrayList<>(embedCount);
    for (int i = 0; i < embedCount; i++) {
      embeds.add(new Embed(in.string(), in.int32(), in.int32()));
    }
    String goBuild = in.stringOrNull();
    int plusCount = in.count();
    List<String> plusBuild = new ArrayList<>(plusCount);
    for (int i = 0; i < plusCount; i++) {
      plusBuild.add(in.string());
    }
    BuildLines constraints = new BuildLines(goBuild, plusBuild, in.stringOrNull());
    String message = in.stringOrNull();
    int line = in.int32();
    int column = in.int32();
    Fault error = message == null ? null : new Fault(message, line, column);
    return new SourceFacts(packageName, imports, embeds, constraints, error, in.stringOrNull());
  }
}
