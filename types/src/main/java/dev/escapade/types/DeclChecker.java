package dev.escapade.types;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks declarations (Go spec, "Declarations and scope"; types2: decl.go).
 *
 * <p>An object without type has not been looked at (white). While its declaration is checked it is
 * on the object path (grey), and then it has a type (black). A declaration that refers to a grey
 * object closes a cycle, which {@link Cycles} judges.
 */
final class DeclChecker {
  private final Checker check;
  private final Cycles cycles;

  DeclChecker(Checker check) {
    this.check = check;
    this.cycles = new Cycles(check);
  }

  /** The objects whose declarations are being checked. */
  Cycles cycles() {
    return cycles;
  }

  /**
   * Adds {@code obj} to {@code scope} and records that {@code id}, if given, defines it. The blank
   * identifier is not added; a name that is taken is reported.
   */
  void declare(Scope scope, Expr.@Nullable Name id, Obj obj) {
    if (!obj.name().equals("_")) {
      Obj alt = scope.insert(obj);
      if (alt != null) {
        check
            .errors
            .newError(Code.DUPLICATE_DECL)
            .addf(obj, "%s redeclared in this block", obj.name())
            .addAltDecl(alt)
            .report();
        return;
      }
    }
    if (id != null) {
      check.recorder.recordDef(id, obj);
    }
  }

  /** Checks that a declaration has as many values as names. */
  void arity(int pos, List<Expr.Name> names, List<Expr> inits, boolean isConst, boolean inherited) {
    int l = names.size();
    int r = inits.size();
    if (l < r) {
      Expr n = inits.get(l);
      if (inherited) {
        check.errors.errorf(
            pos, Code.WRONG_ASSIGN_COUNT, "extra init expr at %s", check.errors.position(n.pos()));
      } else {
        check.errors.errorf(n, Code.WRONG_ASSIGN_COUNT, "extra init expr %s", n);
      }
    } else if (l > r
        && (isConst || r != 1)) { // a single value may be that of a function with several
      Expr.Name n = names.get(r);
      check.errors.errorf(n, Code.WRONG_ASSIGN_COUNT, "missing init expr for %s", n.value());
    }
  }

  /** Checks the declaration of a package-level object or method unless that is done already. */
  void objDecl(Obj obj) {
    if (cycles.isPending(obj)) {
      closeCycle(obj);
      return;
    }
    if (obj.typeOrNull() != null) {
      return;
    }
    cycles.push(obj);
    Environment saved = check.env;
    DeclInfo d = check.declInfo(obj);
    boolean tracksDeps = obj instanceof Const || obj instanceof Var;
    check.env = new Environment(tracksDeps ? d : null, d.fileScope, d.version, null);
    switch (obj) {
      case Const c -> constDecl(c, d.vtyp, d.init, d.inherited);
      case Var v -> varDecl(v, d.lhs, d.vtyp, d.init);
      case TypeName t -> {
        Decl.TypeDecl tdecl = d.tdecl;
        if (tdecl == null) {
          throw new AssertionError("type name without declaration: " + obj.name());
        }
        typeDecl(t, tdecl);
        collectMethods(t);
      }
      case Func f -> funcDecl(f, d);
      case PkgName _, Label _, Builtin _, Nil _ ->
          throw new AssertionError("not declared by a package: " + obj.name());
    }
    check.env = saved;
    cycles.pop();
  }

  private void closeCycle(Obj obj) {
    boolean valid = cycles.isValid(obj);
    switch (obj) {
      case Const _, Var _ -> {
        if (!valid || obj.typeOrNull() == null) {
          obj.setType(Basic.INVALID);
        }
      }
      case TypeName _ -> {
        if (!valid) {
          obj.setType(Basic.INVALID);
        }
      }
      case Func _ -> {} // keeps its signature, which is empty
      case PkgName _, Label _, Builtin _, Nil _ ->
          throw new AssertionError("not declared by a package: " + obj.name());
    }
  }

  /** Reports a cycle of declarations (see {@link Cycles#report}). */
  void cycleError(List<Obj> cycle, int start) {
    cycles.report(cycle, start);
  }

  /** The index of the object that is first in source. */
  int firstInSource(List<Obj> cycle) {
    return cycles.firstInSource(cycle);
  }

  // Constants and variables.

