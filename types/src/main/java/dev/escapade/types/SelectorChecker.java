package dev.escapade.types;

import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks selectors: qualified identifiers, fields, method values and method expressions (Go spec,
 * "Selectors").
 */
final class SelectorChecker {
  private final Checker check;

  SelectorChecker(Checker check) {
    this.check = check;
  }

  /** Checks {@code x.sel}; {@code wantType} if only a type will do. */
  void selector(Operand x, Expr.SelectorExpr e, boolean wantType) {
    boolean ok;
    if (e.x() instanceof Expr.Name name && check.env.lookup(name.value()) instanceof PkgName pkg) {
      ok = qualified(x, e, name, pkg);
    } else {
      ok = member(x, e, wantType);
    }
    if (!ok) {
      x.invalidate();
      x.typ = Basic.INVALID;
    }
    x.expr = e;
  }

  /** Checks {@code pkg.sel}; false with an error. */
  private boolean qualified(Operand x, Expr.SelectorExpr e, Expr.Name name, PkgName pkgName) {
    check.recordUse(name, pkgName);
    check.setUsed(pkgName);
    Package pkg = pkgName.imported();
    String sel = e.sel().value();
    Obj obj = pkg.scope().lookup(sel);
    if (obj == null) {
      undefined(e, pkg, sel);
      return false;
    }
    if (!obj.exported()) {
      check.errors.errorf(
          e.sel(), Code.UNEXPORTED_NAME, "name %s not exported by package %s", sel, pkg.name());
    }
    check.recordUse(e.sel(), obj);
    switch (obj) {
      case Const c -> {
        x.mode = OperandMode.CONSTANT;
        x.val = c.val();
        x.typ = c.type();
      }
      case TypeName _ -> {
        x.mode = OperandMode.TYPE_EXPR;
        x.typ = obj.type();
      }
      case Var _ -> {
        x.mode = OperandMode.VARIABLE;
        x.typ = obj.type();
      }
      case Func _ -> {
        x.mode = OperandMode.VALUE;
        x.typ = obj.type();
      }
      case Builtin b -> {
        x.mode = OperandMode.BUILTIN;
        x.typ = obj.type();
        x.id = b.builtinId();
      }
      case PkgName _, Label _, Nil _ ->
          throw new AssertionError("unexpected object in package scope: " + obj.name());
    }
    return true;
  }

  private void undefined(Expr.SelectorExpr e, Package pkg, String sel) {
    if (pkg.isFake()) {
      return; // was reported before
    }
    List<Obj> similar = pkg.scope().lookupIgnoringCase(sel, true);
    if (similar.isEmpty()) {
      check.errors.errorf(e.sel(), Code.UNDECLARED_IMPORTED_NAME, "undefined: %s", e);
    } else {
      check.errors.errorf(
          e.sel(),
          Code.UNDECLARED_IMPORTED_NAME,
          "undefined: %s (but have %s)",
          e,
          similar.getFirst().name());
    }
  }

  /** Checks a field, a method value or a method expression; false with an error. */
  private boolean member(Operand x, Expr.SelectorExpr e, boolean wantType) {
    check.exprs.exprOrType(x, e.x(), false);
    if (x.isInvalid()) {
      return false;
    }
    if (x.mode == OperandMode.BUILTIN) {
      check.errors.errorf(
          e.pos(), Code.UNCALLED_BUILTIN, "invalid use of %s in selector expression", x);
      return false;
    }
    if (wantType) {
      // Nothing below is a type, and the type of x may not be complete yet.
      check.errors.errorf(e.sel(), Code.NOT_A_TYPE, "%s is not a type", e);
      return false;
    }
    String sel = e.sel().value();
    boolean addressable = x.mode == OperandMode.VARIABLE;
    Lookup.Result found = Lookup.lookupFieldOrMethod(x.typ, addressable, check.pkg, sel, false);
    Obj obj = found.obj();
    if (obj == null) {
      notFound(x, e, sel, found);
      return false;
    }
    if (obj instanceof Func m) {
      check.decls.objDecl(m); // a method may not have its signature yet
    }
    if (x.mode == OperandMode.TYPE_EXPR) {
      return methodExpr(x, e, found);
    }
    switch (obj) {
      case Var _ -> {
        check.recordSelection(e, SelectionKind.FIELD_VAL, x.typ, found);
        x.mode =
            x.mode == OperandMode.VARIABLE || found.indirect()
                ? OperandMode.VARIABLE
                : OperandMode.VALUE;
        x.typ = obj.type();
      }
      case Func m -> {
        check.recordSelection(e, SelectionKind.METHOD_VAL, x.typ, found);
        x.mode = OperandMode.VALUE;
        Signature sig = m.signature().copy();
        sig.setRecv(null);
        x.typ = sig;
        check.addDeclDep(m);
      }
      default -> throw new AssertionError("neither field nor method: " + obj.name());
    }
    return true;
  }

