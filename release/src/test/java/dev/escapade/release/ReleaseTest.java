package dev.escapade.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReleaseTest {
  @Test
  void intrinsicsDependOnTheArchitecture() {
    Intrinsics amd64 = Release.GO1_26.intrinsics(Arch.of("amd64"));
    Intrinsics mips = Release.GO1_26.intrinsics(Arch.of("mips"));
    assertTrue(amd64.contains("math", "sqrt"));
    assertTrue(amd64.contains("math/bits", "RotateLeft64"));
    assertFalse(mips.contains("math/bits", "RotateLeft64"));
    assertFalse(amd64.contains("math", "Sin"));
    assertFalse(amd64.contains("example.com/math", "sqrt"));
  }

  @Test
  void someIntrinsicsNeedALaterInstructionSet() {
    Arch base = Arch.of("riscv64");
    Arch rva22 = new Arch("riscv64", 8, false, false, 22);
    assertFalse(Release.GO1_26.intrinsics(base).contains("math/bits", "Len64"));
    assertTrue(Release.GO1_26.intrinsics(rva22).contains("math/bits", "Len64"));
  }

  @Test
  void softFloatHasNoMathIntrinsics() {
    Arch arch = new Arch("mips", 4, false, true, 0);
    assertFalse(Release.GO1_26.intrinsics(arch).contains("math", "Abs"));
    assertTrue(Release.GO1_26.intrinsics(Arch.of("mips")).contains("math", "Abs"));
  }

  @Test
  void releaseWithoutTableIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Intrinsics.read("go0.1", Arch.of("amd64")));
  }

  @Test
  void positionsSaturate() {
    PositionRules rules = Release.GO1_26.positions();
    assertEquals(254, rules.column(1, 254));
    assertTrue(rules.isPrinted(254));
    assertEquals(255, rules.column(1, 300));
    assertFalse(rules.isPrinted(255));
    assertEquals(0, rules.column(2_000_000, 7));
    assertEquals((1 << 20) - 2, rules.line(2_000_000));
  }

  @Test
  void specialCalls() {
    Arch amd64 = Arch.of("amd64");
    Arch arm = Arch.of("arm");
    assertEquals(
        SpecialCalls.Kind.CHEAP, SpecialCalls.function("internal/byteorder", "LEUint32", amd64));
    assertEquals(
        SpecialCalls.Kind.ORDINARY, SpecialCalls.function("internal/byteorder", "LEUint32", arm));
    assertEquals(
        SpecialCalls.Kind.CHEAP,
        SpecialCalls.method("encoding/binary", "bigEndian.PutUint16", amd64));
    assertEquals(SpecialCalls.Kind.THROW, SpecialCalls.function("go.runtime", "throw", amd64));
    assertEquals(SpecialCalls.Kind.ORDINARY, SpecialCalls.function("runtime", "throw", amd64));
  }
}
