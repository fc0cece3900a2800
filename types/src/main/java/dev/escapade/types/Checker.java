package dev.escapade.types;

import dev.escapade.diag.SourceMap;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.File;
import dev.escapade.syntax.Node;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Type-checks one package (types2: check.go). The work is divided among the checkers of
 * declarations, type expressions, statements, expressions and so on, which share this object: it
 * holds the configuration, what is known about the package's objects, the environment of the object
 * at hand, and the work that has to wait.
 *
 * <p>A checker is used by one thread, once. The thread needs a big stack, as checking follows the
 * nesting of expressions and the chains of dependencies between declarations.
 */
public final class Checker {
  /** Work to be done later, under the language version that was in force. */
  private record Action(GoVersion version, Runnable work) {}

  final Config conf;
  final Package pkg;
  final Info info;

  /** Holds the instances created for this package, so that equal ones are one object. */
  final Context ctxt;

  final ErrorReporter errors;
  final Recorder recorder;
  final Resolver resolver;
  final DeclChecker decls;
  final TypeExprChecker typeExprs;
  final SignatureChecker signatures;
  final StmtChecker stmts;
  final ExprChecker exprs;
  final OperatorChecker operators;
  final UntypedConverter untypeds;
  final ConstChecker constants;
  final Assignability assignability;
  final SelectorChecker selectors;
  final CallChecker calls;
  final BuiltinChecker builtins;
  final ConversionChecker conversions;
  final IndexChecker indexes;
  final LiteralChecker literals;
  final AssignmentChecker assignments;
  final RangeChecker ranges;
  final Instantiator instantiator;
  final Infer infer;
  final ValidType validTypes;
  final Mono mono;

  final CompilerChecks compilerChecks;

  /** The sizes of types on the target. */
  final Sizes sizes;

  /** The environment of the object or function at hand. */
  Environment env;

  /** The package-level objects and the methods, in source order. */
  final List<Obj> objList = new ArrayList<>();

  private final Map<Obj, DeclInfo> objMap = new HashMap<>();

  /** The files that belong to the package. */
  final List<File> files = new ArrayList<>();

  private final IdentityHashMap<File, String> versions = new IdentityHashMap<>();
  private final Set<Var> usedVars = new HashSet<>();
  private final Set<PkgName> usedPkgNames = new HashSet<>();
  private final List<Action> delayed = new ArrayList<>();
  private final List<Runnable> cleaners = new ArrayList<>();

  private Checker(Config conf, Package pkg, Info info) {
    this.conf = conf;
    this.pkg = pkg;
    this.info = info;
    this.ctxt = new Context();
    this.env = new Environment(null, pkg.scope(), GoVersion.NONE, null);
    this.errors = new ErrorReporter(this);
    this.recorder = new Recorder(this);
    this.resolver = new Resolver(this);
    this.decls = new DeclChecker(this);
    this.typeExprs = new TypeExprChecker(this);
    this.signatures = new SignatureChecker(this);
    this.stmts = new StmtChecker(this);
    this.exprs = new ExprChecker(this);
    this.operators = new OperatorChecker(this);
    this.untypeds = new UntypedConverter(this);
    this.constants = new ConstChecker(this);
    this.assignability = new Assignability(this);
    this.selectors = new SelectorChecker(this);
    this.calls = new CallChecker(this);
    this.builtins = new BuiltinChecker(this);
    this.conversions = new ConversionChecker(this);
    this.indexes = new IndexChecker(this);
    this.literals = new LiteralChecker(this);
    this.assignments = new AssignmentChecker(this);
    this.ranges = new RangeChecker(this);
    this.instantiator = new Instantiator(this);
    this.infer = new Infer(this);
    this.validTypes = new ValidType(this);
    this.mono = new Mono(this);
    this.compilerChecks = new CompilerChecks(this);
    this.sizes = conf.sizes();
  }

  /**
   * Checks the package {@code pkg} that consists of {@code files}. What is wrong is reported to the
   * configuration's sink; the result describes everything that could be understood.
   *
   * @param pkg an empty package; its name is taken from the files if it is ""
   */
  public static Info checkFiles(Package pkg, List<File> files, Config conf) {
    Info info = new Info(conf.exprCount());
    Checker check = new Checker(conf, pkg, info);
    check.run(files);
    return info;
  }

  private void run(List<File> allFiles) {
    pkg.setSources(conf.sources());
    pkg.setSources(conf.sources());
    initFiles(allFiles);
    resolver.collectObjects();
    new DirectCycles(this).check();
    resolver.packageObjects();
    processDelayed(0);
    for (int i = 0; i < cleaners.size(); i++) { // cleaning up may add more
      cleaners.get(i).run();
    }
    cleaners.clear();
    info.setInitOrder(new InitOrder(this).compute());
    resolver.unusedImports();
    recorder.recordUntyped();
    if (!errors.hasErrors()) {
      mono.check();
    }
    if (!errors.hasErrors() && conf.options().compiler()) {
      compilerChecks.run();
    }
    pkg.setGoVersion(GoVersion.parse(conf.goVersion()));
    pkg.markComplete();
  }

