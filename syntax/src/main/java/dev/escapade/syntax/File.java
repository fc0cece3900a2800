package dev.escapade.syntax;

import dev.escapade.diag.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One source file.
 *
 * @param pos the position of the package keyword
 * @param source where the file's positions are explained
 * @param pragma the directives before the package clause
 * @param linknames the {@code //go:linkname} directives of the whole file, in source order
 * @param goVersion the language version that a {@code //go:build} line asks for, such as {@code
 *     go1.21}, or ""
 * @param eof the position of the end of the file
 */
public record File(
    int pos,
    SourceFile source,
    @Nullable Pragma pragma,
    Expr.Name pkgName,
    List<Decl> decls,
    List<Linkname> linknames,
    int eof,
    String goVersion)
    implements Node {
  public File {
    decls = List.copyOf(decls);
    linknames = List.copyOf(linknames);
  }
}
