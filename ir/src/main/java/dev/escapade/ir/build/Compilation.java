package dev.escapade.ir.build;

import dev.escapade.ir.CallExpr;
import dev.escapade.ir.DictWord;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Fmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlTree;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.asm.AssemblySymbols;
import dev.escapade.ir.build.ReachedTypes.Place;
import dev.escapade.release.Arch;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Pragma;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Interface;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Sizes;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The compilation of one package: its functions as nodes, and those of other packages that are
 * inlined or instantiated here. Belongs to one thread.
 */
public final class Compilation {
  /** Where the checked packages are found. */
  @FunctionalInterface
  public interface Sources {
    /**
     * The source of a package that is the one compiled or is imported by it, directly or not.
     *
     * @throws RuntimeException if there is none
     */
    PackageSource of(Package pkg);
  }

  /** What the passes want to be told. */
  public interface Hooks {
    /** Tells nothing. */
    Hooks NONE =
        new Hooks() {
          @Override
          public void imported(Func fn) {}

          @Override
          public void instantiated(List<Func> fns) {}

          @Override
          public void impreciseInterfaceCall(int pos) {}
        };

    /** A function of another package was named for the first time; it has no body here. */
    void imported(Func fn);

    /**
     * Functions were instantiated while a call was inlined. They have been compiled with another
     * package, so that all that is wanted is whether they can be inlined; their bodies are dropped
     * afterwards.
     */
    void instantiated(List<Func> fns);

    /** At {@code pos} a method of a type parameter is called whose argument is an interface. */
    void impreciseInterfaceCall(int pos);

    /** The functions, of the package and of others, whose bodies are in its export data. */
    default Set<dev.escapade.types.Func> exportedBodies(Package pkg) {
      return Set.of();
    }
  }

  private final PackageSource local;
  private final Sources sources;
  private final Sizes sizes;
  private final Arch arch;
  private final boolean scan;
  private Hooks hooks = Hooks.NONE;
  private AssemblySymbols assembly = AssemblySymbols.NONE;

  private final InlTree inlTree = new InlTree();
  private final List<Func> funcs = new ArrayList<>();
  private final List<Func> inits = new ArrayList<>();
  private final List<Name> externs = new ArrayList<>();
  private final List<Func> todo = new ArrayList<>();
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();

  private final IdentityHashMap<dev.escapade.types.Func, Func> functions = new IdentityHashMap<>();
  private final IdentityHashMap<Var, Name> globals = new IdentityHashMap<>();
  private final IdentityHashMap<Type, String> linkStrings = new IdentityHashMap<>();
  private final ReachedTypes reached = new ReachedTypes(this);
  private final IdentityHashMap<Obj, ExportData> imported = new IdentityHashMap<>();
  private final IdentityHashMap<dev.escapade.types.Func, ExportData> importedBodies =
      new IdentityHashMap<>();
  private final ExportData here = ExportData.here();

  /** What the code that is being built is read from. */
  private ExportData reading = here;

  private boolean readingImportedBody;

  private final List<Wrappers.MethodValue> haveValues = new ArrayList<>();
  private final List<Wrappers.MethodValue> needValues = new ArrayList<>();

  private final Fmt fmt;
  private final Instances instances;
  private final TypeEnv plainEnv;
  private final Closures closures;
  private final Bodies bodies;
  private final TypeDescriptors descriptors;
  private final Name blank;
  private int inlineGeneration;
  private int initCount;

  /** A compilation of {@code local}, of which nothing is built yet. */
  public Compilation(PackageSource local, Sources sources, Sizes sizes, Arch arch) {
    this(local, sources, sizes, arch, false);
  }

  private Compilation(PackageSource local, Sources sources, Sizes sizes, Arch arch, boolean scan) {
    this.local = local;
    this.sources = sources;
    this.sizes = sizes;
    this.arch = arch;
    this.scan = scan;
    this.fmt = new Fmt(new TypeFmt(local.pkg(), this::typeNumber));
    this.instances = new Instances(this);
    this.plainEnv = TypeEnv.none(instances, here);
    this.closures = new Closures(this);
    this.bodies = new Bodies(this);
    this.descriptors = new TypeDescriptors(this, new Comparison(sizes, arch));
    this.blank = new Name(0, 0, new Sym(null, "_"), null, StorageClass.NONE);
  }

  /** A compilation that only serves to build bodies for the sake of what they ask for. */
  Compilation scan() {
    return new Compilation(local, sources, sizes, arch, true);
  }

  ReachedTypes reached() {
    return reached;
  }

