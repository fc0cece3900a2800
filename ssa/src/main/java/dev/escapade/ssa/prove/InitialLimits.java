package dev.escapade.ssa.prove;

import dev.escapade.ssa.core.Value;

/** The limits that the operation and type of a value tell. */
final class InitialLimits {
  private InitialLimits() {}

  static Limit of(Value v) {
    if (v.type.isBoolean()) {
      return switch (v.op) {
        case CONST_BOOL -> Limit.of(v.auxInt);
        default -> new Limit(0, 1, 0, 1);
      };
    }
    if (v.type.isPtrShaped()) {
      return switch (v.op) {
        case CONST_NIL -> Limit.ZERO;
        case ADDR, LOCAL_ADDR -> Limit.NONE.unsignedMin(1);
        default -> Limit.NONE;
      };
    }
    if (!v.type.isInteger()) {
      return Limit.NONE;
    }
    int bits = 8 * (int) v.type.size();
    Limit l = Limit.ofWidth(bits);
    long c = v.auxInt;
    l =
        switch (v.op) {
          case CONST64 -> new Limit(c, c, c, c);
          case CONST32 -> new Limit(c, c, c & 0xffff_ffffL, c & 0xffff_ffffL);
          case CONST16 -> new Limit(c, c, c & 0xffff, c & 0xffff);
          case CONST8 -> new Limit(c, c, c & 0xff, c & 0xff);
          case ZERO_EXT8TO64, ZERO_EXT8TO32, ZERO_EXT8TO16 -> l.signed(0, 0xff).unsignedMax(0xff);
          case ZERO_EXT16TO64, ZERO_EXT16TO32 -> l.signed(0, 0xffff).unsignedMax(0xffff);
          case ZERO_EXT32TO64 -> l.signed(0, 0xffff_ffffL).unsignedMax(0xffff_ffffL);
          case SIGN_EXT8TO64, SIGN_EXT8TO32, SIGN_EXT8TO16 ->
              l.signed(Byte.MIN_VALUE, Byte.MAX_VALUE);
          case SIGN_EXT16TO64, SIGN_EXT16TO32 -> l.signed(Short.MIN_VALUE, Short.MAX_VALUE);
          case SIGN_EXT32TO64 -> l.signed(Integer.MIN_VALUE, Integer.MAX_VALUE);
          case CTZ64,
              CTZ32,
              CTZ16,
              CTZ8,
              BIT_LEN64,
              BIT_LEN32,
              BIT_LEN16,
              BIT_LEN8,
              POP_COUNT64,
              POP_COUNT32,
              POP_COUNT16,
              POP_COUNT8 ->
              l.unsignedMax(8 * v.arg(0).type.size());
          case CVT_BOOL_TO_UINT8 -> l.unsignedMax(1);
          case SLICE_LEN, SLICE_CAP -> {
            // No more elements than memory has.
            long size = v.arg(0).type.elem().size();
            yield (size > 0 ? l.unsignedMax(Long.divideUnsigned(-1, size)) : l).signedMin(0);
          }
          case STRING_LEN -> l.signedMin(0);
          default -> l;
        };
    return l.tightened(bits);
  }
}
