package dev.escapade.types;

import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an expression.
 *
 * @param mode what the expression denotes
 * @param value null unless the expression is constant
 */
public record TypeAndValue(OperandMode mode, Type type, @Nullable Constant value) {
  /** Reports whether this is a call without results. */
  public boolean isVoid() {
    return mode == OperandMode.NO_VALUE;
  }

  public boolean isType() {
    return mode == OperandMode.TYPE_EXPR;
  }

  public boolean isBuiltin() {
    return mode == OperandMode.BUILTIN;
  }

  public boolean isValue() {
    return switch (mode) {
      case CONSTANT, VARIABLE, MAP_INDEX, VALUE, NIL_VALUE, COMMA_OK, COMMA_ERR -> true;
      case INVALID, NO_VALUE, BUILTIN, TYPE_EXPR, CGO_FUNC -> false;
    };
  }

  /** Reports whether this is the predeclared nil, whatever its type. */
  public boolean isNil() {
    return mode == OperandMode.NIL_VALUE;
  }

  public boolean addressable() {
    return mode == OperandMode.VARIABLE;
  }

  public boolean assignable() {
    return mode == OperandMode.VARIABLE || mode == OperandMode.MAP_INDEX;
  }

  /** Reports whether a second, boolean result may be asked for. */
  public boolean hasOk() {
    return mode == OperandMode.COMMA_OK || mode == OperandMode.MAP_INDEX;
  }
}
