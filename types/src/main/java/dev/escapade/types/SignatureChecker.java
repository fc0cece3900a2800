package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks function types and the headers of functions and methods (Go spec, "Function types",
 * "Method declarations"; types2: signature.go).
 */
final class SignatureChecker {
  private final Checker check;

  SignatureChecker(Checker check) {
    this.check = check;
  }

  /** A receiver and its type parameters. */
  private record Recv(Var recv, List<TypeParam> typeParams) {}

  /** Parameters or results; {@code names} has null for those without name. */
  private record Params(List<Expr.@Nullable Name> names, List<Var> vars, boolean variadic) {}

  /**
   * Checks a function type, or the header of a function or method, and makes {@code sig} it. The
   * scope of the function is recorded in the signature.
   *
   * @param recvParam the receiver, or null
   */
  void funcType(Signature sig, @Nullable Field recvParam, List<Field> tparams, Expr.FuncType ftyp) {
    Scope outer = check.env.scope;
    check.openScope("function");
    Scope scope = check.env.scope;
    scope.markFunc();
    sig.setScope(scope);
    Recv recv = recvParam == null ? null : collectRecv(recvParam);
    if (!tparams.isEmpty()) {
      check.decls.collectTypeParams(sig::setTypeParams, tparams);
    }
    Params params = collectParams(VarKind.PARAM, ftyp.params());
    Params results = collectParams(VarKind.RESULT, ftyp.results());
    // Names are declared when all types are known, so that they do not hide any.
    if (recv != null && recvParam != null && recvParam.name() != null) {
      check.decls.declare(scope, recvParam.name(), recv.recv());
    }
    declareParams(scope, params);
    declareParams(scope, results);
    if (recv != null) {
      sig.setRecv(recv.recv());
      sig.setRecvTypeParams(recv.typeParams());
    }
    sig.setParams(Tuple.of(params.vars()));
    sig.setResults(Tuple.of(results.vars()));
    sig.setVariadic(params.variadic());
    check.env.scope = outer;
  }

  // Receivers.

  private Recv collectRecv(Field param) {
    Resolver.Receiver r = check.resolver.unpackRecv(param, true);
    Type recvType;
    List<TypeParam> tparams = List.of();
    if (r.typeParams().isEmpty()) {
      recvType = plainRecvType(param, r);
    } else {
      // The base is resolved before the type parameters are declared, which may have its name.
      Named base = genericBase(r.base());
      tparams = declareRecvTypeParams(r.typeParams());
      recvType = base == null ? Basic.INVALID : instantiateRecv(param, r, base, tparams);
    }
    Expr.Name name = param.name();
    Var recv;
    if (name != null && !name.value().isEmpty()) {
      recv = new Var(VarKind.RECV, name.pos(), check.pkg, name.value(), recvType);
    } else {
      recv = new Var(VarKind.RECV, param.pos(), check.pkg, "", recvType);
      check.info.recordImplicit(param, recv);
    }
    // Looking at the type now could expand types that are not set up yet.
    check.later(() -> validRecv(r.base(), recv));
    return new Recv(recv, tparams);
  }

  private Type plainRecvType(Field param, Resolver.Receiver r) {
    Type recvType = check.typeExprs.varType(param.type());
    // An alias may not stand for an instance of a generic type.
    Type t = unpointer(recvType);
    while (t instanceof Alias alias) {
      Type base = unpointer(alias.rhs());
      if (hasTypeParams(base)) {
        check.errors.errorf(
            r.base(), Code.INVALID_RECV, "cannot define new methods on instantiated type %s", base);
        return Basic.INVALID;
      }
      t = base;
    }
    return recvType;
  }

  private static boolean hasTypeParams(Type t) {
    return (t instanceof Named n && !n.typeParams().isEmpty())
        || (t instanceof Alias a && !a.typeParams().isEmpty());
  }

  private static Type unpointer(Type type) {
    Type t = type;
    while (t instanceof Pointer p) {
      t = p.elem();
    }
    return t;
  }

  private @Nullable Named genericBase(Expr base) {
    TypeExprChecker.GenericType generic = check.typeExprs.genericType(base);
    if (generic.type() instanceof Named named) {
      return named;
    }
    if (generic.type() instanceof Alias alias && Predicates.isValid(alias)) {
      check.errors.errorf(
          base, Code.INVALID_RECV, "cannot define new methods on generic alias type %s", alias);
    } else if (generic.cause() != null) {
      check.errors.errorf(base, Code.INVALID_RECV, "%s", generic.cause());
    }
    return null;
  }

  private List<TypeParam> declareRecvTypeParams(List<Expr.Name> names) {
    List<TypeParam> tparams = new ArrayList<>(names.size());
    for (Expr.Name name : names) {
      TypeParam tpar = check.decls.declareTypeParam(name);
      tparams.add(tpar);
      // For historical reasons the name counts as a use too.
      check.recorder.recordUse(name, tpar.obj());
      check.recorder.recordTypeAndValue(name, OperandMode.TYPE_EXPR, tpar, null);
    }
    return TypeParam.bind(tparams);
  }

