package dev.escapade.staticinit;

import dev.escapade.ir.AssignListStmt;
import dev.escapade.ir.AssignOpStmt;
import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.BasicLit;
import dev.escapade.ir.BinaryExpr;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Ir;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.StarExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.Visit;
import dev.escapade.types.Package;
import dev.escapade.types.constant.Constants;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.Unit;
import org.jspecify.annotations.Nullable;

/** What evaluating an expression may do besides giving a value. */
public final class Effects {
  private Effects() {}

  /** Reports whether evaluating {@code n} may be observed. */
  public static boolean any(Node n) {
    return Visit.any(n, Effects::has);
  }

  /** Reports whether {@code n} itself, whatever its operands are, may be observed. */
  private static boolean has(Node n) {
    return switch (n.op()) {
      case NAME,
          NONAME,
          TYPE,
          LITERAL,
          NIL,
          ADD,
          SUB,
          OR,
          XOR,
          ADDSTR,
          ADDR,
          ANDAND,
          BYTES2STR,
          RUNES2STR,
          STR2BYTES,
          STR2RUNES,
          CAP,
          COMPLIT,
          MAPLIT,
          STRUCTLIT,
          ARRAYLIT,
          SLICELIT,
          PTRLIT,
          CONV,
          CONVIFACE,
          CONVNOP,
          DOT,
          EQ,
          NE,
          LT,
          LE,
          GT,
          GE,
          KEY,
          STRUCTKEY,
          LEN,
          MUL,
          LSH,
          RSH,
          AND,
          ANDNOT,
          NEW,
          NOT,
          BITNOT,
          PLUS,
          NEG,
          OROR,
          PAREN,
          RUNESTR,
          REAL,
          IMAG,
          COMPLEX ->
          false;
      case DIV, MOD -> !isNonZero(((BinaryExpr) n).y);
      case MAKECHAN, MAKEMAP -> ConstantInts.value(((MakeExpr) n).len) != 0;
      default -> true;
    };
  }

  private static boolean isNonZero(Node n) {
    return n instanceof BasicLit lit && Constants.sign(lit.value) != 0;
  }

  /** Reports whether {@code n} has the same value however often it is evaluated. */
  static boolean isRepeatable(Node n) {
    return !Visit.any(n, x -> has(x) || makesNew(x));
  }

  private static boolean makesNew(Node n) {
    return switch (n.op()) {
      case MAKECHAN,
          MAKEMAP,
          MAKESLICE,
          MAKESLICECOPY,
          MAPLIT,
          NEW,
          PTRLIT,
          SLICELIT,
          STR2BYTES,
          STR2RUNES ->
          true;
      default -> false;
    };
  }

  /** Reports whether evaluating {@code n} may change a variable of package {@code local}. */
  static boolean mayModifyVariables(Node n, Package local) {
    return Visit.any(n, x -> mayModify(x, local));
  }

  private static boolean mayModify(Node n, Package local) {
    return switch (n) {
      case CallExpr c ->
          switch (c.op()) {
            case CALLFUNC, CALLINTER -> !isFuncPc(c);
            case APPEND -> true;
            default -> false;
          };
      case AssignOpStmt s -> isVariableOf(s.x, local);
      case AssignStmt s -> isVariableOf(s.x, local);
      case AssignListStmt s -> s.lhs.stream().anyMatch(x -> isVariableOf(x, local));
      default -> n.op() == Op.CLEAR || n.op() == Op.COPY;
    };
  }

  private static boolean isFuncPc(CallExpr c) {
    return c.fun instanceof Name fun
        && (fun.sym.name().equals("FuncPCABI0") || fun.sym.name().equals("FuncPCABIInternal"))
        && Unit.packagePath(fun.sym).equals("internal/abi");
  }

  /** Reports whether a store to {@code target} may reach a variable of {@code local}. */
  private static boolean isVariableOf(@Nullable Node target, Package local) {
    if (target == null) {
      return false;
    }
    Node outer = Ir.outerValue(target);
    while (outer instanceof StarExpr star) {
      outer = star.x;
    }
    return !(outer instanceof Name n) || (n.storage == StorageClass.EXTERN && n.sym.pkg() == local);
  }
}
