package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Operator;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks identifiers and type expressions (Go spec, "Types"; types2: typexpr.go). */
final class TypeExprChecker {
  private final Checker check;
  private final StructChecker structs;
  private final InterfaceChecker interfaces;

  TypeExprChecker(Checker check) {
    this.check = check;
    this.structs = new StructChecker(check);
    this.interfaces = new InterfaceChecker(check);
  }

  /**
   * Checks the identifier {@code e} and makes {@code x} what it denotes, or invalid.
   *
   * @param wantType whether only a type will do
   */
  void ident(Operand x, Expr.Name e, boolean wantType) {
    x.mode = OperandMode.INVALID;
    x.expr = e;
    Scope scope = check.env.lookupScope(e.value());
    Obj obj = scope == null ? null : scope.lookup(e.value());
    if (scope == null || obj == null) {
      undeclared(e);
      return;
    }
    if (obj.pkg() == null
        && (obj == Universe.ANY || obj == Universe.COMPARABLE.obj())
        && !check.verifyVersionf(e, GoVersion.GO1_18, "predeclared %s", e.value())) {
      return;
    }
    check.recorder.recordUse(e, obj);
    boolean gotType = obj instanceof TypeName;
    if (wantType && !gotType) {
      check.errors.errorf(
          e, Code.NOT_A_TYPE, "%s (%s) is not a type", obj.name(), ObjectString.objectKind(obj));
      if (obj instanceof Var v) {
        check.setUsed(v, true); // one error is enough
      }
      return;
    }
    // Types of this package are looked at even if they are known, as that finds cycles.
    if (obj.typeOrNull() == null || (gotType && wantType && obj.pkg() == check.pkg)) {
      if (!(obj instanceof PkgName)) {
        check.decls.objDecl(obj);
      }
    }
    check.resolver.markDotImportUsed(scope, obj.name());
    denote(x, e, obj);
  }

  private void undeclared(Expr.Name e) {
    if (e.isBlank()) {
      check.errors.error(e, Code.INVALID_BLANK, "cannot use _ as value or type");
    } else if (!e.value().isEmpty()) {
      check.errors.errorf(e, Code.UNDECLARED_NAME, "undefined: %s", e.value());
    }
  }

  private void denote(Operand x, Expr.Name e, Obj obj) {
    Type typ = obj.type();
    switch (obj) {
      case PkgName _ -> {
        check.errors.errorf(
            e, Code.INVALID_PKG_USE, "use of package %s not in selector", obj.name());
        return;
      }
      case Const c -> {
        check.addDeclDep(c);
        if (!Predicates.isValid(typ)) {
          return;
        }
        if (c == Universe.IOTA) {
          if (check.env.iota == null) {
            check.errors.error(
                e, Code.INVALID_IOTA, "cannot use iota outside constant declaration");
            return;
          }
          x.val = check.env.iota;
        } else {
          x.val = c.val();
        }
        x.mode = OperandMode.CONSTANT;
      }
      case TypeName _ -> x.mode = OperandMode.TYPE_EXPR;
      case Var v -> {
        check.setUsed(v, true);
        check.addDeclDep(v);
        if (!Predicates.isValid(typ)) {
          return;
        }
        x.mode = OperandMode.VARIABLE;
      }
      case Func f -> {
        check.addDeclDep(f);
        x.mode = OperandMode.VALUE;
      }
      case Builtin b -> {
        x.id = b.builtinId();
        x.mode = OperandMode.BUILTIN;
      }
      case Nil _ -> x.mode = OperandMode.NIL_VALUE;
      case Label _ -> throw new AssertionError("label in a scope");
    }
    x.typ = typ;
  }

  /** The type that {@code e} denotes, or the invalid type; generic types are refused. */
  Type typ(Expr e) {
    return declaredType(e, null);
  }

  /** Like {@link #typ}, but constraint interfaces are refused too. */
  Type varType(Expr e) {
    Type t = declaredType(e, null);
    validVarType(e, t);
    return t;
  }

  /** Reports an error later on if {@code t} is a constraint interface. */
  void validVarType(Expr e, Type t) {
    if (cannotBeConstraint(t)) {
      return;
    }
    // Type sets cannot be computed while parameters of interface methods are being declared.
    check.later(() -> {
      if (!(t.underlying() instanceof Interface iface)) {
        return;
      }
      int pos = ErrorReporter.posOf(e);
      TypeSet tset = TypeSet.compute(check, pos, iface);
      if (!tset.isMethodSet()) {
        check.errors.softErrorf(
            pos,
            Code.MISPLACED_CONSTRAINT_IFACE,
            "cannot use type %s outside a type constraint: interface %s",
            t,
            tset.comparable() ? "is (or embeds) comparable" : "contains type constraints");
      }
    });
  }

