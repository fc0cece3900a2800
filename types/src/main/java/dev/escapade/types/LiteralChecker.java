package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.LitKind;
import dev.escapade.syntax.Positions;
import dev.escapade.types.constant.Constant;
import org.jspecify.annotations.Nullable;

/**
 * Checks basic literals and function literals; composite literals are left to {@link
 * CompositeLitChecker}.
 */
final class LiteralChecker {
  /** The longest number in characters: more digits mean nothing, but take time. */
  private static final int MAX_NUMBER_LENGTH = 10_000;

  private final Checker check;
  private final CompositeLitChecker composites;

  LiteralChecker(Checker check) {
    this.check = check;
    this.composites = new CompositeLitChecker(check);
  }

  /** Checks a basic literal. */
  void basicLit(Operand x, Expr.BasicLit e) {
    if (e.bad()) {
      x.invalidate(); // was reported by the parser
      return;
    }
    if (isNumber(e.kind())) {
      checkVersion(e);
      int length = e.value().length();
      if (length > MAX_NUMBER_LENGTH) {
        check.errors.errorf(
            e,
            Code.INVALID_CONST_VAL,
            "excessively long constant: %s... (%d chars)",
            e.value().substring(0, 10),
            length);
        x.invalidate();
        return;
      }
    }
    Constant val = Constant.ofLiteral(e.value(), e.kind());
    if (val.kind() == Constant.Kind.UNKNOWN) {
      check.errors.errorf(e, Code.INVALID_CONST_VAL, "malformed constant: %s", e.value());
      x.invalidate();
      return;
    }
    x.mode = OperandMode.CONSTANT;
    x.typ = untypedType(e.kind());
    x.val = val;
    x.expr = e;
    check.constants.overflow(x, Positions.startPos(e));
  }

  private static boolean isNumber(LitKind kind) {
    return switch (kind) {
      case INT, FLOAT, IMAG -> true;
      case RUNE, STRING -> false;
    };
  }

  private static Basic untypedType(LitKind kind) {
    return switch (kind) {
      case INT -> Basic.UNTYPED_INT;
      case FLOAT -> Basic.UNTYPED_FLOAT;
      case IMAG -> Basic.UNTYPED_COMPLEX;
      case RUNE -> Basic.UNTYPED_RUNE;
      case STRING -> Basic.UNTYPED_STRING;
    };
  }

  /** Reports a spelling of a number that the language version does not have. */
  private void checkVersion(Expr.BasicLit e) {
    String s = e.value();
    if (s.length() <= 2 || check.allowVersion(GoVersion.GO1_13)) {
      return;
    }
    String what = null;
    if (s.indexOf('_') >= 0) {
      what = "underscore in numeric literal";
    } else if (s.charAt(0) == '0') {
      what =
          switch (s.charAt(1)) {
            case 'b', 'B' -> "binary literal";
            case 'o', 'O' -> "0o/0O-style octal literal";
            case 'x', 'X' -> e.kind() == LitKind.INT ? null : "hexadecimal floating-point literal";
            default -> null;
          };
    }
    if (what != null) {
      check.errors.versionErrorf(e, GoVersion.GO1_13, what);
    }
  }

  /** Checks a function literal; its body is checked when the surrounding statement is done. */
  void funcLit(Operand x, Expr.FuncLit e) {
    if (!(check.typeExprs.typ(e.type()) instanceof Signature sig)) {
      check.errors.errorf(e, Code.INVALID_SYNTAX_TREE, "invalid function literal %v", e);
      x.invalidate();
      return;
    }
    if (!check.conf.ignoreFuncBodies()) {
      // The body belongs to the package-level declaration that is being checked. It may refer to
      // the type that the literal is part of, so it waits, but not until its scope changes.
      Environment env = check.env;
      DeclInfo decl = env.decl;
      Constant iota = env.iota;
      check.later(() -> check.stmts.funcBody(decl, sig, e.body(), iota));
    }
    x.mode = OperandMode.VALUE;
    x.typ = sig;
  }

  /** Checks a composite literal; {@code hint} is its type if it has none in source. */
  void compositeLit(Operand x, Expr.CompositeLit e, @Nullable Type hint) {
    composites.compositeLit(x, e, hint);
  }
}
