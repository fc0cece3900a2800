package dev.escapade.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small questions about trees. */
public final class Syntax {
  private Syntax() {}

  /** {@code x} without the parentheses around it. */
  public static Expr unparen(Expr x) {
    Expr e = x;
    while (e instanceof Expr.ParenExpr p) {
      e = p.x();
    }
    return e;
  }

  /** The elements of a {@link Expr.ListExpr}; another expression alone; nothing for null. */
  public static List<Expr> unpackList(@Nullable Expr x) {
    return switch (x) {
      case null -> List.of();
      case Expr.ListExpr list -> list.elems();
      default -> List.of(x); // every other expression stands for itself
    };
  }
}
