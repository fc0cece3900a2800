package dev.escapade.ir;

import dev.escapade.types.Basic;
import dev.escapade.types.Type;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import dev.escapade.types.constant.GoStrings;

/** How constants are spelled in the compiler's messages. */
final class Literals {
  private Literals() {}

  /** The code point that {@code v} stands for, or -1 if it is none. */
  static int rune(Constant v) {
    if (v.kind() != Constant.Kind.INT) {
      return -1;
    }
    long c = Constants.longValueOr(v, -1);
    return c >= 0 && c <= Character.MAX_CODE_POINT ? (int) c : -1;
  }

  /** A rune literal as Go's %q has it. */
  static String quoteRune(int c) {
    if (c == '"') {
      return "'\"'";
    }
    if (c == '\'') {
      return "'\\''";
    }
    int shown = Character.isSurrogate((char) c) && c < 0x10000 ? 0xfffd : c;
    String quoted = GoStrings.quote(GoStrings.encode(Character.toString(shown)));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  /** Reports whether {@code t} is what an untyped constant such as {@code v} becomes. */
  static boolean isDefaultType(Type type, Constant v) {
    Type t = type.unalias();
    return switch (v.kind()) {
      case BOOL -> t == Basic.BOOL || t == Basic.UNTYPED_BOOL;
      case STRING -> t == Basic.STRING || t == Basic.UNTYPED_STRING;
      case INT -> t == Basic.INT || t == Basic.UNTYPED_INT;
      case FLOAT -> t == Basic.FLOAT64 || t == Basic.UNTYPED_FLOAT;
      case COMPLEX -> t == Basic.COMPLEX128 || t == Basic.UNTYPED_COMPLEX;
      case UNKNOWN -> false;
    };
  }
}
