package dev.escapade.ir.build;

import dev.escapade.ir.Shapes;
import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The type descriptors that exist before code is analysed (reflectdata/reflect.go: writeType, Go
 * 1.26): those of types that are converted to interfaces with methods, and of the types they are
 * made of. They need functions to compare and to hash values, which are analysed as any other.
 */
final class TypeDescriptors {
  private final Compilation c;
  private final ValueFuncs funcs;
  private final Set<String> itabs = new HashSet<>();
  private final Set<String> written = new HashSet<>();

  TypeDescriptors(Compilation c, Comparison comparison) {
    this.c = c;
    this.funcs = new ValueFuncs(c, comparison);
  }

  /** Notes that a value of {@code type} becomes one of {@code iface}, which has methods. */
  void itab(Type type, Type iface) {
    if (itabs.add(c.linkString(type) + "," + c.linkString(iface))) {
      write(iface);
      write(type);
    }
  }

  private void write(Type t) {
    Type next = t.unalias();
    if (isWrittenHere(next) && written.add(c.linkString(next))) {
      describe(next);
    }
  }

  /** Reports whether no other package writes the descriptor (reflectdata: NeedEmit). */
  private boolean isWrittenHere(Type t) {
    Type base = t instanceof Pointer p ? p.elem().unalias() : t;
    return switch (base) {
      case Basic _ -> false;
      case Named n when n == Universe.ERROR -> false;
      case Named n ->
          n.obj().pkg() == c.localPackage()
              || !n.typeArgs().isEmpty()
              || n.obj().pkg() == Shapes.PACKAGE;
      default -> true;
    };
  }

  private void describe(Type t) {
    funcs.equality(t);
    if (!(t.underlying() instanceof Pointer)) {
      write(new Pointer(t));
    }
    switch (t.underlying()) {
      case Array x -> {
        write(x.elem());
        write(new Slice(x.elem()));
      }
      case Slice x -> write(x.elem());
      case Chan x -> write(x.elem());
      case Pointer x -> write(x.elem());
      case MapType x -> {
        write(x.key());
        write(x.elem());
        funcs.hash(x.key());
        if (t instanceof Named) {
          write(x);
        }
      }
      case Signature x -> signature(x);
      case Struct x -> {
        for (Var f : x.fields()) {
          write(f.type());
        }
      }
      case Interface x -> {
        for (int i = 0; i < x.numMethods(); i++) {
          write(plain(x.method(i).signature()));
        }
      }
      case Basic _, Named _, Alias _, Tuple _, TypeParam _, Union _ -> {}
    }
    methods(t);
  }

  private void signature(Signature s) {
    if (s.recv() != null) {
      write(s.recv().type());
    }
    for (Var v : s.params().vars()) {
      write(v.type());
    }
    for (Var v : s.results().vars()) {
      write(v.type());
    }
  }

  private static Signature plain(Signature s) {
    return s.recv() == null
        ? s
        : new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic());
  }

  /** The types of the methods of a type. */
  private void methods(Type t) {
    if (Shapes.hasShape(t)) {
      return;
    }
    Type base = Kinds.deref(t);
    if (Kinds.isInterface(base)) {
      return;
    }
    for (MethodSets.Method m : MethodSets.of(c, base)) {
      if (m.isApplicable(t instanceof Pointer)) {
        Signature s = m.type();
        write(new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic()));
      }
    }
  }
}
