package dev.escapade.types;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.syntax.File;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.GoStrings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the objects of files and package, imports packages, associates methods with their
 * receiver base types, and has all package-level declarations checked (types2: resolver.go).
 */
final class Resolver {
  /** A method with a receiver that names a type. */
  private record Method(Func func, boolean ptr, Expr.Name recv) {}

  /** A name in a file scope. */
  private record DotImport(Scope scope, String name) {}

  /** A receiver type taken apart: {@code *base[typeParams]}. */
  record Receiver(boolean ptr, Expr base, List<Expr.Name> typeParams) {}

  private final Checker check;
  private final Map<String, Package> imported = new HashMap<>();
  private final List<PkgName> imports = new ArrayList<>();
  private final Map<DotImport, PkgName> dotImports = new HashMap<>();
  private final List<Scope> fileScopes = new ArrayList<>();
  private final List<Method> methods = new ArrayList<>();
  private final Map<TypeName, List<Func>> methodsOf = new HashMap<>();

  Resolver(Checker check) {
    this.check = check;
  }

  /** Declares all objects of the package and of its files. */
  void collectObjects() {
    Set<Package> pkgImports = new LinkedHashSet<>(check.pkg.imports());
    for (File file : check.files) {
      check.env.version = check.versionOf(file);
      check.recorder.recordDef(file.pkgName(), null);
      Scope scope = new Scope(check.pkg.scope(), file.pos(), file.eof(), file.source().name());
      fileScopes.add(scope);
      collectFile(file, scope, pkgImports);
    }
    check.pkg.setImports(List.copyOf(pkgImports));
    verifyFileScopes();
    for (Method m : methods) {
      associate(m);
    }
  }

  private void collectFile(File file, Scope scope, Set<Package> pkgImports) {
    ConstGroup group = new ConstGroup();
    for (Decl decl : file.decls()) {
      switch (decl) {
        case Decl.ImportDecl d -> importDecl(d, scope, pkgImports);
        case Decl.ConstDecl d -> constDecl(d, scope, group.next(d));
        case Decl.VarDecl d -> varDecl(d, scope);
        case Decl.TypeDecl d -> {
          DeclInfo info = new DeclInfo(scope, check.env.version);
          info.tdecl = d;
          declarePkgObj(
              d.name(), new TypeName(d.name().pos(), check.pkg, d.name().value(), null), info);
        }
        case Decl.FuncDecl d -> funcDecl(d, scope);
      }
      if (!(decl instanceof Decl.ConstDecl)) {
        group.end();
      }
    }
  }

  // Imports.

  private void importDecl(Decl.ImportDecl d, Scope scope, Set<Package> pkgImports) {
    Expr.BasicLit lit = d.path();
    if (lit == null || lit.bad()) {
      return; // reported by the parser
    }
    String bytes = GoStrings.unquote(lit.value());
    String path = bytes == null ? null : GoStrings.decode(bytes);
    String fault = path == null ? "invalid syntax" : ImportPaths.fault(path);
    if (path == null || fault != null) {
      check.errors.errorf(lit, Code.BAD_IMPORT_PATH, "invalid import path (%s)", fault);
      return;
    }
    Package imp = importPackage(lit, path);
    Expr.Name local = d.localPkgName();
    String name = imp.name();
    if (local != null) {
      name = local.value();
      if (path.equals("C")) {
        check.errors.error(local, Code.IMPORT_C_RENAMED, "cannot rename import \"C\"");
        return;
      }
    }
    if (name.equals("init")) {
      check.errors.error(
          d, Code.INVALID_INIT_DECL, "cannot import package as init - init must be a func");
      return;
    }
    pkgImports.add(imp);
    PkgName pkgName = new PkgName(d.pos(), check.pkg, name, imp);
    if (local != null) {
      check.recorder.recordDef(local, pkgName); // for a dot-import, the dot
    } else {
      check.info.recordImplicit(d, pkgName);
    }
    if (imp.isFake()) {
      check.setUsed(pkgName);
    }
    imports.add(pkgName);
    if (name.equals(".")) {
      dotImport(pkgName, local, scope);
    } else {
      check.decls.declare(scope, null, pkgName);
    }
  }

