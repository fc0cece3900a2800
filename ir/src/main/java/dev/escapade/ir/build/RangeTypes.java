package dev.escapade.ir.build;

import dev.escapade.types.Array;
import dev.escapade.types.Basic;
import dev.escapade.types.Chan;
import dev.escapade.types.MapType;
import dev.escapade.types.Pointer;
import dev.escapade.types.Signature;
import dev.escapade.types.Slice;
import dev.escapade.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * What ranging over a value yields (Go spec, "For statements with range clause").
 *
 * @param key the type of the first value, or null if there is none
 * @param value the type of the second value, or null if there is none
 */
record RangeTypes(@Nullable Type key, @Nullable Type value) {
  /** What ranging over a value of core type {@code t} yields. */
  static RangeTypes of(Type t) {
    return switch (t.underlying()) {
      case Basic b when b.is(Basic.IS_STRING) -> new RangeTypes(Basic.INT, Basic.RUNE);
      case Basic b -> new RangeTypes(b, null);
      case Array a -> new RangeTypes(Basic.INT, a.elem());
      case Slice s -> new RangeTypes(Basic.INT, s.elem());
      case Pointer p when p.elem().underlying() instanceof Array a ->
          new RangeTypes(Basic.INT, a.elem());
      case MapType m -> new RangeTypes(m.key(), m.elem());
      case Chan c -> new RangeTypes(c.elem(), null);
      case Signature f when f.params().len() == 1 -> yielded(f);
      default -> new RangeTypes(null, null);
    };
  }

  private static RangeTypes yielded(Signature f) {
    Signature body = Kinds.signature(f.params().at(0).type());
    int n = body.params().len();
    return new RangeTypes(
        n > 0 ? body.params().at(0).type() : null, n > 1 ? body.params().at(1).type() : null);
  }
}
