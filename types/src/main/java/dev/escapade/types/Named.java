package dev.escapade.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A defined type, or an instance of a generic one.
 *
 * <p>What identifies the type (its name, its type arguments) is there from the start. What it is
 * made of comes later: for a declared type when its declaration has been checked, for an instance
 * when somebody asks. An instance is expanded in steps, each computed without a lock and published
 * once: the right-hand side (the origin's, with the type arguments for the parameters), the
 * underlying type, and each method.
 *
 * <p>Two instances may be identical and yet different objects; declared types are identical only if
 * they are the same object.
 */
public final class Named extends Type {
  private final TypeName obj;
  private final @Nullable InstanceOf inst;
  private @Nullable Checker check;
  private List<TypeParam> typeParams = List.of();

  /** Up to so many methods are searched one by one. */
  private static final int FEW_METHODS = 8;

  private final List<Func> methods = new ArrayList<>(0);

  /** The indexes of {@link #methods} by name, if they are more than a few. */
  private @Nullable Map<String, Integer> methodIndexes;

  private volatile @Nullable Type fromRhs;
  private volatile @Nullable Type underlying;
  private volatile @Nullable Boolean finite;

  /** What an instance was made from. */
  private static final class InstanceOf {
    final Named origin;
    final List<Type> typeArgs;
    final int depth;
    private volatile @Nullable Context context;
    private volatile @Nullable AtomicReferenceArray<Func> methods;

    InstanceOf(Named origin, List<Type> typeArgs, @Nullable Context context) {
      this.origin = origin;
      this.typeArgs = typeArgs;
      this.context = context;
      this.depth = 1 + TypeDepth.of(typeArgs);
    }

    synchronized Context context() {
      Context c = context;
      if (c == null) {
        c = new Context();
        context = c;
      }
      return c;
    }

    /**
     * The methods expanded so far; methods may still be added to the origin while it is checked.
     */
    synchronized AtomicReferenceArray<Func> methods() {
      AtomicReferenceArray<Func> m = methods;
      int size = origin.methods.size();
      if (m == null || m.length() < size) {
        AtomicReferenceArray<Func> grown = new AtomicReferenceArray<>(size);
        for (int i = 0; m != null && i < m.length(); i++) {
          grown.set(i, m.get(i));
        }
        methods = grown;
        return grown;
      }
      return m;
    }
  }

  private Named(@Nullable Checker check, TypeName obj, @Nullable InstanceOf inst) {
    this.check = check;
    this.obj = obj;
    this.inst = inst;
    if (obj.typeOrNull() == null) {
      obj.setType(this);
    }
    if (check != null) {
      check.needsCleanup(this::cleanup);
    }
  }

  /**
   * A declared type, whose right-hand side follows by {@link #setFromRhs}. It becomes the type of
   * {@code obj} if that has none.
   *
   * @param check the running checker, or null if there is none
   */
  Named(@Nullable Checker check, TypeName obj) {
    this(check, obj, null);
  }

  /** A declared type. */
  public static Named of(TypeName obj, Type underlying) {
    Named n = new Named(null, obj);
    n.setFromRhs(underlying);
    n.underlying = underlying.underlying();
    return n;
  }

  /**
   * An instance that is not expanded yet.
   *
   * @param pos where the type is instantiated
   * @param expanding the instance whose expansion leads to this one, if any
   */
  static Named instance(
      @Nullable Checker check,
      int pos,
      Named origin,
      List<Type> typeArgs,
      @Nullable Named expanding) {
    TypeName obj = new TypeName(pos, origin.obj.pkg(), origin.obj.name(), null);
    // Cycles of instances exist within a package only; there a common context ends them.
    Context context = null;
    if (expanding != null && expanding.obj().pkg() == obj.pkg()) {
      context = expanding.context();
    }
    return new Named(check, obj, new InstanceOf(origin, List.copyOf(typeArgs), context));
  }

  private void cleanup() {
    if (inst == null) {
      underlying();
    }
    check = null;
  }

  /** The name in the declaration; of an instance that of its origin. */
  public TypeName obj() {
    return inst == null ? obj : inst.origin.obj;
  }

  /**
   * The name of this very type: for an instance a synthetic one at the place of the instantiation.
   */
  TypeName ownObj() {
    return obj;
  }

  /** The generic type of which this is an instance, or this type. */
  public Named origin() {
    return inst == null ? this : inst.origin;
  }

  /** Reports whether this is an instance of a generic type. */
  boolean isInstance() {
    return inst != null;
  }

  /** How deeply the type arguments are nested: 0 for a declared type. */
  int depth() {
    return inst == null ? 0 : inst.depth;
  }

  /** The type parameters of the (originally) generic type; those of the origin for an instance. */
  public List<TypeParam> typeParams() {
    return inst == null ? typeParams : inst.origin.typeParams;
  }

  void setTypeParams(List<TypeParam> typeParams) {
    this.typeParams = List.copyOf(typeParams);
  }

  /** The type arguments of an instance; empty for a declared type. */
  public List<Type> typeArgs() {
    return inst == null ? List.of() : inst.typeArgs;
  }

  /** The context that instances made by expanding this instance share. */
  Context context() {
    if (inst == null) {
      throw new IllegalStateException("not an instance: " + this);
    }
    return inst.context();
  }

  /**
   * The type on the right-hand side of the declaration, for an instance with the type arguments in
   * it. Null while the declaration is being checked.
   */
  @Nullable Type fromRhs() {
    Type rhs = fromRhs;
    if (rhs == null && inst != null) {
      rhs = expandRhs(inst);
      synchronized (this) {
        if (fromRhs == null) {
          fromRhs = rhs;
        } else {
          rhs = fromRhs;
        }
      }
    }
    return rhs;
  }

  /** Sets the right-hand side of the declaration, also to invalid after an error. */
  void setFromRhs(Type rhs) {
    fromRhs = rhs;
  }

  @Override
  public Type underlying() {
    Type u = underlying;
    return u != null ? u : resolveUnderlying();
  }

  /** The underlying type if it is known already, without any work; else null. */
  @Nullable Type underlyingIfKnown() {
    return underlying;
  }

  /**
   * Follows the right-hand sides to the first that is no name, and remembers it in every type
   * passed. A chain that ends in a declaration in progress is invalid for now; one that runs into
   * itself is an error that the declaration has reported or will report.
   */
  private Type resolveUnderlying() {
    List<Named> path = new ArrayList<>();
    Type t = this;
    while (true) {
      switch (t) {
        case Alias a -> t = a.unalias();
        case Named n -> {
          Type u = n.underlying;
          if (u != null) {
            return finish(path, u);
          }
          if (path.contains(n)) {
            return finish(path, Basic.INVALID);
          }
          path.add(n);
          Type rhs = n.fromRhs();
          if (rhs == null) {
            return Basic.INVALID;
          }
          t = rhs;
        }
        case TypeParam _ -> {
          return finish(path, t.underlying());
        }
        case Basic _,
            Pointer _,
            Slice _,
            Array _,
            MapType _,
            Chan _,
            Struct _,
            Tuple _,
            Signature _,
            Interface _,
            Union _ -> {
          return finish(path, t);
        }
      }
    }
  }

  private static Type finish(List<Named> path, Type u) {
    for (Named n : path) {
      synchronized (n) {
        if (n.underlying == null) {
          n.underlying = u;
        }
      }
    }
    return u;
  }

  /**
   * The origin's right-hand side with the type arguments in it; null while the origin is being
   * declared. Methods of an interface get this type as receiver.
   */
  private @Nullable Type expandRhs(InstanceOf in) {
    Type rhs = in.origin.fromRhs();
    if (rhs == null) {
      return null;
    }
    List<TypeParam> params = in.origin.typeParams;
    if (params.size() != in.typeArgs.size()) {
      return Basic.INVALID;
    }
    Context context = in.context();
    // Known from now on, so that an expansion that comes back here ends.
    context.update(Context.hash(in.origin, in.typeArgs), in.origin, in.typeArgs, this);
    Subst subst =
        new Subst(
            check, obj.pos(), params, in.typeArgs, this, check == null ? context : check.ctxt);
    Type expanded = subst.type(rhs);
    if (expanded instanceof Interface iface) {
      List<Func> own = Subst.replaceRecv(iface.explicitMethods(), in.origin, this);
      if (own != null) {
        Interface crafted = new Interface(check);
        crafted.setElements(own, iface.embeddeds(), iface.embedPos());
        if (check == null) {
          crafted.typeSet(); // complete before anybody else sees it
        }
        return crafted;
      }
    }
    return expanded;
  }

  /** The number of methods declared for the type. */
  public int numMethods() {
    return origin().methods.size();
  }

  /**
   * The method at index {@code i} of the declaration; for an instance with the type arguments in
   * it.
   */
  public Func method(int i) {
    if (inst == null) {
      return methods.get(i);
    }
    AtomicReferenceArray<Func> expanded = inst.methods();
    Func m = expanded.get(i);
    if (m == null) {
      m = expandMethod(inst, i);
      Func other = expanded.compareAndExchange(i, null, m);
      if (other != null) {
        m = other;
      }
    }
    return m;
  }

  private Func expandMethod(InstanceOf in, int i) {
    Func generic = in.origin.methods.get(i);
    if (check != null) {
      check.decls.objDecl(generic);
    }
    Signature sig = generic.signature();
    Var recv = sig.recv();
    if (recv != null && Lookup.deref(recv.type()) == this) {
      return generic; // the receiver's own type parameters are the arguments
    }
    Signature expanded = sig;
    if (sig.recvTypeParams().size() == in.typeArgs.size()) { // or there was an error
      Context context = check == null ? in.context() : check.ctxt;
      Subst subst =
          new Subst(check, generic.pos(), sig.recvTypeParams(), in.typeArgs, this, context);
      expanded = (Signature) subst.type(sig);
    }
    if (expanded == sig) {
      expanded = sig.copy();
    }
    Type recvType = generic.hasPtrRecv() ? new Pointer(this) : this;
    expanded.setRecv(
        recv == null
            ? new Var(VarKind.RECV, generic.pos(), generic.pkg(), "", recvType)
            : recv.withType(recvType));
    return generic.withSignature(expanded);
  }

  /** Adds a method to a declared type unless it has one of that name. */
  void addMethod(Func m) {
    if (methodIndex(m.name(), false) >= 0) {
      return;
    }
    methods.add(m);
    Map<String, Integer> indexes = methodIndexes;
    if (indexes != null) {
      indexes.put(m.name(), methods.size() - 1);
    } else if (methods.size() > FEW_METHODS) {
      indexes = new HashMap<>();
      for (int i = 0; i < methods.size(); i++) {
        indexes.put(methods.get(i).name(), i);
      }
      methodIndexes = indexes;
    }
  }

  /** The index of the method of that name, or -1. */
  int methodIndex(String name, boolean foldCase) {
    List<Func> list = origin().methods;
    Map<String, Integer> indexes = origin().methodIndexes;
    if (!name.equals("_")) {
      if (indexes != null && !foldCase) {
        return indexes.getOrDefault(name, -1);
      }
      for (int i = 0; i < list.size(); i++) {
        String n = list.get(i).name();
        if (foldCase ? n.equalsIgnoreCase(name) : n.equals(name)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The index of the method with that name as seen from {@code pkg}, or -1. */
  int lookupMethodIndex(@Nullable Package pkg, String name, boolean foldCase) {
    if (foldCase || Obj.isExported(name) || Package.same(obj.pkg(), pkg)) {
      return methodIndex(name, foldCase);
    }
    return -1;
  }

  /** Whether values of the type have a finite size; null if that has not been found out. */
  @Nullable Boolean finite() {
    return finite;
  }

  void setFinite(boolean finite) {
    this.finite = finite;
  }
}
