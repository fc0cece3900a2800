package dev.escapade.types;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares types for identity (Go spec, "Type identity"; types2: comparer). Only interfaces can be
 * part of a cycle that no type name breaks, so pairs of interfaces under comparison are remembered.
 *
 * @param ignoreTags whether struct tags do not matter
 * @param ignoreInvalids whether an invalid type is identical to any
 */
record Identity(boolean ignoreTags, boolean ignoreInvalids) {
  /** The pairs of interfaces under comparison, innermost first. */
  record Pair(Interface x, Interface y, @Nullable Pair prev) {
    static boolean contains(@Nullable Pair list, Interface x, Interface y) {
      for (Pair p = list; p != null; p = p.prev) {
        if ((p.x == x && p.y == y) || (p.x == y && p.y == x)) {
          return true;
        }
      }
      return false;
    }
  }

  boolean identical(Type x, Type y) {
    return same(x, y, null);
  }

  private boolean same(Type x0, Type y0, @Nullable Pair p) {
    Type x = x0.unalias();
    Type y = y0.unalias();
    if (x == y) {
      return true;
    }
    if (ignoreInvalids && (x == Basic.INVALID || y == Basic.INVALID)) {
      return true;
    }
    return switch (x) {
      case Basic a -> y instanceof Basic b && a.kind() == b.kind(); // byte, rune
      case Array a ->
          y instanceof Array b
              && (a.len() < 0 || b.len() < 0 || a.len() == b.len()) // unknown: after an error
              && same(a.elem(), b.elem(), p);
      case Slice a -> y instanceof Slice b && same(a.elem(), b.elem(), p);
      case Struct a -> y instanceof Struct b && sameStruct(a, b, p);
      case Pointer a -> y instanceof Pointer b && same(a.elem(), b.elem(), p);
      case Tuple a -> y instanceof Tuple b && sameTuple(a, b, p);
      case Signature a -> y instanceof Signature b && sameSignature(a, b, p);
      case Union a -> y instanceof Union b && sameUnion(a, b);
      case Interface a -> y instanceof Interface b && sameInterface(a, b, p);
      case MapType a ->
          y instanceof MapType b && same(a.key(), b.key(), p) && same(a.elem(), b.elem(), p);
      case Chan a -> y instanceof Chan b && a.dir() == b.dir() && same(a.elem(), b.elem(), p);
      case Named a -> y instanceof Named b && sameNamed(a, b);
      case TypeParam _, Alias _ -> false; // the same parameter is the same object
    };
  }

  private static boolean sameNamed(Named x, Named y) {
    return (x.isInstance() || y.isInstance())
        && Predicates.identicalOrigin(x, y)
        && Predicates.identicalLists(x.typeArgs(), y.typeArgs());
  }

  private boolean sameStruct(Struct x, Struct y, @Nullable Pair p) {
    if (x.numFields() != y.numFields()) {
      return false;
    }
    for (int i = 0; i < x.numFields(); i++) {
      Var f = x.field(i);
      Var g = y.field(i);
      if (f.embedded() != g.embedded()
          || (!ignoreTags && !x.tag(i).equals(y.tag(i)))
          || !f.sameId(g.pkg(), g.name(), false)
          || !same(f.type(), g.type(), p)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameTuple(Tuple x, Tuple y, @Nullable Pair p) {
    if (x.len() != y.len()) {
      return false;
    }
    for (int i = 0; i < x.len(); i++) {
      if (!same(x.at(i).type(), y.at(i).type(), p)) {
        return false;
      }
    }
    return true;
  }

  /** Parameter names do not matter, and names of type parameters neither. */
  private boolean sameSignature(Signature x, Signature y, @Nullable Pair p) {
    List<TypeParam> xs = x.typeParams();
    List<TypeParam> ys = y.typeParams();
    if (x.variadic() != y.variadic() || xs.size() != ys.size()) {
      return false;
    }
    Tuple params = y.params();
    Tuple results = y.results();
    if (!xs.isEmpty()) {
      Subst subst = new Subst(null, 0, ys, xs, null, new Context());
      for (int i = 0; i < xs.size(); i++) {
        if (!same(xs.get(i).constraint(), subst.type(ys.get(i).constraint()), p)) {
          return false;
        }
      }
      params = subst.tuple(params);
      results = subst.tuple(results);
    }
    return sameTuple(x.params(), params, p) && sameTuple(x.results(), results, p);
  }

  private static boolean sameUnion(Union x, Union y) {
    return TypeSet.of(x).terms().sameSet(TypeSet.of(y).terms());
  }

  /** Interfaces are identical if their type sets are; the order of methods does not matter. */
  private boolean sameInterface(Interface x, Interface y, @Nullable Pair p) {
    TypeSet xset = x.typeSet();
    TypeSet yset = y.typeSet();
    List<Func> a = xset.methods();
    List<Func> b = yset.methods();
    if (xset.comparable() != yset.comparable()
        || a.size() != b.size()
        || !xset.terms().sameSet(yset.terms())) {
      return false;
    }
    if (Pair.contains(p, x, y)) {
      return true;
    }
    Pair q = new Pair(x, y, p);
    for (int i = 0; i < a.size(); i++) {
      Func f = a.get(i);
      Func g = b.get(i);
      if (!f.sameId(g.pkg(), g.name(), false) || !same(f.type(), g.type(), q)) {
        return false;
      }
    }
    return true;
  }
}
