package dev.escapade.ir.build;

import dev.escapade.ir.DictWord;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.build.ReachedTypes.Place;
import dev.escapade.syntax.Decl;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.GenericTypes;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instances of generic functions and types in one compilation (noder/reader.go: objIdx,
 * objDictIdx, shapify; Go 1.26).
 *
 * <p>There are two of each: the instance for the real type arguments, whose functions only add the
 * dictionary and call; and the instance for the shapes of the type arguments, which has the code.
 */
final class Instances {
  private final Compilation c;
  private final IdentityHashMap<Named, Map<String, Named>> named = new IdentityHashMap<>();
  private final IdentityHashMap<Obj, Map<String, Func>> functions = new IdentityHashMap<>();
  private final IdentityHashMap<Obj, Map<String, TypeEnv>> envs = new IdentityHashMap<>();
  private final Map<String, Named> shapes = new HashMap<>();
  private final Map<Sym, Name> dicts = new HashMap<>();
  private final Map<Sym, List<DictWord>> dictWords = new HashMap<>();

  /** The instances whose underlying types are being translated. */
  private final Set<Named> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The environments in which the underlying types of instances were translated. */
  private final IdentityHashMap<Named, TypeEnv> completing = new IdentityHashMap<>();

  Instances(Compilation c) {
    this.c = c;
  }

  // Types.

  private String key(List<Type> args) {
    StringBuilder b = new StringBuilder();
    for (Type t : args) {
      b.append(c.linkString(t)).append(',');
    }
    return b.toString();
  }

  private static boolean hasShape(List<Type> args) {
    for (Type t : args) {
      if (Shapes.hasShape(t)) {
        return true;
      }
    }
    return false;
  }

  /** An instance of a type declared at package level; of shapes if any argument has a shape. */
  Named named(Named origin, List<Type> args) {
    return instance(origin, List.of(), args);
  }

  /** An instance of a type declared within a generic function. */
  Named local(Named origin, List<Type> implicitArgs, List<Type> args) {
    PackageSource source = c.source(Objects.requireNonNull(origin.obj().pkg()));
    List<Type> all = new ArrayList<>(implicitArgs);
    all.addAll(args);
    return instance(origin, source.implicits(origin.obj()), all);
  }

  private Named instance(Named origin, List<TypeParam> implicits, List<Type> args) {
    List<TypeParam> params = new ArrayList<>(implicits);
    params.addAll(origin.typeParams());
    boolean shaped = hasShape(args);
    List<Type> targs = shaped ? shapify(args, params) : args;
    Map<String, Named> known = named.computeIfAbsent(origin, _ -> new HashMap<>());
    String key = key(targs);
    Named n = known.get(key);
    if (n == null) {
      // Expanded here and not by the checker, so that instances within are of shapes, too.
      n = GenericTypes.instance(origin, targs);
      known.put(key, n);
      PackageSource source = c.source(Objects.requireNonNull(origin.obj().pkg()));
      TypeEnv env = new TypeEnv(this, source, implicits, targs, shaped, new DictLayout(), c.here());
      completing.put(n, env);
      begin(n);
      GenericTypes.complete(n, env.type(origin.underlying()));
      end(n);
    }
    return n;
  }

  /**
   * Says that the declaration of an instance is being read: until that ends nobody knows its shape.
   *
   * @return whether that was not so already
   */
  boolean begin(Named n) {
    return incomplete.add(n);
  }

  /** Says that the underlying type of an instance was read. */
  void end(Named n) {
    incomplete.remove(n);
  }

  private List<Type> shapify(List<Type> args, List<TypeParam> params) {
    List<Type> list = new ArrayList<>(args.size());
    for (int i = 0; i < args.size(); i++) {
      list.add(shapify(args.get(i), params.get(i)));
    }
    return list;
  }

