package dev.escapade.ssa.prove;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.escapade.ssa.core.Block;
import dev.escapade.ssa.core.BlockKind;
import dev.escapade.ssa.core.Config;
import dev.escapade.ssa.core.Func;
import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.STypes;
import dev.escapade.ssa.core.Value;
import dev.escapade.types.Sizes;
import org.junit.jupiter.api.Test;

final class PartialOrderTest {
  private final STypes types = new STypes(Sizes.forArch("amd64"));
  private final Func f = new Func(new Config(types, true), "f");
  private final Block entry = f.newBlock(BlockKind.PLAIN);
  private final Value a = value();
  private final Value b = value();
  private final Value c = value();
  private final Value d = value();
  private final PartialOrder order = new PartialOrder();

  private Value value() {
    return entry.newValue(0, 0, Op.ARG, types.int64);
  }

  @Test
  void followsPaths() {
    assertTrue(order.setOrder(a, b, true));
    assertTrue(order.setOrder(b, c, false));
    assertTrue(order.isOrderedOrEqual(a, c));
    assertFalse(order.isOrderedOrEqual(c, b));
    assertTrue(order.isOrderedOrEqual(b, c));
    assertFalse(order.isOrderedOrEqual(a, d));
  }

  @Test
  void contradictionsAreRefused() {
    assertTrue(order.setOrder(a, b, true));
    assertFalse(order.setOrder(b, a, false));
    assertFalse(order.setEqual(a, b));
    assertTrue(order.setNonEqual(c, d));
    assertFalse(order.setEqual(c, d));
  }

  @Test
  void circlesAreEqual() {
    assertTrue(order.setOrder(a, b, false));
    assertTrue(order.setOrder(b, c, false));
    assertTrue(order.setOrder(c, a, false));
    assertTrue(order.isEqual(a, c));
    assertFalse(order.setOrder(b, c, true));
  }

  @Test
  void restoresWhatWasKnown() {
    assertTrue(order.setOrder(a, b, true));
    order.checkpoint();
    assertTrue(order.setEqual(b, c));
    assertTrue(order.isOrderedOrEqual(a, c));
    order.restore();
    assertTrue(order.isOrderedOrEqual(a, b));
    assertFalse(order.isOrderedOrEqual(a, c));
    assertTrue(order.setOrder(c, a, true));
  }
}