  private Package importPackage(Expr.BasicLit at, String path) {
    Package imp = imported.get(path);
    if (imp != null) {
      return imp;
    }
    if (path.equals("C") && check.conf.fakeImportC()) {
      imp = new Package("C", "C");
      imp.markFake();
    } else {
      imp = findPackage(at, path);
    }
    imported.put(path, imp);
    check.errors.noteImport(imp);
    return imp;
  }

  private Package findPackage(Expr.BasicLit at, String path) {
    try {
      Package imp = check.conf.importer().importPackage(path);
      if (!imp.name().isEmpty() && !imp.name().equals("_")) {
        return imp;
      }
      brokenImport(
          at, path, "invalid package name: " + GoStrings.quote(GoStrings.encode(imp.name())));
    } catch (Importer.ImportException e) {
      brokenImport(at, path, String.valueOf(e.getMessage()));
    }
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Package fake = new Package(path, trimmed.substring(trimmed.lastIndexOf('/') + 1));
    fake.markFake();
    return fake;
  }

  private void brokenImport(Expr.BasicLit at, String path, String reason) {
    check.errors.errorf(at.pos(), Code.BROKEN_IMPORT, "could not import %s (%s)", path, reason);
  }

  private void dotImport(PkgName pkgName, Expr.@Nullable Name dot, Scope scope) {
    for (Obj obj : pkgName.imported().scope().objects()) {
      // The object belongs to another package and must not be changed.
      if (!obj.exported()) {
        continue;
      }
      Obj alt = scope.lookup(obj.name());
      if (alt == null) {
        scope.insertAs(obj.name(), obj);
        dotImports.put(new DotImport(scope, obj.name()), pkgName);
      } else if (dot != null) {
        check
            .errors
            .newError(Code.DUPLICATE_DECL)
            .addf(dot, "%s redeclared in this block", alt.name())
            .addAltDecl(alt)
            .report();
      }
    }
  }

  /** Takes note that {@code name} was found in {@code scope}, perhaps due to a dot-import. */
  void markDotImportUsed(Scope scope, String name) {
    if (!dotImports.isEmpty()) {
      PkgName pkgName = dotImports.get(new DotImport(scope, name));
      if (pkgName != null) {
        check.setUsed(pkgName);
      }
    }
  }

  /** Reports imports that are not used. */
  void unusedImports() {
    if (check.conf.ignoreFuncBodies()) {
      return; // the uses are missing
    }
    for (PkgName obj : imports) {
      if (!obj.name().equals("_") && !check.isUsed(obj)) {
        unusedImport(obj);
      }
    }
  }

  private void unusedImport(PkgName obj) {
    String path = obj.imported().path();
    String elem = path.substring(path.lastIndexOf('/') + 1);
    String name = obj.name();
    if (name.isEmpty() || name.equals(".") || name.equals(elem)) {
      check.errors.softErrorf(obj, Code.UNUSED_IMPORT, "%q imported and not used", path);
    } else {
      check.errors.softErrorf(
          obj, Code.UNUSED_IMPORT, "%q imported as %s and not used", path, name);
    }
  }

  // Constants, variables and functions.

  private void constDecl(Decl.ConstDecl d, Scope scope, ConstGroup group) {
    List<Expr> values = Exprs.unpack(group.values());
    Constant iota = Constant.of(group.iota());
    for (int i = 0; i < d.names().size(); i++) {
      Expr.Name name = d.names().get(i);
      DeclInfo info = new DeclInfo(scope, check.env.version);
      info.vtyp = group.type();
      info.init = i < values.size() ? values.get(i) : null;
      info.inherited = group.inherited();
      declarePkgObj(name, new Const(name.pos(), check.pkg, name.value(), null, iota), info);
    }
    check.decls.arity(d.pos(), d.names(), values, true, group.inherited());
  }