  private void constDecl(Const obj, @Nullable Expr typ, @Nullable Expr init, boolean inherited) {
    Environment env = check.env;
    Constant savedIota = env.iota;
    int savedErrpos = env.errpos;
    env.iota = obj.val();
    env.errpos = 0;
    obj.setVal(Constant.UNKNOWN);
    if (typ == null || constType(obj, typ)) {
      Operand x = new Operand();
      if (init != null) {
        if (inherited) {
          // Positions in the expression are those of another declaration.
          env.errpos = obj.pos();
        }
        check.exprs.expr(null, x, init);
      }
      check.assignments.initConst(obj, x);
    }
    env.iota = savedIota;
    env.errpos = savedErrpos;
  }

  private boolean constType(Const obj, Expr typ) {
    Type t = check.typeExprs.typ(typ);
    if (Predicates.isConstType(t)) {
      obj.setType(t);
      return true;
    }
    if (Predicates.isValid(t.underlying())) {
      check.errors.errorf(typ, Code.INVALID_CONST_TYPE, "invalid constant type %s", t);
    }
    obj.setType(Basic.INVALID);
    return false;
  }

  /**
   * Checks the declaration of a variable.
   *
   * @param lhs all variables if several are initialized by the one value {@code init}, or null
   */
  private void varDecl(Var obj, @Nullable List<Var> lhs, @Nullable Expr typ, @Nullable Expr init) {
    if (typ != null) {
      // The other variables do not get the type yet, as that would mark them as checked.
      obj.setType(check.typeExprs.varType(typ));
    }
    if (init == null) {
      if (typ == null) {
        obj.setType(Basic.INVALID); // arity has reported it
      }
      return;
    }
    if (lhs == null || lhs.size() == 1) {
      Operand x = new Operand();
      check.exprs.expr(Target.of(obj.typeOrNull(), obj.name()), x, init);
      check.assignments.initVar(obj, x, "variable declaration");
      return;
    }
    if (typ != null) {
      for (Var v : lhs) {
        v.setType(obj.typeOrNull());
      }
    }
    check.assignments.initVars(lhs, List.of(init), null);
  }

  // Types.

  private void typeDecl(TypeName obj, Decl.TypeDecl tdecl) {
    check.compilerChecks.typeDecl(tdecl);
    TypeDecl decl = new TypeDecl(obj, tdecl);
    check.later(decl::verify);
    if (tdecl.alias()) {
      decl.alias();
    } else {
      decl.definition();
    }
  }

  /** One type declaration while it is checked. */
  private final class TypeDecl {
    private final TypeName obj;
    private final Decl.TypeDecl tdecl;
    private boolean versionError;
    private @Nullable Type rhs;

    TypeDecl(TypeName obj, Decl.TypeDecl tdecl) {
      this.obj = obj;
      this.tdecl = tdecl;
    }

    void verify() {
      Named named = obj.type().asNamed();
      if (named != null) {
        check.validTypes.validType(named);
      }
      if (!versionError && rhs != null && isImportedConstraint(rhs)) {
        check.verifyVersionf(tdecl.type(), GoVersion.GO1_18, "using type constraint %s", rhs);
      }
    }

    void alias() {
      // The highest requirement first, so that one change of version is enough.
      if (!tdecl.typeParams().isEmpty()) {
        versionError |=
            !check.verifyVersionf(
                tdecl.typeParams().get(0), GoVersion.GO1_23, "generic type alias");
      }
      if (!versionError) {
        versionError = !check.verifyVersionf(tdecl, GoVersion.GO1_9, "type alias");
      }
      Alias alias = new Alias(obj, null);
      Scope scope = check.env.scope;
      if (!tdecl.typeParams().isEmpty()) {
        check.openScope("type parameters");
        collectTypeParams(alias::setTypeParams, tdecl.typeParams());
      }
      Type t = check.typeExprs.declaredType(tdecl.type(), obj);
      rhs = t;
      alias.setFromRhs(t);
      if (t instanceof TypeParam param && alias.typeParams().contains(param)) {
        check.errors.error(
            tdecl.type(),
            Code.MISPLACED_TYPE_PARAM,
            "cannot use type parameter declared in alias declaration as RHS");
        alias.setFromRhs(Basic.INVALID);
      }
      check.env.scope = scope;
    }

