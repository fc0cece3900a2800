package dev.escapade.advice.code;

import dev.escapade.decisions.Decision;
import dev.escapade.syntax.Decl;
import dev.escapade.syntax.Expr;
import dev.escapade.syntax.ExprPrinter;
import dev.escapade.types.Func;
import dev.escapade.types.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions of a package: where they are called from, and what the inliner says of them. */
public final class Calls {
  /** How many callers are followed up to main. */
  private static final int MAX_CALLERS = 10;

  private final Tree tree;
  private final Types types;
  private final IdentityHashMap<Func, Decl.FuncDecl> declarations = new IdentityHashMap<>();
  private final IdentityHashMap<Func, List<Expr.CallExpr>> callers = new IdentityHashMap<>();
  private final Set<Func> usedAsValues = new HashSet<>();
  private final Map<Integer, Decision.CanInline> inlinable = new HashMap<>();
  private final Map<Integer, Decision.CannotInline> refused = new HashMap<>();
  private final Set<Integer> inlined = new HashSet<>();

  /** The calls of a package. */
  public Calls(Tree tree, Types types, List<Decision> decisions) {
    this.tree = tree;
    this.types = types;
    for (Decl.FuncDecl d : tree.all(Decl.FuncDecl.class)) {
      if (types.info().def(d.name()) instanceof Func f) {
        declarations.put(f, d);
      }
    }
    Set<Expr> called = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Expr.CallExpr call : tree.all(Expr.CallExpr.class)) {
      Func f = types.callee(call);
      if (f != null) {
        callers.computeIfAbsent(f.origin(), _ -> new ArrayList<>()).add(call);
        Expr fun = dev.escapade.syntax.Syntax.unparen(call.fun());
        called.add(fun instanceof Expr.IndexExpr x ? x.x() : fun);
      }
    }
    findValues(called);
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.CanInline d -> inlinable.put(d.pos(), d);
        case Decision.CannotInline d -> refused.put(d.pos(), d);
        case Decision.InliningCall d -> inlined.add(d.pos());
        default -> {} // not about calls
      }
    }
  }

  private void findValues(Set<Expr> called) {
    for (Expr.Name name : tree.all(Expr.Name.class)) {
      if (types.info().use(name) instanceof Func f && !called.contains(name)) {
        if (!(tree.parent(name) instanceof Expr.SelectorExpr s && called.contains(s))) {
          usedAsValues.add(f.origin());
        }
      }
    }
  }

  /** The name of a function as the compiler spells it. */
  public static String name(Decl.FuncDecl d) {
    return d.recv() == null ? d.name().value() : receiver(d.recv().type()) + "." + d.name().value();
  }

  private static String receiver(Expr type) {
    String text = ExprPrinter.toString(type);
    return text.startsWith("*") ? "(" + text + ")" : text;
  }

  /** The function that a declaration declares, or null. */
  public @Nullable Func function(Decl.FuncDecl d) {
    return types.info().def(d.name()) instanceof Func f ? f : null;
  }

  /** The declaration of a function of this package, or null. */
  public Decl.@Nullable FuncDecl declaration(Func f) {
    return declarations.get(f.origin());
  }

  /** The calls of a function in this package. */
  public List<Expr.CallExpr> of(Func f) {
    return callers.getOrDefault(f.origin(), List.of());
  }

  /**
   * What the calls of a function in the package pass for one of its parameters; null if there is
   * none, or if that is not to be seen in each.
   */
  @Nullable List<Expr> passed(Func f, Var param) {
    int index = f.signature().params().vars().indexOf(param);
    List<Expr> all = new ArrayList<>();
    for (Expr.CallExpr call : of(f)) {
      if (index < 0 || call.hasDots() || call.args().size() != f.signature().params().len()) {
        return null;
      }
      all.add(call.args().get(index));
    }
    return all.isEmpty() ? null : all;
  }

  /** Reports whether a function is used other than by calling it. */
  public boolean isUsedAsValue(Func f) {
    return usedAsValues.contains(f.origin());
  }

  /** Reports whether the inliner may replace calls of the function declared there. */
  public boolean isInlinable(Decl.FuncDecl d) {
    return inlinable.containsKey(d.name().pos()) || inlinable.containsKey(d.pos());
  }

  /** The costs of the functions of this package that may be inlined. */
  public Map<Func, Integer> costs() {
    Map<Func, Integer> costs = new HashMap<>();
    declarations.forEach((f, d) -> {
      Decision.CanInline can = inlinable.get(d.name().pos());
      can = can == null ? inlinable.get(d.pos()) : can;
      if (can != null) {
        costs.put(f, can.cost());
      }
    });
    return costs;
  }

  /** Why the function declared there may not be inlined, or null. */
  public @Nullable String refusal(Decl.FuncDecl d) {
    Decision.CannotInline r = refused.get(d.name().pos());
    if (r == null) {
      r = refused.get(d.pos());
    }
    return r == null ? null : r.reason();
  }

  /** Reports whether a call was replaced by its callee's body. */
  public boolean isInlined(Expr.CallExpr call) {
    return inlined.contains(call.pos());
  }

  /** Reports whether some call of a function in this package runs in a loop. */
  public boolean isCalledInLoop(Func f) {
    for (Expr.CallExpr call : of(f)) {
      if (tree.isInLoop(call)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reports whether the code of a function itself is run by this package: if all its calls are
   * inlined, it is their copies that run. A function that is not called here is run by others.
   */
  public boolean isRunOutOfLine(Decl.FuncDecl d) {
    Func f = function(d);
    if (f == null || !isInlinable(d) || isUsedAsValue(f)) {
      return true;
    }
    List<Expr.CallExpr> calls = of(f);
    if (calls.isEmpty()) {
      return true;
    }
    for (Expr.CallExpr call : calls) {
      if (!isInlined(call)) {
        return true;
      }
    }
    return false;
  }

  /** Reports whether a command runs a function at most once: main, or what only it calls, once. */
  public boolean isRunOnce(Decl.FuncDecl d) {
    return isRunOnce(d, 0);
  }

  private boolean isRunOnce(Decl.FuncDecl d, int depth) {
    Func f = function(d);
    if (d.recv() != null || !types.pkg().name().equals("main") || depth > MAX_CALLERS) {
      return false;
    }
    if (d.name().value().equals("main")) {
      return true;
    }
    if (f == null || isUsedAsValue(f) || of(f).size() != 1) {
      return false;
    }
    Expr.CallExpr call = of(f).getFirst();
    Decl.FuncDecl caller = tree.declaration(call);
    return caller != null
        && !tree.isInLoop(call)
        && tree.enclosing(call, Expr.FuncLit.class) == null
        && isRunOnce(caller, depth + 1);
  }
}