  private List<Type> likeShapes(List<Type> args, List<TypeParam> params) {
    List<Type> list = new ArrayList<>(args.size());
    for (int i = 0; i < args.size(); i++) {
      list.add(likeShape(args.get(i), params.get(i)));
    }
    return list;
  }

  /** The shape of a type argument, which is a type of this compilation from now on. */
  private Type shapify(Type arg, TypeParam param) {
    Type under = shaping(arg, param);
    return under == null
        ? arg.unalias()
        : shapes.computeIfAbsent(c.shapeName(under), name -> shape(name, under));
  }

  /**
   * What is like the shape of a type argument. Of the types that have one shape the one that is
   * made first counts, so a shape is not made before the compiler makes it.
   */
  private Type likeShape(Type arg, TypeParam param) {
    Type under = shaping(arg, param);
    if (under == null) {
      return arg.unalias();
    }
    String name = c.shapeName(under);
    Named known = shapes.get(name);
    return known != null ? known : shape(name, under);
  }

  private static Named shape(String name, Type under) {
    return Named.of(new TypeName(0, Shapes.PACKAGE, name, null), under);
  }

  /** The underlying type of a type argument's shape, or null if the argument stands for itself. */
  private @Nullable Type shaping(Type arg, TypeParam param) {
    Type t = arg.unalias();
    if (t instanceof Named n && incomplete.contains(n) && Shapes.hasShape(t)) {
      return null; // A recursive type: its shape is not known yet.
    }
    boolean instance = t instanceof Named n && !n.typeArgs().isEmpty();
    if (instance && Kinds.isInterface(t) && Shapes.hasShape(t)) {
      return null;
    }
    boolean basic = param.underlying() instanceof Interface i && i.isMethodSet();
    boolean pointer = basic && t.underlying() instanceof Pointer p && !c.isNotInHeap(p.elem());
    if (pointer) {
      Type elem = Kinds.pointee(t);
      if (!Shapes.isShape(elem) && Shapes.hasShape(elem)) {
        return null;
      }
    }
    if (Shapes.isShape(t) && !pointer) {
      return null;
    }
    return pointer ? new Pointer(Basic.UINT8) : t.underlying();
  }

  /** The instance for shapes that corresponds to an instance of a type. */
  Named shaped(Named t) {
    PackageSource source = c.source(Objects.requireNonNull(t.obj().pkg()));
    List<Type> args = shapify(t.typeArgs(), typeParams(source, t));
    int n = source.implicits(t.obj()).size();
    return n == 0
        ? named(t.origin(), args)
        : local(t.origin(), args.subList(0, n), args.subList(n, args.size()));
  }

  /** The type parameters of a type, with those of the functions around it. */
  private static List<TypeParam> typeParams(PackageSource source, Named t) {
    List<TypeParam> params = new ArrayList<>(source.implicits(t.obj()));
    params.addAll(t.typeParams());
    return params;
  }

  // Functions.

  private DictLayout layout(PackageSource source, Obj obj, List<Type> shapes) {
    return source.layout(obj, o -> DictScanner.scan(c, source, o, shapes));
  }

  /** An instance of a generic function. */
  Func function(dev.escapade.types.Func f, List<Type> args, boolean shaped) {
    boolean shapes = shaped || hasShape(args);
    List<Type> targs = shapes ? shapify(args, f.signature().typeParams()) : args;
    PackageSource source = c.source(Objects.requireNonNull(f.pkg()));
    Map<String, Func> known = functions.computeIfAbsent(f, _ -> new HashMap<>());
    String key = key(targs);
    Func fn = known.get(key);
    if (fn == null) {
      TypeEnv env = env(source, f, targs, shapes, c.reading().declaration(c, f));
      Sym sym = new Sym(f.pkg(), mangle(f.name(), targs));
      fn = declare(source, f, sym, env, null);
      known.put(key, fn);
      if (!shapes) {
        c.later(() -> shapedFunction(f, args, env.from()));
      }
      c.enqueue(fn);
    }
    return fn;
  }

