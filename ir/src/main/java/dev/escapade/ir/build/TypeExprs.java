package dev.escapade.ir.build;

import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Positions within type expressions. */
final class TypeExprs {
  private TypeExprs() {}

  /**
   * Where the variable of a type switch clause counts as declared: at the last name of the last
   * type (noder/quirks.go: typeExprEndPos).
   */
  static int endPos(Expr type) {
    Expr e = type;
    while (true) {
      Expr inner =
          switch (e) {
            case Expr.SelectorExpr x -> x.x();
            case Expr.ParenExpr x -> x.x();
            case Expr.UnaryExpr x -> x.x();
            case Expr.ArrayType x -> x.elem();
            case Expr.ChanType x -> x.elem();
            case Expr.DotsType x -> x.elem();
            case Expr.MapType x -> x.value();
            case Expr.SliceType x -> x.elem();
            case Expr.InterfaceType x -> last(x.methods());
            case Expr.FuncType x -> x.results().isEmpty() ? last(x.params()) : last(x.results());
            case Expr.IndexExpr x -> Stmts.unpack(x.index()).getLast();
            default -> null;
          };
      if (inner == null) {
        return e.pos();
      }
      e = inner;
    }
  }

  private static @Nullable Expr last(List<Field> fields) {
    return fields.isEmpty() ? null : fields.getLast().type();
  }
}
