package dev.escapade.types;

import dev.escapade.syntax.ChanDir;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes two types equal in structure by finding types for bound type parameters (Go spec, "Type
 * unification"; types2: unify.go). Each call of {@link #unify} may find types for more parameters.
 *
 * <p>Unless the unification is exact, it does not see the difference between a defined type and its
 * underlying type if the other type is a literal, nor channel directions, nor that between an
 * unbound type parameter and its core type. Whether types found this way will really do is decided
 * when the function is instantiated and its arguments are assigned.
 */
final class Unifier {
  /** Types match exactly, element types included. */
  static final int EXACT = 1;

  /** The types are those of an assignment: only element types match exactly. */
  static final int ASSIGN = 2;

  /** Recursion beyond this is an endless one. */
  private static final int MAX_DEPTH = 50;

  /** What is known about a type parameter, shared by those that were found to be equal. */
  private static final class Handle {
    @Nullable Type type;
  }

  private final List<TypeParam> typeParams;
  private final Handle[] handles;
  private final boolean interfaceInference;
  private int depth;

  /**
   * A unifier.
   *
   * @param typeParams the bound type parameters
   * @param typeArgs their types as far as they are known; may be shorter and contain null
   * @param interfaceInference whether an interface and a type that implements it unify (Go 1.21)
   */
  Unifier(
      List<TypeParam> typeParams,
      List<? extends @Nullable Type> typeArgs,
      boolean interfaceInference) {
    this.typeParams = typeParams;
    this.interfaceInference = interfaceInference;
    this.handles = new Handle[typeParams.size()];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = new Handle();
      handles[i].type = i < typeArgs.size() ? typeArgs.get(i) : null;
    }
  }

  /** The type found for the bound type parameter at {@code i}, or null. */
  @Nullable Type at(int i) {
    return handles[i].type;
  }

  /** The type found for a bound type parameter, or null. */
  @Nullable Type at(TypeParam p) {
    return handles[index(p)].type;
  }

  void set(TypeParam p, Type t) {
    handles[index(p)].type = t;
  }

  /** The number of type parameters without a type. */
  int unknowns() {
    int n = 0;
    for (Handle h : handles) {
      if (h.type == null) {
        n++;
      }
    }
    return n;
  }

  /** The types found, null where there is none. */
  List<@Nullable Type> inferred() {
    List<@Nullable Type> list = new ArrayList<>(handles.length);
    for (Handle h : handles) {
      list.add(h.type);
    }
    return list;
  }

  /** Reports whether the types can be made equal, and finds types for bound parameters. */
  boolean unify(Type x, Type y, int mode) {
    return nify(x, y, mode, null);
  }

  private int index(TypeParam p) {
    for (int i = 0; i < handles.length; i++) {
      if (typeParams.get(i) == p) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable TypeParam bound(Type t) {
    return t.unalias() instanceof TypeParam p && index(p) >= 0 ? p : null;
  }

  /** Makes both stand for the same type; false if both have one already. */
  private boolean join(TypeParam x, TypeParam y) {
    Handle hx = handles[index(x)];
    Handle hy = handles[index(y)];
    if (hx == hy) {
      return true;
    }
    if (hx.type != null && hy.type != null) {
      return false;
    }
    Handle kept = hx.type != null ? hx : hy;
    Handle dropped = kept == hx ? hy : hx;
    for (int i = 0; i < handles.length; i++) {
      if (handles[i] == dropped) {
        handles[i] = kept;
      }
    }
    return true;
  }

  private boolean nify(Type x, Type y, int mode, Identity.@Nullable Pair p) {
    if (x == y || x.unalias() == y.unalias()) {
      return true;
    }
    if (depth >= MAX_DEPTH) {
      return false;
    }
    depth++;
    try {
      return unifyDifferent(x, y, mode, p);
    } finally {
      depth--;
    }
  }

  private boolean unifyDifferent(Type x0, Type y0, int mode, Identity.@Nullable Pair p) {
    Type x = x0;
    Type y = y0;
    // A defined type goes to the right, a bound type parameter to the left.
    if (x.asNamed() != null || bound(y) != null) {
      x = y0;
      y = x0;
    }
    Named named = y.asNamed();
    if ((mode & EXACT) == 0
        && named != null
        && Predicates.isTypeLit(x)
        && !(interfaceInference && Predicates.isInterface(x))) {
      y = named.underlying();
      if (x == y || x.unalias() == y.unalias()) {
        return true;
      }
    }
    TypeParam px = bound(x);
    TypeParam py = bound(y);
    if (px != null) {
      return py != null ? unifyParams(px, py, mode, p) : unifyParam(px, y, mode, p);
    }
    if (interfaceInference && (mode & EXACT) == 0) {
      Interface xi = asInterface(x);
      Interface yi = asInterface(y);
      if (xi != null && yi != null) {
        return unifyInterfaces(xi, yi, p);
      }
      if (xi != null) {
        return unifyMethods(xi, y, p);
      }
      if (yi != null) {
        return unifyMethods(yi, x, p);
      }
    }
    return Predicates.isTypeParam(y)
        ? unifyStructure(y, x, mode, p)
        : unifyStructure(x, y, mode, p);
  }

  private boolean unifyParams(TypeParam x, TypeParam y, int mode, Identity.@Nullable Pair p) {
    if (join(x, y)) {
      return true;
    }
    Type tx = at(x);
    Type ty = at(y);
    return tx != null && ty != null && nify(tx, ty, mode, p);
  }

  private boolean unifyParam(TypeParam px, Type y, int mode, Identity.@Nullable Pair p) {
    Type x = at(px);
    if (x == null) {
      set(px, y);
      return true;
    }
    if (!nify(x, y, mode, p)) {
      return false;
    }
    Interface xi = asInterface(x);
    Interface yi = asInterface(y);
    boolean xn = x.asNamed() != null;
    boolean yn = y.asNamed() != null;
    if (xi != null && yi != null) {
      if (xn && yn) {
        return Predicates.identical(x, y);
      }
      // Corresponding methods match already.
      if (xi.typeSet().methods().size() != yi.typeSet().methods().size()) {
        return false;
      }
    } else if (xi != null || yi != null) {
      return false; // either might be meant, and the order of arguments must not decide
    }
    if ((mode & EXACT) == 0 && !xn) {
      // Of several types that match, a defined one wins, and else a directed channel.
      boolean directed = y.underlying() instanceof Chan c && c.dir() != ChanDir.BOTH;
      if (yn || directed) {
        set(px, y);
      }
    }
    return true;
  }

  /** The underlying interface of a type that is no type parameter, or null. */
  private static @Nullable Interface asInterface(Type t) {
    return !Predicates.isTypeParam(t) && t.underlying() instanceof Interface i ? i : null;
  }

  /** Two interfaces unify if one has all methods of the other, and the terms are equal. */
  private boolean unifyInterfaces(Interface x, Interface y, Identity.@Nullable Pair p) {
    if (!sameTerms(x, y)) {
      return false;
    }
    if (Identity.Pair.contains(p, x, y)) {
      return true;
    }
    List<Func> few = x.typeSet().methods();
    List<Func> many = y.typeSet().methods();
    if (few.size() > many.size()) {
      List<Func> t = few;
      few = many;
      many = t;
    }
    Identity.Pair q = new Identity.Pair(x, y, p);
    for (Func m : few) {
      int i = Lookup.methodIndex(many, m.pkg(), m.name(), false);
      if (i < 0 || !nify(m.type(), many.get(i).type(), EXACT, q)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameTerms(Interface x, Interface y) {
    TypeSet xset = x.typeSet();
    TypeSet yset = y.typeSet();
    return xset.comparable() == yset.comparable() && xset.terms().sameSet(yset.terms());
  }

  /** An interface and another type unify if that has all the methods. */
  private boolean unifyMethods(Interface x, Type y, Identity.@Nullable Pair p) {
    for (Func m : x.typeSet().methods()) {
      Lookup.Result r = Lookup.lookupFieldOrMethod(y, false, m.pkg(), m.name());
      if (!(r.obj() instanceof Func f) || !nify(m.type(), f.type(), EXACT, p)) {
        return false;
      }
    }
    return true;
  }

  /** Unifies types that are no bound type parameters. */
  private boolean unifyStructure(Type x, Type yWithAlias, int mode, Identity.@Nullable Pair p) {
    int elemMode = (mode & ASSIGN) != 0 ? mode | EXACT : mode;
    Type y = yWithAlias.unalias();
    return switch (x.unalias()) {
      case Basic a -> y instanceof Basic b && a.kind() == b.kind(); // byte, rune
      case Array a ->
          y instanceof Array b
              && (a.len() < 0 || b.len() < 0 || a.len() == b.len())
              && nify(a.elem(), b.elem(), elemMode, p);
      case Slice a -> y instanceof Slice b && nify(a.elem(), b.elem(), elemMode, p);
      case Struct a -> y instanceof Struct b && unifyStructs(a, b, elemMode, p);
      case Pointer a -> y instanceof Pointer b && nify(a.elem(), b.elem(), elemMode, p);
      case Tuple a -> y instanceof Tuple b && unifyTuples(a, b, mode, p);
      case Signature a ->
          y instanceof Signature b
              && a.variadic() == b.variadic()
              && unifyTuples(a.params(), b.params(), elemMode, p)
              && unifyTuples(a.results(), b.results(), elemMode, p);
      case Interface a -> y instanceof Interface b && unifyExactly(a, b, p);
      case MapType a ->
          y instanceof MapType b
              && nify(a.key(), b.key(), elemMode, p)
              && nify(a.elem(), b.elem(), elemMode, p);
      case Chan a ->
          y instanceof Chan b
              && ((mode & EXACT) == 0 || a.dir() == b.dir())
              && nify(a.elem(), b.elem(), elemMode, p);
      case Named a -> y instanceof Named b && unifyNamed(a, b, mode, p);
      case TypeParam a -> {
        // An unbound type parameter: its core type says what type arguments look like.
        Type core = TypeSets.coreType(a);
        yield core != null && nify(core, yWithAlias, ASSIGN, p);
      }
      case Union _, Alias _ -> false;
    };
  }

  private boolean unifyStructs(Struct x, Struct y, int mode, Identity.@Nullable Pair p) {
    if (x.numFields() != y.numFields()) {
      return false;
    }
    for (int i = 0; i < x.numFields(); i++) {
      Var f = x.field(i);
      Var g = y.field(i);
      if (f.embedded() != g.embedded()
          || !x.tag(i).equals(y.tag(i))
          || !f.sameId(g.pkg(), g.name(), false)
          || !nify(f.type(), g.type(), mode, p)) {
        return false;
      }
    }
    return true;
  }

  private boolean unifyTuples(Tuple x, Tuple y, int mode, Identity.@Nullable Pair p) {
    if (x.len() != y.len()) {
      return false;
    }
    for (int i = 0; i < x.len(); i++) {
      if (!nify(x.at(i).type(), y.at(i).type(), mode, p)) {
        return false;
      }
    }
    return true;
  }

  private boolean unifyExactly(Interface x, Interface y, Identity.@Nullable Pair p) {
    List<Func> xs = x.typeSet().methods();
    List<Func> ys = y.typeSet().methods();
    if (!sameTerms(x, y) || xs.size() != ys.size()) {
      return false;
    }
    if (Identity.Pair.contains(p, x, y)) {
      return true;
    }
    Identity.Pair q = new Identity.Pair(x, y, p);
    for (int i = 0; i < xs.size(); i++) {
      Func f = xs.get(i);
      Func g = ys.get(i);
      if (!f.sameId(g.pkg(), g.name(), false) || !nify(f.type(), g.type(), EXACT, q)) {
        return false;
      }
    }
    return true;
  }

  /** Type arguments first: types found for them make better messages if the names differ. */
  private boolean unifyNamed(Named x, Named y, int mode, Identity.@Nullable Pair p) {
    List<Type> xs = x.typeArgs();
    List<Type> ys = y.typeArgs();
    if (xs.size() != ys.size()) {
      return false;
    }
    for (int i = 0; i < xs.size(); i++) {
      if (!nify(xs.get(i), ys.get(i), mode, p)) {
        return false;
      }
    }
    return Predicates.identicalOrigin(x, y);
  }
}