  private void initFiles(List<File> allFiles) {
    for (File file : allFiles) {
      String name = file.pkgName().value();
      if (pkg.name().isEmpty()) {
        if (name.equals("_")) {
          errors.error(file.pkgName(), Code.BLANK_PKG_NAME, "invalid package name _");
        } else {
          pkg.setName(name);
        }
        files.add(file);
      } else if (name.equals(pkg.name())) {
        files.add(file);
      } else {
        errors.errorf(
            file, Code.MISMATCHED_PKG_NAME, "package %s; expected package %s", name, pkg.name());
      }
    }
    GoVersion pkgVersion = GoVersion.parse(conf.goVersion());
    if (!allFiles.isEmpty() && pkgVersion.compareTo(GoVersion.CURRENT) > 0) {
      errors.errorf(
          allFiles.get(0),
          Code.TOO_NEW,
          "package requires newer Go version %s (application built with %s)",
          pkgVersion,
          GoVersion.CURRENT);
    }
    for (File file : files) {
      String version = fileVersion(file);
      versions.put(file, version);
      info.recordFileVersion(file, GoVersion.parse(version));
    }
  }

  /**
   * The version for one file: what its build constraint says, but at least go1.21, since only then
   * constraints got this meaning (Go 1.21 release notes, "Tools").
   */
  private String fileVersion(File file) {
    GoVersion declared = GoVersion.parse(file.goVersion());
    if (!declared.isValid()) {
      return conf.goVersion();
    }
    if (declared.compareTo(GoVersion.CURRENT) > 0) {
      errors.errorf(file.pkgName(), Code.TOO_NEW, "file requires newer Go version %s", declared);
    }
    return (declared.compareTo(GoVersion.GO1_21) > 0 ? declared : GoVersion.GO1_21).toString();
  }

  /** The language version in force in {@code file}. */
  GoVersion versionOf(File file) {
    return GoVersion.parse(versions.get(file));
  }

  /**
   * The version that the file at {@code pos} asks for itself, or null if it has none that is in
   * force.
   */
  @Nullable String fileVersionDeclared(int pos) {
    for (File file : files) {
      if (file.source().contains(pos)) {
        return !file.goVersion().isEmpty() && file.goVersion().equals(versions.get(file))
            ? file.goVersion()
            : null;
      }
    }
    return null;
  }

  // Versions.

  /** Reports whether the language version in force has what came with {@code wanted}. */
  boolean allowVersion(GoVersion wanted) {
    return !env.version.isValid() || env.version.compareTo(wanted) >= 0;
  }

  /** Like {@link #allowVersion}, but reports an error if the version is too old. */
  boolean verifyVersionf(int pos, GoVersion wanted, String pattern, @Nullable Object... args) {
    if (allowVersion(wanted)) {
      return true;
    }
    errors.versionErrorf(pos, wanted, pattern, args);
    return false;
  }

  boolean verifyVersionf(Node at, GoVersion wanted, String pattern, @Nullable Object... args) {
    if (allowVersion(wanted)) {
      return true;
    }
    errors.versionErrorf(at, wanted, pattern, args);
    return false;
  }

  boolean verifyVersionf(Operand at, GoVersion wanted, String pattern, @Nullable Object... args) {
    if (allowVersion(wanted)) {
      return true;
    }
    errors.versionErrorf(at, wanted, pattern, args);
    return false;
  }

  // Objects.

  /** Records the declaration of a package-level object or method; gives the object its order. */
  void addObj(Obj obj, DeclInfo decl) {
    objMap.put(obj, decl);
    objList.add(obj);
    obj.setOrder(objList.size());
  }

  /** The declaration of a package-level object or method. */
  DeclInfo declInfo(Obj obj) {
    DeclInfo decl = objMap.get(obj);
    if (decl == null) {
      throw new AssertionError("not a package-level object: " + obj.name());
    }
    return decl;
  }

  /** Adds a dependency of the declaration at hand on {@code to}, if both are package-level. */
  void addDeclDep(Obj to) {
    DeclInfo from = env.decl;
    if (from != null && objMap.containsKey(to)) {
      from.addDep(to);
    }
  }

  boolean isUsed(Var v) {
    return usedVars.contains(v);
  }

  /** Says whether a variable is used; variables of other packages do not matter. */
  void setUsed(Var v, boolean used) {
    if (!used) {
      usedVars.remove(v);
    } else if (v.pkg() == pkg) {
      usedVars.add(v);
    }
  }

  /** Takes note that an imported package is used. */
  void setUsed(PkgName name) {
    usedPkgNames.add(name);
  }

  boolean isUsed(PkgName name) {
    return usedPkgNames.contains(name);
  }

  /** What {@code name} denotes in the environment, or null. */
  @Nullable Obj lookup(String name) {
    return env.lookup(name);
  }

