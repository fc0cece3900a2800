package dev.escapade.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Sizes as unsafe.Sizeof and its relatives give them in programs that gc compiles. */
class SizesTest {
  private final Snippet s =
      Snippet.valid(
          """
          type mixed struct{ a bool; b int64; c uint16; d string; e []int; f any }
          type endsEmpty struct{ a int32; b struct{} }
          type empty struct{}
          type big [1 << 62]int32
          type nested struct{ x int8; m mixed }
          type complexes struct{ a bool; c complex64; d complex128 }
          """);

  @Test
  void structsAreLaidOutWithPadding() {
    Sizes amd64 = Sizes.forArch("amd64");
    Struct mixed = (Struct) s.type("mixed").underlying();
    assertArrayEquals(new long[] {0, 8, 16, 24, 40, 64}, amd64.offsetsof(mixed.fields()));
    assertEquals(80, amd64.sizeof(mixed));
    Sizes i386 = Sizes.forArch("386");
    assertArrayEquals(new long[] {0, 4, 12, 16, 24, 36}, i386.offsetsof(mixed.fields()));
    assertEquals(44, i386.sizeof(mixed));
    assertEquals(4, i386.alignof(Basic.INT64), "at most a word");
    assertEquals(8 + 16, amd64.offsetof(s.type("nested"), new int[] {1, 2}));
    assertArrayEquals(
        new long[] {0, 4, 16},
        amd64.offsetsof(((Struct) s.type("complexes").underlying()).fields()));
  }

  @Test
  void lastFieldOfSizeZeroTakesAByte() {
    assertEquals(8, Sizes.forArch("arm64").sizeof(s.type("endsEmpty")));
    assertEquals(0, Sizes.forArch("arm64").sizeof(s.type("empty")));
  }

  @Test
  void whatIsTooLargeIsNegative() {
    assertEquals(Sizes.TOO_LARGE, Sizes.forArch("amd64").sizeof(s.type("big")));
  }

  @Test
  void nestedPairsTakeNoTimeThatDoubles() {
    StringBuilder source = new StringBuilder("type t0 struct{ a, b int32 }\n");
    for (int i = 1; i <= 70; i++) {
      source.append("type t%d struct{ a, b t%d }\n".formatted(i, i - 1));
    }
    Snippet pairs = Snippet.valid(source.toString());
    Sizes sizes = Sizes.forArch("amd64");
    assertEquals(8L << 50, sizes.sizeof(pairs.type("t50")));
    assertEquals(4, sizes.alignof(pairs.type("t70")));
    assertEquals(Sizes.TOO_LARGE, sizes.sizeof(pairs.type("t70")));
  }
}
