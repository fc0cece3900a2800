package dev.escapade.ir.build;

import dev.escapade.types.Alias;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Func;
import dev.escapade.types.Interface;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Union;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the type parameters of a generic object stand for in one instance of it: real types, or
 * shapes of them. Types of the source are translated here, each once.
 */
final class TypeEnv {
  private final Instances instances;
  private final @Nullable PackageSource source;
  private final List<TypeParam> implicits;
  private final List<Type> typeArgs;
  private final boolean shaped;
  private final @Nullable DictLayout layout;
  private final IdentityHashMap<Type, Type> translated = new IdentityHashMap<>();
  private final @Nullable DerivedTypes derived;
  private final Set<Type> read = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ExportData from;

  /**
   * An environment.
   *
   * @param source the package of the generic object
   * @param implicits the type parameters of the functions around a local type
   * @param typeArgs the type arguments for {@code implicits} and then for the object's own type
   *     parameters
   * @param from what the object is read from
   */
  TypeEnv(
      Instances instances,
      PackageSource source,
      List<TypeParam> implicits,
      List<Type> typeArgs,
      boolean shaped,
      DictLayout layout,
      ExportData from) {
    this.instances = instances;
    this.source = source;
    this.implicits = implicits;
    this.typeArgs = typeArgs;
    this.shaped = shaped;
    this.layout = layout;
    this.from = from;
    this.derived = new DerivedTypes(source);
  }

  private TypeEnv(Instances instances, ExportData here) {
    this.instances = instances;
    this.source = null;
    this.implicits = List.of();
    this.typeArgs = List.of();
    this.shaped = false;
    this.layout = null;
    this.from = here;
    this.derived = null;
  }

  /** The environment of code that is not generic. */
  static TypeEnv none(Instances instances, ExportData here) {
    return new TypeEnv(instances, here);
  }

  boolean isGeneric() {
    return !typeArgs.isEmpty();
  }

  boolean isShaped() {
    return shaped;
  }

  /** What the generic object is read from. */
  ExportData from() {
    return from;
  }

  /** Reports whether a type of the source is read for the first time. */
  boolean isFirst(Type t) {
    return read.add(t);
  }

  List<Type> typeArgs() {
    return typeArgs;
  }

  /** The number of a type parameter among the type arguments. */
  int typeParamIndex(TypeParam t) {
    for (int i = 0; i < implicits.size(); i++) {
      if (implicits.get(i) == t) {
        return i;
      }
    }
    return implicits.size() + t.index();
  }

  // Words of the dictionary.

  private DictLayout layout() {
    return Objects.requireNonNull(layout);
  }

  int rtype(Type t) {
    return layout().rtype(t);
  }

  int itab(Type type, Type iface) {
    return layout().itab(type, iface);
  }

  int subdict(Obj obj, List<Type> args) {
    return layout().subdict(obj, args);
  }

  int methodExpr(TypeParam t, Func method) {
    return layout().methodExpr(typeParamIndex(t), method.id());
  }

  // Derived types.

  /** Reports whether {@code t} depends on type parameters. */
  boolean isDerived(Type t) {
    return isGeneric() && derived != null && derived.isDerived(t);
  }

  boolean isAnyDerived(List<Type> list) {
    return isGeneric() && derived != null && derived.isAnyDerived(list);
  }

  /** Reports whether a type is declared within a generic function (or method). */
  boolean hasImplicits(Named t) {
    return derived != null && derived.hasImplicits(t);
  }

  // Translation.

  /** The type that {@code t} of the source is in this instance. */
  Type type(Type t) {
    if (typeArgs.isEmpty() || t instanceof Basic || !isDerived(t)) {
      return t;
    }
    Type r = translated.get(t);
    if (r == null) {
      r = translate(t);
      translated.put(t, r);
    }
    return r;
  }

  List<Type> types(List<Type> list) {
    List<Type> r = new ArrayList<>(list.size());
    for (Type t : list) {
      r.add(type(t));
    }
    return r;
  }

  private Type translate(Type t) {
    return switch (t) {
      case Basic _, Union _ -> t;
      case TypeParam x -> typeArgs.get(typeParamIndex(x));
      case Alias x -> type(x.unalias());
      case Named x -> named(x);
      case Pointer x -> new Pointer(type(x.elem()));
      case Array x -> new Array(type(x.elem()), x.len());
      case Slice x -> new Slice(type(x.elem()));
      case Chan x -> new Chan(x.dir(), type(x.elem()));
      case MapType x -> new MapType(type(x.key()), type(x.elem()));
      case Tuple x -> tuple(x);
      case Signature x -> signature(x, x.recv() == null ? null : var(x.recv()));
      case Struct x -> struct(x);
      case Interface x -> iface(x);
    };
  }

  private Type named(Named t) {
    return instance(t.origin(), types(t.typeArgs()));
  }

  /** The instance of {@code origin}, a type of the source, for type arguments of this instance. */
  Named instance(Named origin, List<Type> args) {
    if (hasImplicits(origin)) {
      int n = Objects.requireNonNull(source).implicits(origin.obj()).size();
      return instances.local(origin, typeArgs.subList(0, n), args);
    }
    return instances.named(origin, args);
  }

  private Var var(Var v) {
    Type t = type(v.type());
    if (t == v.type()) {
      return v;
    }
    return v.isField()
        ? Var.field(v.pos(), v.pkg(), v.name(), t, v.embedded())
        : new Var(v.kind(), v.pos(), v.pkg(), name(v), t);
  }

  private String name(Var v) {
    return source == null ? v.name() : source.rangeFuncs().name(v);
  }

  private Tuple tuple(Tuple t) {
    List<Var> vars = new ArrayList<>(t.len());
    for (Var v : t.vars()) {
      vars.add(var(v));
    }
    return Tuple.of(vars);
  }

  /** The signature here, with the given receiver. */
  Signature signature(Signature s, @Nullable Var recv) {
    return new Signature(
        recv, List.of(), List.of(), tuple(s.params()), tuple(s.results()), s.variadic());
  }

  private Type struct(Struct t) {
    List<Var> fields = new ArrayList<>(t.numFields());
    List<String> tags = new ArrayList<>(t.numFields());
    for (int i = 0; i < t.numFields(); i++) {
      fields.add(var(t.field(i)));
      tags.add(t.tag(i));
    }
    return new Struct(fields, tags);
  }

  private Type iface(Interface t) {
    List<Func> methods = new ArrayList<>(t.explicitMethods().size());
    for (Func m : t.explicitMethods()) {
      Signature sig = signature(m.signature(), m.signature().recv());
      methods.add(new Func(m.pos(), m.pkg(), m.name(), sig));
    }
    return new Interface(methods, types(t.embeddeds()));
  }
}
