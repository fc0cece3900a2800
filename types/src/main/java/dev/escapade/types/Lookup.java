package dev.escapade.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields and methods (Go spec, "Selectors"; types2: lookup.go): breadth first through
 * embedded fields, where a name at one depth hides those further down, and two at the same depth
 * are an error.
 */
public final class Lookup {
  private Lookup() {}

  /** What was found. */
  public static final class Result {
    static final Result NOT_FOUND = new Result(null, null, false);
    private static final Result NEEDS_POINTER = new Result(null, null, true);

    private final @Nullable Obj obj;
    private final int @Nullable [] index;
    private final boolean indirect;

    private Result(@Nullable Obj obj, int @Nullable [] index, boolean indirect) {
      this.obj = obj;
      this.index = index;
      this.indirect = indirect;
    }

    /** The {@link Var} or {@link Func}, or null if there is none to select. */
    public @Nullable Obj obj() {
      return obj;
    }

    /**
     * The path, as {@link Selection#index} has it, not to be changed; if there is no object, a path
     * to one of several that have the name, or null.
     */
    public int @Nullable [] index() {
      return index;
    }

    /**
     * Reports whether there is a pointer on the path; if there is no object and no path, that there
     * is a method, but one that needs a pointer.
     */
    public boolean indirect() {
      return indirect;
    }

    /** Reports whether several objects have the name, none of which is preferred. */
    public boolean isAmbiguous() {
      return obj == null && index != null;
    }
  }

  /** An embedded type to be searched. */
  private static final class Embedded {
    final Type type;
    final int[] index;
    final boolean indirect;

    /** Whether the type occurs more than once at its depth. */
    boolean multiples;

    Embedded(Type type, int[] index, boolean indirect, boolean multiples) {
      this.type = type;
      this.index = index;
      this.indirect = indirect;
      this.multiples = multiples;
    }
  }

  private static final int[] NO_INDEX = {};

  /**
   * The field or method {@code name}, as seen from {@code pkg}, of a value of type {@code t}.
   *
   * @param addressable whether the value is addressable, so that methods of the pointer count too
   */
  public static Result lookupFieldOrMethod(
      Type t, boolean addressable, @Nullable Package pkg, String name) {
    return lookupFieldOrMethod(t, addressable, pkg, name, false);
  }

  /**
   * Like {@link #lookupFieldOrMethod(Type, boolean, Package, String)}.
   *
   * @param foldCase whether the case of letters, and the package, do not matter
   */
  static Result lookupFieldOrMethod(
      Type t, boolean addressable, @Nullable Package pkg, String name, boolean foldCase) {
    // A defined pointer type has the fields of what it points to, but no methods.
    if (t.unalias() instanceof Named named && named.underlying() instanceof Pointer p) {
      Result r = lookup(p, false, pkg, name, foldCase);
      return r.obj instanceof Func ? Result.NOT_FOUND : r;
    }
    return lookup(t, addressable, pkg, name, foldCase);
  }

  /**
   * The search itself. The method that is found may not have its signature yet while the package is
   * being checked. Fields of defined pointer types are not found.
   */
  static Result lookup(
      Type t, boolean addressable, @Nullable Package pkg, String name, boolean foldCase) {
    if (name.equals("_")) {
      return Result.NOT_FOUND;
    }
    // The underlying type of a defined pointer type must not be looked at here.
    Type start = t;
    boolean isPtr = false;
    if (t.unalias() instanceof Pointer p) {
      start = p.elem();
      isPtr = true;
      if (start.underlying() instanceof Interface) {
        return Result.NOT_FOUND; // a pointer to an interface has no methods
      }
    }
    Search search = new Search(pkg, name, foldCase);
    List<Embedded> current = List.of(new Embedded(start, NO_INDEX, isPtr, false));
    while (!current.isEmpty()) {
      search.next = null;
      for (Embedded e : current) {
        if (!search.visit(e)) {
          return new Result(null, search.index, false); // two at this depth
        }
      }
      if (search.obj != null) {
        if (search.obj instanceof Func f && f.hasPtrRecv() && !search.indirect && !addressable) {
          return Result.NEEDS_POINTER;
        }
        return new Result(search.obj, search.index, search.indirect);
      }
      current = consolidate(search.next);
    }
    return Result.NOT_FOUND;
  }

  /** The state of one search. */
  private static final class Search {
    /**
     * How many instances of generic types one search looks into. A type such as {@code type T[P
     * any] struct { *T[[]P] }} embeds ever new ones; the error about it comes when all is checked.
     */
    private static final int MAX_INSTANCES = 200;

    private final @Nullable Package pkg;
    private final String name;
    private final boolean foldCase;

    /** The defined types met so far: at greater depth they are hidden by themselves. */
    private final List<Named> seen = new ArrayList<>(3);

