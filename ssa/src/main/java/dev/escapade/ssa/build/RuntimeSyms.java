package dev.escapade.ssa.build;

import dev.escapade.ssa.core.Sym;

/** The functions and variables of package runtime that the builder refers to. */
final class RuntimeSyms {
  static final Sym ASSERT_E2I = sym("assertE2I");
  static final Sym ASSERT_E2I2 = sym("assertE2I2");
  static final Sym DEFERPROC = sym("deferproc");
  static final Sym DEFERPROCAT = sym("deferprocat");
  static final Sym DEFERPROC_STACK = sym("deferprocStack");
  static final Sym DEFERRETURN = sym("deferreturn");
  static final Sym GROWSLICE = sym("growslice");
  static final Sym GROWSLICE_BUF = sym("growsliceBuf");
  static final Sym INTERFACE_SWITCH = sym("interfaceSwitch");
  static final Sym MALLOCGC = sym("mallocgc");
  static final Sym MEMMOVE = sym("memmove");
  static final Sym MOVE_SLICE = sym("moveSlice");
  static final Sym MOVE_SLICE_NO_CAP = sym("moveSliceNoCap");
  static final Sym MOVE_SLICE_NO_CAP_NO_SCAN = sym("moveSliceNoCapNoScan");
  static final Sym MOVE_SLICE_NO_SCAN = sym("moveSliceNoScan");
  static final Sym NEWOBJECT = sym("newobject");
  static final Sym NEWPROC = sym("newproc");
  static final Sym PANICDIVIDE = sym("panicdivide");
  static final Sym PANICDOTTYPE_E = sym("panicdottypeE");
  static final Sym PANICDOTTYPE_I = sym("panicdottypeI");
  static final Sym PANICNILDOTTYPE = sym("panicnildottype");
  static final Sym PANICOVERFLOW = sym("panicoverflow");
  static final Sym PANICSHIFT = sym("panicshift");
  static final Sym STRMAX = sym("strmax");
  static final Sym STRMIN = sym("strmin");
  static final Sym TYPE_ASSERT = sym("typeAssert");
  static final Sym TYPEDMEMMOVE = sym("typedmemmove");
  static final Sym X86_HAS_FMA = sym("x86HasFMA");
  static final Sym X86_HAS_POPCNT = sym("x86HasPOPCNT");
  static final Sym X86_HAS_SSE41 = sym("x86HasSSE41");
  static final Sym ZEROBASE = sym("zerobase");

  private RuntimeSyms() {}

  private static Sym sym(String name) {
    return new Sym("runtime." + name);
  }
}
