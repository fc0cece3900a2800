package dev.escapade.types;

import static dev.escapade.types.Predicates.allInteger;
import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isString;
import static dev.escapade.types.Predicates.isTypeParam;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import org.jspecify.annotations.Nullable;

/** Checks index and slice expressions (Go spec, "Index expressions" and "Slice expressions"). */
final class IndexChecker {
  private final Checker check;

  IndexChecker(Checker check) {
    this.check = check;
  }

  /**
   * Checks {@code x[index]}. If {@code x} is a generic function, nothing more is checked: then the
   * caller has to instantiate it.
   *
   * @return whether {@code x} is a generic function
   */
  boolean indexExpr(Operand x, Expr.IndexExpr e) {
    check.exprs.exprOrType(x, e.x(), true);
    switch (x.mode) {
      case INVALID -> {
        check.calls.use(e.index());
        return false;
      }
      case TYPE_EXPR -> {
        x.invalidate();
        x.typ = check.typeExprs.varType(e);
        if (isValid(x.typ)) {
          x.mode = OperandMode.TYPE_EXPR;
        }
        return false;
      }
      case VALUE -> {
        if (x.typ.underlying() instanceof Signature sig && !sig.typeParams().isEmpty()) {
          return true;
        }
      }
      default -> {}
    }
    check.exprs.nonGeneric(null, x);
    if (!x.isInvalid()) {
      element(x, e);
    }
    return false;
  }

  /**
   * How values of a type are indexed.
   *
   * @param mode the mode of the element
   * @param key the key type of a map, else null
   * @param length the number of elements, -1 if it is not known
   */
  private record Indexing(OperandMode mode, @Nullable Type key, Type elem, long length) {}

  private void element(Operand x, Expr.IndexExpr e) {
    Indexing indexing = isTypeParam(x.typ) ? indexingOfAll(x) : indexing(x, x.typ.underlying());
    if (indexing == null) {
      check.errors.errorf(e.pos(), Code.NON_SLICEABLE_OPERAND, "cannot index %s", x);
      check.calls.use(e.index());
      x.invalidate();
      return;
    }
    x.mode = indexing.mode;
    x.typ = indexing.elem;
    Expr index = singleIndex(e);
    if (index == null) {
      x.invalidate();
      return;
    }
    if (indexing.key == null) {
      index(index, indexing.length);
      return;
    }
    Operand key = new Operand();
    check.exprs.expr(null, key, index);
    check.assignments.assignment(key, indexing.key, "map index");
    x.expr = e;
  }

  /** How {@code x} is indexed if its underlying type is {@code u}; null if it is not. */
  private static @Nullable Indexing indexing(Operand x, @Nullable Type u) {
    return switch (u) {
      case Basic b when isString(b) -> {
        long length = x.isConstant() ? Constants.stringVal(x.val()).length() : -1;
        yield new Indexing(OperandMode.VALUE, null, Basic.BYTE, length);
      }
      case Array a -> {
        boolean addressable = x.mode == OperandMode.VARIABLE;
        yield new Indexing(
            addressable ? OperandMode.VARIABLE : OperandMode.VALUE, null, a.elem(), a.len());
      }
      case Pointer p when p.elem().underlying() instanceof Array a ->
          new Indexing(OperandMode.VARIABLE, null, a.elem(), a.len());
      case Slice s -> new Indexing(OperandMode.VARIABLE, null, s.elem(), -1);
      case MapType m -> new Indexing(OperandMode.MAP_INDEX, m.key(), m.elem(), -1);
      case null, default -> null;
    };
  }

  /** How all types of a type parameter are indexed alike; null if they are not. */
  private static @Nullable Indexing indexingOfAll(Operand x) {
    @Nullable Indexing[] common = new Indexing[1];
    boolean ok =
        TypeSets.underIs(
            x.typ,
            u -> {
              Indexing next = indexing(x, u);
              Indexing known = common[0];
              common[0] = known == null ? next : combine(known, next);
              return common[0] != null;
            });
    return ok ? common[0] : null;
  }

