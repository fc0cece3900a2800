package dev.escapade.ssa.core;

import static dev.escapade.ssa.core.OpTraits.CALL;
import static dev.escapade.ssa.core.OpTraits.CHECKS_NIL;
import static dev.escapade.ssa.core.OpTraits.COMMUTATIVE;
import static dev.escapade.ssa.core.OpTraits.SIDE_EFFECTS;
import static dev.escapade.ssa.core.OpTraits.SYM_ADDR;
import static dev.escapade.ssa.core.OpTraits.SYM_READ;
import static dev.escapade.ssa.core.OpTraits.SYM_WRITE;
import static dev.escapade.ssa.core.OpTraits.ZERO_WIDTH;

/**
 * The operations of values (cmd/compile/internal/ssa/_gen/genericOps.go, Go 1.26). The operations
 * of one family stand together in the order of their widths, 8 to 64 bits, so that {@link #width}
 * finds the relative of another width.
 */
public enum Op {
  INVALID("OpInvalid", 0, AuxKind.NONE, 0, ""),
  LAST("Last", -1, AuxKind.NONE, 0, ""),
  ADD8("Add8", 2, AuxKind.NONE, COMMUTATIVE, ""),
  ADD16("Add16", 2, AuxKind.NONE, COMMUTATIVE, ""),
  ADD32("Add32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  ADD64("Add64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  ADD_PTR("AddPtr", 2, AuxKind.NONE, 0, ""),
  ADD32F("Add32F", 2, AuxKind.NONE, COMMUTATIVE, ""),
  ADD64F("Add64F", 2, AuxKind.NONE, COMMUTATIVE, ""),
  SUB8("Sub8", 2, AuxKind.NONE, 0, ""),
  SUB16("Sub16", 2, AuxKind.NONE, 0, ""),
  SUB32("Sub32", 2, AuxKind.NONE, 0, ""),
  SUB64("Sub64", 2, AuxKind.NONE, 0, ""),
  SUB_PTR("SubPtr", 2, AuxKind.NONE, 0, ""),
  SUB32F("Sub32F", 2, AuxKind.NONE, 0, ""),
  SUB64F("Sub64F", 2, AuxKind.NONE, 0, ""),
  MUL8("Mul8", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL16("Mul16", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL32("Mul32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL64("Mul64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL32F("Mul32F", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL64F("Mul64F", 2, AuxKind.NONE, COMMUTATIVE, ""),
  DIV32F("Div32F", 2, AuxKind.NONE, 0, ""),
  DIV64F("Div64F", 2, AuxKind.NONE, 0, ""),
  HMUL32("Hmul32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  HMUL64("Hmul64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  HMUL32U("Hmul32u", 2, AuxKind.NONE, COMMUTATIVE, ""),
  HMUL64U("Hmul64u", 2, AuxKind.NONE, COMMUTATIVE, ""),
  MUL32UHILO("Mul32uhilo", 2, AuxKind.NONE, COMMUTATIVE, "(UInt32,UInt32)"),
  MUL64UHILO("Mul64uhilo", 2, AuxKind.NONE, COMMUTATIVE, "(UInt64,UInt64)"),
  MUL32UOVER("Mul32uover", 2, AuxKind.NONE, COMMUTATIVE, "(UInt32,Bool)"),
  MUL64UOVER("Mul64uover", 2, AuxKind.NONE, COMMUTATIVE, "(UInt64,Bool)"),
  AVG32U("Avg32u", 2, AuxKind.NONE, 0, "UInt32"),
  AVG64U("Avg64u", 2, AuxKind.NONE, 0, "UInt64"),
  DIV8("Div8", 2, AuxKind.NONE, 0, ""),
  DIV16("Div16", 2, AuxKind.BOOL, 0, ""),
  DIV32("Div32", 2, AuxKind.BOOL, 0, ""),
  DIV64("Div64", 2, AuxKind.BOOL, 0, ""),
  DIV8U("Div8u", 2, AuxKind.NONE, 0, ""),
  DIV16U("Div16u", 2, AuxKind.NONE, 0, ""),
  DIV32U("Div32u", 2, AuxKind.NONE, 0, ""),
  DIV64U("Div64u", 2, AuxKind.NONE, 0, ""),
  DIV128U("Div128u", 3, AuxKind.NONE, 0, ""),
  MOD8("Mod8", 2, AuxKind.NONE, 0, ""),
  MOD16("Mod16", 2, AuxKind.BOOL, 0, ""),
  MOD32("Mod32", 2, AuxKind.BOOL, 0, ""),
  MOD64("Mod64", 2, AuxKind.BOOL, 0, ""),
  MOD8U("Mod8u", 2, AuxKind.NONE, 0, ""),
  MOD16U("Mod16u", 2, AuxKind.NONE, 0, ""),
  MOD32U("Mod32u", 2, AuxKind.NONE, 0, ""),
  MOD64U("Mod64u", 2, AuxKind.NONE, 0, ""),
  AND8("And8", 2, AuxKind.NONE, COMMUTATIVE, ""),
  AND16("And16", 2, AuxKind.NONE, COMMUTATIVE, ""),
  AND32("And32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  AND64("And64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  OR8("Or8", 2, AuxKind.NONE, COMMUTATIVE, ""),
  OR16("Or16", 2, AuxKind.NONE, COMMUTATIVE, ""),
  OR32("Or32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  OR64("Or64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  XOR8("Xor8", 2, AuxKind.NONE, COMMUTATIVE, ""),
  XOR16("Xor16", 2, AuxKind.NONE, COMMUTATIVE, ""),
  XOR32("Xor32", 2, AuxKind.NONE, COMMUTATIVE, ""),
  XOR64("Xor64", 2, AuxKind.NONE, COMMUTATIVE, ""),
  LSH8X8("Lsh8x8", 2, AuxKind.BOOL, 0, ""),
  LSH8X16("Lsh8x16", 2, AuxKind.BOOL, 0, ""),
  LSH8X32("Lsh8x32", 2, AuxKind.BOOL, 0, ""),
  LSH8X64("Lsh8x64", 2, AuxKind.BOOL, 0, ""),
  LSH16X8("Lsh16x8", 2, AuxKind.BOOL, 0, ""),
  LSH16X16("Lsh16x16", 2, AuxKind.BOOL, 0, ""),
  LSH16X32("Lsh16x32", 2, AuxKind.BOOL, 0, ""),
  LSH16X64("Lsh16x64", 2, AuxKind.BOOL, 0, ""),
  LSH32X8("Lsh32x8", 2, AuxKind.BOOL, 0, ""),
  LSH32X16("Lsh32x16", 2, AuxKind.BOOL, 0, ""),
  LSH32X32("Lsh32x32", 2, AuxKind.BOOL, 0, ""),
  LSH32X64("Lsh32x64", 2, AuxKind.BOOL, 0, ""),
  LSH64X8("Lsh64x8", 2, AuxKind.BOOL, 0, ""),
  LSH64X16("Lsh64x16", 2, AuxKind.BOOL, 0, ""),
  LSH64X32("Lsh64x32", 2, AuxKind.BOOL, 0, ""),
  LSH64X64("Lsh64x64", 2, AuxKind.BOOL, 0, ""),
  RSH8X8("Rsh8x8", 2, AuxKind.BOOL, 0, ""),
  RSH8X16("Rsh8x16", 2, AuxKind.BOOL, 0, ""),
  RSH8X32("Rsh8x32", 2, AuxKind.BOOL, 0, ""),
  RSH8X64("Rsh8x64", 2, AuxKind.BOOL, 0, ""),
  RSH16X8("Rsh16x8", 2, AuxKind.BOOL, 0, ""),
  RSH16X16("Rsh16x16", 2, AuxKind.BOOL, 0, ""),
  RSH16X32("Rsh16x32", 2, AuxKind.BOOL, 0, ""),
  RSH16X64("Rsh16x64", 2, AuxKind.BOOL, 0, ""),
  RSH32X8("Rsh32x8", 2, AuxKind.BOOL, 0, ""),
  RSH32X16("Rsh32x16", 2, AuxKind.BOOL, 0, ""),
  RSH32X32("Rsh32x32", 2, AuxKind.BOOL, 0, ""),
  RSH32X64("Rsh32x64", 2, AuxKind.BOOL, 0, ""),
  RSH64X8("Rsh64x8", 2, AuxKind.BOOL, 0, ""),
  RSH64X16("Rsh64x16", 2, AuxKind.BOOL, 0, ""),
  RSH64X32("Rsh64x32", 2, AuxKind.BOOL, 0, ""),
  RSH64X64("Rsh64x64", 2, AuxKind.BOOL, 0, ""),
  RSH8UX8("Rsh8Ux8", 2, AuxKind.BOOL, 0, ""),
  RSH8UX16("Rsh8Ux16", 2, AuxKind.BOOL, 0, ""),
  RSH8UX32("Rsh8Ux32", 2, AuxKind.BOOL, 0, ""),
  RSH8UX64("Rsh8Ux64", 2, AuxKind.BOOL, 0, ""),
  RSH16UX8("Rsh16Ux8", 2, AuxKind.BOOL, 0, ""),
  RSH16UX16("Rsh16Ux16", 2, AuxKind.BOOL, 0, ""),
  RSH16UX32("Rsh16Ux32", 2, AuxKind.BOOL, 0, ""),
  RSH16UX64("Rsh16Ux64", 2, AuxKind.BOOL, 0, ""),
  RSH32UX8("Rsh32Ux8", 2, AuxKind.BOOL, 0, ""),
  RSH32UX16("Rsh32Ux16", 2, AuxKind.BOOL, 0, ""),
  RSH32UX32("Rsh32Ux32", 2, AuxKind.BOOL, 0, ""),
  RSH32UX64("Rsh32Ux64", 2, AuxKind.BOOL, 0, ""),
  RSH64UX8("Rsh64Ux8", 2, AuxKind.BOOL, 0, ""),
  RSH64UX16("Rsh64Ux16", 2, AuxKind.BOOL, 0, ""),
  RSH64UX32("Rsh64Ux32", 2, AuxKind.BOOL, 0, ""),
  RSH64UX64("Rsh64Ux64", 2, AuxKind.BOOL, 0, ""),
  EQ8("Eq8", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ16("Eq16", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ32("Eq32", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ64("Eq64", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ_PTR("EqPtr", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ_INTER("EqInter", 2, AuxKind.NONE, 0, "Bool"),
  EQ_SLICE("EqSlice", 2, AuxKind.NONE, 0, "Bool"),
  EQ32F("Eq32F", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ64F("Eq64F", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ8("Neq8", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ16("Neq16", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ32("Neq32", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ64("Neq64", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ_PTR("NeqPtr", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ_INTER("NeqInter", 2, AuxKind.NONE, 0, "Bool"),
  NEQ_SLICE("NeqSlice", 2, AuxKind.NONE, 0, "Bool"),
  NEQ32F("Neq32F", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ64F("Neq64F", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  LESS8("Less8", 2, AuxKind.NONE, 0, "Bool"),
  LESS16("Less16", 2, AuxKind.NONE, 0, "Bool"),
  LESS32("Less32", 2, AuxKind.NONE, 0, "Bool"),
  LESS64("Less64", 2, AuxKind.NONE, 0, "Bool"),
  LESS8U("Less8U", 2, AuxKind.NONE, 0, "Bool"),
  LESS16U("Less16U", 2, AuxKind.NONE, 0, "Bool"),
  LESS32U("Less32U", 2, AuxKind.NONE, 0, "Bool"),
  LESS64U("Less64U", 2, AuxKind.NONE, 0, "Bool"),
  LESS32F("Less32F", 2, AuxKind.NONE, 0, "Bool"),
  LESS64F("Less64F", 2, AuxKind.NONE, 0, "Bool"),
  LEQ8("Leq8", 2, AuxKind.NONE, 0, "Bool"),
  LEQ16("Leq16", 2, AuxKind.NONE, 0, "Bool"),
  LEQ32("Leq32", 2, AuxKind.NONE, 0, "Bool"),
  LEQ64("Leq64", 2, AuxKind.NONE, 0, "Bool"),
  LEQ8U("Leq8U", 2, AuxKind.NONE, 0, "Bool"),
  LEQ16U("Leq16U", 2, AuxKind.NONE, 0, "Bool"),
  LEQ32U("Leq32U", 2, AuxKind.NONE, 0, "Bool"),
  LEQ64U("Leq64U", 2, AuxKind.NONE, 0, "Bool"),
  LEQ32F("Leq32F", 2, AuxKind.NONE, 0, "Bool"),
  LEQ64F("Leq64F", 2, AuxKind.NONE, 0, "Bool"),
  COND_SELECT("CondSelect", 3, AuxKind.NONE, 0, ""),
  AND_B("AndB", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  OR_B("OrB", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EQ_B("EqB", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NEQ_B("NeqB", 2, AuxKind.NONE, COMMUTATIVE, "Bool"),
  NOT("Not", 1, AuxKind.NONE, 0, "Bool"),
  NEG8("Neg8", 1, AuxKind.NONE, 0, ""),
  NEG16("Neg16", 1, AuxKind.NONE, 0, ""),
  NEG32("Neg32", 1, AuxKind.NONE, 0, ""),
  NEG64("Neg64", 1, AuxKind.NONE, 0, ""),
  NEG32F("Neg32F", 1, AuxKind.NONE, 0, ""),
  NEG64F("Neg64F", 1, AuxKind.NONE, 0, ""),
  COM8("Com8", 1, AuxKind.NONE, 0, ""),
  COM16("Com16", 1, AuxKind.NONE, 0, ""),
  COM32("Com32", 1, AuxKind.NONE, 0, ""),
  COM64("Com64", 1, AuxKind.NONE, 0, ""),
  CTZ8("Ctz8", 1, AuxKind.NONE, 0, ""),
  CTZ16("Ctz16", 1, AuxKind.NONE, 0, ""),
  CTZ32("Ctz32", 1, AuxKind.NONE, 0, ""),
  CTZ64("Ctz64", 1, AuxKind.NONE, 0, ""),
  CTZ64ON32("Ctz64On32", 2, AuxKind.NONE, 0, ""),
  CTZ8NON_ZERO("Ctz8NonZero", 1, AuxKind.NONE, 0, ""),
  CTZ16NON_ZERO("Ctz16NonZero", 1, AuxKind.NONE, 0, ""),
  CTZ32NON_ZERO("Ctz32NonZero", 1, AuxKind.NONE, 0, ""),
  CTZ64NON_ZERO("Ctz64NonZero", 1, AuxKind.NONE, 0, ""),
  BIT_LEN8("BitLen8", 1, AuxKind.NONE, 0, ""),
  BIT_LEN16("BitLen16", 1, AuxKind.NONE, 0, ""),
  BIT_LEN32("BitLen32", 1, AuxKind.NONE, 0, ""),
  BIT_LEN64("BitLen64", 1, AuxKind.NONE, 0, ""),
  BSWAP16("Bswap16", 1, AuxKind.NONE, 0, ""),
  BSWAP32("Bswap32", 1, AuxKind.NONE, 0, ""),
  BSWAP64("Bswap64", 1, AuxKind.NONE, 0, ""),
  BIT_REV8("BitRev8", 1, AuxKind.NONE, 0, ""),
  BIT_REV16("BitRev16", 1, AuxKind.NONE, 0, ""),
  BIT_REV32("BitRev32", 1, AuxKind.NONE, 0, ""),
  BIT_REV64("BitRev64", 1, AuxKind.NONE, 0, ""),
  POP_COUNT8("PopCount8", 1, AuxKind.NONE, 0, ""),
  POP_COUNT16("PopCount16", 1, AuxKind.NONE, 0, ""),
  POP_COUNT32("PopCount32", 1, AuxKind.NONE, 0, ""),
  POP_COUNT64("PopCount64", 1, AuxKind.NONE, 0, ""),
  ROTATE_LEFT8("RotateLeft8", 2, AuxKind.NONE, 0, ""),
  ROTATE_LEFT16("RotateLeft16", 2, AuxKind.NONE, 0, ""),
  ROTATE_LEFT32("RotateLeft32", 2, AuxKind.NONE, 0, ""),
  ROTATE_LEFT64("RotateLeft64", 2, AuxKind.NONE, 0, ""),
  SQRT("Sqrt", 1, AuxKind.NONE, 0, ""),
  SQRT32("Sqrt32", 1, AuxKind.NONE, 0, ""),
  FLOOR("Floor", 1, AuxKind.NONE, 0, ""),
  CEIL("Ceil", 1, AuxKind.NONE, 0, ""),
  TRUNC("Trunc", 1, AuxKind.NONE, 0, ""),
  ROUND("Round", 1, AuxKind.NONE, 0, ""),
  ROUND_TO_EVEN("RoundToEven", 1, AuxKind.NONE, 0, ""),
  ABS("Abs", 1, AuxKind.NONE, 0, ""),
  COPYSIGN("Copysign", 2, AuxKind.NONE, 0, ""),
  MIN64("Min64", 2, AuxKind.NONE, 0, ""),
  MAX64("Max64", 2, AuxKind.NONE, 0, ""),
  MIN64U("Min64u", 2, AuxKind.NONE, 0, ""),
  MAX64U("Max64u", 2, AuxKind.NONE, 0, ""),
  MIN64F("Min64F", 2, AuxKind.NONE, 0, ""),
  MIN32F("Min32F", 2, AuxKind.NONE, 0, ""),
  MAX64F("Max64F", 2, AuxKind.NONE, 0, ""),
  MAX32F("Max32F", 2, AuxKind.NONE, 0, ""),
  FMA("FMA", 3, AuxKind.NONE, 0, ""),
  PHI("Phi", -1, AuxKind.NONE, ZERO_WIDTH, ""),
  COPY("Copy", 1, AuxKind.NONE, 0, ""),
  CONVERT("Convert", 2, AuxKind.NONE, ZERO_WIDTH, ""),
  CONST_BOOL("ConstBool", 0, AuxKind.BOOL, 0, ""),
  CONST_STRING("ConstString", 0, AuxKind.STRING, 0, ""),
  CONST_NIL("ConstNil", 0, AuxKind.NONE, 0, "BytePtr"),
  CONST8("Const8", 0, AuxKind.INT8, 0, ""),
  CONST16("Const16", 0, AuxKind.INT16, 0, ""),
  CONST32("Const32", 0, AuxKind.INT32, 0, ""),
  CONST64("Const64", 0, AuxKind.INT64, 0, ""),
  CONST32F("Const32F", 0, AuxKind.FLOAT32, 0, ""),
  CONST64F("Const64F", 0, AuxKind.FLOAT64, 0, ""),
  CONST_INTERFACE("ConstInterface", 0, AuxKind.NONE, 0, ""),
  CONST_SLICE("ConstSlice", 0, AuxKind.NONE, 0, ""),
  INIT_MEM("InitMem", 0, AuxKind.NONE, ZERO_WIDTH, ""),
  ARG("Arg", 0, AuxKind.SYM_OFF, ZERO_WIDTH | SYM_READ, ""),
  ARG_INT_REG("ArgIntReg", 0, AuxKind.NAME_OFFSET_INT8, ZERO_WIDTH, ""),
  ARG_FLOAT_REG("ArgFloatReg", 0, AuxKind.NAME_OFFSET_INT8, ZERO_WIDTH, ""),
  ADDR("Addr", 1, AuxKind.SYM, SYM_ADDR, ""),
  LOCAL_ADDR("LocalAddr", 2, AuxKind.SYM, SYM_ADDR, ""),
  SP("SP", 0, AuxKind.NONE, ZERO_WIDTH, ""),
  SB("SB", 0, AuxKind.NONE, ZERO_WIDTH, "UIntptr"),
  SPANCHORED("SPanchored", 2, AuxKind.NONE, ZERO_WIDTH, "UIntptr"),
  LOAD("Load", 2, AuxKind.NONE, 0, ""),
  DEREFERENCE("Dereference", 2, AuxKind.NONE, 0, ""),
  STORE("Store", 3, AuxKind.TYP, 0, "Mem"),
  MOVE("Move", 3, AuxKind.TYP_SIZE, 0, "Mem"),
  ZERO("Zero", 2, AuxKind.TYP_SIZE, 0, "Mem"),
  STORE_WB("StoreWB", 3, AuxKind.TYP, 0, "Mem"),
  MOVE_WB("MoveWB", 3, AuxKind.TYP_SIZE, 0, "Mem"),
  ZERO_WB("ZeroWB", 2, AuxKind.TYP_SIZE, 0, "Mem"),
  WBEND("WBend", 1, AuxKind.NONE, 0, "Mem"),
  WB("WB", 1, AuxKind.INT64, 0, "(BytePtr,Mem)"),
  HAS_CPUFEATURE("HasCPUFeature", 0, AuxKind.SYM, 0, "Bool"),
  PANIC_BOUNDS("PanicBounds", 3, AuxKind.INT64, CALL, "Mem"),
  PANIC_EXTEND("PanicExtend", 4, AuxKind.INT64, CALL, "Mem"),
  CLOSURE_CALL("ClosureCall", -1, AuxKind.CALL_OFF, CALL, ""),
  STATIC_CALL("StaticCall", -1, AuxKind.CALL_OFF, CALL, ""),
  INTER_CALL("InterCall", -1, AuxKind.CALL_OFF, CALL, ""),
  TAIL_CALL("TailCall", -1, AuxKind.CALL_OFF, CALL, ""),
  CLOSURE_LE_CALL("ClosureLECall", -1, AuxKind.CALL_OFF, CALL, ""),
  STATIC_LE_CALL("StaticLECall", -1, AuxKind.CALL_OFF, CALL, ""),
  INTER_LE_CALL("InterLECall", -1, AuxKind.CALL_OFF, CALL, ""),
  TAIL_LE_CALL("TailLECall", -1, AuxKind.CALL_OFF, CALL, ""),
  SIGN_EXT8TO16("SignExt8to16", 1, AuxKind.NONE, 0, "Int16"),
  SIGN_EXT8TO32("SignExt8to32", 1, AuxKind.NONE, 0, "Int32"),
  SIGN_EXT8TO64("SignExt8to64", 1, AuxKind.NONE, 0, "Int64"),
  SIGN_EXT16TO32("SignExt16to32", 1, AuxKind.NONE, 0, "Int32"),
  SIGN_EXT16TO64("SignExt16to64", 1, AuxKind.NONE, 0, "Int64"),
  SIGN_EXT32TO64("SignExt32to64", 1, AuxKind.NONE, 0, "Int64"),
  ZERO_EXT8TO16("ZeroExt8to16", 1, AuxKind.NONE, 0, "UInt16"),
  ZERO_EXT8TO32("ZeroExt8to32", 1, AuxKind.NONE, 0, "UInt32"),
  ZERO_EXT8TO64("ZeroExt8to64", 1, AuxKind.NONE, 0, "UInt64"),
  ZERO_EXT16TO32("ZeroExt16to32", 1, AuxKind.NONE, 0, "UInt32"),
  ZERO_EXT16TO64("ZeroExt16to64", 1, AuxKind.NONE, 0, "UInt64"),
  ZERO_EXT32TO64("ZeroExt32to64", 1, AuxKind.NONE, 0, "UInt64"),
  TRUNC16TO8("Trunc16to8", 1, AuxKind.NONE, 0, ""),
  TRUNC32TO8("Trunc32to8", 1, AuxKind.NONE, 0, ""),
  TRUNC32TO16("Trunc32to16", 1, AuxKind.NONE, 0, ""),
  TRUNC64TO8("Trunc64to8", 1, AuxKind.NONE, 0, ""),
  TRUNC64TO16("Trunc64to16", 1, AuxKind.NONE, 0, ""),
  TRUNC64TO32("Trunc64to32", 1, AuxKind.NONE, 0, ""),
  CVT32TO32F("Cvt32to32F", 1, AuxKind.NONE, 0, ""),
  CVT32TO64F("Cvt32to64F", 1, AuxKind.NONE, 0, ""),
  CVT64TO32F("Cvt64to32F", 1, AuxKind.NONE, 0, ""),
  CVT64TO64F("Cvt64to64F", 1, AuxKind.NONE, 0, ""),
  CVT32FTO32("Cvt32Fto32", 1, AuxKind.NONE, 0, ""),
  CVT32FTO64("Cvt32Fto64", 1, AuxKind.NONE, 0, ""),
  CVT64FTO32("Cvt64Fto32", 1, AuxKind.NONE, 0, ""),
  CVT64FTO64("Cvt64Fto64", 1, AuxKind.NONE, 0, ""),
  CVT32FTO64F("Cvt32Fto64F", 1, AuxKind.NONE, 0, ""),
  CVT64FTO32F("Cvt64Fto32F", 1, AuxKind.NONE, 0, ""),
  CVT_BOOL_TO_UINT8("CvtBoolToUint8", 1, AuxKind.NONE, 0, ""),
  ROUND32F("Round32F", 1, AuxKind.NONE, 0, ""),
  ROUND64F("Round64F", 1, AuxKind.NONE, 0, ""),
  IS_NON_NIL("IsNonNil", 1, AuxKind.NONE, 0, "Bool"),
  IS_IN_BOUNDS("IsInBounds", 2, AuxKind.NONE, 0, "Bool"),
  IS_SLICE_IN_BOUNDS("IsSliceInBounds", 2, AuxKind.NONE, 0, "Bool"),
  NIL_CHECK("NilCheck", 2, AuxKind.NONE, CHECKS_NIL, ""),
  GET_G("GetG", 1, AuxKind.NONE, ZERO_WIDTH, ""),
  GET_CLOSURE_PTR("GetClosurePtr", 0, AuxKind.NONE, 0, ""),
  GET_CALLER_PC("GetCallerPC", 0, AuxKind.NONE, 0, ""),
  GET_CALLER_SP("GetCallerSP", 1, AuxKind.NONE, 0, ""),
  PTR_INDEX("PtrIndex", 2, AuxKind.NONE, 0, ""),
  OFF_PTR("OffPtr", 1, AuxKind.INT64, 0, ""),
  SLICE_MAKE("SliceMake", 3, AuxKind.NONE, 0, ""),
  SLICE_PTR("SlicePtr", 1, AuxKind.NONE, 0, "BytePtr"),
  SLICE_LEN("SliceLen", 1, AuxKind.NONE, 0, ""),
  SLICE_CAP("SliceCap", 1, AuxKind.NONE, 0, ""),
  SLICE_PTR_UNCHECKED("SlicePtrUnchecked", 1, AuxKind.NONE, 0, ""),
  COMPLEX_MAKE("ComplexMake", 2, AuxKind.NONE, 0, ""),
  COMPLEX_REAL("ComplexReal", 1, AuxKind.NONE, 0, ""),
  COMPLEX_IMAG("ComplexImag", 1, AuxKind.NONE, 0, ""),
  STRING_MAKE("StringMake", 2, AuxKind.NONE, 0, ""),
  STRING_PTR("StringPtr", 1, AuxKind.NONE, 0, "BytePtr"),
  STRING_LEN("StringLen", 1, AuxKind.NONE, 0, "Int"),
  IMAKE("IMake", 2, AuxKind.NONE, 0, ""),
  ITAB("ITab", 1, AuxKind.NONE, 0, "UIntptr"),
  IDATA("IData", 1, AuxKind.NONE, 0, ""),
  STRUCT_MAKE("StructMake", -1, AuxKind.NONE, 0, ""),
  STRUCT_SELECT("StructSelect", 1, AuxKind.INT64, 0, ""),
  ARRAY_MAKE1("ArrayMake1", 1, AuxKind.NONE, 0, ""),
  ARRAY_SELECT("ArraySelect", 1, AuxKind.INT64, 0, ""),
  STORE_REG("StoreReg", 1, AuxKind.NONE, 0, ""),
  LOAD_REG("LoadReg", 1, AuxKind.NONE, 0, ""),
  FWD_REF("FwdRef", 0, AuxKind.SYM, 0, ""),
  UNKNOWN("Unknown", 0, AuxKind.NONE, 0, ""),
  VAR_DEF("VarDef", 1, AuxKind.SYM, ZERO_WIDTH, "Mem"),
  VAR_LIVE("VarLive", 1, AuxKind.SYM, ZERO_WIDTH | SYM_READ, ""),
  KEEP_ALIVE("KeepAlive", 2, AuxKind.NONE, ZERO_WIDTH, "Mem"),
  INL_MARK("InlMark", 1, AuxKind.INT32, 0, "Void"),
  INT64MAKE("Int64Make", 2, AuxKind.NONE, 0, "UInt64"),
  INT64HI("Int64Hi", 1, AuxKind.NONE, 0, "UInt32"),
  INT64LO("Int64Lo", 1, AuxKind.NONE, 0, "UInt32"),
  ADD32CARRY("Add32carry", 2, AuxKind.NONE, COMMUTATIVE, "(UInt32,Flags)"),
  ADD32WITHCARRY("Add32withcarry", 3, AuxKind.NONE, COMMUTATIVE, ""),
  ADD32CARRYWITHCARRY("Add32carrywithcarry", 3, AuxKind.NONE, COMMUTATIVE, "(UInt32,Flags)"),
  SUB32CARRY("Sub32carry", 2, AuxKind.NONE, 0, "(UInt32,Flags)"),
  SUB32WITHCARRY("Sub32withcarry", 3, AuxKind.NONE, 0, ""),
  ADD64CARRY("Add64carry", 3, AuxKind.NONE, COMMUTATIVE, "(UInt64,UInt64)"),
  SUB64BORROW("Sub64borrow", 3, AuxKind.NONE, 0, "(UInt64,UInt64)"),
  SIGNMASK("Signmask", 1, AuxKind.NONE, 0, "Int32"),
  ZEROMASK("Zeromask", 1, AuxKind.NONE, 0, "UInt32"),
  SLICEMASK("Slicemask", 1, AuxKind.NONE, 0, ""),
  SPECTRE_INDEX("SpectreIndex", 2, AuxKind.NONE, 0, ""),
  SPECTRE_SLICE_INDEX("SpectreSliceIndex", 2, AuxKind.NONE, 0, ""),
  CVT32UTO32F("Cvt32Uto32F", 1, AuxKind.NONE, 0, ""),
  CVT32UTO64F("Cvt32Uto64F", 1, AuxKind.NONE, 0, ""),
  CVT32FTO32U("Cvt32Fto32U", 1, AuxKind.NONE, 0, ""),
  CVT64FTO32U("Cvt64Fto32U", 1, AuxKind.NONE, 0, ""),
  CVT64UTO32F("Cvt64Uto32F", 1, AuxKind.NONE, 0, ""),
  CVT64UTO64F("Cvt64Uto64F", 1, AuxKind.NONE, 0, ""),
  CVT32FTO64U("Cvt32Fto64U", 1, AuxKind.NONE, 0, ""),
  CVT64FTO64U("Cvt64Fto64U", 1, AuxKind.NONE, 0, ""),
  SELECT0("Select0", 1, AuxKind.NONE, ZERO_WIDTH, ""),
  SELECT1("Select1", 1, AuxKind.NONE, ZERO_WIDTH, ""),
  MAKE_TUPLE("MakeTuple", 2, AuxKind.NONE, 0, ""),
  SELECT_N("SelectN", 1, AuxKind.INT64, 0, ""),
  SELECT_NADDR("SelectNAddr", 1, AuxKind.INT64, 0, ""),
  MAKE_RESULT("MakeResult", -1, AuxKind.NONE, 0, ""),
  ATOMIC_LOAD8("AtomicLoad8", 2, AuxKind.NONE, 0, "(UInt8,Mem)"),
  ATOMIC_LOAD32("AtomicLoad32", 2, AuxKind.NONE, 0, "(UInt32,Mem)"),
  ATOMIC_LOAD64("AtomicLoad64", 2, AuxKind.NONE, 0, "(UInt64,Mem)"),
  ATOMIC_LOAD_PTR("AtomicLoadPtr", 2, AuxKind.NONE, 0, "(BytePtr,Mem)"),
  ATOMIC_LOAD_ACQ32("AtomicLoadAcq32", 2, AuxKind.NONE, 0, "(UInt32,Mem)"),
  ATOMIC_LOAD_ACQ64("AtomicLoadAcq64", 2, AuxKind.NONE, 0, "(UInt64,Mem)"),
  ATOMIC_STORE8("AtomicStore8", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE32("AtomicStore32", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE64("AtomicStore64", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE_PTR_NO_WB("AtomicStorePtrNoWB", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE_REL32("AtomicStoreRel32", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE_REL64("AtomicStoreRel64", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_EXCHANGE8("AtomicExchange8", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  ATOMIC_EXCHANGE32("AtomicExchange32", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_EXCHANGE64("AtomicExchange64", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_ADD32("AtomicAdd32", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_ADD64("AtomicAdd64", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_COMPARE_AND_SWAP32("AtomicCompareAndSwap32", 4, AuxKind.NONE, SIDE_EFFECTS, "(Bool,Mem)"),
  ATOMIC_COMPARE_AND_SWAP64("AtomicCompareAndSwap64", 4, AuxKind.NONE, SIDE_EFFECTS, "(Bool,Mem)"),
  ATOMIC_COMPARE_AND_SWAP_REL32(
      "AtomicCompareAndSwapRel32", 4, AuxKind.NONE, SIDE_EFFECTS, "(Bool,Mem)"),
  ATOMIC_AND8("AtomicAnd8", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_OR8("AtomicOr8", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_AND32("AtomicAnd32", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_OR32("AtomicOr32", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_AND64VALUE("AtomicAnd64value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_AND32VALUE("AtomicAnd32value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_AND8VALUE("AtomicAnd8value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  ATOMIC_OR64VALUE("AtomicOr64value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_OR32VALUE("AtomicOr32value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_OR8VALUE("AtomicOr8value", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  ATOMIC_STORE8VARIANT("AtomicStore8Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE32VARIANT("AtomicStore32Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_STORE64VARIANT("AtomicStore64Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "Mem"),
  ATOMIC_ADD32VARIANT("AtomicAdd32Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_ADD64VARIANT("AtomicAdd64Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_EXCHANGE8VARIANT("AtomicExchange8Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  ATOMIC_EXCHANGE32VARIANT(
      "AtomicExchange32Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_EXCHANGE64VARIANT(
      "AtomicExchange64Variant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_COMPARE_AND_SWAP32VARIANT(
      "AtomicCompareAndSwap32Variant", 4, AuxKind.NONE, SIDE_EFFECTS, "(Bool,Mem)"),
  ATOMIC_COMPARE_AND_SWAP64VARIANT(
      "AtomicCompareAndSwap64Variant", 4, AuxKind.NONE, SIDE_EFFECTS, "(Bool,Mem)"),
  ATOMIC_AND64VALUE_VARIANT(
      "AtomicAnd64valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_OR64VALUE_VARIANT("AtomicOr64valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt64,Mem)"),
  ATOMIC_AND32VALUE_VARIANT(
      "AtomicAnd32valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_OR32VALUE_VARIANT("AtomicOr32valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt32,Mem)"),
  ATOMIC_AND8VALUE_VARIANT("AtomicAnd8valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  ATOMIC_OR8VALUE_VARIANT("AtomicOr8valueVariant", 3, AuxKind.NONE, SIDE_EFFECTS, "(UInt8,Mem)"),
  PUB_BARRIER("PubBarrier", 1, AuxKind.NONE, SIDE_EFFECTS, ""),
  CLOBBER("Clobber", 0, AuxKind.SYM_OFF, 0, "Void"),
  CLOBBER_REG("ClobberReg", 0, AuxKind.NONE, 0, "Void"),
  PREFETCH_CACHE("PrefetchCache", 2, AuxKind.NONE, SIDE_EFFECTS, ""),
  PREFETCH_CACHE_STREAMED("PrefetchCacheStreamed", 2, AuxKind.NONE, SIDE_EFFECTS, ""),
  MEM_EQ("MemEq", 4, AuxKind.NONE, COMMUTATIVE, "Bool"),
  EMPTY("Empty", 0, AuxKind.NONE, 0, ""),
  CVT16TO_MASK8X16("Cvt16toMask8x16", 1, AuxKind.NONE, 0, ""),
  CVT32TO_MASK8X32("Cvt32toMask8x32", 1, AuxKind.NONE, 0, ""),
  CVT64TO_MASK8X64("Cvt64toMask8x64", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK16X8("Cvt8toMask16x8", 1, AuxKind.NONE, 0, ""),
  CVT16TO_MASK16X16("Cvt16toMask16x16", 1, AuxKind.NONE, 0, ""),
  CVT32TO_MASK16X32("Cvt32toMask16x32", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK32X4("Cvt8toMask32x4", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK32X8("Cvt8toMask32x8", 1, AuxKind.NONE, 0, ""),
  CVT16TO_MASK32X16("Cvt16toMask32x16", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK64X2("Cvt8toMask64x2", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK64X4("Cvt8toMask64x4", 1, AuxKind.NONE, 0, ""),
  CVT8TO_MASK64X8("Cvt8toMask64x8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK8X16TO16("CvtMask8x16to16", 1, AuxKind.NONE, 0, ""),
  CVT_MASK8X32TO32("CvtMask8x32to32", 1, AuxKind.NONE, 0, ""),
  CVT_MASK8X64TO64("CvtMask8x64to64", 1, AuxKind.NONE, 0, ""),
  CVT_MASK16X8TO8("CvtMask16x8to8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK16X16TO16("CvtMask16x16to16", 1, AuxKind.NONE, 0, ""),
  CVT_MASK16X32TO32("CvtMask16x32to32", 1, AuxKind.NONE, 0, ""),
  CVT_MASK32X4TO8("CvtMask32x4to8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK32X8TO8("CvtMask32x8to8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK32X16TO16("CvtMask32x16to16", 1, AuxKind.NONE, 0, ""),
  CVT_MASK64X2TO8("CvtMask64x2to8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK64X4TO8("CvtMask64x4to8", 1, AuxKind.NONE, 0, ""),
  CVT_MASK64X8TO8("CvtMask64x8to8", 1, AuxKind.NONE, 0, "");
  private static final Op[] VALUES = values();

  private final String text;
  private final int argCount;
  private final AuxKind auxKind;
  private final int traits;
  private final String resultType;
  private final int bits;

  Op(String text, int argCount, AuxKind auxKind, int traits, String resultType) {
    this.text = text;
    this.argCount = argCount;
    this.auxKind = auxKind;
    this.traits = traits;
    this.resultType = resultType;
    this.bits = firstNumber(text);
  }

  private static int firstNumber(String text) {
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        n = n * 10 + (c - '0');
      } else if (n > 0) {
        break;
      }
    }
    return n;
  }

  /** The name in dumps. */
  public String text() {
    return text;
  }

  /** The number of arguments, or -1 if it varies. */
  public int argCount() {
    return argCount;
  }

  public AuxKind auxKind() {
    return auxKind;
  }

  public boolean isCommutative() {
    return (traits & COMMUTATIVE) != 0;
  }

  /** Whether the operation does more than compute a value: it may not be dropped or moved. */
  public boolean hasSideEffects() {
    return (traits & SIDE_EFFECTS) != 0;
  }

  public boolean isCall() {
    return (traits & CALL) != 0;
  }

  public boolean isNilCheck() {
    return (traits & CHECKS_NIL) != 0;
  }

  /** Whether no instruction comes of it. */
  public boolean isZeroWidth() {
    return (traits & ZERO_WIDTH) != 0;
  }

  /** Whether it reads, writes or takes the address of the variable in its aux. */
  public boolean usesSym() {
    return (traits & (SYM_READ | SYM_WRITE | SYM_ADDR)) != 0;
  }

  public boolean readsSym() {
    return (traits & SYM_READ) != 0;
  }

  public boolean writesSym() {
    return (traits & SYM_WRITE) != 0;
  }

  public boolean addressesSym() {
    return (traits & SYM_ADDR) != 0;
  }

  /** The type of the result where the operation fixes it, as {@code (UInt64,Mem)}; or empty. */
  public String resultType() {
    return resultType;
  }

  /** The first number in the name: the width in bits of what is operated on; 0 if there is none. */
  public int bits() {
    return bits;
  }

  /**
   * The member of the family of {@code eight} that operates on {@code bits} bits.
   *
   * @param eight the member for 8 bits
   * @param bits 8, 16, 32 or 64
   */
  @SuppressWarnings("EnumOrdinal") // the order is the point: see the type's comment
  public static Op width(Op eight, int bits) {
    return VALUES[eight.ordinal() + log(bits)];
  }

  /**
   * A shift.
   *
   * @param eight the member of the family that shifts 8 bits by 8 bits
   * @param bits the width of what is shifted
   * @param by the width of the count
   */
  @SuppressWarnings("EnumOrdinal") // the order is the point: see the type's comment
  public static Op shift(Op eight, int bits, int by) {
    return VALUES[eight.ordinal() + 4 * log(bits) + log(by)];
  }

  /** The constant of {@code bits} bits. */
  public static Op constant(int bits) {
    return width(CONST8, bits);
  }

  private static int log(int bits) {
    return Integer.numberOfTrailingZeros(bits) - 3;
  }

  @Override
  public String toString() {
    return text;
  }
}
