package dev.escapade.types;

import static dev.escapade.types.Predicates.identical;
import static dev.escapade.types.Predicates.isNonTypeParamInterface;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks composite literals (Go spec, "Composite literals"). */
final class CompositeLitChecker {
  private final Checker check;

  CompositeLitChecker(Checker check) {
    this.check = check;
  }

  /** Checks {@code e}; {@code hint} is its type if it has none in source. */
  void compositeLit(Operand x, Expr.CompositeLit e, @Nullable Type hint) {
    Type type;
    Type base;
    Expr typeExpr = e.type();
    if (typeExpr instanceof Expr.ArrayType array && array.len() == null) {
      type = new Array(check.typeExprs.varType(array.elem()), -1); // the elements tell the length
      base = type;
    } else if (typeExpr != null) {
      type = check.typeExprs.typ(typeExpr);
      base = type;
    } else if (hint != null) {
      type = hint;
      // *T stands for &T{}.
      base = TypeSets.coreType(hint) instanceof Pointer p ? p.elem() : hint;
    } else {
      check.errors.error(e, Code.UNTYPED_LIT, "missing type in composite literal");
      type = Basic.INVALID;
      base = type;
    }
    Type u = TypeSets.coreType(base);
    switch (u) {
      case Struct s -> struct(x, e, s, base);
      case Array a -> array(e, a);
      case Slice s -> elements(e.elems(), s.elem(), -1);
      case MapType m -> map(x, e, m);
      case null, default -> {
        useElements(e);
        if (u == null || isValid(u)) {
          check.errors.errorf(
              e,
              Code.INVALID_LIT,
              "invalid composite literal%s type %s%s",
              typeExpr == null && hint != null ? " element" : "",
              type,
              u == null ? " (no common underlying type)" : "");
          x.invalidate();
          return;
        }
      }
    }
    x.mode = OperandMode.VALUE;
    x.typ = type;
  }

  private void useElements(Expr.CompositeLit e) {
    for (Expr elem : e.elems()) {
      // A key may be the name of a field, so it cannot be looked at.
      check.calls.use(elem instanceof Expr.KeyValueExpr kv ? kv.value() : elem);
    }
  }

  private void array(Expr.CompositeLit e, Array a) {
    long n = elements(e.elems(), a.elem(), a.len());
    if (a.len() < 0) {
      // [...]T, or an array with an invalid length, for which this is the best guess.
      a.setLen(n);
      if (e.type() != null) {
        check.recordTypeAndValue(e.type(), OperandMode.TYPE_EXPR, a, null);
      }
    }
  }

  private void struct(Operand x, Expr.CompositeLit e, Struct s, Type base) {
    List<Expr> elems = e.elems();
    if (elems.isEmpty()) {
      return;
    }
    if (elems.getFirst() instanceof Expr.KeyValueExpr) {
      structWithKeys(x, elems, s, base);
    } else {
      structWithoutKeys(x, e, s, base);
    }
  }

  private void structWithKeys(Operand x, List<Expr> elems, Struct s, Type base) {
    BitSet seen = new BitSet(s.numFields());
    for (Expr elem : elems) {
      if (!(elem instanceof Expr.KeyValueExpr kv)) {
        mixture(elem);
        continue;
      }
      check.exprs.expr(null, x, kv.value());
      if (!(kv.key() instanceof Expr.Name key)) {
        check.errors.errorf(
            kv, Code.INVALID_LIT_FIELD, "invalid field name %s in struct literal", kv.key());
        continue;
      }
      String name = key.value();
      int i = Lookup.fieldIndex(s.fields(), check.pkg, name, false);
      if (i < 0) {
        int similar = Lookup.fieldIndex(s.fields(), check.pkg, name, true);
        Var alt = similar < 0 ? null : s.field(similar);
        check.errors.error(
            key, Code.MISSING_LIT_FIELD, check.selectors.lookupError(base, name, alt, true));
        continue;
      }
      Var field = s.field(i);
      check.recordUse(key, field);
      check.assignments.assignment(x, field.type(), "struct literal");
      if (seen.get(i)) {
        check.errors.errorf(
            kv, Code.DUPLICATE_LIT_FIELD, "duplicate field name %s in struct literal", name);
      }
      seen.set(i);
    }
  }

  private void structWithoutKeys(Operand x, Expr.CompositeLit e, Struct s, Type base) {
    List<Expr> elems = e.elems();
    for (int i = 0; i < elems.size(); i++) {
      Expr elem = elems.get(i);
      if (elem instanceof Expr.KeyValueExpr) {
        mixture(elem);
        continue;
      }
      check.exprs.expr(null, x, elem);
      if (i >= s.numFields()) {
        check.errors.errorf(
            x, Code.INVALID_STRUCT_LIT, "too many values in struct literal of type %s", base);
        break;
      }
      Var field = s.field(i);
      if (!field.exported() && field.pkg() != check.pkg) {
        check.errors.errorf(
            x,
            Code.UNEXPORTED_LIT_FIELD,
            "implicit assignment to unexported field %s in struct literal of type %s",
            field.name(),
            base);
        continue;
      }
      check.assignments.assignment(x, field.type(), "struct literal");
    }
    if (elems.size() < s.numFields()) {
      check.errors.errorf(
          e.rbrace(), Code.INVALID_STRUCT_LIT, "too few values in struct literal of type %s", base);
    }
  }