  // What code is read from.

  /** The package that is compiled, as what code is read from. */
  ExportData here() {
    return here;
  }

  /** What the code that is being built is read from. */
  ExportData reading() {
    return reading;
  }

  /**
   * Sets what the code is read from that is built next.
   *
   * @return what it was before
   */
  ExportData startReading(ExportData from) {
    ExportData before = reading;
    reading = from;
    return before;
  }

  /** Says whether the body that is built is that of an imported function that is inlined. */
  void setReadingImportedBody(boolean imported) {
    readingImportedBody = imported;
  }

  /** What the declaration of an object of another package is read from. */
  ExportData imported(Obj obj) {
    return imported.computeIfAbsent(obj, o -> ExportData.ofDeclaration(this, o));
  }

  /** What the body of a declared function is read from. */
  ExportData dataOfBody(FuncOrigin.Declared d) {
    if (d.env().isGeneric()) {
      return d.env().from();
    }
    return d.source() == local
        ? here
        : importedBodies.computeIfAbsent(d.obj(), f -> ExportData.ofBody(this, f));
  }

  /** What the export data of the imports has. */
  Hooks exports() {
    return hooks;
  }

  boolean isScan() {
    return scan;
  }

  // What was built.

  /** The package that is compiled. */
  public PackageSource local() {
    return local;
  }

  Package localPackage() {
    return local.pkg();
  }

  /** Where the checked packages are found, this one included. */
  public Sources sources() {
    return this::source;
  }

  public Sizes sizes() {
    return sizes;
  }

  /** The calls that were inlined so far. */
  public InlTree inlTree() {
    return inlTree;
  }

  /**
   * All functions to be compiled: declared ones in source order, closures, instances of generic
   * functions. Functions are added when calls are inlined and wrappers are made.
   */
  public List<Func> funcs() {
    return funcs;
  }

  /** The init functions in the order in which they run. */
  public List<Func> inits() {
    return inits;
  }

  /** The package-level variables in source order. */
  public List<Name> externs() {
    return externs;
  }

  /** The printer for messages of this compilation. */
  public Fmt fmt() {
    return fmt;
  }

  /** The blank identifier, as it stands on the left of assignments. */
  public Name blank() {
    return blank;
  }

  public void setHooks(Hooks hooks) {
    this.hooks = hooks;
  }

  /** What the assembly files of the package define. */
  public AssemblySymbols assembly() {
    return assembly;
  }

  /** Tells what the assembly files of the package define. */
  public void setAssembly(AssemblySymbols assembly) {
    this.assembly = assembly;
  }

  /** The words of the dictionaries that the code refers to, by the dictionary's name. */
  public Map<Sym, List<DictWord>> dictionaries() {
    return Collections.unmodifiableMap(instances.dictWords());
  }

  Instances instances() {
    return instances;
  }

  Closures closures() {
    return closures;
  }

  Bodies bodies() {
    return bodies;
  }

  TypeEnv plainEnv() {
    return plainEnv;
  }

  // Building.

  /** Builds all functions of the package. */
  public void build() {
    new PackageBuilder(this, local).build();
    buildPending(false);
    reached.endLoading();
  }

  /** Builds what functions that were asked for since need; it is added to the functions. */
  public void buildInstances() {
    buildPending(false);
  }

  /**
   * The export data of a package that is imported; null for package unsafe and for stand-ins of
   * packages that are missing, which have none.
   */
  @Nullable ExportTable exportTable(Package pkg) {
    return pkg == Universe.UNSAFE || pkg.isFake() ? null : source(pkg).exportTable(this);
  }

  /** Adds a function to be compiled. */
  void add(Func fn) {
    funcs.add(fn);
  }

  /**
   * Adds a function that compares or hashes values, unless the body of an imported function leads
   * to it. The compiler reads such a body once more than it inlines it, for the sake of debug
   * information, and then forgets all functions that this first copy made (noder/reader.go:
   * expandInline, go 1.26). These it makes but once, so nothing is left of them.
   */
  void addValueFunc(Func fn) {
    if (!readingImportedBody) {
      add(fn);
    }
  }

  void addInit(Func fn) {
    inits.add(fn);
  }

  void addExtern(Name n) {
    externs.add(n);
  }

  /** The name of the next function that is declared as {@code init}. */
  String nextInit() {
    return "init." + initCount++;
  }

  /** Does something before the next body is built: the last that was asked for comes first. */
  void later(Runnable task) {
    if (!scan) {
      later.add(task);
    }
  }

  void enqueue(Func fn) {
    if (!scan) {
      todo.add(fn);
    }
  }