  private void shapedFunction(dev.escapade.types.Func f, List<Type> args, ExportData from) {
    ExportData before = c.startReading(from);
    function(f, args, true);
    c.startReading(before);
  }

  /**
   * The environment of the methods of an instance of a type.
   *
   * @param from what the type is read from, if that was not done yet
   */
  TypeEnv env(Named t, ExportData from) {
    PackageSource source = c.source(Objects.requireNonNull(t.obj().pkg()));
    return env(source, t.obj(), t.typeArgs(), hasShape(t.typeArgs()), from);
  }

  /**
   * The environment of the underlying type of an instance. Type arguments in it that were not
   * complete at that time do not stand for their shapes, so it is not that of the methods.
   */
  TypeEnv underlyingEnv(Named t, TypeEnv otherwise) {
    return completing.getOrDefault(t, otherwise);
  }

  private TypeEnv env(
      PackageSource source, Obj obj, List<Type> targs, boolean shaped, ExportData from) {
    return envs.computeIfAbsent(obj, _ -> new HashMap<>())
        .computeIfAbsent(
            key(targs),
            _ ->
                new TypeEnv(
                    this,
                    source,
                    List.of(),
                    targs,
                    shaped,
                    shaped && !c.isScan() ? layout(source, obj, targs) : new DictLayout(),
                    from));
  }

  private String mangle(String name, List<Type> targs) {
    StringBuilder b = new StringBuilder(name);
    for (int i = 0; i < targs.size(); i++) {
      b.append(i == 0 ? '[' : ',').append(c.linkString(targs.get(i)));
    }
    return b.append(']').toString();
  }

  private Func declare(
      PackageSource source, dev.escapade.types.Func f, Sym sym, TypeEnv env, @Nullable Var recv) {
    Decl.FuncDecl decl = Objects.requireNonNull(source.decl(f));
    Func fn = new Func(decl.pos(), f.pos(), sym, signature(source, decl, f, env, recv));
    fn.setDupok(true);
    c.addPragmas(fn, decl);
    fn.nname.defn = fn;
    fn.origin = new FuncOrigin.Declared(source, decl, f, env);
    if (!c.isScan()) {
      c.reached().signature(f.signature(), new Place(source.pkg(), env, env.from()));
    }
    return fn;
  }

  /** The type of an instance; that for shapes takes the dictionary as its first parameter. */
  Signature signature(
      PackageSource source,
      Decl.FuncDecl decl,
      dev.escapade.types.Func f,
      TypeEnv env,
      @Nullable Var recv) {
    Signature sig = env.signature(f.signature(), recv);
    if (!env.isShaped()) {
      return sig;
    }
    int words = c.isScan() ? 0 : layout(source, owner(f), env.typeArgs()).words();
    List<Var> params = new ArrayList<>(sig.params().len() + 1);
    Type dict = new Pointer(new Array(Basic.UINTPTR, words));
    params.add(new Var(VarKind.PARAM, decl.pos(), f.pkg(), Body.DICT, dict));
    params.addAll(sig.params().vars());
    return new Signature(
        sig.recv(), List.of(), List.of(), Tuple.of(params), sig.results(), sig.variadic());
  }

  /** The object that the dictionary belongs to: for a method its type. */
  private static Obj owner(dev.escapade.types.Func f) {
    Var recv = f.signature().recv();
    return recv == null ? f : ((Named) Kinds.deref(recv.type()).unalias()).obj();
  }

