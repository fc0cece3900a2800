package dev.escapade.count;

import dev.escapade.count.Step.Target;
import dev.escapade.count.alloc.Val;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.Shapes;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.TypeFmt;
import dev.escapade.ir.build.Compilation;
import dev.escapade.middle.DecidedPackage;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Linkname;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.Info;
import dev.escapade.types.Initializer;
import dev.escapade.types.Interface;
import dev.escapade.types.Lookup;
import dev.escapade.types.MapType;
import dev.escapade.types.Named;
import dev.escapade.types.Obj;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Struct;
import dev.escapade.types.Type;
import dev.escapade.types.TypeParam;
import dev.escapade.types.Var;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the facts of one package. */
final class FactsReader {
  /** Types within types are followed so far. */
  private static final int MAX_PARTS_DEPTH = 30;

  private final DecidedPackage pkg;
  private final Unit unit;
  private final Compilation compilation;
  private final TypeFmt names = TypeFmt.plain();

  private final Map<String, Facts.Function> functions = new TreeMap<>();
  private final Map<String, Facts.ConcreteType> types = new TreeMap<>();
  private final IdentityHashMap<Type, Boolean> seenTypes = new IdentityHashMap<>();
  private final Map<String, List<String>> interfaces = new TreeMap<>();
  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, String> linknames = new TreeMap<>();
  private final Set<String> assembly = new TreeSet<>();
  private final Set<String> inits = new TreeSet<>();
  private final Set<String> shaped = new TreeSet<>();
  private final Constants constants;
  private final GenericInstances instances;
  private final FlowReader flows;

  FactsReader(DecidedPackage pkg) {
    this.pkg = pkg;
    this.unit = pkg.unit();
    this.compilation = pkg.compilation();
    this.constants = new Constants(unit);
    this.instances = new GenericInstances(compilation);
    this.flows = new FlowReader(unit, this, pkg.source().pkg().path());
  }

  Facts read() {
    for (Func fn : List.copyOf(pkg.funcs())) {
      if (fn.hasBody()) {
        function(fn);
      }
    }
    for (File file : pkg.source().files()) {
      for (Decl d : file.decls()) {
        declaration(d);
      }
      for (Linkname l : file.linknames()) {
        linkname(l);
      }
    }
    return new Facts(
        functions,
        types,
        interfaces,
        values,
        linknames,
        List.copyOf(assembly),
        List.copyOf(inits),
        constants.initial(),
        constants.changed(),
        instances.names(),
        List.copyOf(shaped),
        isOpaque() ? List.of(pkg.source().pkg().path()) : List.of());
  }

  /** Reports whether something unseen may assign to fields of the package's types. */
  private boolean isOpaque() {
    for (File file : pkg.source().files()) {
      for (Decl d : file.decls()) {
        if (d instanceof Decl.ImportDecl i
            && i.path() != null
            && i.path().value().equals("\"unsafe\"")) {
          return true;
        }
      }
    }
    return false;
  }

  private void function(Func fn) {
    Set<Integer> inspected = new TreeSet<>();
    flows.enter();
    BodyReader body = new BodyReader(unit, fn, inspected, this);
    Step steps = body.read();
    flows.read(fn);
    constants.look(fn.body);
    String key = unit.linkName(fn.sym());
    if (fn.isPackageInit()) {
      for (Initializer v : pkg.source().info().initOrder()) {
        Name first = compilation.global(v.lhs().get(0));
        flows.initializer(fn, first.defn);
        if (first.defn instanceof AssignStmt s && s.x == first && s.y != null) {
          constants.initialized(first, body.initial(s.y));
        }
      }
    }
    if (fn.isPackageInit() || isInit(key)) {
      inits.add(key);
    }
    List<String> params = new ArrayList<>();
    for (Name p : Unit.params(fn)) {
      params.add(p.sym.name());
    }
    for (Name n : fn.closureVars) {
      params.add(n.sym.name());
    }
    if (fn.closure != null) {
      values.put(key, names.linkString(plain(fn.type())));
    }
    // The wrapper for another calling convention has the name of what it wraps.
    functions.putIfAbsent(
        key,
        new Facts.Function(
            key,
            body.place(),
            key,
            List.copyOf(params),
            List.copyOf(inspected),
            isExported(fn),
            fn.closure != null || fn.isWrapper() || fn.isDupok(),
            body.returned(),
            body.same(),
            body.backward(),
            steps,
            flows.leave()));
  }

  /** Reports whether a function runs before main, or before the tests. */
  private static boolean isInit(String key) {
    int dot = key.lastIndexOf(".init.");
    return (dot > 0 && key.indexOf('.', dot + 6) < 0) || key.endsWith(".TestMain");
  }

  private static boolean isExported(Func fn) {
    String name = fn.sym().name();
    String last = name.substring(name.lastIndexOf('.') + 1);
    return Obj.isExported(last);
  }

  // Declarations, of which the static parts are in no code.