  private void varDecl(Decl.VarDecl d, Scope scope) {
    List<Expr> values = Exprs.unpack(d.values());
    List<Var> lhs = new ArrayList<>(d.names().size());
    // Several variables with one value share one declaration.
    DeclInfo shared = null;
    if (!(d.values() instanceof Expr.ListExpr)) {
      shared = new DeclInfo(scope, check.env.version);
      shared.lhs = lhs;
      shared.vtyp = d.type();
      shared.init = d.values();
    }
    for (int i = 0; i < d.names().size(); i++) {
      Expr.Name name = d.names().get(i);
      Var obj = new Var(VarKind.PACKAGE, name.pos(), check.pkg, name.value(), null);
      lhs.add(obj);
      DeclInfo info = shared;
      if (info == null) {
        info = new DeclInfo(scope, check.env.version);
        info.vtyp = d.type();
        info.init = i < values.size() ? values.get(i) : null;
      }
      declarePkgObj(name, obj, info);
    }
    if (d.type() == null || !values.isEmpty()) {
      check.decls.arity(d.pos(), d.names(), values, false, false);
    }
  }

  private void declarePkgObj(Expr.Name name, Obj obj, DeclInfo info) {
    if (name.value().equals("init")) {
      check.errors.error(name, Code.INVALID_INIT_DECL, "cannot declare init - must be func");
      return;
    }
    if (name.value().equals("main") && check.pkg.name().equals("main")) {
      check.errors.error(name, Code.INVALID_MAIN_DECL, "cannot declare main - must be func");
      return;
    }
    check.decls.declare(check.pkg.scope(), name, obj);
    check.addObj(obj, info);
  }

  private void funcDecl(Decl.FuncDecl d, Scope scope) {
    String name = d.name().value();
    Func obj = new Func(d.name().pos(), check.pkg, name, null);
    boolean typeParamError = false;
    if (d.recv() == null) {
      typeParamError = specialFunc(d, name);
      if (name.equals("init")) {
        // Such functions cannot be referred to.
        obj.setParent(check.pkg.scope());
        check.recorder.recordDef(d.name(), obj);
        if (d.body() == null) {
          check.errors.softErrorf(obj.pos(), Code.MISSING_INIT_BODY, "func init must have a body");
        }
      } else {
        check.decls.declare(check.pkg.scope(), d.name(), obj);
      }
    } else {
      Receiver r = unpackRecv(d.recv(), false);
      // Blank methods are never found, and methods without type name belong to no type.
      if (r.base() instanceof Expr.Name recv && !name.equals("_")) {
        methods.add(new Method(obj, r.ptr(), recv));
      }
      check.recorder.recordDef(d.name(), obj);
    }
    if (!d.typeParams().isEmpty() && !typeParamError) {
      check.verifyVersionf(d.typeParams().get(0), GoVersion.GO1_18, "type parameter");
    }
    DeclInfo info = new DeclInfo(scope, check.env.version);
    info.fdecl = d;
    check.addObj(obj, info);
  }

  /** Checks the form of init and main; reports whether there was an error on type parameters. */
  private boolean specialFunc(Decl.FuncDecl d, String name) {
    boolean isMain = name.equals("main") && check.pkg.name().equals("main");
    if (!isMain && !name.equals("init")) {
      return false;
    }
    Code code = isMain ? Code.INVALID_MAIN_DECL : Code.INVALID_INIT_DECL;
    boolean typeParamError = !d.typeParams().isEmpty();
    if (typeParamError) {
      check.errors.softErrorf(
          d.typeParams().get(0), code, "func %s must have no type parameters", name);
    }
    if (!d.type().params().isEmpty() || !d.type().results().isEmpty()) {
      check.errors.softErrorf(
          d.name(), code, "func %s must have no arguments and no return values", name);
    }
    return typeParamError;
  }

