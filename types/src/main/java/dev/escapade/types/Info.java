package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.types.constant.Constant;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the checker has found out about the expressions of a package (go/types: Info). Expressions
 * are looked up by their ids. While the package is being checked, only the checker may touch the
 * object; then it is read-only.
 *
 * <p>An expression has at most one of a constant value, a selection and an instance, so the three
 * share a table; the exceptions are in a table of their own.
 */
@SuppressWarnings("AvoidCommonTypeNames") // the name in go/types
public final class Info {
  private static final OperandMode[] MODES = OperandMode.values();
  private static final byte MODE_MASK = 0x0f;

  /** The name in {@code objects} is defined here, not used. */
  private static final byte IS_DEF = 0x10;

  private Type[] types;
  private byte[] modes;
  private @Nullable Obj[] objects;
  private @Nullable Object[] facts;
  private final IdentityHashMap<Expr.Name, Obj> usesOfEmbedded = new IdentityHashMap<>();

  /** Selections of an array that is not evaluated, as only its length matters (range clauses). */
  private final IdentityHashMap<Expr.SelectorExpr, Selection> constantSelections =
      new IdentityHashMap<>();

  private final IdentityHashMap<Node, Obj> implicits = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Scope> scopes = new IdentityHashMap<>();
  private final IdentityHashMap<File, GoVersion> fileVersions = new IdentityHashMap<>();
  private List<Initializer> initOrder = List.of();

  /**
   * Empty tables.
   *
   * @param exprs the number of expressions of the package: ids are less
   */
  public Info(int exprs) {
    types = new Type[exprs];
    modes = new byte[exprs];
    objects = new Obj[exprs];
    facts = new Object[exprs];
  }

  /**
   * The type of {@code e}: as recorded, or for a name that of the object it denotes; null if there
   * is none.
   */
  public @Nullable Type typeOf(Expr e) {
    Type t = recordedType(e);
    if (t == null && e instanceof Expr.Name name) {
      Obj obj = objectOf(name);
      return obj == null ? null : obj.type();
    }
    return t;
  }

  /** The type recorded for {@code e} as an expression, or null. */
  @Nullable Type recordedType(Expr e) {
    int id = e.id();
    return id >= 0 && id < types.length ? types[id] : null;
  }

  /** What {@code e} denotes; invalid if nothing is recorded. */
  public OperandMode mode(Expr e) {
    int id = e.id();
    return id >= 0 && id < modes.length ? MODES[modes[id] & MODE_MASK] : OperandMode.INVALID;
  }

  /** The value of {@code e}, or null if it is not constant. */
  public @Nullable Constant value(Expr e) {
    return fact(e) instanceof Constant c ? c : null;
  }

  /** All that is recorded for {@code e} as an expression, or null. */
  public @Nullable TypeAndValue typeAndValue(Expr e) {
    Type t = recordedType(e);
    return t == null ? null : new TypeAndValue(mode(e), t, value(e));
  }

  /** The object that {@code name} defines, or null; for an embedded field the field. */
  public @Nullable Obj def(Expr.Name name) {
    return isDef(name) ? object(name) : null;
  }

  /** The object that {@code name} uses, or null; for an embedded field its type's name. */
  public @Nullable Obj use(Expr.Name name) {
    return isDef(name) ? usesOfEmbedded.get(name) : object(name);
  }

  /** The object that {@code name} defines or else uses, or null. */
  public @Nullable Obj objectOf(Expr.Name name) {
    Obj obj = object(name);
    return obj != null ? obj : usesOfEmbedded.get(name);
  }

  /** What {@code e} selects; null for a qualified identifier. */
  public @Nullable Selection selection(Expr.SelectorExpr e) {
    return fact(e) instanceof Selection s ? s : constantSelections.get(e);
  }

  /** The type arguments and the instance for the name of a generic type or function, or null. */
  public @Nullable Instance instance(Expr.Name name) {
    return fact(name) instanceof Instance i ? i : null;
  }