  private void declaration(Decl d) {
    Info info = pkg.source().info();
    switch (d) {
      case Decl.VarDecl v -> {
        zeroVariables(v, info);
        Walk.preorder(
            v,
            n -> {
              switch (n) {
                case Expr.Name name -> used(info.use(name));
                case Expr e -> initialized(info.typeOf(e));
                default -> {}
              }
              return true;
            });
      }
      case Decl.FuncDecl f -> {
        if (f.body() == null && info.def(f.name()) instanceof dev.escapade.types.Func obj) {
          Func fn = compilation.function(obj);
          String key = unit.linkName(fn.sym());
          if (compilation.assembly().definition(key) != null) {
            assembly.add(key);
          }
        }
      }
      default -> {}
    }
  }

  private void zeroVariables(Decl.VarDecl v, Info info) {
    if (v.values() == null) {
      for (Expr.Name name : v.names()) {
        if (info.def(name) instanceof Var var && !var.name().equals("_")) {
          constants.zero(compilation.global(var));
        }
      }
    }
  }

  private void used(@Nullable Obj obj) {
    if (obj instanceof dev.escapade.types.Func f
        && f.signature().recv() == null
        && f.signature().typeParams().isEmpty()) {
      values.put(
          unit.linkName(compilation.function(f).sym()), names.linkString(plain(f.signature())));
    }
  }

  /** A type that occurs in the declaration of a variable may be put into an interface there. */
  private void initialized(@Nullable Type t) {
    if (t == null
        || !(deref(t).unalias() instanceof Named n)
        || n.underlying() instanceof Interface) {
      return;
    }
    boxed(t);
    if (!(t.unalias() instanceof Pointer)) {
      boxed(new Pointer(t));
    }
  }

  private void linkname(Linkname l) {
    Package local = pkg.source().pkg();
    if (!l.remote().isEmpty() && local.scope().lookup(l.local()) != null) {
      String own = TypeFmt.linkPrefix(local) + "." + l.local();
      linknames.put(own, l.remote());
    }
  }

  // Types.

  private static Type deref(Type t) {
    return t.unalias() instanceof Pointer p ? p.elem() : t;
  }

  /** A signature without receiver. */
  static Signature plain(Signature s) {
    return s.recv() == null
        ? s
        : new Signature(null, List.of(), List.of(), s.params(), s.results(), s.variadic());
  }

  /** Tells that a value of a concrete type is put into an interface. */
  void boxed(Type t) {
    if (TypeFacts.isInterface(t) || seenTypes.put(t, true) != null) {
      return;
    }
    if (Shapes.hasShape(t)) {
      List<Type> types = instances.of(t);
      types.forEach(this::boxed);
      if (!types.isEmpty()) {
        return;
      }
      for (String method : shapedMethods(t).keySet()) {
        shaped.add(Program.methodName(method));
      }
      return;
    }
    if (deref(t).unalias() instanceof TypeParam) {
      return;
    }
    concrete(t, true, 0);
  }

  /** Reports whether it is known what a type of generic code stands for. */
  boolean hasInstances(Type shaped) {
    return !instances.of(shaped).isEmpty();
  }

  /** The methods of a type of generic code, by name and signature. */
  Map<String, List<String>> shapedMethods(Type t) {
    Map<String, List<String>> methods = new TreeMap<>();
    collect(t, deref(t), methods, new HashSet<>());
    return methods;
  }

  /** Where the value of an expression comes from. */
  String place(Node n) {
    return flows.place(n);
  }

  /** The place of a field of which it is followed whether it ever changes; or empty. */
  String changeable(SelectorExpr s) {
    return flows.changeable(s);
  }

  /** Notes a type, and those of which reflection can get values out of one of it. */
  private void concrete(Type t, boolean boxed, int depth) {
    if (Shapes.hasShape(t) || t.unalias() instanceof TypeParam || depth > MAX_PARTS_DEPTH) {
      return;
    }
    String name = names.linkString(t);
    Facts.ConcreteType known = types.get(name);
    if (known != null) {
      if (boxed && !known.boxed()) {
        types.put(name, known.asBoxed());
      }
      return;
    }
    Map<String, List<String>> methods = new TreeMap<>();
    Set<Type> visited = new HashSet<>();
    collect(t, deref(t), methods, visited);
    List<Type> parts = new ArrayList<>();
    List<String> exposed = new ArrayList<>();
    parts(t, parts, exposed);
    List<String> partNames = new ArrayList<>();
    for (Type p : parts) {
      partNames.add(names.linkString(p));
    }
    types.put(
        name,
        new Facts.ConcreteType(
            methods,
            boxed,
            List.copyOf(partNames),
            List.copyOf(exposed),
            t.underlying() instanceof Basic b ? names.linkString(b) : ""));
    for (Type p : parts) {
      concrete(p, false, depth + 1);
    }
  }