    private @Nullable List<Embedded> next;
    private @Nullable Obj obj;
    private int @Nullable [] index;
    private boolean indirect;
    private int instances;

    Search(@Nullable Package pkg, String name, boolean foldCase) {
      this.pkg = pkg;
      this.name = name;
      this.foldCase = foldCase;
    }

    /** Looks into one embedded type; false if this is a second match at the depth. */
    boolean visit(Embedded e) {
      Named named = e.type.asNamed();
      if (named != null) {
        for (Named s : seen) {
          if (Predicates.identical(s, named)) {
            return true;
          }
        }
        if (named.isInstance() && ++instances > MAX_INSTANCES) {
          return true;
        }
        seen.add(named);
        int i = named.lookupMethodIndex(pkg, name, foldCase);
        if (i >= 0) {
          return found(e, i, named.method(i));
        }
      }
      Type u = e.type.underlying();
      if (u instanceof Struct s) {
        return visitFields(e, s);
      }
      if (u instanceof Interface t) {
        TypeSet set = t.typeSet();
        int i = set.lookupMethod(pkg, name, foldCase);
        return i < 0 || found(e, i, set.methods().get(i));
      }
      return true;
    }

    private boolean visitFields(Embedded e, Struct s) {
      List<Var> fields = s.fields();
      for (int i = 0; i < fields.size(); i++) {
        Var f = fields.get(i);
        if (f.sameId(pkg, name, foldCase)) {
          if (!found(e, i, f)) {
            return false;
          }
        } else if (obj == null && f.embedded()) {
          embed(e, i, f.type());
        }
      }
      return true;
    }

    private void embed(Embedded e, int i, Type t) {
      boolean isPtr = t.unalias() instanceof Pointer;
      if (next == null) {
        next = new ArrayList<>();
      }
      next.add(new Embedded(deref(t), concat(e.index, i), e.indirect || isPtr, e.multiples));
    }

    private boolean found(Embedded e, int i, Obj match) {
      index = concat(e.index, i);
      if (obj != null || e.multiples) {
        return false;
      }
      obj = match;
      indirect = e.indirect;
      return true;
    }
  }

  private static int[] concat(int[] index, int i) {
    int[] result = Arrays.copyOf(index, index.length + 1);
    result[index.length] = i;
    return result;
  }

  /** Makes one entry of those with identical types, marked as standing for several. */
  private static List<Embedded> consolidate(@Nullable List<Embedded> list) {
    if (list == null) {
      return List.of();
    }
    if (list.size() <= 1) {
      return list;
    }
    List<Embedded> result = new ArrayList<>(list.size());
    for (Embedded e : list) {
      boolean known = false;
      for (Embedded r : result) {
        if (Predicates.identical(r.type, e.type)) {
          r.multiples = true;
          known = true;
          break;
        }
      }
      if (!known) {
        result.add(e);
      }
    }
    return result;
  }

  /** The selection of {@code name} on a value of type {@code t}, or null if there is none. */
  public static @Nullable Selection lookupSelection(
      Type t, boolean addressable, @Nullable Package pkg, String name) {
    Result r = lookupFieldOrMethod(t, addressable, pkg, name);
    if (r.obj == null || r.index == null) {
      return null;
    }
    SelectionKind kind = r.obj instanceof Func ? SelectionKind.METHOD_VAL : SelectionKind.FIELD_VAL;
    return new Selection(kind, t, r.obj, r.index, r.indirect);
  }

  /** The base type if {@code t} is a pointer type that is not defined, else {@code t}. */
  static Type deref(Type t) {
    return t.unalias() instanceof Pointer p ? p.elem() : t;
  }

  /** The struct type, perhaps named, that {@code t} points to; else {@code t}. */
  static Type derefStructPtr(Type t) {
    return t.underlying() instanceof Pointer p && p.elem().underlying() instanceof Struct
        ? p.elem()
        : t;
  }

  /** Reports whether {@code t} is a pointer to an interface or to a type parameter. */
  static boolean isInterfacePtr(Type t) {
    return t.underlying() instanceof Pointer p && Predicates.isInterface(p.elem());
  }

  /** The index of the field that {@code name} denotes in {@code pkg}, or -1. */
  static int fieldIndex(List<Var> fields, @Nullable Package pkg, String name, boolean foldCase) {
    return index(fields, pkg, name, foldCase);
  }

  /** The index of the method that {@code name} denotes in {@code pkg}, or -1. */
  static int methodIndex(List<Func> methods, @Nullable Package pkg, String name, boolean foldCase) {
    return index(methods, pkg, name, foldCase);
  }

  private static int index(
      List<? extends Obj> list, @Nullable Package pkg, String name, boolean foldCase) {
    if (!name.equals("_")) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i).sameId(pkg, name, foldCase)) {
          return i;
        }
      }
    }
    return -1;
  }
}