  /**
   * Builds the bodies that are needed, and those that they need.
   *
   * @param inlining whether a call is being inlined
   */
  void buildPending(boolean inlining) {
    List<Func> instantiated = new ArrayList<>();
    while (true) {
      if (!later.isEmpty()) {
        later.removeLast().run();
        continue;
      }
      if (todo.isEmpty()) {
        break;
      }
      Func fn = todo.removeLast();
      bodies.build(fn);
      if (fn.origin instanceof FuncOrigin.Declared d && d.env().isGeneric()) {
        if (inlining) {
          instantiated.add(fn);
        } else {
          funcs.add(fn);
        }
      }
    }
    if (!instantiated.isEmpty()) {
      hooks.instantiated(instantiated);
      for (Func fn : instantiated) {
        fn.body = new ArrayList<>();
      }
    }
  }

  /** Reports whether the body of {@code fn} can be built for inlining, if that is wanted. */
  public boolean hasInlineBody(Func fn) {
    return fn.inline != null && fn.origin != null;
  }

  /**
   * Builds the body of {@code callee} in place of {@code call}.
   *
   * @param caller the function that is compiled, which the variables are added to
   * @param inl the index of the call in the inline tree
   */
  public InlinedCallExpr inlineCall(Func caller, CallExpr call, Func callee, int inl) {
    inlineGeneration++;
    return new CallInliner(this, caller, call, callee, inl).expand();
  }

  void noteImpreciseInterfaceCall(int pos, int inl) {
    if (!scan) {
      hooks.impreciseInterfaceCall(inlTree.outermostPos(pos, inl));
    }
  }

  int inlineGeneration() {
    return inlineGeneration;
  }

  // Objects.

  PackageSource source(Package pkg) {
    return pkg == local.pkg() ? local : sources.of(pkg);
  }

  private int typeNumber(TypeName t) {
    Package pkg = t.pkg();
    if (pkg == null || pkg == Shapes.PACKAGE || pkg == Universe.UNSAFE) {
      return 0;
    }
    return t.parent() == pkg.scope() ? 0 : source(pkg).typeNumber(t);
  }

  /** The object that {@code fn} was declared as, or null for what the compiler made up. */
  public static dev.escapade.types.@Nullable Func declaredAs(Func fn) {
    return fn.origin instanceof FuncOrigin.Declared d ? d.obj() : null;
  }

  /** A function or method that is not generic. */
  public Func function(dev.escapade.types.Func f) {
    Func fn = functions.get(f);
    if (fn == null) {
      fn = declare(f);
      functions.put(f, fn);
    }
    return fn;
  }

  private Func declare(dev.escapade.types.Func f) {
    Package pkg = Objects.requireNonNull(f.pkg());
    if (pkg == Universe.UNSAFE) {
      throw new IllegalArgumentException(f.name());
    }
    PackageSource source = source(pkg);
    Decl.FuncDecl decl = source.decl(f);
    if (decl == null) {
      throw new IllegalStateException("no declaration of " + f.fullName());
    }
    Signature sig = f.signature();
    boolean isLocal = source == local;
    Sym sym;
    if (sig.recv() != null) {
      sym = methodSym(sig.recv().type(), f);
    } else if (f.name().equals("init") && isLocal) {
      sym = new Sym(pkg, nextInit());
    } else {
      sym = new Sym(pkg, f.name());
    }
    Func fn = new Func(decl.pos(), f.pos(), sym, sig);
    fn.origin = new FuncOrigin.Declared(source, decl, f, plainEnv);
    addPragmas(fn, decl);
    if (!scan) {
      reached.signature(sig, new Place(pkg, plainEnv, reading.declaration(this, f)));
    }
    if (isLocal) {
      fn.nname.defn = fn;
      enqueue(fn);
    } else {
      hooks.imported(fn);
    }
    return fn;
  }

  void addPragmas(Func fn, Decl.FuncDecl decl) {
    if (decl.pragma() != null) {
      for (Pragma.Flag flag : Pragma.Flag.values()) {
        if (decl.pragma().has(flag)) {
          fn.pragma.add(flag);
        }
      }
    }
  }

  /** The name of a method with a receiver of type {@code recv}. */
  public Sym methodSym(Type recv, dev.escapade.types.Func m) {
    return methodSym(recv, m, "");
  }

