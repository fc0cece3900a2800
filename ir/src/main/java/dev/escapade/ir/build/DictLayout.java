package dev.escapade.ir.build;

import dev.escapade.types.Alias;
import dev.escapade.types.Obj;
import dev.escapade.types.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The dictionary of a generic function, or of a generic type and its methods: what its shaped code
 * finds out at run time. The words are, in this order: method expressions of type parameters,
 * dictionaries of other generic objects, type descriptors, and pairs of type and interface.
 *
 * <p>Two entries are the same if their types are the same objects, not if they are identical: the
 * number of words shows in the types of functions, so it must be that of the compiler.
 */
final class DictLayout {
  /** A method of a type parameter. */
  record MethodExpr(int typeParam, String method) {}

  /** A generic object with type arguments that depend on type parameters. */
  record Subdict(Obj obj, List<Type> typeArgs) {}

  /** A type, and an interface it is converted or asserted to. */
  record Itab(Type type, Type iface) {}

  private final List<MethodExpr> methodExprs = new ArrayList<>();
  private final List<Subdict> subdicts = new ArrayList<>();
  private final List<Type> rtypes = new ArrayList<>();
  private final List<Itab> itabs = new ArrayList<>();
  private boolean complete;

  /** No words may be added from now on. */
  void complete() {
    complete = true;
  }

  /** The methods of type parameters that are called or referred to. */
  List<MethodExpr> methodExprs() {
    return methodExprs;
  }

  /** The types of whose instances the dictionary has the dictionaries. */
  List<Subdict> subdicts() {
    return subdicts;
  }

  /** The types of which the dictionary has descriptors. */
  List<Type> rtypes() {
    return rtypes;
  }

  List<Itab> itabs() {
    return itabs;
  }

  /** The number of words. */
  int words() {
    return itabsOffset() + itabs.size();
  }

  private int rtypesOffset() {
    return methodExprs.size() + subdicts.size();
  }

  private int itabsOffset() {
    return rtypesOffset() + rtypes.size();
  }

  private static Type key(Type t) {
    Type k = t;
    while (k instanceof Alias a && !Exprs.isGlobal(a.obj())) {
      k = a.rhs();
    }
    return k;
  }

  int methodExpr(int typeParam, String method) {
    MethodExpr m = new MethodExpr(typeParam, method);
    int i = methodExprs.indexOf(m);
    return i >= 0 ? i : add(methodExprs, m);
  }

  int subdict(Obj obj, List<Type> typeArgs) {
    for (int i = 0; i < subdicts.size(); i++) {
      Subdict s = subdicts.get(i);
      if (s.obj == obj && same(s.typeArgs, typeArgs)) {
        return methodExprs.size() + i;
      }
    }
    return methodExprs.size() + add(subdicts, new Subdict(obj, List.copyOf(typeArgs)));
  }

  private static boolean same(List<Type> a, List<Type> b) {
    for (int i = 0; i < a.size(); i++) {
      if (key(a.get(i)) != key(b.get(i))) {
        return false;
      }
    }
    return a.size() == b.size();
  }

  int rtype(Type t) {
    Type k = key(t);
    for (int i = 0; i < rtypes.size(); i++) {
      if (rtypes.get(i) == k) {
        return rtypesOffset() + i;
      }
    }
    return rtypesOffset() + add(rtypes, k);
  }

  int itab(Type type, Type iface) {
    Type t = key(type);
    Type f = key(iface);
    for (int i = 0; i < itabs.size(); i++) {
      if (itabs.get(i).type == t && itabs.get(i).iface == f) {
        return itabsOffset() + i;
      }
    }
    return itabsOffset() + add(itabs, new Itab(t, f));
  }

  private <T> int add(List<T> list, T entry) {
    if (complete) {
      throw new IllegalStateException("not in the dictionary: " + entry);
    }
    list.add(entry);
    return list.size() - 1;
  }
}
