package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Positions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds instantiations that lead to ever new ones, of which there can be no end (types2: mono.go).
 *
 * <p>The graph has a vertex for each type parameter of the package and each defined type that is
 * declared in a generic function. An edge leads to a type parameter from each vertex whose type
 * occurs in a type argument for it; its weight is 0 if the argument is that very type, and 1 if the
 * argument is made of it. An edge of weight 1 leads to a local type from each type parameter in
 * whose scope it is declared. A cycle of positive weight is an error; without one, instantiation
 * comes to an end.
 */
final class Mono {
  private static final class Vertex {
    final TypeName obj;

    /** The weight of the heaviest path known to here, the last edge of it, and its length. */
    int weight;

    int lastEdge;
    int length;

    Vertex(TypeName obj) {
      this.obj = obj;
    }
  }

  /**
   * An edge between the vertices of these indices.
   *
   * @param pos where the instantiation or declaration is
   * @param type the type argument, or the type parameter for a local type
   */
  private record Edge(int dst, int src, int weight, int pos, Type type) {}

  private final Checker check;
  private final List<Vertex> vertices = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<TypeParam, TypeParam> canonical = new HashMap<>();
  private final Map<TypeName, Integer> indexOf = new HashMap<>();

  /** The interfaces around the type that is being looked at. */
  private final Set<Interface> open = new HashSet<>();

  Mono(Checker check) {
    this.check = check;
  }

  /**
   * Looks for paths of greatest weight (as Bellman and Ford do for the least); a path as long as
   * there are vertices contains a cycle.
   */
  void check() {
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < edges.size(); i++) {
        Edge e = edges.get(i);
        Vertex src = vertices.get(e.src);
        Vertex dst = vertices.get(e.dst);
        int weight = src.weight + e.weight;
        if (weight <= dst.weight) {
          continue;
        }
        dst.lastEdge = i;
        dst.length = src.length + 1;
        if (dst.length == vertices.size()) {
          report(e.dst);
          return;
        }
        dst.weight = weight;
        again = true;
      }
    }
  }

  /** Reports the cycle that a path to the vertex {@code end} contains. */
  private void report(int end) {
    List<Integer> stack = new ArrayList<>();
    int v = end;
    while (!stack.contains(v)) {
      stack.add(v);
      v = edges.get(vertices.get(v).lastEdge).src;
    }
    List<Integer> cycle = stack.subList(stack.indexOf(v), stack.size());
    ErrorReporter.Report err = check.errors.newError(Code.INVALID_INSTANCE_CYCLE);
    err.addf(vertices.get(v).obj, "instantiation cycle:");
    Qualifier qf = Qualifier.relativeTo(check.pkg);
    for (int w : cycle) {
      Edge e = edges.get(vertices.get(w).lastEdge);
      TypeName obj = vertices.get(e.dst).obj;
      err.addf(
          e.pos,
          obj.type() instanceof Named
              ? "%s implicitly parameterized by %s"
              : "%s instantiated as %s",
          obj.name(),
          TypeString.typeString(e.type, qf));
    }
    err.report();
  }

  /** Takes note that the receiver's type parameter {@code param} stands for that of the type. */
  void recordCanon(TypeParam param, TypeParam ofType) {
    canonical.put(param, ofType);
  }

  /**
   * Takes note of an instantiation.
   *
   * @param xlist the expressions of the first type arguments
   */
  void recordInstance(
      Package pkg, int pos, List<TypeParam> tparams, List<Type> targs, List<Expr> xlist) {
    for (int i = 0; i < tparams.size(); i++) {
      TypeParam p = tparams.get(i);
      // Cycles are within one package: there are no templates as template arguments.
      if (p.obj().pkg() == pkg) {
        int at = i < xlist.size() ? Positions.startPos(xlist.get(i)) : pos;
        assign(pkg, at, p, targs.get(i), targs.get(i));
      }
    }
  }

  /** Adds edges from what occurs in {@code t}, which is {@code targ} or a part of it. */
  private void assign(Package pkg, int pos, TypeParam p, Type targ, Type t) {
    switch (t.unalias()) {
      case TypeParam q -> flow(typeParamVertex(q), pos, p, targ, q);
      case Named n -> {
        int src = localVertex(pkg, n.origin());
        if (src >= 0) {
          flow(src, pos, p, targ, n);
        }
        for (Type a : n.typeArgs()) {
          assign(pkg, pos, p, targ, a);
        }
      }
      case Array a -> assign(pkg, pos, p, targ, a.elem());
      case Chan c -> assign(pkg, pos, p, targ, c.elem());
      case MapType m -> {
        assign(pkg, pos, p, targ, m.key());
        assign(pkg, pos, p, targ, m.elem());
      }
      case Pointer q -> assign(pkg, pos, p, targ, q.elem());
      case Slice s -> assign(pkg, pos, p, targ, s.elem());
      case Interface i -> {
        if (open.add(i)) { // its methods may speak of it
          for (Func m : i.typeSet().methods()) {
            assign(pkg, pos, p, targ, m.type());
          }
          open.remove(i);
        }
      }
      case Signature s -> {
        assignVars(pkg, pos, p, targ, s.params().vars());
        assignVars(pkg, pos, p, targ, s.results().vars());
      }
      case Struct s -> assignVars(pkg, pos, p, targ, s.fields());
      case Basic _, Tuple _, Union _, Alias _ -> {}
    }
  }

  private void assignVars(Package pkg, int pos, TypeParam p, Type targ, List<Var> vars) {
    for (Var v : vars) {
      assign(pkg, pos, p, targ, v.type());
    }
  }

  private void flow(int src, int pos, TypeParam p, Type targ, Type part) {
    edges.add(new Edge(typeParamVertex(p), src, part == targ ? 0 : 1, pos, targ));
  }

  /** The vertex of a type that is declared where there are type parameters in scope, or -1. */
  private int localVertex(Package pkg, Named named) {
    TypeName obj = named.obj();
    Scope root = pkg.scope();
    if (obj.pkg() != pkg || obj.parent() == root) {
      return -1;
    }
    Integer known = indexOf.get(obj);
    if (known != null) {
      return known;
    }
    int index = -1;
    for (Scope s = obj.parent(); s != null && s != root; s = s.parent()) {
      for (Obj elem : s.objects()) {
        if (elem instanceof TypeName t
            && t.type() instanceof TypeParam p
            && !t.isAlias()
            && check.cmpPos(t.pos(), obj.pos()) < 0) {
          if (index < 0) {
            index = vertices.size();
            vertices.add(new Vertex(obj));
          }
          edges.add(new Edge(index, typeParamVertex(p), 1, obj.pos(), p));
        }
      }
    }
    indexOf.put(obj, index);
    return index;
  }

  private int typeParamVertex(TypeParam param) {
    TypeName obj = canonical.getOrDefault(param, param).obj();
    Integer known = indexOf.get(obj);
    if (known != null) {
      return known;
    }
    int index = vertices.size();
    vertices.add(new Vertex(obj));
    indexOf.put(obj, index);
    return index;
  }
}
