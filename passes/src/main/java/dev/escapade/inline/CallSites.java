package dev.escapade.inline;

import dev.escapade.devirtualize.Devirtualizer;
import dev.escapade.ir.CallExpr;
import dev.escapade.ir.Func;
import dev.escapade.ir.InlinedCallExpr;
import dev.escapade.ir.Node;
import dev.escapade.ir.ParenExpr;
import dev.escapade.ir.TailCallStmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one function, those that inlining adds included. Each call is put in parentheses
 * (the IR has no others), so that it can be replaced wherever its parent has moved in the meantime.
 */
final class CallSites {
  private final Func fn;
  private final boolean big;
  private final CallInliner calls;
  private final Devirtualizer devirtualizer;
  private final Map<Func, Integer> useCounts;
  private final List<ParenExpr> sites = new ArrayList<>();
  private final Set<ParenExpr> ours = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The callee of each site, as far as it is resolved. */
  private final List<@Nullable Func> callees = new ArrayList<>();

  CallSites(
      Func fn,
      boolean big,
      CallInliner calls,
      Devirtualizer devirtualizer,
      Map<Func, Integer> useCounts) {
    this.fn = fn;
    this.big = big;
    this.calls = calls;
    this.devirtualizer = devirtualizer;
    this.useCounts = useCounts;
  }

  Func func() {
    return fn;
  }

  int size() {
    return sites.size();
  }

  /** What is at site {@code i} now: the call, or the body that replaced it. */
  Node call(int i) {
    return sites.get(i).x;
  }

  /** Finds the calls in the function, inner ones before those around them. */
  void collect() {
    fn.editChildren(this::mark);
  }

  private Node mark(Node node) {
    Node n = node;
    ParenExpr paren = null;
    if (node instanceof ParenExpr p) {
      if (ours.contains(p)) {
        return p;
      }
      // From a function literal that was inlined: these are that function's parentheses.
      paren = p;
      n = p.x;
    }
    if (n instanceof TailCallStmt tail) {
      tail.call.noInline = true;
      tail.call.editChildren(this::mark);
    } else {
      n.editChildren(this::mark);
    }
    if (n instanceof CallExpr call) {
      if (paren == null) {
        paren = new ParenExpr(call.pos, call.inl, call.typeOrNull(), call);
        ours.add(paren);
      }
      sites.add(paren);
    }
    return paren == null ? n : paren;
  }

  /** Resolves the callees of the sites from {@code start} on. */
  void resolve(int start) {
    for (int i = start; i < sites.size(); i++) {
      resolveOne(i);
    }
  }

  /** The callee of site {@code i}, a call, after it was devirtualized if that was possible. */
  private @Nullable Func resolveOne(int i) {
    while (callees.size() <= i) {
      callees.add(null);
    }
    Func known = callees.get(i);
    if (known != null || !(call(i) instanceof CallExpr call)) {
      return known;
    }
    devirtualizer.devirtualize(call);
    Func callee = calls.target(fn, call);
    if (callee != null) {
      callees.set(i, callee);
      useCounts.merge(callee, 1, Integer::sum);
    }
    return callee;
  }

  /** Tries to inline the call at site {@code i}. */
  @Nullable InlinedCallExpr tryInline(int i, CallExpr call) {
    Func callee = resolveOne(i);
    if (callee == null) {
      return null;
    }
    boolean calledOnce = callee.closureParent != null && useCounts.getOrDefault(callee, 0) == 1;
    return calls.tryInline(fn, call, big, calledOnce);
  }

  /** Puts an inlined body in the place of a call, and adds the calls in it. */
  void replace(int i, InlinedCallExpr inlined) {
    sites.get(i).x = inlined;
    inlined.editChildren(this::mark);
  }

  /** Removes all parentheses again. */
  void removeParens() {
    if (!sites.isEmpty()) {
      fn.editChildren(CallSites::unparen);
    }
  }

  private static Node unparen(Node node) {
    Node n = node instanceof ParenExpr p ? p.x : node;
    n.editChildren(CallSites::unparen);
    return n;
  }
}
