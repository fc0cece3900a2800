package dev.escapade.ir.build;

import dev.escapade.ir.ClosureExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlTree;
import dev.escapade.ir.Op;
import dev.escapade.ir.Sym;
import dev.escapade.types.Package;
import dev.escapade.types.Signature;
import org.jspecify.annotations.Nullable;

/** Makes the functions of function literals, and their names (ir/func.go: closureName). */
final class Closures {
  private final Compilation c;
  private int blankGen;

  Closures(Compilation c) {
    this.c = c;
  }

  /**
   * A new closure, added to the functions of the compilation.
   *
   * @param funcPos where the function is in the source
   * @param pos where the expression is
   * @param inl the inlined call that brought the expression here
   * @param why CLOSURE for a literal, RANGE for the body of a range over a function, GO or DEFER
   *     for a wrapper
   */
  Func create(int funcPos, int pos, int inl, Op why, Signature sig, Func outer) {
    Func fn = new Func(funcPos, funcPos, name(outer, inl, why), sig);
    fn.setDupok(outer.isDupok());
    ClosureExpr clo = new ClosureExpr(pos, inl, sig, fn);
    if (why == Op.RANGE) {
      Func range = rangeParent(outer);
      fn.rangeParent = range == null ? outer : range;
    }
    fn.closure = clo;
    fn.closureParent = outer;
    c.add(fn);
    return fn;
  }

  private static @Nullable Func rangeParent(Func outer) {
    ClosureExpr clo = outer.closure;
    return clo == null ? null : clo.func.rangeParent;
  }

  private Sym name(Func outer, int inl, Op why) {
    Func range = rangeParent(outer);
    Func fn = range == null ? outer : range;
    String suffix =
        switch (why) {
          case CLOSURE -> fn.closure == null ? ".func" : ".";
          case RANGE -> "-range";
          case GO -> ".gowrap";
          case DEFER -> ".deferwrap";
          default -> throw new IllegalArgumentException(why.name());
        };
    Package pkg = c.localPackage();
    StringBuilder b = new StringBuilder();
    int gen;
    if (fn.nname.isBlank()) {
      b.append("glob.");
      gen = ++blankGen;
    } else {
      pkg = fn.sym().pkg() == null ? pkg : fn.sym().pkg();
      b.append(fn.sym().name());
      gen = fn.nextClosure(why);
    }
    parents(b, inl);
    return new Sym(pkg, b.append(suffix).append(gen).toString());
  }

  /** Appends the names of the functions whose bodies the closure was inlined with. */
  private void parents(StringBuilder b, int inl) {
    if (inl != 0) {
      InlTree.Call call = c.inlTree().call(inl);
      parents(b, call.parent());
      b.append('.').append(call.callee().sym().name());
    }
  }
}