  /** What holds for two types; null if their keys or elements differ. */
  private static @Nullable Indexing combine(Indexing a, @Nullable Indexing b) {
    if (b == null || !identical(a.elem, b.elem) || (a.key == null) != (b.key == null)) {
      return null;
    }
    if (a.key != null && b.key != null && !identical(a.key, b.key)) {
      return null;
    }
    // An element is only a variable if it is one for every type.
    OperandMode mode = a.mode == OperandMode.VALUE ? a.mode : b.mode;
    long length = b.length >= 0 && b.length < a.length ? b.length : a.length;
    return new Indexing(mode, a.key, a.elem, length);
  }

  /** The one index of {@code e}. */
  private @Nullable Expr singleIndex(Expr.IndexExpr e) {
    if (!(e.index() instanceof Expr.ListExpr list)) {
      return e.index();
    }
    if (list.elems().size() <= 1) {
      check.errors.errorf(
          e,
          Code.INVALID_SYNTAX_TREE,
          "invalid use of ListExpr for index expression %v with %d indices",
          e,
          list.elems().size());
      return null;
    }
    check.errors.error(
        list.elems().get(1), Code.INVALID_INDEX, "invalid operation: more than one index");
    return list.elems().getFirst();
  }

  /** Checks {@code x[low:high:max]}. */
  void sliceExpr(Operand x, Expr.SliceExpr e) {
    check.exprs.expr(null, x, e.x());
    if (x.isInvalid()) {
      check.calls.use(e.low());
      check.calls.use(e.high());
      check.calls.use(e.max());
      return;
    }
    Type u = sliceable(x);
    if (u == null) {
      x.invalidate();
      return;
    }
    long length = -1;
    boolean valid = true;
    switch (u) {
      case Basic b when isString(b) -> {
        if (e.full()) {
          check.errors.error(
              e.max() == null ? e : e.max(),
              Code.INVALID_SLICE_EXPR,
              "invalid operation: 3-index slice of string");
          x.invalidate();
          return;
        }
        if (x.isConstant()) {
          length = Constants.stringVal(x.val()).length();
        }
        if (isUntyped(x.typ)) {
          x.typ = Basic.STRING;
        }
      }
      case Array a -> {
        length = a.len();
        if (x.mode != OperandMode.VARIABLE) {
          check.errors.errorf(
              x, Code.NON_SLICEABLE_OPERAND, "cannot slice unaddressable value %s", x);
          x.invalidate();
          return;
        }
        x.typ = new Slice(a.elem());
      }
      case Pointer p when p.elem().underlying() instanceof Array a -> {
        length = a.len();
        x.typ = new Slice(a.elem());
      }
      case Slice _ -> {}
      default -> valid = false;
    }
    if (!valid) {
      check.errors.errorf(x, Code.NON_SLICEABLE_OPERAND, "cannot slice %s", x);
      x.invalidate();
      return;
    }
    x.mode = OperandMode.VALUE;
    if (e.full() && (e.high() == null || e.max() == null)) {
      check.errors.error(
          e, Code.INVALID_SYNTAX_TREE, "2nd and 3rd index required in 3-index slice");
      x.invalidate();
      return;
    }
    bounds(e, length);
  }

