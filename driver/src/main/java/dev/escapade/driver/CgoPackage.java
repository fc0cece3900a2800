package dev.escapade.driver;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of a package that imports "C". The go command asks the C compiler for the types
 * of C's names; this program starts no other. So the package is what its declarations say: its
 * importers see functions without bodies, which they take to keep all that they are given, and
 * nothing is decided about the package itself.
 */
final class CgoPackage {
  private static final String NOTE =
      "import \"C\": only a C compiler knows C's types, so nothing is decided here, and functions"
          + " of this package are taken to keep what they are given; CGO_ENABLED=0 selects the"
          + " files for builds without cgo";

  private static final String CODE = "NeedsCompilerOfC";

  private CgoPackage() {}

  /** The declarations of a package, with functions that have no body. */
  static ParsedPackage declarations(ParsedPackage all) {
    List<File> files = new ArrayList<>();
    for (File file : all.files()) {
      List<Decl> decls = file.decls().stream().map(CgoPackage::withoutBody).toList();
      files.add(
          new File(
              file.pos(),
              file.source(),
              file.pragma(),
              file.pkgName(),
              decls,
              file.linknames(),
              file.eof(),
              file.goVersion()));
    }
    return new ParsedPackage(all.pkg(), files, all.exprCount());
  }

  @SuppressWarnings("NullAway") // the class file does not say that the body may be null
  private static Decl withoutBody(Decl d) {
    return d instanceof Decl.FuncDecl f
        ? new Decl.FuncDecl(f.pos(), f.pragma(), f.recv(), f.name(), f.typeParams(), f.type(), null)
        : d;
  }

  /** A line that says so, at the first import of "C". */
  static String note(ParsedPackage pkg, SourceMap sources) {
    for (File file : pkg.files()) {
      for (Decl d : file.decls()) {
        if (d instanceof Decl.ImportDecl i
            && i.path() != null
            && i.path().value().equals("\"C\"")) {
          Position p = sources.position(i.path().pos());
          return p.filename() + ":" + p.line() + ":" + p.column() + ": " + NOTE + "\n";
        }
      }
    }
    return NOTE + "\n";
  }

  /**
   * What a package takes from others of which only the C compiler knows the type, so that nothing
   * can be decided about the package either; what else is wrong with it may follow from that.
   *
   * @return errors, or nothing if there is nothing of the kind
   */
  static Optional<List<Diagnostic>> unknownIn(CheckedPackage pkg) {
    List<Diagnostic> found = new ArrayList<>();
    for (File file : pkg.parsed().files()) {
      Walk.preorder(
          file,
          n -> {
            if (n instanceof Expr.Name name) {
              Obj obj = pkg.info().use(name);
              Package of = obj == null ? null : obj.pkg();
              if (obj != null && of != null && of != pkg.types() && isUnknown(obj.type())) {
                found.add(unknown(name.pos(), of.name() + "." + obj.name()));
              }
            }
            return true;
          });
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private static Diagnostic unknown(int pos, String what) {
    return Diagnostic.error(
        CODE,
        pos,
        "only a C compiler knows the type of "
            + what
            + ", so nothing is decided about this package");
  }

  /** Reports whether a type is made of one that is not known, names of types left alone. */
  private static boolean isUnknown(@Nullable Type t) {
    return switch (t) {
      case null -> true;
      case Basic b -> b == Basic.INVALID;
      case Pointer p -> isUnknown(p.elem());
      case Slice s -> isUnknown(s.elem());
      case Array a -> isUnknown(a.elem());
      case Chan c -> isUnknown(c.elem());
      case MapType m -> isUnknown(m.key()) || isUnknown(m.elem());
      case Signature s -> isUnknown(s.params()) || isUnknown(s.results());
      case Tuple v -> v.vars().stream().anyMatch(x -> isUnknown(x.type()));
      case Alias a -> isUnknown(a.unalias());
      case Named n -> n.underlying() == Basic.INVALID;
      case Struct _, Interface _, TypeParam _, Union _ -> false;
    };
  }
}
