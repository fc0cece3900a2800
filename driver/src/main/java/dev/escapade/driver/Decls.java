package dev.escapade.driver;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import java.util.ArrayList;
import java.util.List;

/** Parts of declarations, and files with others. */
final class Decls {
  private Decls() {}

  /** The names that a declaration at package level declares. */
  static List<Expr.Name> names(Decl d) {
    return switch (d) {
      case Decl.ImportDecl _ -> List.of();
      case Decl.ConstDecl x -> x.names();
      case Decl.TypeDecl x -> List.of(x.name());
      case Decl.VarDecl x -> x.names();
      case Decl.FuncDecl x -> List.of(x.name());
    };
  }

  /** All of a function but its name and its body. */
  static List<Node> signature(Decl.FuncDecl f) {
    List<Node> parts = new ArrayList<>();
    Field recv = f.recv();
    if (recv != null) {
      parts.add(recv);
    }
    parts.addAll(f.typeParams());
    parts.add(f.type());
    return parts;
  }

  /** The same function as a declaration without body. */
  @SuppressWarnings("NullAway") // the class file does not say that the body may be null
  static Decl withoutBody(Decl.FuncDecl f) {
    return new Decl.FuncDecl(
        f.pos(), f.pragma(), f.recv(), f.name(), f.typeParams(), f.type(), null);
  }

  /** A file with other declarations. */
  static File with(File file, List<Decl> decls) {
    return new File(
        file.pos(),
        file.source(),
        file.pragma(),
        file.pkgName(),
        decls,
        file.linknames(),
        file.eof(),
        file.goVersion());
  }
}