  private void parts(Type t, List<Type> parts, List<String> exposed) {
    switch (t.underlying()) {
      case Pointer p -> {
        Type e = p.elem();
        part(e, flows.elements(e), parts, exposed);
        if (e.underlying() instanceof Struct s) {
          for (Var f : s.fields()) {
            part(f.type(), flows.field(e, f.name()), parts, exposed);
            addressed(f.type(), parts);
          }
        }
      }
      case Struct s -> {
        for (Var f : s.fields()) {
          part(f.type(), flows.field(t, f.name()), parts, exposed);
        }
      }
      case Slice x -> {
        part(x.elem(), flows.elements(x.elem()), parts, exposed);
        addressed(x.elem(), parts);
      }
      case Array x -> part(x.elem(), flows.elements(x.elem()), parts, exposed);
      case MapType x -> {
        part(x.key(), flows.elements(x.key()), parts, exposed);
        part(x.elem(), flows.elements(x.elem()), parts, exposed);
      }
      case Chan x -> part(x.elem(), flows.elements(x.elem()), parts, exposed);
      default -> {}
    }
  }

  private static void part(Type t, String place, List<Type> parts, List<String> exposed) {
    if (FlowReader.isFollowed(t) || !FlowReader.zero(t).isEmpty()) {
      exposed.add(place);
    }
    if (!TypeFacts.isInterface(t)) {
      parts.add(t);
    }
  }

  /** Reflection may take the address of what is reached through a pointer. */
  private static void addressed(Type t, List<Type> parts) {
    if (t.unalias() instanceof Named && !TypeFacts.isInterface(t)) {
      parts.add(new Pointer(t));
    }
  }

  private void collect(Type top, Type t, Map<String, List<String>> methods, Set<Type> visited) {
    Type at = t.unalias();
    if (!visited.add(at)) {
      return;
    }
    if (at instanceof Named n) {
      for (int i = 0; i < n.numMethods(); i++) {
        method(top, n.origin().method(i), methods);
      }
    }
    switch (at.underlying()) {
      case Interface i when at != top -> {
        for (int k = 0; k < i.numMethods(); k++) {
          method(top, i.method(k), methods);
        }
      }
      case Struct s -> {
        for (Var f : s.fields()) {
          if (f.embedded()) {
            collect(top, deref(f.type()), methods, visited);
          }
        }
      }
      default -> {}
    }
  }

  private void method(Type top, dev.escapade.types.Func m, Map<String, List<String>> methods) {
    Lookup.Result found = Lookup.lookupFieldOrMethod(top, false, m.pkg(), m.name());
    if (!(found.obj() instanceof dev.escapade.types.Func f) || m.name().equals("_")) {
      return;
    }
    List<String> keys = new ArrayList<>();
    keys.add(unit.linkName(compilation.methodSym(top, f)));
    Var recv = f.origin().signature().recv();
    if (recv != null && !TypeFacts.isInterface(recv.type())) {
      keys.add(unit.linkName(compilation.methodSym(recv.type(), f)));
    }
    methods.putIfAbsent(methodId(f.pkg(), f.name(), f.signature()), List.copyOf(keys));
  }

  /** The name of a method with its signature, as concrete types have it. */
  String methodId(Type iface, Sym sel) {
    if (iface.underlying() instanceof Interface i) {
      for (int k = 0; k < i.numMethods(); k++) {
        dev.escapade.types.Func m = i.method(k);
        if (m.name().equals(sel.name())) {
          return methodId(m.pkg(), m.name(), m.signature());
        }
      }
    }
    return "";
  }

  private String methodId(@Nullable Package p, String name, Signature type) {
    return Obj.id(p, name) + names.linkString(plain(type));
  }

  /** The name of a type in a case; of an interface the methods are noted. */
  String caseType(Type t) {
    if (!(t.underlying() instanceof Interface iface)) {
      return names.linkString(t);
    }
    String name = names.linkString(iface);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < iface.numMethods(); i++) {
      dev.escapade.types.Func m = iface.method(i);
      all.add(methodId(m.pkg(), m.name(), m.signature()));
    }
    interfaces.putIfAbsent(name, List.copyOf(all));
    return name;
  }

  /** The target of a call of method {@code sel} of interface {@code t}. */
  Target method(Val receiver, Type t, Sym sel) {
    if (!(t.underlying() instanceof Interface iface)) {
      return new Target.Value(Val.ANY, "");
    }
    String name = names.linkString(iface);
    String method = "";
    List<String> all = new ArrayList<>();
    for (int i = 0; i < iface.numMethods(); i++) {
      dev.escapade.types.Func m = iface.method(i);
      String id = methodId(m.pkg(), m.name(), m.signature());
      all.add(id);
      if (m.name().equals(sel.name())) {
        method = id;
      }
    }
    interfaces.putIfAbsent(name, List.copyOf(all));
    return new Target.Method(receiver, name, method);
  }

  // Functions as values.

  /** Looks at an expression that is no callee. */
  void value(Node n) {
    switch (n) {
      case Name name
          when name.storage == StorageClass.FUNC && name.typeOrNull() instanceof Signature s ->
          values.put(unit.linkName(name.sym), names.linkString(plain(s)));
      case SelectorExpr s
          when (s.op() == Op.METHEXPR || s.op() == Op.METHVALUE)
              && s.method != null
              && s.typeOrNull() instanceof Signature type ->
          values.put(unit.linkName(s.method.sym), names.linkString(plain(type)));
      default -> {}
    }
  }
}
