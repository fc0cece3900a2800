package dev.escapade.ssa.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
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

final class RulesTest {
  private final STypes types = new STypes(Sizes.forArch("amd64"));
  private final Func f = new Func(new Config(types, true), "f");
  private final Block entry = f.newBlock(BlockKind.PLAIN);
  private final Value x = entry.newValue(0, 0, Op.ARG, types.int64);
  private final Value y = entry.newValue(0, 0, Op.ARG, types.int64);

  private Value make(Op op, Value... args) {
    return entry.newValue(0, 0, op, types.int64, args);
  }

  private Value constant(long c) {
    return entry.newValueI(0, 0, Op.CONST64, types.int64, c);
  }

  @Test
  void resultIsAPart() {
    Rules rules = new Rules().add("(x + y) - x -> y");
    Value v = make(Op.SUB64, make(Op.ADD64, x, y), x);
    assertTrue(rules.apply(v, false));
    assertEquals(Op.COPY, v.op);
    assertSame(y, v.arg(0));
  }

  @Test
  void commutativeOperandsAreTriedInBothOrders() {
    Rules rules = new Rules().add("(x + y) - x -> y");
    Value v = make(Op.SUB64, make(Op.ADD64, y, x), x);
    assertTrue(rules.apply(v, false));
    assertSame(y, v.arg(0));
  }

  @Test
  void theSameNameAsksForTheSameValue() {
    Rules rules = new Rules().add("(x + y) - x -> y");
    Value z = make(Op.NEG64, x);
    assertFalse(rules.apply(make(Op.SUB64, make(Op.ADD64, x, y), z), false));
  }

  @Test
  void constantsAreComputedAtTheirWidth() {
    Rules rules = new Rules().add("#c + #d -> #(c+d)", 8);
    Value v =
        entry.newValue(
            0,
            0,
            Op.ADD8,
            types.int8,
            entry.newValueI(0, 0, Op.CONST8, types.int8, 100),
            entry.newValueI(0, 0, Op.CONST8, types.int8, 100));
    assertTrue(rules.apply(v, false));
    assertEquals(Op.CONST8, v.op);
    assertEquals(-56, v.auxInt);
  }

  @Test
  void conditionsAreAsked() {
    Rules rules = new Rules().add("x * #c -> -x if c == -1");
    assertFalse(rules.apply(make(Op.MUL64, x, constant(2)), false));
    Value v = make(Op.MUL64, constant(-1), x);
    assertTrue(rules.apply(v, false));
    assertEquals(Op.NEG64, v.op);
  }

  @Test
  void aRuleIsOfItsWidths() {
    Rules rules = new Rules().add("-(-x) -> x", 32);
    assertFalse(rules.apply(make(Op.NEG64, make(Op.NEG64, x)), false));
  }
}
