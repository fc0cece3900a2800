package dev.escapade.ir.build;

import dev.escapade.ir.build.ExportElement.ObjRef;
import dev.escapade.ir.build.ExportElement.Ref;
import dev.escapade.ir.build.ExportElement.TypeRef;
import dev.escapade.types.Alias;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The export data of a package, as far as it matters which of its elements are the same: what it
 * exports and all that this refers to, the elements of its imports included (noder/linker.go, Go
 * 1.26).
 *
 * <p>Every element is copied once, but for types that refer to themselves by way of an object: a
 * type is known as copied only when all that it refers to is copied. If it is met before, then it
 * is copied once more, for all that is met within; the rest refers to the first copy.
 */
final class ExportTable {
  private static final ExportElement NOTHING = new ExportElement(null);

  private final IdentityHashMap<Obj, ExportElement> objects = new IdentityHashMap<>();
  private final IdentityHashMap<Func, ExportElement> bodies = new IdentityHashMap<>();

  private ExportTable() {}

  /** The export data of {@code pkg}. */
  static ExportTable of(Compilation c, Package pkg) {
    ExportTable table = new ExportTable();
    table.new Copier(c, pkg).run();
    return table;
  }

  /** The declaration of an object, or null. */
  @Nullable ExportElement object(Obj obj) {
    return objects.get(obj);
  }

  /** The body of a function that is not generic, or null. */
  @Nullable ExportElement body(Func f) {
    return bodies.get(f);
  }

  private final class Copier {
    private final Package pkg;
    private final ExportStub stub;
    private final List<ExportTable> imports = new ArrayList<>();
    private final Set<Func> handedOn;
    private final IdentityHashMap<ExportElement, ExportElement> copies = new IdentityHashMap<>();

    Copier(Compilation c, Package pkg) {
      this.pkg = pkg;
      this.stub = new ExportStub(c.source(pkg));
      this.handedOn = c.exports().exportedBodies(pkg);
      for (Package p : pkg.imports()) {
        ExportTable table = c.exportTable(p);
        if (table != null) {
          imports.add(table);
        }
      }
    }

    void run() {
      for (String name : pkg.scope().names()) {
        Obj obj = pkg.scope().lookup(name);
        if (obj != null && obj.exported()) {
          object(obj, null);
        }
      }
    }

    /**
     * Copies the declaration of an object.
     *
     * @param from where it is mentioned, which has its declaration; null if in the package itself
     */
    private void object(Obj obj, @Nullable ExportTable from) {
      if (objects.containsKey(obj)) {
        return;
      }
      boolean local = obj.pkg() == pkg;
      ExportTable there = local || from != null ? from : lastWith(obj);
      ExportElement e = local ? stub.object(obj) : there == null ? null : there.objects.get(obj);
      if (e == null) {
        objects.put(obj, NOTHING); // predeclared, or of package unsafe
        return;
      }
      ExportElement copy = new ExportElement(null);
      objects.put(obj, copy);
      copyRefs(e, copy, there);
      bodies(obj);
    }

    private @Nullable ExportTable lastWith(Obj obj) {
      for (ExportTable t : imports.reversed()) {
        if (t.objects.containsKey(obj)) {
          return t;
        }
      }
      return null;
    }

    private void bodies(Obj obj) {
      switch (obj) {
        case Func f -> body(f);
        case TypeName t
            when !(t.type() instanceof Alias)
                && t.type() instanceof Named n
                && n.obj() == t
                && !(n.underlying() instanceof Interface) ->
            PackageSource.methods(n).forEach(this::body);
        default -> {}
      }
    }

    private void body(Func f) {
      if (!handedOn.contains(f) || PackageSource.isGeneric(f) || bodies.containsKey(f)) {
        return;
      }
      ExportTable from = f.pkg() == pkg ? null : firstWithBody(f);
      ExportElement e = from == null ? stub.body(f) : from.bodies.get(f);
      if (e != null && (from != null || f.pkg() == pkg)) {
        ExportElement copy = new ExportElement(null);
        bodies.put(f, copy);
        copyRefs(e, copy, from);
      }
    }

    private @Nullable ExportTable firstWithBody(Func f) {
      for (ExportTable t : imports) {
        if (t.bodies.containsKey(f)) {
          return t;
        }
      }
      return null;
    }

    private void copyRefs(ExportElement e, ExportElement copy, @Nullable ExportTable from) {
      for (Ref r : e.refs()) {
        switch (r) {
          case ObjRef o -> {
            object(o.obj(), from);
            copy.refs().add(o);
          }
          case TypeRef(ExportElement t) -> copy.refs().add(new TypeRef(type(t, from)));
        }
      }
    }

    private ExportElement type(ExportElement e, @Nullable ExportTable from) {
      ExportElement known = copies.get(e);
      if (known != null) {
        return known;
      }
      Type t = e.type();
      ExportElement copy = new ExportElement(t);
      copyRefs(e, copy, from);
      copies.put(e, copy);
      return copy;
    }
  }
}
