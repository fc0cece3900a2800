package dev.escapade.ir.build;

import dev.escapade.ir.build.ExportElement.ObjRef;
import dev.escapade.ir.build.ExportElement.Ref;
import dev.escapade.ir.build.ExportElement.TypeRef;
import dev.escapade.syntax.Decl;
import dev.escapade.types.Alias;
import dev.escapade.types.Basic;
import dev.escapade.types.Func;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Predicates;
import dev.escapade.types.Scope;
import dev.escapade.types.Signature;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of export data that a package writes itself, before those of its imports are added
 * (noder/writer.go, Go 1.26). Once made, it does not change.
 *
 * <p>Objects and types are written when they are first mentioned, before what mentions them is
 * complete. Each object is written once. A type of the checker, too, but if it is met while it is
 * being written, by way of an object, then a second element is made for it, for all that is met
 * within; the rest refers to the first.
 */
final class ExportStub {
  private final PackageSource source;
  private final IdentityHashMap<Obj, ExportElement> objects = new IdentityHashMap<>();
  private final IdentityHashMap<Func, ExportElement> bodies = new IdentityHashMap<>();
  private final IdentityHashMap<Type, ExportElement> types = new IdentityHashMap<>();

  ExportStub(PackageSource source) {
    this.source = source;
    Scope scope = source.pkg().scope();
    for (String name : scope.names()) {
      Obj obj = scope.lookup(name);
      if (obj != null) {
        write(obj);
      }
    }
  }

  /** The declaration of an object of the package, with the bodies of what is generic, or null. */
  @Nullable ExportElement object(Obj obj) {
    return objects.get(obj);
  }

  /** The body of a function or method of the package that is not generic, or null. */
  @Nullable ExportElement body(Func f) {
    return bodies.get(f);
  }

  private void write(Obj obj) {
    if (obj.pkg() == source.pkg() && !objects.containsKey(obj)) {
      ExportElement e = new ExportElement(null);
      objects.put(obj, e);
      Writer w = new Writer();
      w.declaration(obj);
      w.addTo(e.refs());
    }
  }

  /** A type as it is written: aliases that are declared in functions are not. */
  static Type written(Type t) {
    Type w = t;
    while (w instanceof Alias a && a.obj().pkg() != null && !Exprs.isGlobal(a.obj())) {
      w = a.rhs();
    }
    return w;
  }

  /** Reports whether a type is written by number, as the predeclared ones are. */
  private static boolean isPredeclared(Type t) {
    return switch (t) {
      case Basic _ -> true;
      case Named x -> x.obj().pkg() == null;
      case Alias x -> x.obj().pkg() == null;
      default -> false;
    };
  }

  /** The element for a type that does not depend on type parameters. */
  private ExportElement type(Type t) {
    ExportElement known = types.get(t);
    if (known != null) {
      return known;
    }
    ExportElement e = new ExportElement(t);
    List<Ref> parts = new ArrayList<>(2);
    TypeParts.forEach(
        t,
        part -> {
          Type p = written(part);
          if (!isPredeclared(p)) {
            parts.add(new TypeRef(type(p)));
          }
        });
    addName(t, e.refs());
    e.refs().addAll(parts);
    types.put(t, e);
    return e;
  }

  private void addName(Type t, List<Ref> refs) {
    Obj obj = t instanceof Named x ? x.obj() : t instanceof Alias a ? a.obj() : null;
    if (obj != null) {
      write(obj);
      refs.add(new ObjRef(obj));
    }
  }

  /** Writes one element. */
  private final class Writer implements BodyMentions.Sink {
    private final DerivedTypes generic = new DerivedTypes(source);
    private final Set<Type> derived = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Ref> declaration = new ArrayList<>();
    private final List<Ref> constraints = new ArrayList<>();
    private final List<Ref> derivedTypes = new ArrayList<>();
    private final List<Ref> subdicts = new ArrayList<>();
    private final List<Ref> itabs = new ArrayList<>();
    private final List<Ref> code = new ArrayList<>();
    private List<Ref> out = declaration;