  /** Reports whether {@code t} is clearly no constraint: a shortcut for most types. */
  private static boolean cannotBeConstraint(Type t) {
    return switch (t) {
      case Basic _,
          TypeParam _,
          Pointer _,
          Slice _,
          Array _,
          MapType _,
          Chan _,
          Struct _,
          Tuple _,
          Signature _,
          Union _ ->
          true;
      case Named n -> {
        Type u = n.underlyingIfKnown();
        yield u != null && !(u instanceof Interface);
      }
      case Alias a -> a.unalias() instanceof TypeParam;
      case Interface _ -> false;
    };
  }

  /**
   * Like {@link #typ} for the right-hand side of a type declaration.
   *
   * @param def the name of the declared type, or null
   */
  Type declaredType(Expr e, @Nullable TypeName def) {
    Type t = typInternal(e, def);
    if (Predicates.isGeneric(t)) {
      check.errors.errorf(
          e, Code.WRONG_TYPE_ARG_COUNT, "cannot use generic type %s without instantiation", t);
      t = Basic.INVALID;
    }
    check.recorder.recordTypeAndValue(e, OperandMode.TYPE_EXPR, t, null);
    return t;
  }

  /** What {@link #genericType} gives: a type, and why it is invalid if that was not reported. */
  record GenericType(Type type, @Nullable String cause) {}

  /** The generic type that {@code e} denotes. */
  GenericType genericType(Expr e) {
    Type t = typInternal(e, null);
    String cause = null;
    if (Predicates.isValid(t) && !Predicates.isGeneric(t)) {
      cause = check.errors.sprintf("%s is not a generic type", t);
      t = Basic.INVALID;
    }
    check.recorder.recordTypeAndValue(e, OperandMode.TYPE_EXPR, t, null);
    return new GenericType(t, cause);
  }

  private Type typInternal(Expr e0, @Nullable TypeName def) {
    switch (e0) {
      case Expr.BadExpr _ -> {
        return Basic.INVALID; // reported by the parser
      }
      case Expr.Name e -> {
        Operand x = new Operand();
        ident(x, e, true);
        return typeOf(x);
      }
      case Expr.SelectorExpr e -> {
        Operand x = new Operand();
        check.calls.selector(x, e, true);
        return typeOf(x);
      }
      case Expr.IndexExpr e -> {
        check.verifyVersionf(e, GoVersion.GO1_18, "type instantiation");
        return instantiatedType(e.x(), Exprs.unpack(e.index()));
      }
      case Expr.ParenExpr e -> {
        return declaredType(e.x(), def);
      }
      case Expr.ArrayType e -> {
        return arrayType(e);
      }
      case Expr.SliceType e -> {
        return new Slice(varType(e.elem()));
      }
      case Expr.DotsType e -> {
        check.errors.error(e, Code.INVALID_SYNTAX_TREE, "invalid use of ...");
        return Basic.INVALID;
      }
      case Expr.StructType e -> {
        return structs.structType(e);
      }
      case Expr.UnaryExpr e when e.op() == Operator.MUL -> {
        Type elem = varType(e.x());
        // A pointer to an invalid type is of no use.
        return Predicates.isValid(elem) ? new Pointer(elem) : Basic.INVALID;
      }
      case Expr.FuncType e -> {
        Signature sig = new Signature();
        check.signatures.funcType(sig, null, List.of(), e);
        return sig;
      }
      case Expr.InterfaceType e -> {
        return interfaces.interfaceType(e, def);
      }
      case Expr.MapType e -> {
        return mapType(e);
      }
      case Expr.ChanType e -> {
        return new Chan(e.dir(), varType(e.elem()));
      }
      case Expr.UnaryExpr _,
          Expr.BinaryExpr _,
          Expr.BasicLit _,
          Expr.CompositeLit _,
          Expr.KeyValueExpr _,
          Expr.FuncLit _,
          Expr.SliceExpr _,
          Expr.TypeAssertExpr _,
          Expr.TypeSwitchGuard _,
          Expr.CallExpr _,
          Expr.ListExpr _ -> {
        check.errors.errorf(e0, Code.NOT_A_TYPE, "%s is not a type", e0);
        check.calls.use(e0);
        return Basic.INVALID;
      }
    }
  }

