package dev.escapade.ir.build;

import dev.escapade.types.Func;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import org.jspecify.annotations.Nullable;

/**
 * Where the compiler reads a declaration or the body of a function from: the package that is
 * compiled, or the export data of a package that it imports. Export data has a copy of everything
 * that it mentions, so that there may be several to choose from, and what is read from one of them
 * leads to what is in it and nowhere else (noder: objReader, importBodyReader; Go 1.26).
 */
final class ExportData {
  private final Compilation c;
  private final @Nullable Obj obj;
  private final boolean body;
  private @Nullable Package found;

  private ExportData(Compilation c, @Nullable Obj obj, boolean body) {
    this.c = c;
    this.obj = obj;
    this.body = body;
  }

  /** The package that is compiled. */
  static ExportData here(Compilation c) {
    return new ExportData(c, null, false);
  }

  /** What a body is read from, which is of a function that is imported and not generic. */
  static ExportData ofBody(Compilation c, Func f) {
    return new ExportData(c, f, true);
  }

  boolean isLocal() {
    return obj == null;
  }

  /** What a declaration is read from that is mentioned in this. */
  ExportData declaration(Obj o) {
    return isLocal() && o.pkg() != c.localPackage() ? c.imported(o) : this;
  }

  static ExportData ofDeclaration(Compilation c, Obj o) {
    return new ExportData(c, o, false);
  }

  /** Reports whether two are the export data of the same import. */
  boolean isSame(ExportData other) {
    return this == other || (!isLocal() && !other.isLocal() && find() == other.find());
  }

  private @Nullable Package find() {
    if (found == null && obj != null) {
      found = body ? firstWithBody((Func) obj) : lastWithDeclaration(obj);
    }
    return found;
  }

  private @Nullable Package firstWithBody(Func f) {
    for (Package p : c.localPackage().imports()) {
      if (c.exports().exportedBodies(p).contains(f)) {
        return p;
      }
    }
    return f.pkg();
  }

  private @Nullable Package lastWithDeclaration(Obj o) {
    for (Package p : c.localPackage().imports().reversed()) {
      if (c.exports().exportedDeclarations(p).contains(o)) {
        return p;
      }
    }
    return o.pkg();
  }
}
