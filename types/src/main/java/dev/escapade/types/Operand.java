package dev.escapade.types;

import static dev.escapade.types.Predicates.hasEmptyTypeset;
import static dev.escapade.types.Predicates.isGeneric;
import static dev.escapade.types.Predicates.isUntyped;
import static dev.escapade.types.Predicates.isValid;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.syntax.Positions;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/**
 * An intermediate result of checking an expression: what the expression denotes, its type and, for
 * a constant, its value (go/types: operand). An operand is filled in by one checking method and
 * changed by the next, so its fields are open to the package. A fresh operand is invalid.
 */
public final class Operand {
  OperandMode mode = OperandMode.INVALID;

  /** Null only for operands without a source expression. */
  @Nullable Expr expr;

  Type typ = Basic.INVALID;

  /** Null unless the mode is {@code CONSTANT}. */
  @Nullable Constant val;

  /** Null unless the mode is {@code BUILTIN}. */
  @Nullable BuiltinId id;

  /** An invalid operand without an expression. */
  Operand() {}

  /** An operand that is not a constant. */
  Operand(OperandMode mode, @Nullable Expr expr, Type typ) {
    this.mode = mode;
    this.expr = expr;
    this.typ = typ;
  }

  /** A constant. */
  static Operand constant(@Nullable Expr expr, Type typ, Constant val) {
    Operand x = new Operand(OperandMode.CONSTANT, expr, typ);
    x.val = val;
    return x;
  }

  /** Takes over everything from {@code other}. */
  void set(Operand other) {
    mode = other.mode;
    expr = other.expr;
    typ = other.typ;
    val = other.val;
    id = other.id;
  }

  Operand copy() {
    Operand x = new Operand();
    x.set(this);
    return x;
  }

  void invalidate() {
    mode = OperandMode.INVALID;
  }

  boolean isInvalid() {
    return mode == OperandMode.INVALID;
  }

  boolean isConstant() {
    return mode == OperandMode.CONSTANT;
  }

  /** Reports whether this is the predeclared nil without a type. */
  boolean isNil() {
    return mode == OperandMode.NIL_VALUE;
  }

  /** The expression, which must be known. */
  Expr expr() {
    if (expr == null) {
      throw new AssertionError("operand without expression: " + mode);
    }
    return expr;
  }

  /** The value of a constant. */
  Constant val() {
    if (val == null) {
      throw new AssertionError("operand without value: " + mode);
    }
    return val;
  }

  /** The position of the expression, 0 without one. */
  int pos() {
    return expr == null ? 0 : expr.pos();
  }

  /** Where errors about this operand are reported: the start of the expression, 0 without one. */
  int startPos() {
    return expr == null ? 0 : Positions.startPos(expr);
  }

  @Override
  public String toString() {
    return describe(Qualifier.PATH);
  }

  /**
   * The operand in the words of the compiler's messages: the expression, and in parentheses its
   * mode, value and type (go/types: operandString).
   */
  String describe(Qualifier qf) {
    if (mode == OperandMode.NIL_VALUE) {
      return describeNil(qf);
    }
    String source = source(qf);
    StringBuilder out = new StringBuilder();
    if (!source.isEmpty()) {
      out.append(source).append(" (");
    }
    boolean typed = hasType();
    if (typed && typ instanceof Basic basic && isUntyped(basic)) {
      out.append(basic.name()).append(' ');
      typed = false;
    }
    out.append(mode);
    if (mode == OperandMode.CONSTANT) {
      String text = val().toString();
      if (!text.equals(source)) {
        out.append(' ').append(text);
      }
    }
    if (typed) {
      describeType(out, qf);
    }
    if (!source.isEmpty()) {
      out.append(')');
    }
    return out.toString();
  }

  private String describeNil(Qualifier qf) {
    if (typ == Basic.INVALID) {
      return "nil (with invalid type)";
    }
    if (typ == Basic.UNTYPED_NIL) {
      return "nil";
    }
    return "nil (of type " + TypeString.typeString(typ, qf) + ")";
  }

  private String source(Qualifier qf) {
    if (expr != null) {
      return ExprPrinter.toString(expr);
    }
    return switch (mode) {
      case BUILTIN -> id == null ? "" : id.goName();
      case TYPE_EXPR -> TypeString.typeString(typ, qf);
      case CONSTANT -> val().toString();
      default -> "";
    };
  }

  private boolean hasType() {
    return switch (mode) {
      case INVALID, NO_VALUE, BUILTIN, TYPE_EXPR -> false;
      default -> true;
    };
  }

  /** Says what the type is made of if its name does not, or what constrains a type parameter. */
  private void describeType(StringBuilder out, Qualifier qf) {
    if (!isValid(typ)) {
      out.append(" with invalid type");
      return;
    }
    out.append(" of ");
    if (isGeneric(typ)) {
      out.append("generic ");
    }
    Type unaliased = typ.unalias();
    if (!(unaliased instanceof TypeParam) && (typ instanceof Alias || typ instanceof Named)) {
      String kind = compositeKind(typ);
      out.append(kind.isEmpty() ? ((Basic) typ.underlying()).name() : kind).append(' ');
    }
    out.append("type ").append(TypeString.typeString(typ, qf));
    if (unaliased instanceof TypeParam param) {
      out.append(" constrained by ").append(TypeString.typeString(param.constraint(), qf));
      if (hasEmptyTypeset(param)) {
        out.append(" with empty type set");
      }
    }
  }

  /** What kind of composite type {@code typ} is underneath, "" for a basic type. */
  static String compositeKind(Type typ) {
    return switch (typ.underlying()) {
      case Basic _ -> "";
      case Array _ -> "array";
      case Slice _ -> "slice";
      case Struct _ -> "struct";
      case Pointer _ -> "pointer";
      case Signature _ -> "func";
      case Interface _ -> "interface";
      case MapType _ -> "map";
      case Chan _ -> "chan";
      case Tuple _ -> "tuple";
      case Union _ -> "union";
      case Named _, Alias _, TypeParam _ -> throw new AssertionError("not an underlying type");
    };
  }
}