  /**
   * The underlying type that all types of {@code x} have, a string type if there are strings and
   * byte slices. If they differ, there was an error; then the result is null unless there are
   * strings among them.
   */
  private @Nullable Type sliceable(Operand x) {
    @Nullable Type[] first = new Type[2];
    boolean[] hasString = new boolean[1];
    boolean ok =
        TypeSets.all(
            x.typ,
            (t, under) -> {
              if (under == null) {
                check.errors.errorf(
                    x,
                    Code.NON_SLICEABLE_OPERAND,
                    "cannot slice %s: no specific type in %s",
                    x,
                    x.typ);
                return false;
              }
              Type u = under;
              if (isString(under)) {
                hasString[0] = true;
                u = new Slice(Basic.BYTE);
              }
              Type known = first[1];
              if (known == null) {
                first[0] = t;
                first[1] = u;
                return true;
              }
              if (!identical(known, u)) {
                check.errors.errorf(
                    x,
                    Code.NON_SLICEABLE_OPERAND,
                    "cannot slice %s: %s and %s have different underlying types",
                    x,
                    first[0],
                    t);
                return false;
              }
              return true;
            });
    if (hasString[0]) {
      return isTypeParam(x.typ) ? Basic.STRING : x.typ.underlying(); // may stay untyped
    }
    return ok ? first[1] : null;
  }

  /**
   * Checks the indices of a slice expression.
   *
   * @param length the length, which is also the capacity, of what is sliced; -1 if unknown
   */
  private void bounds(Expr.SliceExpr e, long length) {
    @Nullable Expr[] exprs = {e.low(), e.high(), e.max()};
    long[] vals = new long[exprs.length];
    for (int i = 0; i < vals.length; i++) {
      Expr expr = exprs[i];
      if (expr != null) {
        vals[i] = index(expr, length >= 0 ? length + 1 : -1).val();
      } else {
        vals[i] = i == 0 ? 0 : length;
      }
    }
    for (int i = 0; i < vals.length - 1; i++) {
      for (int j = i + 1; j < vals.length; j++) {
        Expr expr = exprs[j];
        if (vals[i] > 0 && vals[j] >= 0 && vals[j] < vals[i] && expr != null) {
          check.errors.errorf(
              expr, Code.SWAPPED_SLICE_INDICES, "invalid slice indices: %d < %d", vals[j], vals[i]);
          return;
        }
      }
    }
  }

  /**
   * An index.
   *
   * @param type its type, invalid if it is wrong
   * @param val its value if it is a valid constant, else -1
   */
  record Index(Type type, long val) {
    private static final Index INVALID = new Index(Basic.INVALID, -1);
  }

  /**
   * Checks an index or a size.
   *
   * @param max what it must be less than if it is constant; -1 for no limit
   */
  Index index(Expr e, long max) {
    Operand x = new Operand();
    check.exprs.expr(null, x, e);
    if (!isValidIndex(x, Code.INVALID_INDEX, "index", false)) {
      return Index.INVALID;
    }
    if (!x.isConstant()) {
      return new Index(x.typ, -1);
    }
    if (x.val().kind() == Constant.Kind.UNKNOWN) {
      return Index.INVALID;
    }
    long val = Constants.int64Val(x.val());
    if (max >= 0 && val >= max) {
      check.errors.errorf(
          x,
          Code.INVALID_INDEX,
          "invalid argument: index %s out of bounds [0:%d]",
          x.val().toString(),
          max);
      return Index.INVALID;
    }
    return new Index(x.typ, val);
  }

  /**
   * Reports whether {@code x} may be an index, a size or the like; if not, there was an error,
   * which calls it {@code what}.
   */
  boolean isValidIndex(Operand x, Code code, String what, boolean allowNegative) {
    if (x.isInvalid()) {
      return false;
    }
    check.untypeds.convertUntyped(x, Basic.INT);
    if (x.isInvalid()) {
      return false;
    }
    if (!allInteger(x.typ)) {
      check.errors.errorf(x, code, "invalid argument: %s %s must be integer", what, x);
      return false;
    }
    if (x.isConstant()) {
      if (!allowNegative && Constants.sign(x.val()) < 0) {
        check.errors.errorf(x, code, "invalid argument: %s %s must not be negative", what, x);
        return false;
      }
      Constant val = check.constants.representable(x.val(), Basic.INT);
      if (val == null) {
        check.errors.errorf(x, code, "invalid argument: %s %s overflows int", what, x);
        return false;
      }
      x.val = val;
    }
    return true;
  }
}