  /** Method {@code m} of an instance {@code t} of a generic type. */
  Func method(Named t, dev.escapade.types.Func m) {
    dev.escapade.types.Func f = m.origin();
    Map<String, Func> known = functions.computeIfAbsent(f, _ -> new HashMap<>());
    String key = key(t.typeArgs());
    Func fn = known.get(key);
    if (fn == null) {
      boolean shaped = hasShape(t.typeArgs());
      PackageSource source = c.source(Objects.requireNonNull(f.pkg()));
      TypeEnv env = env(source, t.obj(), t.typeArgs(), shaped, c.reading().declaration(c, t.obj()));
      Var recv = Objects.requireNonNull(f.signature().recv());
      boolean pointer = recv.type().unalias() instanceof Pointer;
      Type type = pointer ? new Pointer(t) : t;
      Var here = new Var(VarKind.RECV, recv.pos(), recv.pkg(), recv.name(), type);
      fn = declare(source, f, c.methodSym(type, f), env, here);
      known.put(key, fn);
      c.enqueue(fn);
    }
    return fn;
  }

  /** The method that has the code for a method of an instance. */
  Func shapedMethod(Type recv, dev.escapade.types.Func m) {
    Named t = (Named) Kinds.deref(recv).unalias();
    Named shaped = shaped(t);
    c.declare(shaped);
    return method(shaped, m);
  }

  // Dictionaries.

  /** The dictionary of an instance of a generic function, a global variable. */
  Name functionDict(dev.escapade.types.Func f, List<Type> args) {
    PackageSource source = c.source(Objects.requireNonNull(f.pkg()));
    Sym sym = new Sym(f.pkg(), ".dict." + mangle(f.name(), args));
    return dict(source, f, args, f.signature().typeParams(), sym);
  }

  /** The dictionary of an instance of a generic type. */
  Name typeDict(Type recv) {
    Named t = (Named) Kinds.deref(recv).unalias();
    PackageSource source = c.source(Objects.requireNonNull(t.obj().pkg()));
    Sym sym = new Sym(t.obj().pkg(), ".dict." + c.fmt().types().receiver(t));
    return dict(source, t.obj(), t.typeArgs(), typeParams(source, t), sym);
  }

  private Name dict(
      PackageSource source, Obj obj, List<Type> args, List<TypeParam> params, Sym sym) {
    Name n = dicts.get(sym);
    if (n == null) {
      DictLayout layout =
          c.isScan() ? new DictLayout() : layout(source, obj, likeShapes(args, params));
      Type type = new Array(Basic.UINTPTR, layout.words());
      n = new Name(Node.AUTOGENERATED, 0, sym, type, StorageClass.EXTERN);
      dicts.put(sym, n);
      if (!c.isScan()) {
        dictWords.put(
            sym,
            fill(layout, source, env(source, obj, args, false, c.reading().declaration(c, obj))));
      }
    }
    return n;
  }

  /** The words of all dictionaries of this compilation. */
  Map<Sym, List<DictWord>> dictWords() {
    return dictWords;
  }

  /** Notes the types that a dictionary refers to, and gives its words. */
  private List<DictWord> fill(DictLayout layout, PackageSource source, TypeEnv env) {
    Place place = new Place(source.pkg(), env, env.from());
    List<DictWord> words = new ArrayList<>(layout.words());
    for (DictLayout.MethodExpr m : layout.methodExprs()) {
      words.add(new DictWord.Method(env.typeArgs().get(m.typeParam()), m.method()));
    }
    for (DictLayout.Subdict s : layout.subdicts()) {
      List<Type> args = env.types(s.typeArgs());
      c.readAll(s.typeArgs(), place);
      Name dict =
          switch (s.obj()) {
            case dev.escapade.types.Func f -> functionDict(f, args);
            case TypeName t -> typeDict(env.instance((Named) t.type(), args));
            default -> throw new IllegalStateException("not generic: " + s.obj());
          };
      words.add(new DictWord.Dictionary(dict.sym));
    }
    for (Type t : layout.rtypes()) {
      c.read(t, place);
      words.add(new DictWord.Descriptor(env.type(t)));
    }
    for (DictLayout.Itab i : layout.itabs()) {
      Type type = env.type(i.type());
      Type iface = env.type(i.iface());
      c.read(i.type(), place);
      c.read(i.iface(), place);
      c.convert(type, iface);
      words.add(new DictWord.Itab(type, iface));
    }
    return words;
  }
}