  private void mixture(Expr elem) {
    check.errors.error(
        elem, Code.MIXED_STRUCT_LIT, "mixture of field:value and value elements in struct literal");
  }

  private void map(Operand x, Expr.CompositeLit e, MapType m) {
    // Keys of interface type are only the same if their own types are, too.
    boolean byType = isNonTypeParamInterface(m.key());
    Map<Object, List<Type>> seen = new HashMap<>();
    for (Expr elem : e.elems()) {
      if (!(elem instanceof Expr.KeyValueExpr kv)) {
        check.errors.error(elem, Code.MISSING_LIT_KEY, "missing key in map literal");
        continue;
      }
      check.exprs.exprWithHint(x, kv.key(), m.key());
      check.assignments.assignment(x, m.key(), "map literal");
      if (x.isInvalid()) {
        continue;
      }
      if (x.isConstant() && !isNewKey(seen, x, byType)) {
        check.errors.errorf(
            x, Code.DUPLICATE_LIT_KEY, "duplicate key %s in map literal", x.val().toString());
        continue;
      }
      check.exprs.exprWithHint(x, kv.value(), m.elem());
      check.assignments.assignment(x, m.elem(), "map literal");
    }
  }

  private static boolean isNewKey(Map<Object, List<Type>> seen, Operand x, boolean byType) {
    Object key = key(x.val());
    if (!byType) {
      return seen.putIfAbsent(key, List.of()) == null;
    }
    List<Type> types = seen.computeIfAbsent(key, _ -> new ArrayList<>(1));
    for (Type t : types) {
      if (identical(t, x.typ)) {
        return false;
      }
    }
    types.add(x.typ);
    return true;
  }

  /** An object that is equal for constants of equal value, whatever their kinds. */
  private static Object key(Constant val) {
    Constant real = Constants.toFloat(val);
    Constant whole = Constants.toInt(real);
    if (whole.kind() == Constant.Kind.INT) {
      return Constants.isInt64(whole) ? Constants.int64Val(whole) : whole.exactString();
    }
    if (real.kind() == Constant.Kind.FLOAT) {
      return Constants.float64Val(real);
    }
    return switch (val.kind()) {
      case COMPLEX ->
          List.of(
              Constants.float64Val(Constants.real(val)), Constants.float64Val(Constants.imag(val)));
      case STRING -> Constants.stringVal(val);
      case BOOL -> Constants.boolVal(val);
      case UNKNOWN, INT, FLOAT -> val;
    };
  }

  /**
   * Checks the elements of an array or slice literal.
   *
   * @param type the type of an element
   * @param length the length of the array, -1 if it is not known
   * @return the largest index plus one
   */
  private long elements(List<Expr> elems, Type type, long length) {
    Seen seen = new Seen();
    long index = 0;
    long max = 0;
    for (Expr elem : elems) {
      Expr value = elem;
      boolean valid = false;
      if (elem instanceof Expr.KeyValueExpr kv) {
        value = kv.value();
        IndexChecker.Index key = check.indexes.index(kv.key(), length);
        if (key.val() >= 0) {
          index = key.val();
          valid = true;
        } else if (isValid(key.type())) {
          check.errors.errorf(
              elem, Code.INVALID_LIT_INDEX, "index %s must be integer constant", kv.key());
        }
      } else if (length >= 0 && index >= length) {
        check.errors.errorf(
            elem, Code.OVERSIZE_ARRAY_LIT, "index %d is out of bounds (>= %d)", index, length);
      } else {
        valid = true;
      }
      if (valid && !seen.add(index)) {
        check.errors.errorf(
            elem, Code.DUPLICATE_LIT_KEY, "duplicate index %d in array or slice literal", index);
      }
      index++;
      max = Math.max(max, index);
      Operand x = new Operand();
      check.exprs.exprWithHint(x, value, type);
      check.assignments.assignment(x, type, "array or slice literal");
    }
    return max;
  }

  /** A set of indices that takes no memory while they come in increasing order. */
  private static final class Seen {
    private long next;
    private @Nullable Set<Long> others;

    /** Adds {@code index}; false if it was there. */
    boolean add(long index) {
      if (others == null) {
        if (index == next) {
          next++;
          return true;
        }
        others = new HashSet<>();
      }
      return index >= next && others.add(index);
    }
  }
}
