package dev.escapade.ir;

import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Pointer;
import dev.escapade.types.Predicates;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity of types of which some have shapes. Where a defined type has a shape in it, its
 * underlying type counts: the compiler lets such types pass for each other, as it knows that the
 * code which it makes does not mix them up.
 */
final class ShapeIdentity {
  private record Pair(Type a, Type b) {
    boolean is(Type x, Type y) {
      return a == x && b == y;
    }
  }

  private final boolean ignoreTags;

  /** Pairs that are being compared: a cycle comes back to one of them. */
  private final List<Pair> assumed = new ArrayList<>();

  private ShapeIdentity(boolean ignoreTags) {
    this.ignoreTags = ignoreTags;
  }

  static boolean identical(Type a, Type b, boolean ignoreTags) {
    if (!Shapes.hasShape(a) && !Shapes.hasShape(b)) {
      return ignoreTags ? Predicates.identicalIgnoreTags(a, b) : Predicates.identical(a, b);
    }
    return new ShapeIdentity(ignoreTags).identical(a, b);
  }

  private boolean identical(Type first, Type second) {
    Type a = first.unalias();
    Type b = second.unalias();
    if (a == b) {
      return true;
    }
    boolean named = a instanceof Named || b instanceof Named;
    if (named && !Shapes.hasShape(a) && !Shapes.hasShape(b)) {
      return Predicates.identical(a, b);
    }
    Type u = a.underlying();
    Type v = b.underlying();
    if (named && u instanceof Pointer && v instanceof Pointer) {
      return true;
    }
    for (Pair p : assumed) {
      if (p.is(a, b)) {
        return true;
      }
    }
    assumed.add(new Pair(a, b));
    return isSameForm(u, v);
  }

  private boolean isSameForm(Type u, Type v) {
    return switch (u) {
      case Basic x -> v instanceof Basic y && x.kind() == y.kind();
      case Pointer x -> v instanceof Pointer y && identical(x.elem(), y.elem());
      case Slice x -> v instanceof Slice y && identical(x.elem(), y.elem());
      case Array x -> v instanceof Array y && x.len() == y.len() && identical(x.elem(), y.elem());
      case Chan x -> v instanceof Chan y && x.dir() == y.dir() && identical(x.elem(), y.elem());
      case MapType x ->
          v instanceof MapType y && identical(x.key(), y.key()) && identical(x.elem(), y.elem());
      case Tuple x -> v instanceof Tuple y && identical(x.vars(), y.vars());
      case Struct x -> v instanceof Struct y && identical(x, y);
      case Signature x -> v instanceof Signature y && identical(x, y);
      case Interface x -> v instanceof Interface y && identical(x, y);
      default -> false;
    };
  }

  private boolean identical(List<Var> a, List<Var> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!identical(a.get(i).type(), b.get(i).type())) {
        return false;
      }
    }
    return true;
  }

  private boolean identical(Struct a, Struct b) {
    if (a.numFields() != b.numFields()) {
      return false;
    }
    for (int i = 0; i < a.numFields(); i++) {
      Var f = a.field(i);
      Var g = b.field(i);
      if (!f.id().equals(g.id())
          || f.embedded() != g.embedded()
          || (!ignoreTags && !a.tag(i).equals(b.tag(i)))
          || !identical(f.type(), g.type())) {
        return false;
      }
    }
    return true;
  }

  private boolean identical(Signature a, Signature b) {
    return a.variadic() == b.variadic()
        && identical(a.params().vars(), b.params().vars())
        && identical(a.results().vars(), b.results().vars());
  }

  private boolean identical(Interface a, Interface b) {
    if (a.numMethods() != b.numMethods()) {
      return false;
    }
    for (int i = 0; i < a.numMethods(); i++) {
      Func m = a.method(i);
      Func n = b.method(i);
      if (!m.id().equals(n.id()) || !identical(m.type(), n.type())) {
        return false;
      }
    }
    return true;
  }
}