  private Type typeOf(Operand x) {
    switch (x.mode) {
      case TYPE_EXPR -> {
        return x.typ;
      }
      case INVALID -> {} // reported
      case NO_VALUE -> check.errors.errorf(x, Code.NOT_A_TYPE, "%s used as type", x);
      default -> check.errors.errorf(x, Code.NOT_A_TYPE, "%s is not a type", x);
    }
    return Basic.INVALID;
  }

  private Type arrayType(Expr.ArrayType e) {
    long len = -1;
    if (e.len() != null) {
      len = arrayLength(e.len());
    } else {
      check.errors.error(
          e,
          Code.BAD_DOT_DOT_DOT_SYNTAX,
          "invalid use of [...] array (outside a composite literal)");
    }
    Type elem = varType(e.elem());
    return len >= 0 ? new Array(elem, len) : Basic.INVALID;
  }

  private Type mapType(Expr.MapType e) {
    MapType m = new MapType(varType(e.key()), varType(e.value()));
    // Whether keys can be compared is known when all types are.
    check.later(() -> {
      if (!Predicates.comparable(m.key())) {
        check.errors.errorf(
            e.key(),
            Code.INCOMPARABLE_MAP_KEY,
            "invalid map key type %s%s",
            m.key(),
            Predicates.isTypeParam(m.key()) ? " (missing comparable constraint)" : "");
      }
    });
    return m;
  }

  /** The instance of the generic type {@code x} with the type arguments {@code xlist}. */
  Type instantiatedType(Expr x, List<Expr> xlist) {
    GenericType generic = genericType(x);
    if (generic.cause() != null) {
      check.errors.errorf(
          x, Code.NOT_A_GENERIC_TYPE, "invalid operation: %s%s (%s)", x, xlist, generic.cause());
    }
    Type gtyp = generic.type();
    if (!Predicates.isValid(gtyp)) {
      return gtyp;
    }
    List<Type> targs = typeList(xlist);
    if (targs == null) {
      return Basic.INVALID;
    }
    Type inst = check.instance(x.pos(), gtyp, targs);
    if (!(inst instanceof Named || inst instanceof Alias)) {
      return Basic.INVALID;
    }
    // The type parameters may not be set up yet.
    check.later(() -> verifyInstance(x, xlist, inst, targs));
    return inst;
  }

  private void verifyInstance(Expr x, List<Expr> xlist, Type inst, List<Type> targs) {
    check.recorder.recordInstance(x, targs, inst);
    TypeName name;
    List<TypeParam> tparams;
    if (inst instanceof Named n) {
      name = n.obj();
      tparams = n.typeParams();
    } else {
      Alias a = (Alias) inst;
      name = a.obj();
      tparams = a.typeParams();
    }
    int pos = x.pos();
    if (!check.instantiator.validateTypeArgLen(pos, name.name(), tparams.size(), targs.size())) {
      return;
    }
    check.verifyInstance(pos, tparams, targs, xlist);
  }

  /** The length of an array type, or -1 after an error. */
  private long arrayLength(Expr e) {
    if (e instanceof Expr.Name name) {
      // This may be meant as a type parameter without constraint.
      Obj obj = check.lookup(name.value());
      if (obj == null) {
        check.errors.errorf(
            name,
            Code.INVALID_ARRAY_LEN,
            "undefined array length %s or missing type constraint",
            name.value());
        return -1;
      }
      if (!(obj instanceof Const)) {
        check.errors.errorf(name, Code.INVALID_ARRAY_LEN, "invalid array length %s", name.value());
        return -1;
      }
    }
    Operand x = new Operand();
    check.exprs.expr(null, x, e);
    if (!x.isConstant()) {
      if (!x.isInvalid()) {
        check.errors.errorf(x, Code.INVALID_ARRAY_LEN, "array length %s must be constant", x);
      }
      return -1;
    }
    boolean integer = Predicates.isInteger(x.typ);
    if (integer || Predicates.isUntyped(x.typ)) {
      Constant val = Constants.toInt(x.val());
      if (Constants.isInt64(val) && check.constants.representable(val, Basic.INT) != null) {
        long n = Constants.int64Val(val);
        if (n >= 0) {
          return n;
        }
      }
    }
    check.errors.errorf(
        x,
        Code.INVALID_ARRAY_LEN,
        integer ? "invalid array length %s" : "array length %s must be integer",
        x);
    return -1;
  }

  /** The types that {@code list} denotes, or null after an error in one of them. */
  @Nullable List<Type> typeList(List<Expr> list) {
    List<Type> types = new ArrayList<>(list.size());
    boolean valid = true;
    for (Expr e : list) {
      Type t = varType(e);
      valid &= Predicates.isValid(t);
      types.add(t);
    }
    return valid ? types : null;
  }
}