    void definition() {
      if (!tdecl.typeParams().isEmpty()) {
        versionError |=
            !check.verifyVersionf(tdecl.typeParams().get(0), GoVersion.GO1_18, "type parameter");
      }
      Named named = new Named(check, obj);
      Scope scope = check.env.scope;
      if (!tdecl.typeParams().isEmpty()) {
        check.openScope("type parameters");
        collectTypeParams(named::setTypeParams, tdecl.typeParams());
      }
      Type t = check.typeExprs.declaredType(tdecl.type(), obj);
      rhs = t;
      named.setFromRhs(t);
      if (Predicates.isTypeParam(t)) {
        check.errors.error(
            tdecl.type(),
            Code.MISPLACED_TYPE_PARAM,
            "cannot use a type parameter as RHS in type declaration");
        named.setFromRhs(Basic.INVALID);
      }
      check.env.scope = scope;
    }
  }

  /** Reports whether {@code t} is a constraint that another package declares. */
  boolean isImportedConstraint(Type t) {
    Named named = t.asNamed();
    return named != null
        && named.obj().pkg() != check.pkg
        && named.obj().pkg() != null
        && named.underlying() instanceof Interface iface
        && !iface.isMethodSet();
  }

  /** Takes a list of type parameters when it is complete but for the constraints. */
  @FunctionalInterface
  interface TypeParamsSink {
    void set(List<TypeParam> typeParams);
  }

  /**
   * Declares the type parameters of {@code list} in the current scope and hands them to {@code
   * sink}, then checks their constraints, which may refer to all of them and to what is declared.
   */
  void collectTypeParams(TypeParamsSink sink, List<Field> list) {
    List<TypeParam> tparams = new ArrayList<>(list.size());
    for (Field f : list) {
      Expr.Name name = f.name() != null ? f.name() : Exprs.syntheticName(f.pos(), "_");
      tparams.add(declareTypeParam(name));
    }
    sink.set(TypeParam.bind(tparams));
    Environment env = check.env;
    env.inTypeParamList = true;
    Type bound = Basic.INVALID;
    Expr previous = null;
    for (int i = 0; i < list.size(); i++) {
      Expr type = list.get(i).type();
      if (!Exprs.same(type, previous)) { // parameters of one group share the expression
        bound = bound(type);
        previous = type;
      }
      tparams.get(i).setBound(bound);
    }
    env.inTypeParamList = false;
  }

  private Type bound(Expr e) {
    Type t;
    if (Exprs.isTypeSetLiteral(e)) {
      // Such a literal stands for an interface that embeds it.
      Field elem = new Field(e.pos(), null, e);
      t = check.typeExprs.typ(new Expr.InterfaceType(-1, e.pos(), List.of(elem)));
      if (t instanceof Interface iface) {
        iface.markImplicit();
      }
    } else {
      t = check.typeExprs.typ(e);
    }
    if (Predicates.isTypeParam(t)) {
      check.errors.error(e, Code.MISPLACED_TYPE_PARAM, "cannot use a type parameter as constraint");
      return Basic.INVALID;
    }
    return t;
  }

  /** Declares a type parameter, with an invalid constraint for now, in the current scope. */
  TypeParam declareTypeParam(Expr.Name name) {
    TypeName tname = new TypeName(name.pos(), check.pkg, name.value(), null);
    TypeParam tpar = new TypeParam(check, tname, Basic.INVALID);
    declare(check.env.scope, name, tname);
    return tpar;
  }

  /** Adds the methods declared for {@code obj} to its type and checks that names are distinct. */
  void collectMethods(TypeName obj) {
    List<Func> methods = check.resolver.takeMethods(obj);
    if (methods.isEmpty()) {
      return;
    }
    Named base = obj.type().asNamed();
    ObjSet set = new ObjSet();
    if (base != null) {
      check.later(() -> checkFieldUniqueness(base)); // the underlying type is not known yet
      for (int i = 0; i < base.numMethods(); i++) {
        set.insert(base.method(i));
      }
    }
    for (Func m : methods) {
      Obj alt = set.insert(m);
      if (alt != null) {
        check.errors.errorf(
            m.pos(),
            Code.DUPLICATE_METHOD,
            "method %s.%s already declared at %s",
            obj.name(),
            m.name(),
            check.errors.position(alt.pos()));
      } else if (base != null) {
        base.addMethod(m);
      }
    }
  }

