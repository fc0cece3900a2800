package dev.escapade.syntax;

public final class ExprPrinter {
  public static String toString(Expr n) {
    return "";
  }
}