  Sym methodSym(Type recv, dev.escapade.types.Func m, String suffix) {
    String name = fmt.types().receiver(recv);
    Package pkg = Kinds.deref(recv).unalias() instanceof Named n ? n.obj().pkg() : null;
    StringBuilder b = new StringBuilder();
    if (recv.unalias() instanceof Pointer) {
      b.append('(').append(name).append(')');
    } else {
      b.append(name);
    }
    Package mpkg = m.pkg();
    if (!m.exported() && mpkg != null && mpkg != pkg) {
      b.append('.').append(TypeFmt.linkPrefix(mpkg));
    }
    b.append('.').append(m.name()).append(suffix);
    return new Sym(pkg == null ? GO_PACKAGE : pkg, b.toString());
  }

  /** The longest name of a shape that is not hashed (base/flag.go: MaxShapeLen, Go 1.26). */
  private static final int MAX_SHAPE_BYTES = 500;

  private static final Package GO_PACKAGE = new Package("go", "");

  /** The method {@code m} for a receiver of type {@code recv}, which is no interface. */
  Func method(Type recv, dev.escapade.types.Func m) {
    dev.escapade.types.Func f = m.origin();
    Type declared = Objects.requireNonNull(f.signature().recv()).type();
    if (Kinds.deref(declared).unalias() instanceof Named d && !d.typeParams().isEmpty()) {
      Named here = (Named) Kinds.deref(recv).unalias();
      declare(here);
      return instances.method(here, f);
    }
    return function(f);
  }

  /** A package-level variable. */
  public Name global(Var v) {
    Name n = globals.get(v);
    if (n == null) {
      n = new Name(v.pos(), 0, new Sym(v.pkg(), v.name()), v.type(), StorageClass.EXTERN);
      Package pkg = v.pkg() == null ? local.pkg() : v.pkg();
      read(v.type(), new Place(pkg, plainEnv, reading.declaration(this, v)));
      globals.put(v, n);
    }
    return n;
  }

  /** The method with the name {@code sel} in the interface {@code t}, or null. */
  dev.escapade.types.@Nullable Func interfaceMethod(Type t, Sym sel) {
    Interface i = (Interface) t.underlying();
    for (int k = 0; k < i.numMethods(); k++) {
      dev.escapade.types.Func m = i.method(k);
      if (m.name().equals(sel.name()) && (m.exported() || m.pkg() == sel.pkg())) {
        return InterfaceMethods.kept(this, i, m);
      }
    }
    return null;
  }

  /**
   * Makes names for the parameters and results of {@code fn}.
   *
   * @param source the package that declares it
   */
  void declareParams(Func fn, PackageSource source) {
    Signature sig = fn.type();
    int n = 0;
    if (sig.recv() != null) {
      declareParam(fn, source, sig.recv(), StorageClass.PARAM, "~p" + n++);
    }
    for (Var v : sig.params().vars()) {
      declareParam(fn, source, v, StorageClass.PARAM, "~p" + n++);
    }
    n = 0;
    for (Var v : sig.results().vars()) {
      declareParam(fn, source, v, StorageClass.PARAMOUT, "~r" + n++);
    }
  }

  private static void declareParam(
      Func fn, PackageSource source, Var v, StorageClass storage, String anonymous) {
    String name = source.rangeFuncs().name(v);
    Sym sym =
        name.isEmpty() || name.equals("_")
            ? new Sym(fn.sym().pkg(), anonymous)
            : new Sym(v.pkg(), name);
    Name n = new Name(v.pos(), 0, sym, v.type(), storage);
    n.curfn = fn;
    fn.dcl.add(n);
  }

  /** A function of package runtime that the compiler calls. */
  Func runtimeFunction(dev.escapade.types.Func f) {
    return functions.computeIfAbsent(
        f, _ -> new Func(0, 0, new Sym(f.pkg(), f.name()), f.signature()));
  }

  /** Reports whether {@code sym} is {@code name} of package runtime. */
  boolean isRuntime(Sym sym, String name) {
    return sym.name().equals(name) && sym.pkg() != null && sym.pkg().path().equals("runtime");
  }

  /**
   * Notes that a method is used as a value.
   *
   * @param n of operation METHVALUE
   * @param obj the method
   * @param ours whether that is so in this package or in an instance of generic code
   */
  void useMethodValue(SelectorExpr n, dev.escapade.types.Func obj, boolean ours) {
    if (!scan) {
      (ours ? needValues : haveValues).add(methodValue(n, obj));
    }
  }

  private Wrappers.MethodValue methodValue(SelectorExpr n, dev.escapade.types.Func obj) {
    Type recv = ((ExprNode) n.x).type();
    if (recv.underlying() instanceof Interface i) {
      return new Wrappers.MethodValue(recv, InterfaceMethods.kept(this, i, obj), null);
    }
    Name method = n.method;
    return new Wrappers.MethodValue(recv, obj, method == null ? null : method.func);
  }

