package dev.escapade.advice.code;

import dev.escapade.syntax.Expr;
import dev.escapade.types.Const;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Predicates;
import dev.escapade.types.Type;
import dev.escapade.types.TypeName;
import dev.escapade.types.constant.Constants;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Integers that are known to be below 256, as far as the code around them tells. The runtime has
 * boxes for them already (runtime/iface.go, convT64, Go 1.26).
 */
final class SmallNumbers {
  private static final int COUNT = 256;

  /** With fewer constants a type may as well be one of sizes or numbers. */
  private static final int FEWEST_OF_ENUMERATION = 3;

  private final Types types;
  private final Ranges ranges;
  private final Map<TypeName, Boolean> enumerations = new HashMap<>();

  SmallNumbers(Types types, Ranges ranges) {
    this.types = types;
    this.ranges = ranges;
  }

  /** Reports whether an expression is an integer from 0 to 255 whenever it is evaluated. */
  boolean isSmall(@Nullable Expr value) {
    Type t = types.of(value);
    if (value == null || t == null || !Predicates.isInteger(t)) {
      return false;
    }
    return ranges.of(value).isWithin(0, COUNT - 1) || isEnumeration(t);
  }

  /**
   * Reports whether the constants of a type say that its values are small: error numbers, kinds and
   * flags are by their meaning one of these.
   */
  private boolean isEnumeration(Type type) {
    if (!(type.unalias() instanceof Named n)) {
      return false;
    }
    Package declared = n.obj().pkg();
    return declared != null
        && enumerations.computeIfAbsent(n.obj(), _ -> hasSmallConstants(declared, n));
  }

  private static boolean hasSmallConstants(Package declared, Named n) {
    int count = 0;
    for (String name : declared.scope().names()) {
      if (declared.scope().lookup(name) instanceof Const c && c.type() == n) {
        long value = Constants.longValueOr(Constants.toInt(c.val()), -1);
        if (value < 0 || value >= COUNT) {
          return false;
        }
        count++;
      }
    }
    return count >= FEWEST_OF_ENUMERATION;
  }
}
