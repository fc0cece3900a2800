package dev.escapade.ir.build;

import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.Node;
import dev.escapade.syntax.Stmt;
import dev.escapade.syntax.Walk;
import dev.escapade.types.Basic;
import dev.escapade.types.Func;
import dev.escapade.types.GenericTypes;
import dev.escapade.types.OperandMode;
import dev.escapade.types.Package;
import dev.escapade.types.Signature;
import dev.escapade.types.Tuple;
import dev.escapade.types.Type;
import dev.escapade.types.Universe;
import dev.escapade.types.Var;
import dev.escapade.types.VarKind;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranges over functions in one package, rewritten to calls with the loop's body as a function
 * literal (rangefunc/rewrite.go, Go 1.26; its head explains how control flow leaves such a body).
 * What is made is syntax with facts of its own, so that the rest of the builder knows nothing of
 * it, and inlining such a body is like inlining any function literal.
 */
final class RangeFuncs {
  /** Stands for package runtime in the code made. */
  static final Package RUNTIME = new Package("go.runtime", "runtime");

  /** {@code func panicrangestate(state int)}. */
  static final Func PANIC = runtimeFunc("panicrangestate", Basic.INT, null);

  /** {@code func deferrangefunc() any}. */
  static final Func DEFER = runtimeFunc("deferrangefunc", null, Universe.ANY_INTERFACE);

  private static final Expr.FuncType NO_TYPE =
      new Expr.FuncType(Facts.SYNTHETIC, 0, List.of(), List.of());

  private final Package pkg;
  private final Facts facts;
  private final IdentityHashMap<Stmt.BlockStmt, Stmt.BlockStmt> bodies = new IdentityHashMap<>();
  private final IdentityHashMap<Expr.FuncLit, Boolean> literals = new IdentityHashMap<>();
  private final IdentityHashMap<Stmt.CallStmt, Expr> deferAt = new IdentityHashMap<>();
  private final IdentityHashMap<Var, String> names = new IdentityHashMap<>();

  RangeFuncs(Package pkg, Facts facts) {
    this.pkg = pkg;
    this.facts = facts;
  }

  private static Func runtimeFunc(String name, @Nullable Type param, @Nullable Type result) {
    Signature sig =
        new Signature(
            null, List.of(), List.of(), tuple("state", param), tuple("extra", result), false);
    return new Func(0, RUNTIME, name, sig);
  }

  private static Tuple tuple(String name, @Nullable Type t) {
    return t == null ? Tuple.EMPTY : Tuple.of(new Var(VarKind.PARAM, 0, RUNTIME, name, t));
  }

  Package pkg() {
    return pkg;
  }

  Facts facts() {
    return facts;
  }

  /** Reports whether {@code n} is a range over a function. */
  boolean isRangeOverFunc(Node n) {
    return n instanceof Stmt.ForStmt f
        && f.init() instanceof Stmt.RangeClause r
        && function(r.x()) != null;
  }

  /** The signature of a function that is ranged over, or null. */
  @Nullable Signature function(Expr x) {
    Type t = facts.typeOrNull(x);
    return t != null && GenericTypes.coreType(t) instanceof Signature s ? s : null;
  }

  /** Rewrites all functions within {@code n}. */
  void rewrite(Node n) {
    Walk.preorder(
        n,
        x ->
            switch (x) {
              case Decl.FuncDecl d when d.body() != null -> {
                if (facts.def(d.name()) instanceof Func f) {
                  rewrite(d.body(), f.signature());
                }
                yield false;
              }
              case Expr.FuncLit lit -> {
                rewrite(lit.body(), (Signature) facts.typeOf(lit));
                yield false;
              }
              default -> true;
            });
  }

  private void rewrite(Stmt.BlockStmt body, Signature sig) {
    Stmt.BlockStmt now = new RangeFuncRewriter(this, body, sig).rewrite();
    if (now != null) {
      bodies.put(body, now);
    }
  }

  // The result.

  /** What stands for the body of a function. */
  Stmt.BlockStmt body(Stmt.BlockStmt block) {
    return bodies.getOrDefault(block, block);
  }

  /** Reports whether a function literal was made from the body of a loop. */
  boolean isBody(Expr.FuncLit lit) {
    return literals.containsKey(lit);
  }

  /** For a defer in the body of a loop, the frame it belongs to. */
  @Nullable Expr deferAt(Stmt.CallStmt s) {
    return deferAt.get(s);
  }

  /** The name of a variable: results of functions get one if they are assigned to. */
  String name(Var v) {
    return names.getOrDefault(v, v.name());
  }

  // For the rewriter.

  Expr.FuncLit literal(int pos, Stmt.BlockStmt body, Signature sig) {
    Expr.FuncLit lit = new Expr.FuncLit(Facts.SYNTHETIC, pos, NO_TYPE, body);
    literals.put(lit, true);
    return facts.record(lit, OperandMode.VALUE, sig, null);
  }

  void deferAt(Stmt.CallStmt s, Expr frame) {
    deferAt.put(s, frame);
  }

  void nameResult(Var v, int index) {
    if (v.name().isEmpty() || v.name().equals("_")) {
      names.putIfAbsent(v, "#rv" + (index + 1));
    }
  }
}