  private void notFound(Operand x, Expr.SelectorExpr e, String sel, Lookup.Result found) {
    if (!isValid(x.typ.underlying())) {
      return;
    }
    if (found.isAmbiguous()) {
      check.errors.errorf(
          e.sel(), Code.AMBIGUOUS_SELECTOR, "ambiguous selector %s.%s", x.expr(), sel);
      return;
    }
    if (found.indirect()) {
      if (x.mode == OperandMode.TYPE_EXPR) {
        check.errors.errorf(
            e.sel(),
            Code.INVALID_METHOD_EXPR,
            "invalid method expression %s.%s (needs pointer receiver (*%s).%s)",
            x.typ,
            sel,
            x.typ,
            sel);
      } else {
        check.errors.errorf(
            e.sel(), Code.INVALID_METHOD_EXPR, "cannot call pointer method %s on %s", sel, x.typ);
      }
      return;
    }
    String why;
    if (Lookup.isInterfacePtr(x.typ)) {
      why = interfacePtrError(x.typ);
    } else {
      boolean addressable = x.mode == OperandMode.VARIABLE;
      Obj alt = Lookup.lookupFieldOrMethod(x.typ, addressable, check.pkg, sel, true).obj();
      why = lookupError(x.typ, sel, alt, false);
    }
    check.errors.errorf(
        e.sel(), Code.MISSING_FIELD_OR_METHOD, "%s.%s undefined (%s)", x.expr(), sel, why);
  }

  private String interfacePtrError(Type type) {
    String what =
        type.underlying() instanceof Pointer p && isTypeParam(p.elem())
            ? "type parameter"
            : "interface";
    return check.sprintf("type %s is pointer to %s, not %s", type, what, what);
  }

  /** Checks {@code T.m}, a function with the receiver as first parameter; false with an error. */
  private boolean methodExpr(Operand x, Expr.SelectorExpr e, Lookup.Result found) {
    String sel = e.sel().value();
    if (!(found.obj() instanceof Func m)) {
      check.errors.errorf(
          e.sel(),
          Code.MISSING_FIELD_OR_METHOD,
          "%s.%s undefined (type %s has no method %s)",
          x.expr(),
          sel,
          x.typ,
          sel);
      return false;
    }
    check.recordSelection(e, SelectionKind.METHOD_EXPR, x.typ, found);
    Signature sig = m.signature();
    Var recv = sig.recv();
    if (recv == null) {
      check.errors.error(e, Code.INVALID_DECL_CYCLE, "illegal cycle in method declaration");
      return false;
    }
    x.mode = OperandMode.VALUE;
    x.typ =
        new Signature(
            null,
            List.of(),
            sig.typeParams(),
            withReceiver(recv, x.typ, sig.params()),
            sig.results(),
            sig.variadic());
    check.addDeclDep(m);
    return true;
  }

  /** The parameters of a method expression; either all of them have names or none has. */
  private static Tuple withReceiver(Var recv, Type type, Tuple params) {
    String name = "";
    if (params.len() > 0 && !params.at(0).name().isEmpty()) {
      name = recv.name().isEmpty() ? "_" : recv.name();
    }
    List<Var> vars = new ArrayList<>(params.len() + 1);
    vars.add(new Var(VarKind.PARAM, recv.pos(), recv.pkg(), name, type));
    vars.addAll(params.vars());
    return Tuple.of(vars);
  }

  /** What is known about an object with a name similar to the one that was looked up. */
  private enum Similar {
    MISSING,
    MISSPELLED,
    UNEXPORTED,
    INACCESSIBLE
  }

  /**
   * Says why {@code sel} was not found in {@code type} (go/types: lookupError).
   *
   * @param alt what is found when case is ignored, or null
   * @param structLit whether {@code sel} is the key in a struct literal
   */
  String lookupError(Type type, String sel, @Nullable Obj alt, boolean structLit) {
    Similar similar = alt == null ? Similar.MISSING : compare(sel, alt);
    String name = alt == null ? "" : alt.name();
    if (structLit) {
      String unknown = check.sprintf("unknown field %s in struct literal of type %s", sel, type);
      return switch (similar) {
        case MISSING -> unknown;
        case MISSPELLED -> unknown + ", but does have " + name;
        case UNEXPORTED -> unknown + ", but does have unexported " + name;
        case INACCESSIBLE ->
            check.sprintf(
                "cannot refer to unexported field %s in struct literal of type %s", name, type);
      };
    }
    String what =
        switch (alt) {
          case Var _ -> "field ";
          case Func _ -> "method ";
          case null, default -> "object ";
        };
    String missing = check.sprintf("type %s has no field or method %s", type, sel);
    return switch (similar) {
      case MISSING -> missing;
      case MISSPELLED -> missing + ", but does have " + what + name;
      case UNEXPORTED -> missing + ", but does have unexported " + what + name;
      case INACCESSIBLE -> "cannot refer to unexported " + what + name;
    };
  }

  /** How {@code alt} differs from {@code sel}; within one package, export does not matter. */
  private Similar compare(String sel, Obj alt) {
    String name = alt.name();
    if (alt.pkg() == check.pkg) {
      return Similar.MISSPELLED;
    }
    boolean sameTail = tail(sel).equals(tail(name));
    if (Obj.isExported(sel)) {
      if (Obj.isExported(name)) {
        return Similar.MISSPELLED;
      }
      return sameTail ? Similar.UNEXPORTED : Similar.MISSING;
    }
    if (Obj.isExported(name)) {
      return sameTail ? Similar.MISSPELLED : Similar.MISSING;
    }
    return sel.equals(name) ? Similar.INACCESSIBLE : Similar.MISSING;
  }

  /** {@code s} without its first character. */
  private static String tail(String s) {
    return s.isEmpty() ? s : s.substring(Character.charCount(s.codePointAt(0)));
  }
}
