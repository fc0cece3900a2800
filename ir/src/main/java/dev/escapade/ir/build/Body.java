package dev.escapade.ir.build;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.DclStmt;
import dev.escapade.ir.Esc;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Sym;
import dev.escapade.ir.build.ReachedTypes.Place;
import dev.escapade.syntax.Expr;
import dev.escapade.types.GenericTypes;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of one function while it is built: its variables, the types in force, and the builders
 * of its parts.
 */
final class Body {
  /** The name of the dictionary parameter of shaped functions. */
  static final String DICT = ".dict";

  final Compilation c;
  final PackageSource source;
  final Facts facts;
  final TypeEnv env;

  /** The function that gets the body; when inlining, one made up for it. */
  final Func curfn;

  /** The inlined call this body is for, or 0. */
  final int inl;

  /** The function that the body is inlined into, or null. */
  final @Nullable Func inlCaller;

  final Exprs exprs;
  final Stmts stmts;
  final Calls calls;
  final Methods methods;
  final TypeWords types;

  /** The dictionary parameter, or the copy of it that a closure has. */
  @Nullable Name dictParam;

  /** Where types occur that occur here. */
  private final Place place;

  /**
   * Where the compiler believes to be while it reads expressions: at the last variable declared by
   * an assignment, before the first at the function. Expressions that it makes up stand there.
   */
  int basePos;

  private @Nullable Signature sourceSignature;
  private @Nullable List<Name> capturedNames;
  private final @Nullable Body outer;
  private final @Nullable List<Var> captured;
  private final IdentityHashMap<Var, Name> locals = new IdentityHashMap<>();

  Body(
      Compilation c,
      PackageSource source,
      TypeEnv env,
      Func curfn,
      int inl,
      @Nullable Func inlCaller,
      @Nullable Body outer,
      @Nullable List<Var> captured) {
    this.c = c;
    this.source = source;
    this.facts = source.facts();
    this.env = env;
    this.curfn = curfn;
    this.basePos = curfn.pos;
    this.inl = inl;
    this.inlCaller = inlCaller;
    this.outer = outer;
    this.captured = captured;
    this.place = new Place(source.pkg(), env, outer == null ? c.reading() : outer.place.from());
    this.types = new TypeWords(this);
    this.exprs = new Exprs(this);
    this.stmts = new Stmts(this);
    this.calls = new Calls(this);
    this.methods = new Methods(this);
  }

  // Variables.

  /** Makes the parameters and results known, which the checker has as in {@code sig}. */
  void bindParams(Signature sig) {
    sourceSignature = sig;
    for (Name n : curfn.dcl) {
      if (n.sym.name().equals(DICT)) {
        dictParam = n;
      }
    }
    int i = 0;
    if (sig.recv() != null) {
      i = bind(sig.recv(), i);
    }
    i = bindAll(sig.params(), i);
    bindAll(sig.results(), i);
  }

  private int bindAll(Tuple params, int first) {
    int i = first;
    for (int k = 0; k < params.len(); k++) {
      i = bind(params.at(k), i);
    }
    return i;
  }

  private int bind(Var v, int index) {
    int i = curfn.dcl.get(index) == dictParam ? index + 1 : index;
    declare(v, curfn.dcl.get(i));
    return i + 1;
  }

  private void declare(Var v, Name n) {
    locals.put(v, n);
    int word = types.varDictIndex(v.type());
    if (word >= 0) {
      n.dictIndex = word + 1;
    }
  }

  /** Makes {@code n} the meaning of a captured variable. */
  void bindCaptured(Var v, Name n) {
    locals.put(v, n);
  }

  /** Sets the variables that a synthetic body captures. */
  void setCapturedNames(List<Name> names) {
    capturedNames = List.copyOf(names);
  }

  /** The captured variable number {@code i} of a synthetic body. */
  Name capturedName(int i) {
    return capturedNames == null ? curfn.closureVars.get(i) : capturedNames.get(i);
  }

  /** Declares a local variable of the source. */
  Name newLocal(Var v, int pos) {
    Name n = Name.local(curfn, pos, inl, localSym(v), type(v.type()));
    declare(v, n);
    return n;
  }

  static Sym localSym(Var v) {
    return new Sym(v.pkg(), v.name());
  }

