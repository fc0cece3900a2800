package dev.escapade.escape;

import dev.escapade.ir.AddrExpr;
import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.ExprNode;
import dev.escapade.ir.MakeExpr;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.ir.StorageClass;
import dev.escapade.ir.UnaryExpr;
import dev.escapade.release.EscapeRules;
import dev.escapade.types.Pointer;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import dev.escapade.unit.ConstantInts;
import dev.escapade.unit.TypeFacts;
import dev.escapade.unit.Unit;
import org.jspecify.annotations.Nullable;

/** Why something must be on the heap wherever it flows (escape/utils.go, HeapAllocReason). */
final class HeapReason {
  private static final String TOO_LARGE = "too large for stack";
  private static final String TOO_ALIGNED = "too aligned for stack";
  private static final String EMPTY_ELEMENT = "zero-sized element";

  private final EscapeRules rules;
  private final TypeFacts types;

  HeapReason(Unit unit) {
    rules = unit.release().escape();
    types = unit.types();
  }

  /** The reason why the variable, or what the expression allocates, must be on the heap. */
  @Nullable String of(@Nullable Node node) {
    if (!(node instanceof ExprNode n) || n.typeOrNull() == null) {
      return null;
    }
    if (n instanceof Name name
        && (name.storage == StorageClass.PARAM || name.storage == StorageClass.PARAMOUT)) {
      return null; // the caller has room for it
    }
    Type t = n.type();
    if (types.sizeBytes(t) > rules.maxStackVarSizeBytes()) {
      return TOO_LARGE;
    }
    if (types.alignBytes(t) > types.ptrSizeBytes()) {
      return TOO_ALIGNED;
    }
    return switch (n) {
      case UnaryExpr x when x.op() == Op.NEW -> ofPointerTo(t);
      case AddrExpr x when x.op() == Op.PTRLIT -> ofPointerTo(t);
      case ClosureExpr x -> ofSize(types.closureSizeBytes(x.func));
      case SelectorExpr x when x.op() == Op.METHVALUE -> ofSize(methodValueSizeBytes(x));
      case MakeExpr x when x.op() == Op.MAKESLICE -> ofSlice(x);
      default -> null;
    };
  }

  private @Nullable String ofPointerTo(Type t) {
    Type elem = ((Pointer) t.underlying()).elem();
    String reason = ofSize(types.sizeBytes(elem));
    if (reason == null && types.alignBytes(elem) > types.ptrSizeBytes()) {
      reason = TOO_ALIGNED;
    }
    return reason;
  }

  private @Nullable String ofSize(long sizeBytes) {
    return sizeBytes > rules.maxImplicitStackVarSizeBytes() ? TOO_LARGE : null;
  }

  private long methodValueSizeBytes(SelectorExpr n) {
    Type receiver = Unit.typeOf(n.x);
    long offset = TypeFacts.aligned(types.ptrSizeBytes(), types.alignBytes(receiver));
    return TypeFacts.aligned(offset + types.sizeBytes(receiver), types.ptrSizeBytes());
  }

  /** A slice of unknown size may use a small buffer on the stack, so there is no reason then. */
  private @Nullable String ofSlice(MakeExpr n) {
    long elemSizeBytes = types.sizeBytes(((Slice) n.type().underlying()).elem());
    if (elemSizeBytes == 0) {
      return EMPTY_ELEMENT;
    }
    Node capacity = n.cap != null ? n.cap : n.len;
    if (!ConstantInts.isSmall(capacity)) {
      return null;
    }
    long max = rules.maxImplicitStackVarSizeBytes() / elemSizeBytes;
    return ConstantInts.value(capacity) > max ? TOO_LARGE : null;
  }
}