  private void checkFieldUniqueness(Named base) {
    if (!(base.underlying() instanceof Struct struct)) {
      return;
    }
    ObjSet set = new ObjSet();
    for (int i = 0; i < base.numMethods(); i++) {
      set.insert(base.method(i));
    }
    for (Var field : struct.fields()) {
      if (field.name().equals("_")) {
        continue;
      }
      Obj alt = set.insert(field);
      if (alt != null) {
        check
            .errors
            .newError(Code.DUPLICATE_FIELD_AND_METHOD)
            .addf(alt, "field and method with the same name %s", field.name())
            .addAltDecl(field)
            .report();
      }
    }
  }

  // Functions.

  private void funcDecl(Func obj, DeclInfo decl) {
    Decl.FuncDecl fdecl = decl.fdecl;
    if (fdecl == null) {
      throw new AssertionError("function without declaration: " + obj.name());
    }
    Signature sig = new Signature();
    obj.setType(sig); // ends cycles
    check.signatures.funcType(sig, fdecl.recv(), fdecl.typeParams(), fdecl.type());
    if (!fdecl.typeParams().isEmpty() && fdecl.body() == null) {
      check.errors.softErrorf(fdecl, Code.BAD_DECL, "generic function is missing function body");
    }
    var body = fdecl.body();
    if (body != null && !check.conf.ignoreFuncBodies()) {
      check.later(() -> check.stmts.funcBody(decl, sig, body, null));
    }
  }

  // Declarations in functions.

  /** Checks the declarations of a declaration statement. */
  void declStmt(List<Decl> list) {
    ConstGroup group = new ConstGroup();
    for (Decl decl : list) {
      switch (decl) {
        case Decl.ConstDecl d -> {
          check.compilerChecks.localDecl(d, d.pragma());
          localConst(d, group.next(d));
        }
        case Decl.VarDecl d -> {
          check.compilerChecks.localDecl(d, d.pragma());
          localVar(d);
        }
        case Decl.TypeDecl d -> {
          check.compilerChecks.localDecl(d, d.pragma());
          localType(d);
        }
        case Decl.ImportDecl _, Decl.FuncDecl _ ->
            check.errors.error(decl, Code.INVALID_SYNTAX_TREE, "unknown declaration");
      }
      if (!(decl instanceof Decl.ConstDecl)) {
        group.end();
      }
    }
  }

  private void localConst(Decl.ConstDecl d, ConstGroup group) {
    int top = check.delayedTop();
    List<Expr> values = Exprs.unpack(group.values());
    Constant iota = Constant.of(group.iota());
    List<Const> lhs = new ArrayList<>(d.names().size());
    for (int i = 0; i < d.names().size(); i++) {
      Expr.Name name = d.names().get(i);
      Const obj = new Const(name.pos(), check.pkg, name.value(), null, iota);
      lhs.add(obj);
      Expr init = i < values.size() ? values.get(i) : null;
      constDecl(obj, group.type(), init, group.inherited());
    }
    arity(d.pos(), d.names(), values, true, group.inherited());
    // Function literals in the values see the scope without the new names.
    check.processDelayed(top);
    for (int i = 0; i < lhs.size(); i++) {
      declare(check.env.scope, d.names().get(i), lhs.get(i));
    }
  }

  private void localVar(Decl.VarDecl d) {
    int top = check.delayedTop();
    List<Var> vars = new ArrayList<>(d.names().size());
    for (Expr.Name name : d.names()) {
      vars.add(new Var(VarKind.LOCAL, name.pos(), check.pkg, name.value(), null));
    }
    List<Expr> values = Exprs.unpack(d.values());
    if (values.size() == 1 && !vars.isEmpty()) {
      // One value for all variables, so that the first sees to the others.
      List<Var> lhs = vars.size() == 1 ? null : vars;
      varDecl(vars.get(0), lhs, d.type(), values.get(0));
    } else {
      for (int i = 0; i < vars.size(); i++) {
        Expr init = i < values.size() ? values.get(i) : null;
        varDecl(vars.get(i), null, d.type(), init);
      }
    }
    if (d.type() == null || !values.isEmpty()) {
      arity(d.pos(), d.names(), values, false, false);
    }
    check.processDelayed(top);
    for (int i = 0; i < vars.size(); i++) {
      declare(check.env.scope, d.names().get(i), vars.get(i));
    }
  }

  private void localType(Decl.TypeDecl d) {
    TypeName obj = new TypeName(d.name().pos(), check.pkg, d.name().value(), null);
    declare(check.env.scope, d.name(), obj);
    cycles.push(obj);
    typeDecl(obj, d);
    cycles.pop();
  }
}