  /**
   * The object that a node declares without a name: the package of an import without renaming, the
   * variable of a type switch clause, an unnamed parameter or result.
   */
  public @Nullable Obj implicit(Node node) {
    return implicits.get(node);
  }

  /** The scope that a node opens, or null. */
  public @Nullable Scope scope(Node node) {
    return scopes.get(node);
  }

  /** The initializers of package-level variables in the order in which they are to be executed. */
  public List<Initializer> initOrder() {
    return initOrder;
  }

  /** Leaves out initializers, for who makes use of a part of a package; before others read them. */
  public void dropInitializers(Predicate<Initializer> unwanted) {
    initOrder = initOrder.stream().filter(unwanted.negate()).toList();
  }

  /** The language version that holds in {@code file}. */
  public GoVersion fileVersion(File file) {
    return fileVersions.getOrDefault(file, GoVersion.NONE);
  }

  // What follows is for the checker.

  void recordTypeAndValue(Expr e, OperandMode mode, Type type, @Nullable Constant value) {
    int id = e.id();
    if (id < 0) {
      return;
    }
    grow(id);
    types[id] = type;
    modes[id] = (byte) ((modes[id] & ~MODE_MASK) | code(mode));
    if (value != null) {
      if (facts[id] instanceof Selection s && e instanceof Expr.SelectorExpr selector) {
        constantSelections.put(selector, s);
      }
      facts[id] = value;
    }
  }

  /** Changes the type recorded for {@code e}. */
  void setType(Expr e, Type type) {
    int id = e.id();
    if (id >= 0) {
      grow(id);
      types[id] = type;
    }
  }

  /** Records that {@code name} defines {@code obj}, or that it defines nothing. */
  void recordDef(Expr.Name name, @Nullable Obj obj) {
    int id = name.id();
    if (id < 0) {
      return;
    }
    grow(id);
    Obj used = objects[id];
    if (used != null && (modes[id] & IS_DEF) == 0) {
      usesOfEmbedded.put(name, used);
    }
    objects[id] = obj;
    modes[id] |= IS_DEF;
  }

  void recordUse(Expr.Name name, Obj obj) {
    int id = name.id();
    if (id < 0) {
      return;
    }
    grow(id);
    if ((modes[id] & IS_DEF) != 0) {
      usesOfEmbedded.put(name, obj);
    } else {
      objects[id] = obj;
    }
  }

  /** Records a selection; that of the selected name's object is up to the caller. */
  void recordSelection(Expr.SelectorExpr e, Selection selection) {
    recordFact(e, selection);
  }

  void recordInstance(Expr.Name name, Instance instance) {
    recordFact(name, instance);
  }

  void recordImplicit(Node node, Obj obj) {
    implicits.put(node, obj);
  }

  void recordScope(Node node, Scope scope) {
    scopes.put(node, scope);
  }

  void setInitOrder(List<Initializer> order) {
    initOrder = List.copyOf(order);
  }

  void recordFileVersion(File file, GoVersion version) {
    fileVersions.put(file, version);
  }

  private void recordFact(Expr e, Object fact) {
    int id = e.id();
    if (id >= 0) {
      grow(id);
      facts[id] = fact;
    }
  }

  @SuppressWarnings("EnumOrdinal") // a code for the table above, which lives as long as the enum
  private static int code(OperandMode mode) {
    return mode.ordinal();
  }

  private boolean isDef(Expr.Name name) {
    int id = name.id();
    return id >= 0 && id < modes.length && (modes[id] & IS_DEF) != 0;
  }

  private @Nullable Obj object(Expr.Name name) {
    int id = name.id();
    return id >= 0 && id < objects.length ? objects[id] : null;
  }

  private @Nullable Object fact(Expr e) {
    int id = e.id();
    return id >= 0 && id < facts.length ? facts[id] : null;
  }

  private void grow(int id) {
    if (id >= types.length) {
      int n = Math.max(id + 1, types.length + types.length / 2);
      types = Arrays.copyOf(types, n);
      modes = Arrays.copyOf(modes, n);
      objects = Arrays.copyOf(objects, n);
      facts = Arrays.copyOf(facts, n);
    }
  }
}
