package dev.escapade.unit;

import dev.escapade.ir.BasicLit;
import dev.escapade.ir.Node;
import dev.escapade.types.constant.Constant;
import dev.escapade.types.constant.Constants;
import org.jspecify.annotations.Nullable;

/** Integer literals. */
public final class ConstantInts {
  private ConstantInts() {}

  /** Reports whether {@code n} is a literal integer of 32 bits (cmd/compile, IsSmallIntConst). */
  public static boolean isSmall(@Nullable Node n) {
    return n instanceof BasicLit lit
        && lit.value.kind() == Constant.Kind.INT
        && Constants.longValueOr(lit.value, Long.MAX_VALUE) == (int) value(n);
  }

  /** The value of an integer literal, or {@link Long#MAX_VALUE} if it is not one of 64 bits. */
  public static long value(@Nullable Node n) {
    return n instanceof BasicLit lit && lit.value.kind() == Constant.Kind.INT
        ? Constants.longValueOr(lit.value, Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }
}
