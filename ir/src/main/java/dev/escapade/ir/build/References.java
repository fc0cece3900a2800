package dev.escapade.ir.build;

import dev.escapade.syntax.Decl;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The objects that an object mentions: what the compiler has to write to its export data along with
 * it (noder/writer.go).
 */
final class References {
  private final Set<Obj> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Type> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private References() {}

  /** What the declaration of {@code obj} mentions, bodies of functions excluded. */
  static List<Obj> ofDeclaration(Obj obj) {
    References r = new References();
    switch (obj) {
      case TypeName t -> r.addDefinition(t);
      case Func f -> r.addFunc(f);
      default -> r.add(obj.type());
    }
    return List.copyOf(r.found);
  }

  /** What the body of a function mentions, as far as the compiler does not leave it out. */
  static List<Obj> ofBody(PackageSource source, Func f, Decl.FuncDecl decl) {
    References r = new References();
    if (decl.body() != null) {
      new BodyMentions(source, r.new Mentions()).body(f.signature(), decl.body());
    }
    return List.copyOf(r.found);
  }

  private final class Mentions implements BodyMentions.Sink {
    @Override
    public void type(Type t) {
      add(t);
    }

    @Override
    public void known(Type t) {}

    @Override
    public void itab(Type type, Type iface) {
      add(type);
      add(iface);
    }

    @Override
    public void object(Obj obj) {
      if (obj.pkg() != null) {
        found.add(obj);
      }
    }

    @Override
    public void instance(Obj obj, List<Type> typeArgs) {
      object(obj);
      typeArgs.forEach(References.this::add);
    }
  }

  private void addDefinition(TypeName t) {
    switch (t.type()) {
      case Named n -> {
        seen.add(n);
        n.typeParams().forEach(p -> add(p.constraint()));
        add(n.origin().underlying());
        for (int i = 0; i < n.numMethods(); i++) {
          addFunc(n.origin().method(i));
        }
      }
      case Alias a -> add(a.rhs());
      default -> add(t.type());
    }
  }

  private void addFunc(Func f) {
    Signature sig = f.signature();
    if (sig.recv() != null) {
      add(sig.recv().type());
    }
    sig.typeParams().forEach(p -> add(p.constraint()));
    add(sig);
  }

  private void add(Type t) {
    if (t instanceof Basic || !seen.add(t)) {
      return;
    }
    switch (t) {
      case Basic _, TypeParam _ -> {}
      case Named n -> {
        if (n.obj().pkg() != null) {
          found.add(n.obj());
        }
        n.typeArgs().forEach(this::add);
      }
      case Alias a -> {
        a.typeArgs().forEach(this::add);
        add(a.rhs());
      }
      case Pointer p -> add(p.elem());
      case Slice s -> add(s.elem());
      case Array a -> add(a.elem());
      case Chan c -> add(c.elem());
      case MapType m -> {
        add(m.key());
        add(m.elem());
      }
      case Struct s -> s.fields().forEach(f -> add(f.type()));
      case Tuple tuple -> tuple.vars().forEach(v -> add(v.type()));
      case Signature sig -> {
        add(sig.params());
        add(sig.results());
      }
      case Interface i -> {
        i.explicitMethods().forEach(m -> add(m.type()));
        i.embeddeds().forEach(this::add);
      }
      case Union u -> u.terms().forEach(term -> add(term.type()));
    }
  }
}
