package dev.escapade.types;

import dev.escapade.syntax.Expr;
import dev.escapade.types.constant.Constant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings in which an object is checked (types2: environment). The checker replaces its
 * environment when it turns to another object or function, and puts the old one back afterwards.
 */
final class Environment {
  /** The package-level declaration whose initialization or body is checked. */
  final @Nullable DeclInfo decl;

  /** Where a lookup starts. */
  Scope scope;

  /** The language version in force; differs between files. */
  GoVersion version;

  /** The value of iota in a constant declaration. */
  @Nullable Constant iota;

  /** Where errors in an inherited constant initialization are reported; 0 outside. */
  int errpos;

  /** Whether a type parameter list is being checked. */
  boolean inTypeParamList;

  /** The function whose body is checked. */
  final @Nullable Signature sig;

  /** How many interface types are being checked, one inside the other. */
  int interfaceDepth;

  /** Whether a label was seen in the function. */
  boolean hasLabel;

  /** Set when an expression contains a function call or a receive operation. */
  boolean hasCallOrRecv;

  private @Nullable Set<Expr.CallExpr> panicCalls;

  Environment(@Nullable DeclInfo decl, Scope scope, GoVersion version, @Nullable Signature sig) {
    this.decl = decl;
    this.scope = scope;
    this.version = version;
    this.sig = sig;
  }

  /** The scope in which {@code name} is found, or null. */
  @Nullable Scope lookupScope(String name) {
    for (Scope s = scope; s != null; s = s.parent()) {
      if (s.lookup(name) != null) {
        return s;
      }
    }
    return null;
  }

  /** What {@code name} denotes here, or null. */
  @Nullable Obj lookup(String name) {
    for (Scope s = scope; s != null; s = s.parent()) {
      Obj obj = s.lookup(name);
      if (obj != null) {
        return obj;
      }
    }
    return null;
  }

  /** Takes note of a call of the predeclared panic. */
  void addPanicCall(Expr.CallExpr call) {
    if (panicCalls == null) {
      panicCalls = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    panicCalls.add(call);
  }

  /** The calls of the predeclared panic in the function. */
  Set<Expr.CallExpr> panicCalls() {
    return panicCalls == null ? Set.of() : panicCalls;
  }
}