  /** The method of a method value. */
  Wrappers.MethodValue methodValue(SelectorExpr n) {
    Type recv = ((ExprNode) n.x).type();
    if (n.method == null) {
      return methodValue(n, Objects.requireNonNull(interfaceMethod(recv, n.sel)));
    }
    FuncOrigin.Declared d =
        (FuncOrigin.Declared) Objects.requireNonNull(n.method.requireFunc().origin);
    return methodValue(n, d.obj());
  }

  /**
   * Makes the wrappers of methods that the package needs, and adds them to the functions.
   *
   * @param finish inlines calls in a wrapper; this may in turn make wrappers of method values
   *     necessary
   * @param isInlinable reports whether calls of a function can be inlined
   */
  public void makeWrappers(Consumer<Func> finish, Predicate<Func> isInlinable) {
    Wrappers wrappers = new Wrappers(this, finish, isInlinable);
    buildPending(false);
    read(Universe.ERROR);
    wrappers.types(List.copyOf(reached.have()), List.copyOf(reached.need()));
    wrappers.values(List.copyOf(haveValues), List.copyOf(needValues));
  }

  /** Makes functions for other calling conventions, and adds them to the functions. */
  public void makeAbiWrappers() {
    new AbiWrappers(this, assembly).make();
  }

  Arch arch() {
    return arch;
  }

  // Types.

  /** The text that identifies a type. */
  String linkString(Type t) {
    String s = linkStrings.get(t);
    if (s == null) {
      s = fmt.types().linkString(t);
      linkStrings.put(t, s);
    }
    return s;
  }

  /**
   * The name of the shape with underlying type {@code t}: its text, or if that is long its hash.
   */
  String shapeName(Type t) {
    String s = linkString(t);
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_SHAPE_BYTES) {
      return s;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      hash[0] ^= (byte) 0xff; // cmd/internal/hash: not to be taken for plain SHA-256
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  Type emptyInterface() {
    return Universe.ANY_INTERFACE;
  }

  Type uintptrPointer() {
    return UINTPTR_POINTER;
  }

  private static final Type UINTPTR_POINTER = new Pointer(Basic.UINTPTR);

  /** The offset of the field that {@code index} leads to within struct type {@code t}. */
  long offsetof(Type t, int[] index) {
    return sizes.offsetof(t, index);
  }

  /** Reports whether values of {@code t} are never on the heap (internal/runtime/sys.NotInHeap). */
  boolean isNotInHeap(Type type) {
    Type t = type.unalias();
    if (t instanceof Named n) {
      Package pkg = n.obj().pkg();
      if (n.obj().name().equals("nih")
          && pkg != null
          && pkg.path().equals("internal/runtime/sys")) {
        return true;
      }
    }
    return switch (t.underlying()) {
      case Array a -> isNotInHeap(a.elem());
      case Struct s -> {
        for (Var f : s.fields()) {
          if (isNotInHeap(f.type())) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  /** Notes that a type occurs in a declaration of this package. */
  void read(Type type) {
    read(type, new Place(local.pkg(), plainEnv, here));
  }

  /**
   * Notes that a type of the source occurs: the methods of all instances of generic types that can
   * be reached from it are compiled here.
   */
  void read(Type type, Place place) {
    if (!scan) {
      reached.read(type, place);
    }
  }

  void readAll(List<Type> types, Place place) {
    for (Type t : types) {
      read(t, place);
    }
  }

  /** Notes that a defined type is referred to. */
  void declare(Named type) {
    if (!scan) {
      reached.declare(type, reading);
    }
  }

  /**
   * Reports whether all pointers to a defined type are one type in the compiler, which they are
   * unless inlined bodies only have brought it.
   */
  public boolean hasOnePointer(Named elem) {
    return reached.isPointee(elem);
  }

  /** Notes that the declaration of an imported type was looked at. */
  public void lookAt(TypeName t) {
    Package pkg = t.pkg();
    if (pkg != null) {
      read(t.type(), new Place(pkg, plainEnv, imported(t)));
    }
  }

  /** Notes that a value of {@code type} becomes one of {@code iface}. */
  public void convert(Type type, Type iface) {
    if (!scan
        && !Kinds.isInterface(type)
        && Kinds.isInterface(iface)
        && !Kinds.isEmptyInterface(iface)) {
      descriptors.itab(type, iface);
    }
  }
}
