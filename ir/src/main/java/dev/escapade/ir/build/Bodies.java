package dev.escapade.ir.build;

import dev.escapade.ir.ExprNode;
import dev.escapade.ir.Func;
import dev.escapade.ir.Ir;
import dev.escapade.ir.Name;
import dev.escapade.ir.Node;
import dev.escapade.types.Type;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Gives functions their bodies. */
final class Bodies {
  private final Compilation c;

  Bodies(Compilation c) {
    this.c = c;
  }

  /** Builds the body of a declared function or of an instance of one. */
  void build(Func fn) {
    FuncOrigin.Declared d = (FuncOrigin.Declared) Objects.requireNonNull(fn.origin);
    ExportData before = c.startReading(c.dataOfBody(d));
    build(fn, d);
    c.startReading(before);
  }

  private void build(Func fn, FuncOrigin.Declared d) {
    c.declareParams(fn, d.source());
    Body b = new Body(c, d.source(), d.env(), fn, 0, null, null, null);
    if (isForwarder(d)) {
      fn.setHasBody(true);
      callShaped(b, d, fn.pos);
      return;
    }
    if (d.decl().body() == null) {
      return;
    }
    b.bindParams(d.obj().signature());
    fn.body = b.stmts.functionBody(d.source().rangeFuncs().body(d.decl().body()));
    fn.endPos = d.decl().body().rbrace();
    fn.setHasBody(true);
  }

  /** Reports whether the function only calls the instance for the shapes of its type arguments. */
  static boolean isForwarder(FuncOrigin.Declared d) {
    return d.env().isGeneric() && !d.env().isShaped();
  }

  /** Calls the instance for shapes with the dictionary for the real types. */
  void callShaped(Body b, FuncOrigin.Declared d, int pos) {
    List<Node> params = b.methods.syntheticArgs();
    List<Node> args = new ArrayList<>(params.size() + 1);
    ExprNode fun;
    Name dict;
    Var recv = b.curfn.type().recv();
    if (recv == null) {
      fun = c.instances().function(d.obj(), d.env().typeArgs(), true).nname;
      dict = c.instances().functionDict(d.obj(), d.env().typeArgs());
    } else {
      Type t = recv.type();
      Func shaped = c.instances().shapedMethod(t, d.obj());
      Type recvType = Objects.requireNonNull(shaped.type().recv()).type();
      fun = b.methods.methodExpr(pos, recvType, d.obj());
      dict = c.instances().typeDict(t);
      args.add(params.removeFirst());
    }
    args.add(Ir.addr(pos, b.inl, dict));
    args.addAll(params);
    b.methods.tailCall(pos, fun, args);
  }

  /** Builds the body of a function that the compiler makes up. */
  void buildSynthetic(Func fn, PackageSource source) {
    FuncOrigin.Synthetic s = (FuncOrigin.Synthetic) Objects.requireNonNull(fn.origin);
    c.declareParams(fn, source);
    Body b = new Body(c, source, s.env(), fn, 0, null, null, null);
    fn.setHasBody(true);
    s.body().build(b, fn.pos);
  }
}