    /** Adds all that was written, in the order in which it is copied. */
    void addTo(List<Ref> refs) {
      refs.addAll(declaration);
      refs.addAll(constraints);
      refs.addAll(derivedTypes);
      refs.addAll(subdicts);
      refs.addAll(itabs);
      refs.addAll(code);
    }

    void declaration(Obj obj) {
      switch (obj) {
        case Func f -> {
          signature(f.signature());
          body(f);
          constraints(f.signature().typeParams());
        }
        case TypeName t when t.type() instanceof Named n && n.obj() == t -> definition(n);
        case TypeName t when t.type() instanceof Alias a -> {
          type(a.rhs());
          constraints(a.typeParams());
        }
        default -> type(obj.type());
      }
    }

    private void definition(Named t) {
      type(t.underlying());
      for (Func m : PackageSource.methods(t)) {
        Signature sig = m.signature();
        if (sig.recv() != null) {
          type(sig.recv().type());
        }
        signature(sig);
        body(m);
      }
      constraints(t.typeParams());
    }

    private void constraints(List<TypeParam> params) {
      out = constraints;
      for (TypeParam p : params) {
        type(p.constraint());
      }
    }

    private void signature(Signature sig) {
      TypeParts.forEach(sig, this::type);
    }

    /** The body of a function: an element of its own, but for generic functions. */
    private void body(Func f) {
      Decl.FuncDecl decl = source.decl(f);
      if (decl == null || decl.body() == null) {
        return;
      }
      boolean isGeneric = PackageSource.isGeneric(f);
      List<Ref> before = out;
      out = isGeneric ? code : new ArrayList<>();
      new BodyMentions(source, this).body(f.signature(), decl.body());
      if (!isGeneric) {
        ExportElement e = new ExportElement(null);
        e.refs().addAll(out);
        bodies.put(f, e);
      }
      out = before;
    }

    @Override
    public void type(Type t) {
      Type w = written(t);
      if (isPredeclared(w)) {
        return;
      }
      if (generic.isDerived(w)) {
        derived(w);
      } else {
        out.add(new TypeRef(ExportStub.this.type(w)));
      }
    }

    /** A type that depends on type parameters: it becomes part of the object, once. */
    private void derived(Type t) {
      if (t instanceof TypeParam || !derived.add(t)) {
        return;
      }
      List<Ref> parts = new ArrayList<>();
      TypeParts.forEach(
          t,
          part -> {
            Type p = written(part);
            if (generic.isDerived(p)) {
              derived(p);
            } else if (!isPredeclared(p)) {
              parts.add(new TypeRef(ExportStub.this.type(p)));
            }
          });
      addName(t, derivedTypes);
      derivedTypes.addAll(parts);
    }

    @Override
    public void known(Type t) {
      Type w = written(t);
      if (generic.isDerived(w)) {
        derived(w);
      } else if (!isPredeclared(w)) {
        ExportStub.this.type(w);
      }
    }

    @Override
    public void itab(Type type, Type iface) {
      Type t = written(Predicates.defaultType(type));
      Type i = written(Predicates.defaultType(iface));
      type(t);
      type(i);
      boolean isDerived = generic.isDerived(t);
      if (isDerived != generic.isDerived(i)) {
        Type other = isDerived ? i : t;
        if (!isPredeclared(other)) {
          itabs.add(new TypeRef(ExportStub.this.type(other)));
        }
      }
    }

    @Override
    public void object(Obj obj) {
      if (obj.pkg() != null) {
        write(obj);
        out.add(new ObjRef(obj));
      }
    }

    @Override
    public void instance(Obj obj, List<Type> typeArgs) {
      boolean inGeneric =
          generic.isAnyDerived(typeArgs)
              || (obj instanceof TypeName t
                  && t.type() instanceof Named n
                  && generic.hasImplicits(n));
      typeArgs.forEach(this::known);
      List<Ref> before = out;
      out = inGeneric ? subdicts : out;
      object(obj);
      typeArgs.forEach(this::type);
      out = before;
    }
  }
}