  /**
   * Compares positions: by offset within a file, otherwise by the names of the files, since the
   * positions of different files have no order of their own.
   */
  int cmpPos(int p, int q) {
    if (p == q || p == SourceMap.NO_POS || q == SourceMap.NO_POS) {
      return Integer.compare(p, q);
    }
    var file = conf.sources().file(p);
    if (file.contains(q)) {
      return Integer.compare(p, q);
    }
    return file.name().compareTo(conf.sources().file(q).name());
  }

  // Delayed work.

  /**
   * Puts {@code work} off to the end of the statement at hand, or to the end of all package-level
   * declarations.
   */
  void later(Runnable work) {
    delayed.add(new Action(env.version, work));
  }

  /** A mark for {@link #processDelayed}. */
  int delayedTop() {
    return delayed.size();
  }

  /** Does the work that was put off since the mark {@code top}, including what that puts off. */
  void processDelayed(int top) {
    if (delayed.size() == top) {
      return;
    }
    GoVersion saved = env.version;
    for (int i = top; i < delayed.size(); i++) {
      Action action = delayed.get(i);
      env.version = action.version;
      action.work.run();
    }
    delayed.subList(top, delayed.size()).clear();
    env.version = saved;
  }

  /** Registers what has to be done before the package is handed out. */
  void needsCleanup(Runnable cleaner) {
    cleaners.add(cleaner);
  }

  // Scopes.

  /** Makes a new scope inside the current one the current one. */
  void openScope(String comment) {
    env.scope = new Scope(env.scope, 0, 0, comment);
  }

  /** Makes the enclosing scope the current one again. */
  void closeScope() {
    Scope parent = env.scope.parent();
    if (parent != null) {
      env.scope = parent;
    }
  }

  // Shorthands for what many checkers need.

  /** Formats a message (see {@link MessageFormat}). */
  String sprintf(String pattern, @Nullable Object... args) {
    return errors.sprintf(pattern, args);
  }

  /** See {@link Recorder#record}. */
  void record(Operand x) {
    recorder.record(x);
  }

  void recordTypeAndValue(Expr e, OperandMode mode, Type type, @Nullable Constant value) {
    recorder.recordTypeAndValue(e, mode, type, value);
  }

  void recordBuiltinType(Expr fun, Signature sig) {
    recorder.recordBuiltinType(fun, sig);
  }

  void recordCommaOkTypes(Expr e, List<Operand> a) {
    recorder.recordCommaOkTypes(e, a);
  }

  void recordInstance(Expr e, List<Type> targs, Type type) {
    recorder.recordInstance(e, targs, type);
  }

  void recordDef(Expr.Name name, @Nullable Obj obj) {
    info.recordDef(name, obj);
  }

  void recordUse(Expr.Name name, Obj obj) {
    info.recordUse(name, obj);
  }

  /** Records what the selector {@code e} selects; {@code found} has an object. */
  void recordSelection(Expr.SelectorExpr e, SelectionKind kind, Type recv, Lookup.Result found) {
    recorder.recordSelection(e, kind, recv, found);
  }

  /** What is known about the untyped expression {@code e}, or null. */
  @Nullable UntypedExpr untyped(Expr e) {
    return recorder.untyped(e);
  }

  void forgetUntyped(Expr e) {
    recorder.forgetUntyped(e);
  }

  /** The variable of this package that {@code name} denotes here, or null. */
  @Nullable Var localVariable(Expr.Name name) {
    return lookup(name.value()) instanceof Var v && v.pkg() == pkg ? v : null;
  }

  /** Reports whether values of type {@code t} have a finite size; if not, that is reported. */
  boolean finiteSize(Type t) {
    return decls.cycles().finiteSize(t);
  }

  /** The instance of the generic type or signature {@code generic} (see Instantiator). */
  Type instance(int pos, Type generic, List<Type> targs) {
    return instantiator.instance(pos, generic, targs, null);
  }

  /**
   * Reports an error if the type arguments do not satisfy the constraints of {@code tparams}.
   *
   * @param xlist the expressions of the first type arguments, where errors are reported
   */
  void verifyInstance(int pos, List<TypeParam> tparams, List<Type> targs, List<Expr> xlist) {
    Instantiator.Failure failure = instantiator.verify(pos, tparams, targs);
    if (failure == null) {
      mono.recordInstance(pkg, pos, tparams, targs, xlist);
      return;
    }
    int at = pos;
    if (failure.index() < xlist.size()) {
      at = ErrorReporter.posOf(xlist.get(failure.index()));
    }
    errors.softErrorf(at, Code.INVALID_TYPE_ARG, "%s", failure.cause());
  }

  /** {@code t} with {@code targs} for {@code tparams}. */
  Type subst(int pos, Type t, List<TypeParam> tparams, List<? extends Type> targs) {
    return new Subst(this, pos, tparams, targs, null, ctxt).type(t);
  }

  /** Reports whether {@code v} implements {@code t} (see Instantiator). */
  boolean implementsType(Type v, Type t, boolean constraint, @Nullable Cause cause) {
    return instantiator.implementsType(v, t, constraint, cause);
  }
}
