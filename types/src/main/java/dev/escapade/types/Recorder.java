package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what is found out about expressions (types2: recording.go). The type and value of an
 * untyped expression are remembered here until its final type is known, or until the end.
 */
final class Recorder {
  private final Checker check;

  /** Where something generic is instantiated. */
  record InstanceUse(int pos, List<Type> typeArgs) {}

  private final List<InstanceUse> instances = new ArrayList<>();
  private @Nullable UntypedExpr[] untyped = new UntypedExpr[64];

  Recorder(Checker check) {
    this.check = check;
  }

  /** Records type and value of an operand, for good or, if it is untyped, for now. */
  void record(Operand x) {
    Expr e = x.expr();
    switch (x.mode) {
      case INVALID -> {} // nothing is recorded for what is wrong
      case NO_VALUE -> check.info.recordTypeAndValue(e, x.mode, Tuple.EMPTY, null);
      case CONSTANT -> record(e, x.mode, x.typ, x.val);
      default -> record(e, x.mode, x.typ, null);
    }
  }

  private void record(Expr e, OperandMode mode, Type type, @Nullable Constant val) {
    if (type instanceof Basic basic && basic.is(Basic.IS_UNTYPED)) {
      rememberUntyped(e, mode, basic, val);
    } else {
      check.info.recordTypeAndValue(e, mode, type, val);
    }
  }

  void recordTypeAndValue(Expr e, OperandMode mode, Type type, @Nullable Constant val) {
    if (mode != OperandMode.INVALID) {
      check.info.recordTypeAndValue(e, mode, type, val);
    }
  }

  private void rememberUntyped(Expr e, OperandMode mode, Basic type, @Nullable Constant val) {
    int id = e.id();
    if (id < 0) {
      return;
    }
    if (id >= untyped.length) {
      untyped = Arrays.copyOf(untyped, Math.max(id + 1, 2 * untyped.length));
    }
    untyped[id] = new UntypedExpr(e, mode, type, val);
  }

  /** What is remembered for {@code e}, or null if its type is final or nothing is known. */
  @Nullable UntypedExpr untyped(Expr e) {
    int id = e.id();
    return id >= 0 && id < untyped.length ? untyped[id] : null;
  }

  /** Forgets {@code e}, whose final type has been found. */
  void forgetUntyped(Expr e) {
    int id = e.id();
    if (id >= 0 && id < untyped.length) {
      untyped[id] = null;
    }
  }

  /** Records all expressions that have stayed untyped. */
  void recordUntyped() {
    for (UntypedExpr u : untyped) {
      if (u != null) {
        check.info.recordTypeAndValue(u.expr, u.mode, u.typ, u.val);
      }
    }
    untyped = new UntypedExpr[0];
  }

  /** Records the signature of a call's builtin, with any parentheses around the name. */
  void recordBuiltinType(Expr fun, Signature sig) {
    Expr f = fun;
    while (true) {
      check.info.recordTypeAndValue(f, OperandMode.BUILTIN, sig, null);
      if (!(f instanceof Expr.ParenExpr p)) {
        return;
      }
      f = p.x();
    }
  }

  /**
   * Makes the type recorded for {@code e} a pair, as it is used for two values.
   *
   * @param a the two operands; nothing happens if the first is invalid
   */
  void recordCommaOkTypes(Expr e, List<Operand> a) {
    if (a.get(0).isInvalid()) {
      return;
    }
    Type first = a.get(0).typ;
    Type second = a.get(1).typ;
    Expr x = e;
    while (true) {
      int pos = x.pos();
      check.info.setType(
          x,
          Tuple.of(
              new Var(VarKind.LOCAL, pos, check.pkg, "", first),
              new Var(VarKind.LOCAL, pos, check.pkg, "", second)));
      if (!(x instanceof Expr.ParenExpr p)) {
        return;
      }
      x = p.x();
    }
  }

  /** Records the instantiation of the generic type or function that {@code e} names. */
  void recordInstance(Expr e, List<Type> targs, Type type) {
    instances.add(new InstanceUse(e.pos(), targs));
    Expr x = e instanceof Expr.IndexExpr index ? index.x() : e;
    switch (x) {
      case Expr.Name name -> check.info.recordInstance(name, new Instance(targs, type));
      case Expr.SelectorExpr sel -> check.info.recordInstance(sel.sel(), new Instance(targs, type));
      default -> throw new AssertionError("no name is instantiated by " + e);
    }
  }

  /** The instantiations in source, in the order in which they were found. */
  List<InstanceUse> instances() {
    return instances;
  }

  void recordDef(Expr.Name name, @Nullable Obj obj) {
    check.info.recordDef(name, obj);
  }

  void recordUse(Expr.Name name, Obj obj) {
    check.info.recordUse(name, obj);
  }

  /** Records a selection and the use of the selected object. */
  void recordSelection(Expr.SelectorExpr e, SelectionKind kind, Type recv, Lookup.Result found) {
    Obj obj = found.obj();
    int[] index = found.index();
    if (obj == null || index == null) {
      throw new AssertionError("nothing selected by " + e.sel().value());
    }
    check.info.recordUse(e.sel(), obj);
    check.info.recordSelection(e, new Selection(kind, recv, obj, index, found.indirect()));
  }
}
