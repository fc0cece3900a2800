package dev.escapade.ssa.rewrite;

import dev.escapade.ssa.core.Op;
import dev.escapade.ssa.core.Value;

/** What is plain from the operations of values. */
public final class Facts {
  private Facts() {}

  /** Whether {@code v}, taken as signed, is known not to be negative. */
  public static boolean isNonNegative(Value v) {
    return switch (v.op) {
      case CONST8, CONST16, CONST32, CONST64 -> v.auxInt >= 0;
      case STRING_LEN,
          SLICE_LEN,
          SLICE_CAP,
          ZERO_EXT8TO16,
          ZERO_EXT8TO32,
          ZERO_EXT8TO64,
          ZERO_EXT16TO32,
          ZERO_EXT16TO64,
          ZERO_EXT32TO64,
          CTZ8,
          CTZ16,
          CTZ32,
          CTZ64,
          CTZ8NON_ZERO,
          CTZ16NON_ZERO,
          CTZ32NON_ZERO,
          CTZ64NON_ZERO,
          BIT_LEN8,
          BIT_LEN16,
          BIT_LEN32,
          BIT_LEN64 ->
          true;
      case RSH64UX64, RSH32UX64 -> {
        Value by = v.arg(1);
        yield by.op == Op.CONST64 && by.auxInt > 0;
      }
      case RSH64X64,
          RSH32X64,
          RSH16X64,
          RSH8X64,
          RSH32X32,
          RSH64X32,
          SIGN_EXT32TO64,
          SIGN_EXT16TO64,
          SIGN_EXT8TO64,
          SIGN_EXT16TO32,
          SIGN_EXT8TO32 ->
          isNonNegative(v.arg(0));
      case AND64, AND32, AND16, AND8 -> isNonNegative(v.arg(0)) || isNonNegative(v.arg(1));
      case MOD64,
          MOD32,
          MOD16,
          MOD8,
          DIV64,
          DIV32,
          DIV16,
          DIV8,
          OR64,
          OR32,
          OR16,
          OR8,
          XOR64,
          XOR32,
          XOR16,
          XOR8 ->
          isNonNegative(v.arg(0)) && isNonNegative(v.arg(1));
      default -> false;
    };
  }
}
