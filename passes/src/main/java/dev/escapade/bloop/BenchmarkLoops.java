package dev.escapade.bloop;

import dev.escapade.ir.BlockStmt;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.CaseClause;
import dev.escapade.ir.CommClause;
import dev.escapade.ir.ForStmt;
import dev.escapade.ir.Func;
import dev.escapade.ir.IfStmt;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.ir.Op;
import dev.escapade.ir.RangeStmt;
import dev.escapade.ir.SelectorExpr;
import dev.escapade.unit.Unit;
import java.util.List;

/** The pass over one function; function literals are functions of their own. */
public final class BenchmarkLoops {
  private final KeepAlive keepAlive;

  private BenchmarkLoops(Unit unit, Func fn) {
    keepAlive = new KeepAlive(unit, fn);
  }

  /** Works on all functions of a package that imports testing. */
  public static void run(Unit unit) {
    if (unit.code().imports("testing")) {
      for (Func fn : List.copyOf(unit.code().funcs())) {
        BenchmarkLoops pass = new BenchmarkLoops(unit, fn);
        fn.editChildren(n -> pass.edit(n, false));
      }
    }
  }

  private Node edit(Node n, boolean outerInLoop) {
    boolean inLoop = outerInLoop || isBenchmarkLoop(n);
    n.editChildren(x -> edit(x, inLoop));
    if (inLoop) {
      switch (n) {
        case ForStmt s -> preserve(s.body);
        case RangeStmt s -> preserve(s.body);
        case IfStmt s -> {
          preserve(s.body);
          preserve(s.els);
        }
        case BlockStmt s -> preserve(s.list);
        case CaseClause s -> {
          preserve(s.list);
          preserve(s.body);
        }
        case CommClause s -> preserve(s.body);
        default -> {}
      }
    }
    return n;
  }

  private void preserve(List<Node> list) {
    for (int i = 0; i < list.size(); i++) {
      list.set(i, keepAlive.after(list.get(i)));
    }
  }

  private static boolean isBenchmarkLoop(Node n) {
    if (!(n instanceof ForStmt loop)
        || !(loop.cond instanceof CallExpr call)
        || call.op() != Op.CALLFUNC
        || !(call.fun instanceof SelectorExpr method)
        || method.op() != Op.METHEXPR) {
      return false;
    }
    Name name = method.method;
    return name != null
        && name.sym.name().equals("(*B).Loop")
        && Unit.packagePath(name.sym).equals("testing");
  }
}
