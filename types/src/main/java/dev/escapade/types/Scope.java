package dev.escapade.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block of source and the objects declared in it (Go spec, "Declarations and scope"). Most scopes
 * hold few objects, so names are compared one by one until there are many.
 */
public final class Scope {
  private static final int LINEAR_MAX = 8;
  private static final Obj[] NONE = {};

  private final @Nullable Scope parent;
  private final int pos;
  private final int end;
  private final String comment;
  private @Nullable List<Scope> children;
  private boolean universe;
  private boolean isFunc;
  private Obj[] objs = NONE;
  private String[] names = {};
  private int len;
  private @Nullable Map<String, Obj> byName;

  /**
   * A scope inside {@code parent}, which lists it as its child unless it is the universe.
   *
   * @param pos where the scope starts, or 0
   * @param end where the scope ends, or 0
   * @param comment what the scope is, for debugging
   */
  public Scope(@Nullable Scope parent, int pos, int end, String comment) {
    this.parent = parent;
    this.pos = pos;
    this.end = end;
    this.comment = comment;
    if (parent != null && !parent.universe) {
      parent.addChild(this);
    }
  }

  private Scope(@Nullable Scope parent, String comment) {
    this.parent = parent;
    this.pos = 0;
    this.end = 0;
    this.comment = comment;
    this.universe = true;
  }

  /** A scope of predeclared objects, outside of all packages. */
  static Scope universe(@Nullable Scope parent, String comment) {
    return new Scope(parent, comment);
  }

  private void addChild(Scope child) {
    if (children == null) {
      children = new ArrayList<>(4);
    }
    children.add(child);
  }

  public @Nullable Scope parent() {
    return parent;
  }

  public int pos() {
    return pos;
  }

  public int end() {
    return end;
  }

  /** The scopes directly inside; not recorded for the universe and for packages. */
  public List<Scope> children() {
    return children == null ? List.of() : children;
  }

  /** Reports whether this is the scope of a function's parameters and body. */
  boolean isFunc() {
    return isFunc;
  }

  void markFunc() {
    isFunc = true;
  }

  /** The number of objects. */
  public int len() {
    return len;
  }

  /** The names of the objects in ascending order. */
  public List<String> names() {
    String[] sorted = Arrays.copyOf(names, len);
    Arrays.sort(sorted);
    return List.of(sorted);
  }

  /** The objects in the order in which they were inserted. */
  List<Obj> objects() {
    return List.of(Arrays.copyOf(objs, len));
  }

  /** The object of that name in this very scope, or null. */
  public @Nullable Obj lookup(String name) {
    if (byName != null) {
      return byName.get(name);
    }
    for (int i = 0; i < len; i++) {
      if (names[i].equals(name)) {
        return objs[i];
      }
    }
    return null;
  }

  /** The objects whose names equal {@code name} but for the case of letters, by name. */
  List<Obj> lookupIgnoringCase(String name, boolean exportedOnly) {
    List<Obj> matches = new ArrayList<>();
    for (String n : names()) {
      Obj obj = lookup(n);
      if (n.equalsIgnoreCase(name) && obj != null && (!exportedOnly || Obj.isExported(n))) {
        matches.add(obj);
      }
    }
    return matches;
  }

  /**
   * Adds {@code obj} and returns null, or returns the object that has its name already. The scope
   * becomes the object's parent if it has none.
   */
  public @Nullable Obj insert(Obj obj) {
    Obj alt = lookup(obj.name());
    if (alt != null) {
      return alt;
    }
    insertAs(obj.name(), obj);
    if (obj.parent() == null) {
      obj.setParent(this);
    }
    return null;
  }

  /** Adds {@code obj}, of which there must be none of the name, under {@code name}. */
  void insertAs(String name, Obj obj) {
    if (len == objs.length) {
      int n = len == 0 ? 4 : 2 * len;
      objs = Arrays.copyOf(objs, n);
      names = Arrays.copyOf(names, n);
    }
    objs[len] = obj;
    names[len] = name;
    len++;
    if (byName != null) {
      byName.put(name, obj);
    } else if (len > LINEAR_MAX) {
      byName = new HashMap<>();
      for (int i = 0; i < len; i++) {
        byName.put(names[i], objs[i]);
      }
    }
  }

  @Override
  public String toString() {
    return comment + " scope " + names();
  }
}
