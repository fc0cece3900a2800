package dev.escapade.staticinit;

import dev.escapade.ir.AssignStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.Sym;
import dev.escapade.ir.Visit;
import dev.escapade.types.MapType;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.unit.Unit;
import java.util.ArrayList;
import java.util.List;

/** Moves the initializers of large maps to functions {@code map.init.N}. */
public final class MapInits {
  private MapInits() {}

  /** Works on the init function of the package, before anything is inlined. */
  public static void outline(Unit unit) {
    List<Func> funcs = unit.code().funcs();
    for (int i = 0; i < funcs.size(); i++) {
      if (funcs.get(i).isPackageInit()) {
        funcs.addAll(i + 1, outline(unit, funcs.get(i)));
        return;
      }
    }
  }

  private static List<Func> outline(Unit unit, Func init) {
    List<Func> made = new ArrayList<>();
    for (int i = 0; i < init.body.size(); i++) {
      Node stmt = init.body.get(i);
      if (stmt instanceof AssignStmt as && isLargeMap(unit, as)) {
        Func fn = function(init, as, made.size());
        made.add(fn);
        init.body.set(i, new CallExpr(stmt.pos, stmt.inl, Op.CALLFUNC, null, fn.nname, Ir.list()));
      }
    }
    return made;
  }

  private static boolean isLargeMap(Unit unit, AssignStmt as) {
    if (!(as.x instanceof Name x)
        || x.isBlank()
        || as.y == null
        || !(x.type().underlying() instanceof MapType)) {
      return false;
    }
    int[] size = {0};
    Visit.visit(as.y, _ -> size[0]++);
    return size[0] >= unit.release().inline().mapInitNodes() && !Effects.any(as.y);
  }

  private static Func function(Func init, AssignStmt as, int number) {
    Signature type = new Signature(null, List.of(), List.of(), Tuple.EMPTY, Tuple.EMPTY, false);
    Func fn = new Func(as.pos, as.pos, new Sym(init.sym().pkg(), "map.init." + number), type);
    fn.nname.defn = fn;
    fn.setInlinabilityChecked(true);
    fn.setHasBody(true);
    fn.body = Ir.list(as);
    if (init.hasIndexes()) {
      fn.setHasIndexes();
    }
    return fn;
  }
}
