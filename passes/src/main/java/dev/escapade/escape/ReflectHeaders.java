package dev.escapade.escape;

import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.types.Basic;
import dev.escapade.types.Named;
import dev.escapade.types.Package;
import dev.escapade.types.Pointer;
import dev.escapade.types.Type;
import dev.escapade.unit.Unit;

/** The headers of package reflect, whose field Data is a pointer in the guise of a uintptr. */
final class ReflectHeaders {
  private ReflectHeaders() {}

  /** Reports whether {@code n} selects Data of a reflect.SliceHeader or reflect.StringHeader. */
  static boolean isDataField(Node n) {
    if (!(n instanceof SelectorExpr s)
        || (s.op() != Op.DOT && s.op() != Op.DOTPTR)
        || !s.sel.name().equals("Data")
        || s.type() != Basic.UINTPTR) {
      return false;
    }
    Type t = Unit.typeOf(s.x);
    if (s.op() == Op.DOTPTR && t.underlying() instanceof Pointer p) {
      t = p.elem();
    }
    if (!(t.unalias() instanceof Named named)) {
      return false;
    }
    Package pkg = named.obj().pkg();
    return pkg != null
        && pkg.path().equals("reflect")
        && (named.obj().name().equals("SliceHeader") || named.obj().name().equals("StringHeader"));
  }
}
