package dev.escapade.driver;

import dev.escapade.diag.Diagnostic;
import dev.escapade.diag.Position;
import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.types.Initializer;
import dev.escapade.types.Obj;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of a package that imports "C", or of one above it. The go command asks the C
 * compiler for the types of C's names; this program starts no other. So functions that mention what
 * has such a type lose their bodies: their callers take them to keep all that they are given.
 * Everything else is decided as it is without C. About a package that imports "C" itself nothing is
 * said; in those above it, the functions that are left out are named.
 */
final class CgoPackage {
  private static final String NOTE =
      "import \"C\": only a C compiler knows C's types, so nothing is said of this package, and"
          + " functions of it that use C are taken to keep what they are given; CGO_ENABLED=0"
          + " selects the files for builds without cgo";

  /** Errors that do not follow from what is not known. */
  private final List<Diagnostic> errors = new ArrayList<>();

  /** What is not known, in lines. */
  private final StringBuilder notes = new StringBuilder();

  private final CheckedPackage all;
  private final List<Diagnostic> found;
  private final SourceMap sources;
  private final UnknownTypes unknown;
  private final Set<Obj> unknownVars = Collections.newSetFromMap(new IdentityHashMap<>());

  private CgoPackage(CheckedPackage all, List<Diagnostic> found, SourceMap sources) {
    this.all = all;
    this.found = found;
    this.sources = sources;
    this.unknown = new UnknownTypes(all.info());
  }

  /**
   * What is known of a package.
   *
   * @param pkg the package without what is not known
   * @param errors what is wrong with it
   * @param notes lines that tell what is not known
   */
  record Known(CheckedPackage pkg, List<Diagnostic> errors, String notes) {}

  /**
   * Leaves out what is not known.
   *
   * @param all a package that has been checked with all its bodies
   * @param found what the checker found wrong with it; what it found where something is not known
   *     may follow from that
   */
  static Known of(CheckedPackage all, List<Diagnostic> found, SourceMap sources) {
    return new CgoPackage(all, found, sources).known();
  }

  private Known known() {
    List<File> files = new ArrayList<>();
    for (File file : all.parsed().files()) {
      files.add(known(file));
    }
    all.info().dropInitializers(this::isUnknown);
    CheckedPackage rest = all.with(files);
    if (all.parsed().pkg().usesCgo()) {
      return new Known(rest, List.of(), note());
    }
    return new Known(rest, errors, notes.toString());
  }

  private File known(File file) {
    List<Decl> decls = new ArrayList<>();
    int from = file.pos();
    for (int i = 0; i < file.decls().size(); i++) {
      Decl d = file.decls().get(i);
      // Positions in a declaration are those before the next one.
      int to = i + 1 < file.decls().size() ? file.decls().get(i + 1).pos() : file.eof() + 1;
      Decl rest = known(d, errorsBetween(from, to));
      if (rest != null) {
        decls.add(rest);
      }
      from = to;
    }
    return Decls.with(file, decls);
  }

  private List<Diagnostic> errorsBetween(int from, int to) {
    return found.stream().filter(e -> e.pos() >= from && e.pos() < to).toList();
  }

  /** What remains of a declaration; null if nothing does. */
  private @Nullable Decl known(Decl d, List<Diagnostic> wrong) {
    Expr.Name name = unknown.firstIn(d);
    if (name == null) {
      errors.addAll(wrong);
      return wrong.isEmpty() || !all.parsed().pkg().usesCgo() ? d : without(d);
    }
    note(name, d);
    return without(d);
  }

  /** A declaration without what is not known of it. */
  private @Nullable Decl without(Decl d) {
    return switch (d) {
      case Decl.FuncDecl f -> isInit(f) ? null : Decls.withoutBody(f);
      case Decl.VarDecl v -> {
        v.names().forEach(this::forget);
        yield v.names().stream().anyMatch(this::isUnknown) ? null : d;
      }
      case Decl.ConstDecl c -> c.names().stream().anyMatch(this::isUnknown) ? null : d;
      case Decl.TypeDecl _, Decl.ImportDecl _ -> d;
    };
  }

  private static boolean isInit(Decl.FuncDecl f) {
    return f.recv() == null && (f.name().value().equals("init") || f.name().isBlank());
  }

  private void forget(Expr.Name name) {
    Obj v = all.info().def(name);
    if (v != null) {
      unknownVars.add(v);
    }
  }

  private boolean isUnknown(Expr.Name name) {
    Obj obj = all.info().def(name);
    return obj != null && UnknownTypes.isUnknown(obj.type());
  }

  private boolean isUnknown(Initializer init) {
    return init.lhs().stream().anyMatch(unknownVars::contains);
  }

  private void note(Expr.Name name, Decl d) {
    String what =
        d instanceof Decl.FuncDecl f ? "function " + f.name().value() : "this declaration";
    line(
        name.pos(),
        "only a C compiler knows the type of "
            + unknown.describe(name)
            + ", so nothing is decided about "
            + what);
  }

  private void line(int pos, String text) {
    Position p = sources.position(pos);
    notes.append(p.filename()).append(':').append(p.line()).append(':').append(p.column());
    notes.append(": ").append(text).append('\n');
  }

  /** A line at the first import of "C". */
  private String note() {
    notes.setLength(0);
    for (File file : all.parsed().files()) {
      for (Decl d : file.decls()) {
        if (d instanceof Decl.ImportDecl i
            && i.path() != null
            && i.path().value().equals("\"C\"")) {
          line(i.path().pos(), NOTE);
          return notes.toString();
        }
      }
    }
    return NOTE + "\n";
  }
}