  private Type instantiateRecv(
      Field param, Resolver.Receiver r, Named base, List<TypeParam> tparams) {
    List<TypeParam> baseParams = base.typeParams();
    if (tparams.size() == baseParams.size()) {
      for (int i = 0; i < tparams.size(); i++) {
        TypeParam tpar = tparams.get(i);
        TypeParam baseParam = baseParams.get(i);
        check.mono.recordCanon(tpar, baseParam);
        // The constraint may speak of the type parameters of the base type.
        tpar.setBound(
            check.instantiator.renameTypeParams(
                tpar.obj().pos(), baseParam.constraint(), baseParams, tparams));
      }
    } else {
      int n = tparams.size();
      check.errors.errorf(
          r.base(),
          Code.BAD_RECV,
          "receiver declares %d type parameter%s, but receiver base type declares %d",
          n,
          n == 1 ? "" : "s",
          baseParams.size());
    }
    check.verifyVersionf(r.base(), GoVersion.GO1_18, "type instantiation");
    List<Type> targs = List.copyOf(tparams);
    Type recvType = check.instance(param.type().pos(), base, targs);
    check.recorder.recordInstance(r.base(), targs, recvType);
    if (r.ptr() && Predicates.isValid(recvType)) {
      recvType = new Pointer(recvType);
    }
    recordRecvTypes(param.type(), recvType);
    return recvType;
  }

  /** Records the types of {@code (*(T[P]))} and of the expressions inside. */
  private void recordRecvTypes(Expr e, Type type) {
    Expr x = e;
    Type t = type;
    while (true) {
      check.recorder.recordTypeAndValue(x, OperandMode.TYPE_EXPR, t, null);
      Expr elem = Exprs.starOperand(x);
      if (x instanceof Expr.ParenExpr p) {
        x = p.x();
      } else if (elem != null && t instanceof Pointer ptr) {
        x = elem;
        t = ptr.elem();
      } else {
        return;
      }
    }
  }

  /** Refuses receivers whose base type cannot have methods here. */
  private void validRecv(Expr at, Var recv) {
    Type rtyp = recv.type();
    if (rtyp.unalias() instanceof Pointer p) {
      rtyp = p.elem();
    }
    Type base = rtyp.unalias();
    if (!Predicates.isValid(base)) {
      return;
    }
    if (base instanceof Named named) {
      if (named.obj().pkg() != check.pkg || isCgoType(named.obj())) {
        check.errors.errorf(
            at, Code.INVALID_RECV, "cannot define new methods on non-local type %s", rtyp);
        return;
      }
      Type u = named.underlying();
      if (u == Basic.UNSAFE_POINTER) {
        check.errors.errorf(
            at, Code.INVALID_RECV, "invalid receiver type %s (%s)", rtyp, "unsafe.Pointer");
      } else if (u instanceof Pointer || u instanceof Interface) {
        check.errors.errorf(
            at,
            Code.INVALID_RECV,
            "invalid receiver type %s (%s)",
            rtyp,
            "pointer or interface type");
      }
    } else if (base instanceof Basic) {
      check.errors.errorf(
          at, Code.INVALID_RECV, "cannot define new methods on non-local type %s", rtyp);
    } else {
      check.errors.errorf(at, Code.INVALID_RECV, "invalid receiver type %s", recv.type());
    }
  }

  /** Reports whether cgo has made the type. */
  private boolean isCgoType(TypeName name) {
    if (name.name().startsWith("_Ctype_")) {
      return true;
    }
    if (name.pos() == 0) {
      return false;
    }
    String file = check.conf.sources().file(name.pos()).name();
    return file.startsWith("_cgo_", file.lastIndexOf('/') + 1);
  }

  // Parameters.

  private Params collectParams(VarKind kind, List<Field> list) {
    if (list.isEmpty()) {
      return new Params(List.of(), List.of(), false);
    }
    List<Expr.@Nullable Name> names = new ArrayList<>(list.size());
    List<Var> vars = new ArrayList<>(list.size());
    boolean variadic = false;
    Type type = Basic.INVALID;
    Expr previous = null;
    for (int i = 0; i < list.size(); i++) {
      Field field = list.get(i);
      if (!Exprs.same(field.type(), previous)) { // parameters of one group share the expression
        previous = field.type();
        Expr ftype = field.type();
        if (ftype instanceof Expr.DotsType dots) {
          ftype = dots.elem();
          if (kind == VarKind.PARAM && i == list.size() - 1) {
            variadic = true;
          } else {
            check.errors.error(dots, Code.INVALID_SYNTAX_TREE, "invalid use of ...");
          }
        }
        type = check.typeExprs.varType(ftype);
      }
      // The last parameter of a variadic function is a slice.
      Type t = variadic ? new Slice(type) : type;
      Expr.Name name = field.name();
      names.add(name);
      if (name != null) {
        vars.add(new Var(kind, name.pos(), check.pkg, name.value(), t));
      } else {
        Var par = new Var(kind, field.pos(), check.pkg, "", t);
        check.info.recordImplicit(field, par);
        vars.add(par);
      }
    }
    if (variadic) {
      check.recorder.recordTypeAndValue(
          list.getLast().type(), OperandMode.TYPE_EXPR, vars.getLast().type(), null);
    }
    return new Params(names, vars, variadic);
  }

  private void declareParams(Scope scope, Params params) {
    for (int i = 0; i < params.names().size(); i++) {
      Expr.Name name = params.names().get(i);
      if (name != null && !name.value().isEmpty()) {
        check.decls.declare(scope, name, params.vars().get(i));
      }
    }
  }
}