  private void verifyFileScopes() {
    for (Scope scope : fileScopes) {
      for (Obj obj : scope.objects()) {
        Obj alt = check.pkg.scope().lookup(obj.name());
        if (alt == null) {
          continue;
        }
        ErrorReporter.Report err = check.errors.newError(Code.DUPLICATE_DECL);
        if (obj instanceof PkgName pkgName) {
          err.addf(alt, "%s already declared through import of %s", alt.name(), pkgName.imported());
          err.addAltDecl(pkgName);
        } else {
          err.addf(alt, "%s already declared through dot-import of %s", alt.name(), obj.pkg());
          err.addAltDecl(obj);
        }
        err.report();
      }
    }
  }

  // Methods.

  /**
   * Takes apart a receiver's type. The base is a name in correct programs. Type parameters that are
   * no names are reported and replaced by blanks.
   *
   * @param wantTypeParams whether type parameters are of interest
   */
  Receiver unpackRecv(Field recv, boolean wantTypeParams) {
    Expr base = Exprs.unparen(recv.type());
    Expr elem = Exprs.starOperand(base);
    boolean ptr = elem != null;
    if (elem != null) {
      base = Exprs.unparen(elem);
    }
    if (!(base instanceof Expr.IndexExpr index)) {
      return new Receiver(ptr, base, List.of());
    }
    List<Expr.Name> typeParams = new ArrayList<>();
    if (wantTypeParams) {
      for (Expr arg : Exprs.unpack(index.index())) {
        if (arg instanceof Expr.Name name) {
          typeParams.add(name);
          continue;
        }
        if (!(arg instanceof Expr.BadExpr)) {
          check.errors.errorf(
              arg, Code.BAD_DECL, "receiver type parameter %s must be an identifier", arg);
        }
        typeParams.add(Exprs.syntheticName(arg.pos(), "_"));
      }
    }
    return new Receiver(ptr, index.x(), typeParams);
  }

  private void associate(Method m) {
    boolean ptr = m.ptr();
    Set<TypeName> seen = new HashSet<>();
    Expr.Name name = m.recv();
    while (name != null
        && check.pkg.scope().lookup(name.value()) instanceof TypeName tname
        && seen.add(tname)) {
      Decl.TypeDecl tdecl = check.declInfo(tname).tdecl;
      if (tdecl == null) {
        return;
      }
      if (!tdecl.alias()) {
        m.func().setPtrRecvInSource(ptr);
        methodsOf.computeIfAbsent(tname, _ -> new ArrayList<>()).add(m.func());
        return;
      }
      // Go on with what the alias stands for: a name, or a pointer to a name if there is none yet.
      if (!tdecl.typeParams().isEmpty()) {
        return;
      }
      Expr type = Exprs.unparen(tdecl.type());
      Expr elem = Exprs.starOperand(type);
      if (elem != null) {
        if (ptr) {
          return;
        }
        ptr = true;
        type = Exprs.unparen(elem);
      }
      name = type instanceof Expr.Name n ? n : null;
    }
  }

  /** The methods declared for {@code name}, which are handed out once; may be empty. */
  List<Func> takeMethods(TypeName name) {
    List<Func> list = methodsOf.remove(name);
    return list == null ? List.of() : list;
  }

  /**
   * Checks all package-level declarations but function bodies: types first and aliases after them,
   * so that the type of an alias is known when it is needed.
   */
  void packageObjects() {
    List<Obj> aliases = new ArrayList<>();
    List<Obj> others = new ArrayList<>();
    for (Obj obj : List.copyOf(check.objList)) {
      if (!(obj instanceof TypeName name)) {
        others.add(obj);
        continue;
      }
      if (obj.typeOrNull() != null) {
        // A cycle was found; the methods are of interest all the same.
        check.decls.collectMethods(name);
      }
      Decl.TypeDecl tdecl = check.declInfo(obj).tdecl;
      if (tdecl != null && tdecl.alias()) {
        aliases.add(obj);
      } else {
        check.decls.objDecl(obj);
      }
    }
    for (Obj obj : aliases) {
      check.decls.objDecl(obj);
    }
    for (Obj obj : others) {
      check.decls.objDecl(obj);
    }
    methodsOf.clear();
  }
}