  /**
   * The variable as this function sees it.
   *
   * @param pos where it is used
   */
  Name useLocal(Var v, int pos) {
    Name n = locals.get(v);
    if (n == null) {
      if (outer == null || captured == null) {
        throw new IllegalStateException("unknown variable " + v.name() + " in " + curfn.sym());
      }
      n = Name.closureVar(pos, outer.inl, curfn, outer.useLocal(v, pos));
      locals.put(v, n);
      captured.add(v);
    }
    return n;
  }

  /** A new temporary. */
  Name temp(int pos, Type type) {
    return temp(curfn, pos, inl, c.localPackage(), type);
  }

  static Name temp(Func fn, int pos, int inl, dev.escapade.types.@Nullable Package pkg, Type type) {
    Sym sym = new Sym(pkg, ".autotmp_" + fn.dcl.size());
    Name n = Name.local(fn, pos, inl, sym, type);
    n.setEsc(Esc.NEVER);
    n.setUsed(true);
    n.setAutoTemp(true);
    return n;
  }

  /**
   * A new temporary with the value of {@code x}; its declaration and assignment are added to {@code
   * init}.
   */
  Name tempCopy(int pos, ExprNode x, List<Node> init) {
    Name tmp = temp(pos, x.type());
    init.add(dcl(pos, tmp));
    init.add(new AssignStmt(pos, inl, tmp, x));
    // As in the compiler, the definition is not the assignment that is executed: so the variable
    // counts as assigned twice.
    AssignStmt defn = new AssignStmt(pos, inl, tmp, x);
    defn.def = true;
    tmp.defn = defn;
    return tmp;
  }

  DclStmt dcl(int pos, Name n) {
    return new DclStmt(pos, inl, n);
  }

  /** Marks {@code names} as declared by {@code defn}, whose initialization declares them. */
  boolean initDefn(Node defn, List<Name> names) {
    if (names.isEmpty()) {
      return false;
    }
    List<Node> init = new ArrayList<>(names.size());
    for (Name n : names) {
      n.defn = defn;
      init.add(dcl(n.pos, n));
    }
    defn.setInit(init);
    return true;
  }

  // Types.

  /** A type of the source as it is here: with the type arguments for the type parameters. */
  Type type(Type t) {
    c.read(t, place);
    return env.type(t);
  }

  /** The type of {@code e} as it is here. */
  Type typeOf(Expr e) {
    return type(facts.typeOf(e));
  }

  /** The core type of a type of the source: its underlying type but for type parameters. */
  static Type coreType(Type t) {
    Type core = GenericTypes.coreType(t);
    return core == null ? t.underlying() : core;
  }

  /** The signature of this function as it is in the source. */
  Signature sourceSignature() {
    return Objects.requireNonNull(sourceSignature);
  }

  /** Notes that types of the source occur here. */
  void readAll(List<Type> list) {
    c.readAll(list, place);
  }

  /** What the body is read from. */
  ExportData from() {
    return place.from();
  }

  boolean isOurs() {
    return place.isOurs();
  }

  // Function literals.

  /** The function that the code is in, in which closures are counted: when inlining, the caller. */
  Func closureOuter() {
    return inlCaller != null ? inlCaller : curfn;
  }

  /** Builds the body of a literal within this body. */
  void buildLiteral(Func fn, FuncOrigin.Literal origin) {
    Body b = new Body(c, source, env, fn, 0, null, this, origin.captured());
    c.declareParams(fn, source);
    Name dict = dictParam;
    if (dict != null) {
      b.dictParam = Name.closureVar(dict.pos, dict.inl, fn, dict);
      fn.closureVars.clear(); // it comes last
    }
    b.bindParams(Kinds.signature(facts.typeOf(origin.literal())));
    fn.body = b.stmts.functionBody(source.rangeFuncs().body(origin.literal().body()));
    fn.setHasBody(true);
    fn.endPos = origin.literal().body().rbrace();
    if (dict != null) {
      fn.closureVars.add(Objects.requireNonNull(b.dictParam));
    }
  }

  /** {@code n} as a variable, for results that must be one. */
  static Name asName(Node n) {
    if (n instanceof Name name && name.storage != StorageClass.FUNC) {
      return name;
    }
    throw new IllegalStateException("not a variable: " + n.op());
  }
}
